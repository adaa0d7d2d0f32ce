//! Languages, texts in several of them, and how numbers and dates are written.
//!
//! **Invariant:** a language is one of those the tool can typeset and check.

mod dates;
mod numerals;

pub use self::dates::{PartOfYear, WrittenDate, dates_among};
pub use self::numerals::{
    Amount, Known, Literal, Numeral, NumeralKind, Phrases, Spread, numerals, spoken, years,
};

use std::collections::BTreeMap;
use std::fmt;

use crate::diag::{Fill, Phrase};

/// A language with its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Chinese in simplified characters.
    ZhHans,
    /// Chinese in traditional characters, as used in Hong Kong.
    ZhHant,
}

impl Lang {
    /// Every language.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::ZhHans, Lang::ZhHant];

    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
        }
    }

    /// BCP 47 tag with the region whose forms are meant, where the script alone leaves it open.
    pub fn locale(self) -> &'static str {
        match self {
            Self::ZhHant => "zh-Hant-HK",
            other => other.tag(),
        }
    }

    /// The language of a tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// Whether it is Chinese in either script.
    pub fn is_chinese(self) -> bool {
        matches!(self, Self::ZhHans | Self::ZhHant)
    }

    /// Primary language subtag.
    pub fn primary(self) -> &'static str {
        if self.is_chinese() { "zh" } else { "en" }
    }

    /// Region whose glyph forms and punctuation are used.
    pub fn region(self) -> &'static str {
        match self {
            Self::En => "gb",
            Self::ZhHans => "cn",
            Self::ZhHant => "hk",
        }
    }

    /// Name of the language in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
            Self::ZhHant => "繁體中文",
        }
    }
}

impl Fill for Lang {
    fn fill(&self) -> Phrase {
        Phrase::from(self.tag())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The same thing in several languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized<T> {
    texts: BTreeMap<Lang, T>,
}

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Self { texts: BTreeMap::new() }
    }
}

impl<T> Localized<T> {
    /// Adds a language.
    pub fn insert(&mut self, lang: Lang, text: T) {
        self.texts.insert(lang, text);
    }

    /// The text of a language itself.
    pub fn exact(&self, lang: Lang) -> Option<&T> {
        self.texts.get(&lang)
    }

    /// The text of a language, or else of the nearest one that there is: the other Chinese
    /// script, then English, then any.
    pub fn get(&self, lang: Lang) -> Option<&T> {
        let other = match lang {
            Lang::ZhHans => Some(Lang::ZhHant),
            Lang::ZhHant => Some(Lang::ZhHans),
            Lang::En => None,
        };
        let order = [Some(lang), other, Some(Lang::En)];
        let found = order.into_iter().flatten().find_map(|lang| self.texts.get(&lang));
        found.or_else(|| self.texts.values().next())
    }

    /// Languages and texts.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.texts.iter().map(|(lang, text)| (*lang, text))
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// English names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month of an English name or its first three letters, from 1.
pub fn month_number(word: &str) -> Option<u8> {
    // Hardly a word starts like a month.
    let first = word.bytes().next()?;
    MONTHS.iter().any(|month| month.as_bytes().first() == Some(&first)).then_some(())?;
    let full = MONTHS.iter().position(|month| *month == word);
    let short = || {
        let word = word.trim_end_matches('.');
        let three = word.len() == 3 || word == "Sept";
        MONTHS.iter().position(|month| three && month.starts_with(word))
    };
    u8::try_from(full.or_else(short)? + 1).ok()
}

impl Date {
    /// Reads `YYYY-MM-DD`; nothing if there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|p| p.len() == 4)?.parse().ok()?;
        let month = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
        let day = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
        let date = Self { year, month, day };
        (parts.next().is_none() && date.exists()).then_some(date)
    }

    fn exists(self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }

    /// The date in words: `31 December 2024`, `2024年12月31日`.
    pub fn written(self, lang: Lang) -> String {
        if lang.is_chinese() {
            return format!("{}年{}月{}日", self.year, self.month, self.day);
        }
        let month = MONTHS.get(usize::from(self.month).saturating_sub(1)).unwrap_or(&"");
        format!("{} {month} {}", self.day, self.year)
    }
}

impl Fill for Date {
    fn fill(&self) -> Phrase {
        Phrase::from(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert!(Date::parse("2024-02-29").is_some());
        for text in ["2023-02-29", "2024-13-01", "2024-1-1", "2024/01/01", "2024-01-01x"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_in_the_language() {
        let date = Date::parse("2024-12-31").expect("a date");
        assert_eq!(date.written(Lang::En), "31 December 2024");
        assert_eq!(date.written(Lang::ZhHans), "2024年12月31日");
    }
}
