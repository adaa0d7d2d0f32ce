//! Sentences of two texts, laid beside each other.
//!
//! **Invariant:** every byte of both texts lies in exactly one pair of sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lint::rules::parity::beside::{Move, beside};
use crate::lint::rules::parity::pairs::Pair;
use crate::lint::rules::parity::run::{Run, is_chinese};

/// Sentences of the first and the second text that stand for each other.
pub struct Bead {
    /// Place in the first.
    pub first: Range<usize>,
    /// Place in the second.
    pub second: Range<usize>,
}

/// Sentences that a step takes: one for one, or a few for one or two.
const MOVES: [Move; 6] = [(1, 1, 0), (1, 2, 25), (2, 1, 25), (2, 2, 45), (1, 3, 50), (3, 1, 50)];

/// How two texts correspond, sentence by sentence; as a whole where that cannot be told.
pub fn beads(pair: &Pair<'_>) -> Vec<Bead> {
    let (a, b) = (sentences(&pair.first), sentences(&pair.second));
    if let ([one], [two]) = (a.as_slice(), b.as_slice()) {
        return vec![Bead { first: one.clone(), second: two.clone() }];
    }
    let sentence = |run, ranges: Vec<Range<usize>>| -> Vec<Sentence> {
        ranges.into_iter().map(|range| sentence(run, range)).collect()
    };
    let (a, b) = (sentence(&pair.first, a), sentence(&pair.second, b));
    let size = |list: &[Sentence]| list.iter().map(|s| s.size).sum::<usize>().max(1);
    let totals = (size(&a), size(&b));
    let steps = beside((a.len(), b.len()), &MOVES, |x, y| {
        unlike(a.get(x).unwrap_or_default(), b.get(y).unwrap_or_default(), totals)
    });
    let Some(steps) = steps else { return whole(pair) };
    let bead = |(x, y): (Range<usize>, Range<usize>)| Bead {
        first: span(a.get(x).unwrap_or_default()),
        second: span(b.get(y).unwrap_or_default()),
    };
    steps.into_iter().map(bead).collect()
}

fn whole(pair: &Pair<'_>) -> Vec<Bead> {
    vec![Bead { first: 0..pair.first.text().len(), second: 0..pair.second.text().len() }]
}

struct Sentence {
    range: Range<usize>,
    size: usize,
    marks: BTreeSet<String>,
}

fn span(list: &[Sentence]) -> Range<usize> {
    let start = list.first().map_or(0, |s| s.range.start);
    start..list.last().map_or(start, |s| s.range.end)
}

/// How unlike sentences are: by their share of the whole, and by what both name.
fn unlike(a: &[Sentence], b: &[Sentence], totals: (usize, usize)) -> usize {
    let share =
        |list: &[Sentence], total: usize| list.iter().map(|s| s.size).sum::<usize>() * 1000 / total;
    let (x, y) = (share(a, totals.0), share(b, totals.1));
    let length = 60 * x.abs_diff(y) / (x + y).max(1);
    length + 40 * marks(a).symmetric_difference(&marks(b)).count().min(3)
}

fn marks(list: &[Sentence]) -> BTreeSet<&str> {
    list.iter().flat_map(|sentence| &sentence.marks).map(String::as_str).collect()
}

fn sentences(run: &Run<'_>) -> Vec<Range<usize>> {
    let text = run.text();
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        let stop = match c {
            '。' | '！' | '？' | '；' | '\n' => true,
            '.' | '!' | '?' | ';' => {
                let word = text.get(start..at).unwrap_or_default().rsplit(' ').next();
                let short = ["e.g", "i.e", "No", "Nos", "Ltd", "Co", "Inc", "St", "vs", "approx"];
                next.is_none_or(char::is_whitespace) && !word.is_some_and(|w| short.contains(&w))
            }
            _ => false,
        };
        if stop || next.is_none() {
            let words = text.get(start..end).unwrap_or_default();
            if words.chars().any(char::is_alphanumeric) || words.contains('\u{FFFC}') {
                found.push(start..end);
                start = end;
            }
        }
    }
    if let Some(last) = found.last_mut() {
        last.end = text.len();
    }
    found
}

fn sentence(run: &Run<'_>, range: Range<usize>) -> Sentence {
    let words = run.text().get(range.clone()).unwrap_or_default();
    let size = words.chars().map(|c| if is_chinese(c) { 3 } else { 1 }).sum();
    let marks = run.marks_in(&range);
    Sentence { range, size, marks }
}
