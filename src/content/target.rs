//! Targets.

use crate::diag::{Diagnostic, Phrase, say};
use crate::locale::Localized;
use crate::quantity::{Figure, Unit};
use crate::source::Spanned;
use crate::syntax::yaml::Node;

use crate::content::Text;
use crate::content::insert::Insert;
use crate::content::narrative::Inline;
use crate::content::reader::Reader;

/// A target.
#[derive(Debug, Clone)]
pub struct Target {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Area it belongs to.
    pub area: Text,
    /// The target in words.
    pub statement: Localized<Vec<Inline>>,
    /// Base year.
    pub base_year: Option<u16>,
    /// Year due.
    pub due: Option<u16>,
    /// What is to happen to the value.
    pub direction: Option<Direction>,
    /// Value to reach.
    pub value: Option<Spanned<Figure>>,
    /// Unit of the value.
    pub unit: Option<Spanned<Unit>>,
    /// Metric that it is measured by.
    pub metric: Option<Spanned<String>>,
    /// Share of the way.
    pub progress: Option<Progress>,
    /// What was achieved, in words.
    pub progress_note: Option<Localized<Vec<Inline>>>,
    /// The target for the next year.
    pub next: Option<Localized<Vec<Inline>>>,
    /// Where it stands.
    pub status: Status,
    /// Evidence items.
    pub evidence: Vec<Spanned<String>>,
}

/// Share of the way to a target.
#[derive(Debug, Clone)]
pub enum Progress {
    /// A figure of its own, in percent, and the year that it speaks of if that is not the reported one.
    Figure(Spanned<Figure>, Option<u16>),
    /// A figure of the project.
    Insert(Box<Insert>),
}

/// What is to happen to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Go down to the value.
    ReduceTo,
    /// Go down by the value.
    ReduceBy,
    /// Go up to the value.
    IncreaseTo,
    /// Go up by the value.
    IncreaseBy,
    /// Be the value or more.
    AtLeast,
    /// Be the value or less.
    AtMost,
    /// Be the value.
    Reach,
    /// Stay at the value.
    Maintain,
}

/// Where a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Set this year.
    New,
    /// Under way.
    InProgress,
    /// Reached.
    Achieved,
    /// Not reached in time.
    Missed,
    /// Nothing is said about it.
    NoProgressReported,
}

impl Status {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "new" => Self::New,
            "in-progress" => Self::InProgress,
            "achieved" => Self::Achieved,
            "missed" => Self::Missed,
            "no-progress-reported" => Self::NoProgressReported,
            _ => return None,
        })
    }

    /// The word of the status.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in-progress",
            Self::Achieved => "achieved",
            Self::Missed => "missed",
            Self::NoProgressReported => "no-progress-reported",
        }
    }

    /// What the status is called when it is spoken of.
    pub fn said(self) -> Phrase {
        match self {
            Self::New => say!("new"),
            Self::InProgress => say!("in-progress"),
            Self::Achieved => say!("achieved"),
            Self::Missed => say!("missed"),
            Self::NoProgressReported => say!("no-progress-reported"),
        }
    }
}

impl Direction {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "reduce-to" => Self::ReduceTo,
            "reduce-by" => Self::ReduceBy,
            "increase-to" => Self::IncreaseTo,
            "increase-by" => Self::IncreaseBy,
            "at-least" => Self::AtLeast,
            "at-most" => Self::AtMost,
            "reach" => Self::Reach,
            "maintain" => Self::Maintain,
            _ => return None,
        })
    }
}

/// Reads the targets of a file.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<Target> {
    let entries = tree.get("targets").map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| read(&entry.key, &entry.value, reader)).collect()
}

fn read(id: &Spanned<String>, node: &Node, reader: &mut Reader<'_>) -> Target {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let year = |key: &str| text(key).and_then(|word| reader.year(word));
    let (base_year, due) = (year("base-year"), year("due"));
    Target {
        id: id.clone(),
        area: reader.text_or_empty(node, "area"),
        statement: reader.inline_text(node, "statement").unwrap_or_default(),
        base_year,
        due,
        direction: text("direction").and_then(Direction::parse),
        value: node.get("value").and_then(|value| reader.figure(value)),
        unit: node.get("unit").and_then(|unit| reader.unit(unit)),
        metric: node.get("metric").and_then(Node::spanned),
        progress: node.get("progress").and_then(|progress| read_progress(progress, reader)),
        progress_note: reader.inline_text(node, "progress-note"),
        next: reader.inline_text(node, "next"),
        status: text("status").and_then(Status::parse).unwrap_or(Status::NoProgressReported),
        evidence: reader.ids(node, "evidence"),
    }
}

fn read_progress(node: &Node, reader: &mut Reader<'_>) -> Option<Progress> {
    if let Some(text) = node.spanned() {
        return Some(Progress::Insert(Box::new(Insert::read_text(&text, reader)?)));
    }
    if let Some(unit) = node.get("unit").and_then(|unit| reader.unit(unit))
        && &*unit.value.text != "%"
    {
        let message = say!(
            "progress is the share of the way in percent, and `{unit}` is another unit",
            unit = unit.value.text
        );
        reader.sink.push(Diagnostic::error("dimension-mismatch", unit.span, message).help(say!(
            "write the share in percent; a level or an amount goes to `progress-note`"
        )));
        return None;
    }
    let year = node.get("year").and_then(Node::text).and_then(|word| reader.year(word));
    reader.figure(node.get("value")?).map(|figure| Progress::Figure(figure, year))
}
