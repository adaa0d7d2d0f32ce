//! Parts of a text whose digits belong to a pattern: links, addresses, dates, times, telephone
//! numbers, and what the report declares.

use std::ops::Range;
use std::sync::LazyLock;

use crate::locale::numerals::Literal;
use crate::locale::numerals::around::{PHONES, TERMS};
use crate::locale::numerals::line::{Line, is_blank, is_chinese, is_latin};

/// A part with what it is.
pub type Shield = (Range<usize>, Literal);

/// All such parts, in order and without overlap.
pub fn shields(line: &Line, declared: &Phrases) -> Vec<Shield> {
    static KNOWN: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TERMS.iter().copied()));
    let phrases = [(declared, Literal::Declared), (&KNOWN, Literal::Term)];
    let mut found: Vec<Shield> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match shield(line, at, &phrases) {
            Some((end, kind)) => {
                found.push((at..end, kind));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn shield(line: &Line, at: usize, phrases: &[(&Phrases, Literal)]) -> Option<(usize, Literal)> {
    // Nothing starts inside a word.
    if line.at(at).is_ascii_alphabetic() && line.before(at).is_ascii_alphabetic() {
        return None;
    }
    let first = line.at(at).to_ascii_lowercase();
    let mut some = phrases.iter().filter(|(phrases, _)| phrases.may_start(first));
    let phrase = some.find_map(|(phrases, kind)| Some((phrases.at(line, at)?, *kind)));
    if phrase.is_some() {
        return phrase;
    }
    // Nothing else starts with a Chinese character.
    if !line.at(at).is_ascii() && line.at(at) != '（' {
        return None;
    }
    if let Some(end) = link(line, at) {
        return Some((end, Literal::Contact));
    }
    if is_word(line.before(at)) || line.before(at).is_ascii_digit() || line.before(at) == '.' {
        return None;
    }
    let end = date(line, at).map(|end| (end, Literal::Date));
    let end = end.or_else(|| time(line, at).map(|end| (end, Literal::Time)));
    end.or_else(|| phone(line, at).map(|end| (end, Literal::Contact)))
}

/// Texts by their first characters: at almost every place of another text none of them can start.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    texts: Vec<(char, String)>,
    /// A bit for each kind of character that one of them starts with.
    kinds: [u64; KINDS / 64],
}

/// How many kinds of characters are told apart before texts are compared.
const KINDS: usize = 512;

fn kind(c: char) -> usize {
    c as usize % KINDS
}

impl Phrases {
    /// Puts texts in order.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let first =
            |text: &'a str| Some((text.chars().next()?.to_ascii_lowercase(), text.to_owned()));
        let mut texts: Vec<(char, String)> = texts.filter_map(first).collect();
        texts.sort_unstable();
        let mut kinds = [0; KINDS / 64];
        for (first, _) in &texts {
            let kind = kind(*first);
            kinds.get_mut(kind / 64).into_iter().for_each(|bits| *bits |= 1 << (kind % 64));
        }
        Self { texts, kinds }
    }

    /// Whether one of them may start with a character in lower case.
    fn may_start(&self, first: char) -> bool {
        let kind = kind(first);
        let bits = self.kinds.get(kind / 64).copied().unwrap_or_default();
        bits >> (kind % 64) & 1 == 1
    }

    /// One past the longest that stands at a place on its own.
    fn at(&self, line: &Line, at: usize) -> Option<usize> {
        let first = line.at(at).to_ascii_lowercase();
        let start = self.texts.partition_point(|(other, _)| *other < first);
        let near = self.texts.get(start..).unwrap_or_default();
        let near = near.iter().take_while(|(other, _)| *other == first);
        let fits = near.filter(|(_, text)| alone(line, at, text));
        Some(at + fits.map(|(_, text)| text.chars().count()).max()?)
    }
}

/// Whether a text stands at a place on its own: no digit or letter continues it.
fn alone(line: &Line, at: usize, text: &str) -> bool {
    if !line.has(at, text) {
        return false;
    }
    let end = at + text.chars().count();
    let (first, last) = (line.at(at), line.before(end));
    let inside =
        |a: char, b: char| a.is_ascii_digit() && b.is_ascii_digit() || is_word(a) && is_word(b);
    let decimal = first.is_ascii_digit() && matches!(line.before(at), '.' | ',');
    let more = last.is_ascii_digit()
        && matches!(line.at(end), '.' | ',')
        && line.at(end + 1).is_ascii_digit();
    !decimal && !more && !inside(line.before(at), first) && !inside(last, line.at(end))
}

