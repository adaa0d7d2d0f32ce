//! What is said to people: English text that can be said in other languages too.
//!
//! **Invariant:** a phrase knows its English text; other languages are looked up by what the
//! English was made from, so that no rule has to know them.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A text in English that remembers what it was made from. Everywhere a `str` is read it stands
/// for its English text, and two phrases are equal if their English is.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    english: String,
    origin: Origin,
}

/// What a phrase was made from.
#[derive(Debug, Clone, Default)]
enum Origin {
    /// It is the same in every language: an id, a figure, a name.
    #[default]
    Verbatim,
    /// It is a word of a closed list, which is looked up as it stands.
    Word,
    /// Data gave it in Chinese as well.
    Both(String),
    /// A template with the phrases in its gaps, by name.
    Told(&'static str, Vec<(&'static str, Phrase)>),
    /// A list with what stands between its items.
    Joined(&'static str, Vec<Phrase>),
}

impl Phrase {
    /// A word of a closed list, such as a level of a framework. It stays as it is in a language
    /// that has no other word for it.
    pub fn word(english: impl Into<String>) -> Self {
        Self { english: english.into(), origin: Origin::Word }
    }

    /// A text that data gives in English and in Chinese.
    pub fn both(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { english: english.into(), origin: Origin::Both(chinese.into()) }
    }

    /// Phrases one after the other; the separator is looked up like a word.
    pub fn joined<T: Fill>(separator: &'static str, items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<Phrase> = items.into_iter().map(|item| item.fill()).collect();
        let english = items.iter().map(Phrase::as_str).collect::<Vec<_>>().join(separator);
        Self { english, origin: Origin::Joined(separator, items) }
    }

    /// Phrases as a list with commas.
    pub fn list<T: Fill>(items: impl IntoIterator<Item = T>) -> Self {
        Self::joined(", ", items)
    }

    /// A template whose gaps are filled; the macro `say!` makes it.
    #[doc(hidden)]
    pub fn told(
        template: &'static str,
        english: String,
        gaps: Vec<(&'static str, Phrase)>,
    ) -> Self {
        Self { english, origin: Origin::Told(template, gaps) }
    }

    /// What fills a gap, if the phrase was made from this template.
    pub fn gap(&self, template: &str, name: &str) -> Option<&Phrase> {
        match &self.origin {
            Origin::Told(own, gaps) if *own == template => {
                gaps.iter().find(|(gap, _)| *gap == name).map(|(_, phrase)| phrase)
            }
            _ => None,
        }
    }

    /// What fills the gaps, in the order in which they were given.
    pub fn gaps(&self) -> impl Iterator<Item = &Phrase> {
        let gaps: &[(&'static str, Phrase)] = match &self.origin {
            Origin::Told(_, gaps) => gaps,
            _ => &[],
        };
        gaps.iter().map(|(_, phrase)| phrase)
    }

    /// What fills the gaps, without the words around it, which a later version may choose better.
    /// What has no gaps stands for itself; a template without gaps that stands alone gives nothing.
    pub fn fillings(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Told(_, gaps) => gaps.iter().flat_map(|(_, gap)| gap.leaves()).collect(),
            _ => self.leaves(),
        }
    }

    fn leaves(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Told(_, gaps) if !gaps.is_empty() => self.fillings(),
            Origin::Joined(_, items) => items.iter().flat_map(Phrase::leaves).collect(),
            _ => vec![self.as_str()],
        }
    }

    /// The English text.
    pub fn as_str(&self) -> &str {
        &self.english
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.english)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.english == other.english
    }
}

impl Eq for Phrase {}

impl<T: Borrow<str>> PartialEq<T> for Phrase {
    fn eq(&self, other: &T) -> bool {
        self.english == other.borrow()
    }
}

impl From<String> for Phrase {
    fn from(english: String) -> Self {
        Self { english, origin: Origin::Verbatim }
    }
}

impl From<&str> for Phrase {
    fn from(english: &str) -> Self {
        Self::from(english.to_owned())
    }
}

impl From<&&str> for Phrase {
    fn from(english: &&str) -> Self {
        Self::from(*english)
    }
}

