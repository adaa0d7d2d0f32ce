//! Values in the form in which they stand in a file.

use crate::content::MissingKind;
use crate::locale::Lang;
use crate::quantity::{Decimal, Figure, Grouping, Qualifier, group};

use crate::import::given::Absence;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// Without quotes, where that can be.
    Plain,
    /// `"…"`
    Double,
    /// `'…'`
    Single,
}

impl Quote {
    /// The way in which a text of a file is written.
    pub fn of(written: &str) -> Self {
        match written.chars().next() {
            Some('\'') => Self::Single,
            Some('"') | None => Self::Double,
            Some(_) => Self::Plain,
        }
    }

    /// A text in quotes of this kind; bare only where no reader can take it for something else.
    pub fn around(self, text: &str) -> String {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let bare = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
        match self {
            Self::Plain if bare => text.to_owned(),
            Self::Single => format!("'{}'", text.replace('\'', "''")),
            Self::Plain | Self::Double => double_quoted(text),
        }
    }
}

/// A text between double quotes, with what cannot stand there escaped.
pub fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The habits of a file.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// Whether thousands are separated where nothing else says so.
    pub grouping: Grouping,
    /// Language of qualifiers that are new.
    pub lang: Lang,
}

/// A figure as it is to stand in a file: with the words of the old one where the qualifier is the
/// same, else with those that were given, else with those of the language.
pub fn figure_text(
    wanted: &Figure,
    given: &str,
    old: Option<(&Figure, &str)>,
    habits: Habits,
) -> String {
    let digits = digits(wanted.value, old, habits.grouping);
    let kept = old.filter(|(old, _)| old.qualifier == wanted.qualifier).map(|(_, text)| text);
    if wanted.qualifier == Qualifier::None {
        return digits;
    }
    let own = Figure::parse(given).is_ok_and(|given| given.qualifier == wanted.qualifier);
    match kept.or(own.then_some(given)) {
        Some(text) => {
            let (before, after) = around_digits(text);
            format!("{before}{digits}{after}")
        }
        None => format!("{} {digits}", qualifier_word(wanted.qualifier, habits.lang)),
    }
}

/// Digits with separators and the sign as the old figure has them.
fn digits(value: Decimal, old: Option<(&Figure, &str)>, habit: Grouping) -> String {
    let thousand = Decimal::ONE_THOUSAND;
    let grouping = match old {
        Some((figure, _)) if figure.grouped == Grouping::Thousands => Grouping::Thousands,
        Some((figure, _)) if figure.value.abs() >= thousand => Grouping::None,
        _ => habit,
    };
    let text = group(value, grouping);
    let keeps_sign = old.is_some_and(|(_, text)| text.contains('−'));
    if keeps_sign { text } else { text.replace('−', "-") }
}

/// What stands before and after the digits of a figure.
fn around_digits(text: &str) -> (&str, &str) {
    let digit = |c: char| c.is_ascii_digit();
    let start = text.find(|c: char| digit(c) || matches!(c, '-' | '−' | '–')).unwrap_or(text.len());
    let end = text.rfind(digit).map_or(text.len(), |at| at + 1).max(start);
    (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default())
}

/// The word of a qualifier before the digits.
pub fn qualifier_word(qualifier: Qualifier, lang: Lang) -> &'static str {
    let [en, hans, hant] = match qualifier {
        Qualifier::None => ["", "", ""],
        Qualifier::Over => ["over", "超", "超"],
        Qualifier::Nearly => ["nearly", "近", "近"],
        Qualifier::About => ["about", "约", "約"],
        Qualifier::Below => ["below", "低于", "低於"],
        Qualifier::AtLeast => ["at least", "不低于", "不低於"],
        Qualifier::AtMost => ["at most", "不高于", "不高於"],
    };
    match lang {
        Lang::En => en,
        Lang::ZhHans => hans,
        Lang::ZhHant => hant,
    }
}

/// A missing value as it is to stand in a file; `reason` in its form there.
pub fn absence_text(absence: &Absence, reason: Option<&str>) -> String {
    let kind = absence.kind.word();
    match (absence.kind, reason) {
        (MissingKind::Pending, Some(reason)) => {
            format!("{{{kind}: {}, reason: {reason}}}", absence.until)
        }
        (MissingKind::Pending, None) => format!("{{{kind}: {}}}", absence.until),
        (_, reason) => format!("{{{kind}: {}}}", reason.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HABITS: Habits = Habits { grouping: Grouping::Thousands, lang: Lang::ZhHans };

    #[test]
    fn figures_keep_the_words_and_separators_of_the_old_one() {
        for (wanted, old, expected) in [
            ("85", "超 80", "85"),
            ("over 85", "超 80", "超 85"),
            ("over 43000", "42,000+", "43,000+"),
            ("about 9", "超 80", "about 9"),
            ("12345.60", "1,045.85", "12,345.60"),
            ("12345.60", "1045.85", "12345.60"),
            ("1234", "999", "1,234"),
            ("-3", "-2", "-3"),
            ("-3", "−2", "−3"),
            ("over 160", "超 150 余", "超 160 余"),
        ] {
            let (new, before) = (Figure::parse(wanted), Figure::parse(old));
            let (new, before) = (new.expect("a figure"), before.expect("a figure"));
            assert_eq!(figure_text(&new, wanted, Some((&before, old)), HABITS), expected);
        }
        let mut new = Figure::parse("30").expect("a figure");
        new.qualifier = Qualifier::AtLeast;
        assert_eq!(figure_text(&new, "30", None, HABITS), "不低于 30");
    }

    #[test]
    fn texts_are_bare_only_where_they_are_digits() {
        assert_eq!(Quote::of("0.30").around("0.35"), "0.35");
        assert_eq!(Quote::of("0.30").around("1,035"), "\"1,035\"");
        assert_eq!(Quote::of("'3'").around("4"), "'4'");
        assert_eq!(double_quoted("a \"b\" \\"), "\"a \\\"b\\\" \\\\\"");
    }
}