fn is_word(c: char) -> bool {
    is_latin(c)
}

/// A web address, or the whole of an e-mail address.
fn link(line: &Line, at: usize) -> Option<usize> {
    let starts = ["http://", "https://", "www.", "mailto:"];
    let address = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ')' | '(');
    let end = || (at..line.len()).find(|at| !address(line.at(*at))).unwrap_or(line.len());
    let lead = matches!(line.at(at).to_ascii_lowercase(), 'h' | 'w' | 'm');
    if lead && starts.iter().any(|start| line.has(at, start)) {
        return Some(end());
    }
    // Only where an address can start is the rest of it looked at, so that a long one is read once.
    let fresh = at == 0 || !address(line.before(at));
    let end = fresh.then(end)?;
    let mail = (at + 1..end).any(|at| line.at(at) == '@' && is_latin(line.at(at + 1)));
    mail.then_some(end)
}

/// The end of at least `least` and at most `most` digits.
fn digits(line: &Line, at: usize, least: usize, most: usize) -> Option<usize> {
    let count = (at..line.len()).take_while(|at| line.at(*at).is_ascii_digit()).count();
    (least..=most).contains(&count).then_some(at + count)
}

/// `2024-03-18`, `18/03/2025` and the like.
fn date(line: &Line, at: usize) -> Option<usize> {
    let parts = |sizes: [(usize, usize); 3]| {
        let [first, second, third] = sizes;
        let one = digits(line, at, first.0, first.1)?;
        let sign = line.at(one);
        let two = digits(line, one + 1, second.0, second.1)?;
        let same = matches!(sign, '-' | '/' | '.') && line.at(two) == sign;
        same.then(|| digits(line, two + 1, third.0, third.1)).flatten()
    };
    parts([(4, 4), (1, 2), (1, 2)]).or_else(|| parts([(1, 2), (1, 2), (4, 4)]))
}

/// `14:30`, `8:00:00`.
fn time(line: &Line, at: usize) -> Option<usize> {
    let hours = digits(line, at, 1, 2)?;
    let colon = matches!(line.at(hours), ':' | '：');
    let minutes = digits(line, hours + 1, 2, 2).filter(|_| colon)?;
    let seconds = digits(line, minutes + 1, 2, 2).filter(|_| line.at(minutes) == ':');
    Some(seconds.unwrap_or(minutes))
}

/// Groups of digits that a telephone number is made of.
fn phone(line: &Line, at: usize) -> Option<usize> {
    let plus = line.at(at) == '+' && line.at(at + 1).is_ascii_digit();
    let opened = matches!(line.at(at), '(' | '（') && line.at(at + 1).is_ascii_digit();
    if !plus && !opened && !line.at(at).is_ascii_digit() {
        return None;
    }
    let (mut end, mut groups, mut count) = (at, 0, 0);
    let mut next = if plus || opened { at + 1 } else { at };
    while let Some(stop) = digits(line, next, 1, 12) {
        groups += 1;
        count += stop - next;
        end = stop;
        let gap = (stop..line.len())
            .take_while(|at| matches!(line.at(*at), '-' | ' ' | ')' | '）' | '('))
            .count();
        if gap == 0 || gap > 2 {
            break;
        }
        next = stop + gap;
    }
    let dashed = line.text(at..end).matches('-').count() >= 2;
    let called = line.any_ends(before_phone(line, at), PHONES);
    let enough = (plus && count >= 8 && groups >= 2)
        || (dashed && count >= 9)
        || (opened && count >= 9)
        || (called && count >= 3);
    enough.then_some(end)
}

/// The end of the words before a telephone number.
fn before_phone(line: &Line, at: usize) -> usize {
    let skip = |c: char| is_blank(c) || matches!(c, ':' | '：' | '.' | '为' | '為');
    let before = (0..at).rev().find(|at| !skip(line.at(*at))).map_or(0, |at| at + 1);
    if is_chinese(line.before(before)) || is_latin(line.before(before)) { before } else { 0 }
}
