//! Sentences of two texts, laid beside each other.
//!
//! **Invariant:** every byte of both texts lies in exactly one pair of sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lint::rules::parity::pairs::Pair;
use crate::lint::rules::parity::run::{Run, is_chinese};

/// Sentences of the first and the second text that stand for each other.
pub struct Bead {
    /// Place in the first.
    pub first: Range<usize>,
    /// Place in the second.
    pub second: Range<usize>,
}

/// The most sentences that are laid beside each other; longer texts are compared as a whole.
const MOST: usize = 24;

/// How two texts correspond, sentence by sentence: one for one, or two for one.
pub fn beads(pair: &Pair<'_>) -> Vec<Bead> {
    let (a, b) = (sentences(&pair.first), sentences(&pair.second));
    if a.is_empty() || b.is_empty() || a.len() > MOST || b.len() > MOST {
        return whole(pair);
    }
    let sizes = |list: &[Sentence]| list.iter().map(|s| s.size).sum::<usize>().max(1);
    let totals = (sizes(&a), sizes(&b));
    const MOVES: [(usize, usize, usize); 6] =
        [(1, 1, 0), (1, 2, 25), (2, 1, 25), (2, 2, 45), (1, 3, 50), (3, 1, 50)];
    let mut best: Vec<Vec<Option<(usize, usize, usize)>>> =
        vec![vec![None; b.len() + 1]; a.len() + 1];
    if let Some(start) = best.first_mut().and_then(|row| row.first_mut()) {
        *start = Some((0, 0, 0));
    }
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let Some((cost, ..)) = best.get(i).and_then(|row| row.get(j)).copied().flatten() else {
                continue;
            };
            for (down, right, price) in MOVES {
                let (Some(x), Some(y)) = (a.get(i..i + down), b.get(j..j + right)) else {
                    continue;
                };
                let cost = cost + price + unlike(x, y, totals);
                let Some(cell) = best.get_mut(i + down).and_then(|row| row.get_mut(j + right))
                else {
                    continue;
                };
                if cell.is_none_or(|(other, ..)| cost < other) {
                    *cell = Some((cost, down, right));
                }
            }
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut found = Vec::new();
    while i > 0 || j > 0 {
        let step = best.get(i).and_then(|row| row.get(j)).copied().flatten();
        let Some((_, down, right)) = step else { return whole(pair) };
        let (Some(x), Some(y)) = (a.get(i - down..i), b.get(j - right..j)) else {
            return whole(pair);
        };
        found.push(Bead { first: span(x), second: span(y) });
        (i, j) = (i - down, j - right);
    }
    found.reverse();
    found
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
    let all = |list: &[Sentence]| {
        list.iter().flat_map(|s| s.marks.iter().cloned()).collect::<BTreeSet<_>>()
    };
    let (p, q) = (all(a), all(b));
    length + 40 * p.symmetric_difference(&q).count().min(3)
}

fn sentences(run: &Run<'_>) -> Vec<Sentence> {
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
                found.push(sentence(run, start..end));
                start = end;
            }
        }
    }
    if let Some(last) = found.last_mut() {
        last.range.end = text.len();
    }
    found
}

fn sentence(run: &Run<'_>, range: Range<usize>) -> Sentence {
    let words = run.text().get(range.clone()).unwrap_or_default();
    let size = words.chars().map(|c| if is_chinese(c) { 3 } else { 1 }).sum();
    let marks = run.marks_in(&range);
    Sentence { range, size, marks }
}
