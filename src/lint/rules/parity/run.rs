//! A text in one language, with the figures that are bound in it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::content::{Inline, InlineKind, Insert};
use crate::locale::{Lang, Numeral, month_number};
use crate::report::Report;
use crate::source::{Span, Spanned};

use crate::lint::rules::narrative::prose::{HOLE, Prose};
use crate::lint::rules::parity::bound::canonical;

/// Letters of English that one Chinese character takes, for comparing lengths.
const LETTERS_OF_A_CHARACTER: usize = 3;

/// A text in one language.
pub struct Run<'a> {
    /// Language.
    pub lang: Lang,
    /// Place of the whole.
    pub span: Span,
    /// The text, in which a figure is one character.
    pub prose: Prose,
    /// Figures, with the byte that stands for each.
    pub inserts: Vec<(usize, &'a Insert)>,
    numerals: OnceLock<Arc<[Numeral]>>,
}

impl<'a> Run<'a> {
    /// The text of a paragraph, a cell or the like.
    pub fn of(content: &'a [Inline], span: Span, lang: Lang) -> Self {
        let prose = Prose::of(content);
        let mut figures = Vec::new();
        collect(content, &mut figures);
        let places: Vec<usize> = prose.text.match_indices(HOLE).map(|(at, _)| at).collect();
        let inserts = places.into_iter().zip(figures);
        let inserts = inserts.filter_map(|(at, insert)| Some((at, insert?))).collect();
        Self { lang, span, prose, inserts, numerals: OnceLock::new() }
    }

    /// A text without markup.
    pub fn plain(words: &Spanned<String>, lang: Lang) -> Self {
        let prose = Prose::plain(words);
        Self { lang, span: words.span, prose, inserts: Vec::new(), numerals: OnceLock::new() }
    }

    /// A figure alone.
    pub fn figure(insert: &'a Insert, lang: Lang) -> Self {
        let words = Spanned::new(HOLE.to_string(), insert.span);
        let prose = Prose::plain(&words);
        let inserts = vec![(0, insert)];
        Self { lang, span: insert.span, prose, inserts, numerals: OnceLock::new() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.prose.text
    }

    /// The numerals of the text, read once.
    pub fn numerals(&self, report: &Report) -> &[Numeral] {
        self.numerals.get_or_init(|| report.numerals(self.text()))
    }

    /// The place of a part, or of the whole where the part has none.
    pub fn place(&self, range: &Range<usize>) -> Span {
        self.prose.place(range.start, range.end).unwrap_or(self.span)
    }

    /// How long it is, in letters of English.
    pub fn size(&self) -> usize {
        let chars = self.text().chars();
        chars.map(|c| if is_chinese(c) { LETTERS_OF_A_CHARACTER } else { 1 }).sum()
    }

    /// What it says in every language: figures, names, digits.
    pub fn marks(&self) -> BTreeSet<String> {
        self.marks_in(&(0..self.text().len()))
    }

    /// The same for a part of it.
    pub fn marks_in(&self, range: &Range<usize>) -> BTreeSet<String> {
        let inside = self.inserts.iter().filter(|(at, _)| range.contains(at));
        let mut marks: BTreeSet<String> =
            inside.map(|(_, insert)| canonical(&insert.expr)).collect();
        let plain = |c: char| c.is_ascii_alphanumeric();
        let text = self.text().get(range.clone()).unwrap_or_default();
        let mut at = 0;
        for token in text.split(|c: char| !plain(c)) {
            at += token.len();
            let rest = text.get(at..).unwrap_or_default();
            at += rest.chars().next().map_or(0, char::len_utf8);
            let digits = token.chars().any(|c| c.is_ascii_digit());
            let capitals = token.chars().filter(char::is_ascii_uppercase).count() > 1;
            let month =
                if digits && rest.starts_with('月') { token.parse().ok() } else { month(token) };
            if let Some(month) = month {
                marks.insert(format!("month {month}"));
            } else if digits || capitals {
                marks.insert(token.to_uppercase());
            }
        }
        marks
    }
}

/// The number of a month that is named in English, but for the one that is also another word.
fn month(word: &str) -> Option<u8> {
    let named = word.starts_with(|c: char| c.is_ascii_uppercase()) && word != "May";
    named.then(|| month_number(word)).flatten()
}

/// Figures and pieces of code in the order of their signs; code gives nothing.
fn collect<'a>(content: &'a [Inline], found: &mut Vec<Option<&'a Insert>>) {
    for inline in content {
        match &inline.kind {
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Link(_, inner) => collect(inner, found),
            InlineKind::Insert(insert) => found.push(Some(insert)),
            InlineKind::Code(_) => found.push(None),
            InlineKind::Text(_) | InlineKind::Footnote(_) | InlineKind::Break => {}
        }
    }
}

/// Whether a character is Chinese.
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}