impl From<&String> for Phrase {
    fn from(english: &String) -> Self {
        Self::from(english.clone())
    }
}

impl From<&Phrase> for Phrase {
    fn from(phrase: &Phrase) -> Self {
        phrase.clone()
    }
}

/// What can stand in a gap of a template.
pub trait Fill {
    /// The phrase that stands in the gap.
    fn fill(&self) -> Phrase;
}

impl Fill for Phrase {
    fn fill(&self) -> Phrase {
        self.clone()
    }
}

impl<T: Fill + ?Sized> Fill for &T {
    fn fill(&self) -> Phrase {
        (**self).fill()
    }
}

impl<T: Fill + ?Sized> Fill for Arc<T> {
    fn fill(&self) -> Phrase {
        (**self).fill()
    }
}

/// Things that are written alike in every language.
macro_rules! verbatim {
    ($($kind:ty),+) => {
        $(impl Fill for $kind {
            fn fill(&self) -> Phrase {
                Phrase::from(self.to_string())
            }
        })+
    };
}

verbatim!(str, String, char, u8, u16, u32, u64, usize);

/// Makes a [`Phrase`] from an English template and what fills its gaps, by name:
/// `say!("stated total of {year} differs by {difference}", year, difference = shown(residual))`.
///
/// The template is the key of its translations, which `templates/shared/messages.zh-Hans.yaml`
/// holds. A gap without a value, and a value without a gap, do not compile.
macro_rules! say {
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
    ($template:literal $(,)?) => {{
        // A function sees no variables of its surroundings, so a gap would not compile here.
        fn english() -> String {
            format!($template)
        }
        $crate::diag::Phrase::told($template, english(), Vec::new())
    }};
    ($template:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        fn english($($name: &$crate::diag::Phrase),+) -> String {
            format!($template, $($name = $name),+)
        }
        // All values are read before any name is bound, since a name may hide what a value reads.
        let ($($name,)+) = ($($crate::diag::Fill::fill(&$crate::diag::say!(@ $name $($value)?)),)+);
        let text = english($(&$name),+);
        $crate::diag::Phrase::told($template, text, vec![$((stringify!($name), $name)),+])
    }};
}
pub(crate) use say;

/// The language in which phrases are said. English needs no words of its own.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Templates, words and separators in English, with what stands for each.
    texts: Option<BTreeMap<String, String>>,
}

impl Wording {
    /// A language other than English, by English templates and words. Only Chinese has data that
    /// comes in both languages, so only Chinese can be made.
    pub fn chinese(texts: BTreeMap<String, String>) -> Self {
        Self { texts: Some(texts) }
    }

    /// Whether phrases are said in English.
    pub fn is_english(&self) -> bool {
        self.texts.is_none()
    }

    /// A phrase in this language. What has no translation is said in English.
    pub fn of(&self, phrase: &Phrase) -> String {
        let Some(texts) = &self.texts else { return phrase.english.clone() };
        let find = |english: &str| texts.get(english).map(String::as_str);
        match &phrase.origin {
            Origin::Verbatim => phrase.english.clone(),
            Origin::Word => find(&phrase.english).unwrap_or(&phrase.english).to_owned(),
            Origin::Both(chinese) => chinese.clone(),
            Origin::Told(template, gaps) => match find(template) {
                Some(translated) => {
                    let gaps = gaps.iter().map(|(name, inner)| (*name, self.of(inner)));
                    filled(translated, &gaps.collect())
                }
                None => phrase.english.clone(),
            },
            Origin::Joined(separator, items) => {
                let items: Vec<String> = items.iter().map(|item| self.of(item)).collect();
                items.join(find(separator).unwrap_or(separator))
            }
        }
    }

    /// A phrase in this language, as a phrase that is the same in every one.
    pub fn phrase(&self, phrase: &Phrase) -> Phrase {
        Phrase::from(self.of(phrase))
    }
}

/// A template with its gaps filled; `{{` and `}}` stand for braces.
fn filled(template: &str, gaps: &BTreeMap<&str, String>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        append(before, &mut text);
        if let Some(after) = from.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else {
            let gap = from.get(1..).and_then(|gap| gap.split_once('}'));
            let (name, after) = gap.unwrap_or_default();
            append(gaps.get(name).map_or("", String::as_str), &mut text);
            rest = after;
        }
    }
    append(rest, &mut text);
    text
}

