//! Simplified Chinese to the traditional Chinese of Hong Kong.
//!
//! Characters are converted by the tables of OpenCC; on top of them lies a vocabulary of our own,
//! `frameworks/zh-hant-hk.yaml`, and on top of that the project's glossary.
//!
//! **Invariant:** nothing but Chinese words and quotation marks changes: figures, expressions,
//! ids, codes, links and Latin text come out as they went in.
//!
//! **Invariant:** a narrative that is converted while printing and one that was written to a file
//! are the same text, since both come from [`Converter::markdown`].

mod fence;
mod markup;
mod quotes;
mod tree;
mod vocabulary;
mod words;

pub use self::tree::{Localizable, localizable};
pub use self::vocabulary::{Vocabulary, terms};

use std::fmt;
use std::sync::Arc;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use words::{Found, Words};

/// Turns simplified Chinese into the traditional Chinese of Hong Kong.
#[derive(Clone)]
pub struct Converter {
    engine: Arc<OpenCC>,
    vocabulary: Vocabulary,
    words: Words,
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").field("vocabulary", &self.vocabulary).finish_non_exhaustive()
    }
}

impl Converter {
    /// A converter with a vocabulary, and terms of a project that take precedence over it:
    /// simplified form and Hong Kong form.
    pub fn new(vocabulary: &Vocabulary, terms: &[(String, String)]) -> Result<Self, String> {
        let engine = OpenCC::from_config(BuiltinConfig::S2hk).map_err(|error| error.to_string())?;
        let words = Words::new(vocabulary, terms);
        Ok(Self { engine: Arc::new(engine), vocabulary: vocabulary.clone(), words })
    }

    /// The same converter with terms of a project.
    #[must_use]
    pub fn with_terms(&self, terms: &[(String, String)]) -> Self {
        Self { words: Words::new(&self.vocabulary, terms), ..self.clone() }
    }

    /// Converts a text that holds no Markdown: its words, then its quotation marks.
    pub fn text(&self, text: &str) -> String {
        quotes::corner(&[(text, self.plain(text))])
    }

    /// Converts words and leaves quotation marks alone, which may open before this piece.
    fn plain(&self, text: &str) -> String {
        if !text.chars().any(is_han) {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let found = self.words.find(&chars);
        let whole: Vec<char> = self.engine.convert(text).chars().collect();
        // The tables put one character for one, so the words of the vocabulary can be laid over
        // the whole text and the text around them keeps its context.
        if whole.len() == chars.len() {
            return self.overlay(&whole, &found);
        }
        let mut converted = String::with_capacity(text.len());
        let mut at = 0;
        for one in &found {
            converted.push_str(&self.between(&chars, at, one.start));
            converted.push_str(&one.to);
            at = one.end;
        }
        converted.push_str(&self.between(&chars, at, chars.len()));
        converted
    }

    fn overlay(&self, whole: &[char], found: &[Found]) -> String {
        let mut converted = String::new();
        let mut at = 0;
        for one in found {
            let before = whole.get(at..one.start).unwrap_or_default();
            converted.extend(before.iter().map(|c| self.vocabulary.form(*c)));
            converted.push_str(&one.to);
            at = one.end;
        }
        let rest = whole.get(at..).unwrap_or_default();
        converted.extend(rest.iter().map(|c| self.vocabulary.form(*c)));
        converted
    }

    fn between(&self, chars: &[char], start: usize, end: usize) -> String {
        let piece: String = chars.get(start..end).unwrap_or_default().iter().collect();
        self.engine.convert(&piece).chars().map(|c| self.vocabulary.form(c)).collect()
    }
}

/// Whether a character is a Chinese one.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
