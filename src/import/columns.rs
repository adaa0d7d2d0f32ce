//! What columns of a table of figures hold.

use crate::quantity::{Figure, Qualifier, plain};
use crate::source::sha256;

/// A column of a table that can be taken over, by the name in its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Metric.
    Id,
    /// Members, such as `gender=female`; empty for the whole.
    Member,
    /// Year.
    Year,
    /// Unit.
    Unit,
    /// What the project said when the workbook was written.
    Was,
    /// Checksum of what is not to be changed in the row.
    Mark,
    /// Label in a language.
    Label,
    /// Members in words.
    ShownMember,
    /// Unit in words.
    ShownUnit,
    /// Figure of the year before.
    Prior,
    /// The figure.
    Value,
    /// Its qualifier.
    Qualifier,
    /// Why there is none: the kind.
    Missing,
    /// The reason.
    Reason,
    /// The day on which it is expected.
    Until,
    /// A remark, which is shown and not taken over.
    Note,
    /// What follows from other figures.
    Computed,
    /// What the figure differs from that.
    Difference,
}

/// Names of columns; the first of a column is the one that is written.
const NAMES: [(&str, Column); 21] = [
    ("id", Column::Id),
    ("metric", Column::Id),
    ("member", Column::Member),
    ("members", Column::Member),
    ("year", Column::Year),
    ("unit", Column::Unit),
    ("was", Column::Was),
    ("mark", Column::Mark),
    ("label", Column::Label),
    ("shown-member", Column::ShownMember),
    ("shown-unit", Column::ShownUnit),
    ("prior", Column::Prior),
    ("value", Column::Value),
    ("qualifier", Column::Qualifier),
    ("missing", Column::Missing),
    ("reason", Column::Reason),
    ("until", Column::Until),
    ("note", Column::Note),
    ("remark", Column::Note),
    ("computed", Column::Computed),
    ("difference", Column::Difference),
];

impl Column {
    /// The column of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        NAMES.iter().find(|(other, _)| *other == name).map(|(_, column)| *column)
    }

    /// The name that is written.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, column)| *column == self).map_or("", |(name, _)| name)
    }

    /// Whether people are not to change it, so that the checksum of a row covers it.
    pub fn is_fixed(self) -> bool {
        self < Self::Value && self != Self::Mark
    }
}

/// Checksum of the cells that are not to be changed, in the order of their columns. Blanks do not
/// count, nor how a number is shown: programs change both when they save a file.
pub fn mark<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut text = String::new();
    for cell in cells {
        match Figure::parse(cell) {
            Ok(figure) if figure.qualifier == Qualifier::None => {
                text.push_str(&plain(figure.value))
            }
            _ => text.extend(cell.chars().filter(|c| !c.is_whitespace() && !c.is_control())),
        }
        text.push('\u{1f}');
    }
    sha256(text.as_bytes()).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_does_not_see_how_cells_are_shown() {
        assert_eq!(mark(["a b", "1,234.50"]), mark(["a  b", "1234.50"]));
        assert_ne!(mark(["a", "1.5"]), mark(["a", "1.50"]));
        assert_ne!(mark(["a", "b"]), mark(["ab", ""]));
    }
}