/// Appends a piece with a blank where Chinese meets Latin letters, digits or code, and none where
/// Chinese meets Chinese: a template cannot know what stands in its gaps.
fn append(piece: &str, text: &mut String) {
    let blank = text.ends_with(' ') || piece.starts_with(' ');
    let before = text.trim_end_matches(' ').chars().next_back();
    let after = piece.trim_start_matches(' ').chars().next();
    let (Some(before), Some(after)) = (before, after) else {
        text.push_str(piece);
        return;
    };
    if blank && is_chinese(before) && is_chinese(after) {
        text.truncate(text.trim_end_matches(' ').len());
        text.push_str(piece.trim_start_matches(' '));
        return;
    }
    let meet = |one: char, other: char| is_han(one) && is_latin(other);
    if !blank && (meet(before, after) || meet(after, before)) {
        text.push(' ');
    }
    text.push_str(piece);
}

/// A Chinese character or a full-width mark.
fn is_chinese(c: char) -> bool {
    is_han(c) || ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '`'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(pairs: &[(&str, &str)]) -> Wording {
        let pairs = pairs.iter().map(|(en, zh)| ((*en).to_owned(), (*zh).to_owned()));
        Wording::chinese(pairs.collect())
    }

    #[test]
    fn gaps_are_filled_in_the_order_of_each_language() {
        let (year, what) = (2024_u16, say!("its parts"));
        let phrase = say!("the total of {year} differs from {what} by {d}", year, what, d = "3 t");
        assert_eq!(phrase, "the total of 2024 differs from its parts by 3 t");
        let wording = chinese(&[
            ("the total of {year} differs from {what} by {d}", "{what}与 {year} 年合计相差 {d}"),
            ("its parts", "各分项"),
        ]);
        assert_eq!(wording.of(&phrase), "各分项与 2024 年合计相差 3 t");
        assert_eq!(Wording::default().of(&phrase), phrase.as_str());
    }

    #[test]
    fn braces_lists_and_words() {
        let phrase = say!("write `{{{{ {name} }}}}`", name = "a");
        assert_eq!(phrase, "write `{{ a }}`");
        let wording =
            chinese(&[("write `{{{{ {name} }}}}`", "写作 `{{{{ {name} }}}}`"), (", ", "、")]);
        assert_eq!(wording.of(&phrase), "写作 `{{ a }}`");
        assert_eq!(wording.of(&Phrase::list(["a", "b"])), "a、b");
        assert_eq!(wording.of(&Phrase::word("energy")), "energy");
        assert_eq!(wording.of(&Phrase::both("a map", "映射")), "映射");
    }

    #[test]
    fn blanks_stand_between_scripts_and_not_within_one() {
        let wording = chinese(&[("{name} is {what}", "{name} 应为{what}。")]);
        let said = |name: &str, what: &str| wording.of(&say!("{name} is {what}", name, what));
        assert_eq!(said("`a`", "64 位"), "`a` 应为 64 位。");
        assert_eq!(said("（附注）", "列表"), "（附注）应为列表。");
        assert_eq!(said("附注", "t"), "附注应为 t。");
    }

    #[test]
    fn fillings_do_not_depend_on_the_words_around_them() {
        let parts = say!("its breakdown by {dimension}", dimension = "gender");
        let one = say!("the total of {year} differs from {parts}", year = 2024_u16, parts);
        assert_eq!(one.fillings(), ["2024", "gender"]);
        let plain = say!("its parts");
        assert_eq!(say!("{plain} do not add up", plain).fillings(), ["its parts"]);
        assert_eq!(say!("nothing here").fillings(), Vec::<&str>::new());
        assert_eq!(Phrase::list(["a", "b"]).fillings(), ["a", "b"]);
        assert_eq!(Phrase::from("verbatim").fillings(), ["verbatim"]);
    }

    #[test]
    fn what_has_no_translation_is_said_in_english() {
        assert_eq!(chinese(&[]).of(&say!("nothing here")), "nothing here");
    }
}
