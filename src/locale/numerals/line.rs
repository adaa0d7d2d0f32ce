//! A text as characters with their places, in the forms that are compared.
//!
//! **Invariant:** full-width digits, letters and signs stand in their plain form; every blank but
//! one that may group digits is a space.

use std::ops::Range;

/// A narrow or unbreakable blank, which may stand between groups of digits.
pub const JOINING_BLANK: char = '\u{A0}';

/// What stands outside the text.
pub const NOTHING: char = '\0';

/// A text as characters with their places.
pub struct Line {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl Line {
    /// Takes a text apart.
    pub fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len());
        let wide = |c: char| ('０'..='９').contains(&c);
        let mut before = false;
        let mut rest = text.char_indices();
        while let Some((at, c)) = rest.next() {
            let grouped = c == '，' && before && rest.as_str().starts_with(wide);
            before = wide(c);
            chars.push(if grouped { ',' } else { plain(c) });
            starts.push(at);
        }
        starts.push(text.len());
        Self { chars, starts }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place.
    pub fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(NOTHING)
    }

    /// The character before a place.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(NOTHING, |at| self.at(at))
    }

    /// A part as text.
    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// The bytes of a part.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.starts.get(at).or(self.starts.last()).copied();
        place(range.start).unwrap_or_default()..place(range.end).unwrap_or_default()
    }

    /// Whether a word stands at a place, whatever its case.
    pub fn has(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(step, c)| self.at(at + step).eq_ignore_ascii_case(&c))
    }

    /// Whether a word ends right before a place.
    pub fn ends(&self, at: usize, word: &str) -> bool {
        let mut letters = word.chars().rev().enumerate();
        letters.all(|(step, c)| at > step && self.at(at - 1 - step).eq_ignore_ascii_case(&c))
    }

    /// The length of the longest of some words that stands at a place.
    pub fn longest(&self, at: usize, words: &[&str]) -> Option<usize> {
        let here = words.iter().filter(|word| self.has(at, word));
        here.map(|word| word.chars().count()).max()
    }

    /// Whether one of some words ends right before a place.
    pub fn any_ends(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.ends(at, word))
    }

    /// The first place from here that is no blank.
    pub fn skip_blank(&self, at: usize) -> usize {
        (at..self.len()).find(|at| !is_blank(self.at(*at))).unwrap_or(self.len())
    }

    /// The end of the text before a place, blanks left out.
    pub fn trim_blank(&self, at: usize) -> usize {
        (0..at).rev().find(|at| !is_blank(self.at(*at))).map_or(0, |at| at + 1)
    }

    /// The end of a word of Latin letters that starts at a place.
    pub fn word_end(&self, at: usize) -> usize {
        (at..self.len()).find(|at| !is_latin(self.at(*at))).unwrap_or(self.len())
    }

    /// The start of a word of Latin letters, with dots, hyphens and digits inside, that ends at a
    /// place.
    pub fn word_start(&self, end: usize) -> usize {
        let inside = |c: char| {
            is_latin(c) || c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '&' | '’' | '\'')
        };
        (0..end).rev().take_while(|at| inside(self.at(*at))).last().unwrap_or(end)
    }

    /// Whether a sentence starts at a place.
    pub fn starts_sentence(&self, at: usize) -> bool {
        let quotes = |c: char| matches!(c, '“' | '‘' | '"' | '\'' | '(' | '（' | '《' | '「');
        let before = (0..at).rev().map(|at| self.at(at)).find(|c| !is_blank(*c) && !quotes(*c));
        before.is_none_or(|c| {
            matches!(c, '.' | '!' | '?' | ':' | ';' | '。' | '！' | '？' | '：' | '；' | '|' | '•')
        })
    }
}

fn plain(c: char) -> char {
    match c {
        ' '..='~' => c,
        '\u{A0}' | '\u{2009}' | '\u{202F}' | '\u{2007}' => JOINING_BLANK,
        '\n' | '\t' | '\u{3000}' | '\u{2002}' | '\u{2003}' => ' ',
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '％'
        | '．'
        | '＋'
        | '－'
        | '／'
        | '＄'
        | '￥' => {
            if c == '￥' {
                return '¥';
            }
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    }
}

/// Whether a character is a blank.
pub fn is_blank(c: char) -> bool {
    c == ' ' || c == JOINING_BLANK
}

/// Whether a character is a letter of a Latin alphabet.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('À'..='ɏ').contains(&c) && c != '×' && c != '÷'
}

/// Whether a character is Chinese.
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}
