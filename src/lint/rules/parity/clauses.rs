//! Clauses of two sentences, laid beside each other.
//!
//! **Invariant:** only clauses that take the same share of their sentences are said to stand for
//! each other.

use std::ops::Range;

use crate::locale::Lang;

use crate::lint::rules::parity::beside::{Move, beside};

/// Clauses that a step takes. Most stand one for one.
const MOVES: [Move; 6] =
    [(1, 1, 0), (1, 2, 300), (2, 1, 300), (2, 2, 600), (1, 3, 600), (3, 1, 600)];

/// The clauses of a sentence: what stands between commas and the like.
pub fn clauses(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        let stop = match c {
            '，' | '；' | '：' | '。' => true,
            ',' | ';' | ':' => !next.is_some_and(|c| c.is_ascii_digit()),
            '.' => next.is_none_or(char::is_whitespace),
            _ => !lang.is_chinese() && joins(text.get(at..).unwrap_or_default()),
        };
        let words = text.get(start..end).unwrap_or_default();
        if (stop || next.is_none()) && words.chars().any(char::is_alphanumeric) {
            found.push(start..end);
            start = end;
        }
    }
    found
}

/// Whether a verb is joined to another: `and does not`, `and not to`, `and claims no`.
fn joins(text: &str) -> bool {
    const VERBS: [&str; 14] = [
        "do", "does", "did", "is", "are", "was", "were", "must", "will", "has", "have", "not",
        "never", "to",
    ];
    let Some(rest) = text.strip_prefix(" and ") else { return false };
    let mut words = rest.split(' ');
    let (first, second, third) = (words.next(), words.next(), words.next());
    let denied = second.is_some_and(|word| ["no", "nothing", "none"].contains(&word));
    first.is_some_and(|word| VERBS.contains(&word))
        || denied && !third.is_some_and(|word| ["longer", "one"].contains(&word))
}

/// Clauses that stand for each other one by one, and whose shares of their sentences lie no further
/// apart than so many thousandths.
pub fn side_by_side(
    first: &str,
    a: &[Range<usize>],
    second: &str,
    b: &[Range<usize>],
    apart: usize,
) -> Vec<(Range<usize>, Range<usize>)> {
    let shares = |text: &str, list: &[Range<usize>]| {
        let size =
            |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().chars().count();
        let total = list.iter().map(size).sum::<usize>().max(1);
        list.iter().map(|range| size(range) * 1000 / total).collect::<Vec<_>>()
    };
    let (x, y) = (shares(first, a), shares(second, b));
    let sum = |list: &[usize], range: Range<usize>| {
        list.get(range).unwrap_or_default().iter().sum::<usize>()
    };
    let steps = beside((a.len(), b.len()), &MOVES, |p, q| {
        let (p, q) = (sum(&x, p), sum(&y, q));
        2000 * p.abs_diff(q) / (p + q).max(1)
    });
    let found = steps.into_iter().flatten().filter_map(|(p, q)| {
        let near = p.len() == 1 && q.len() == 1;
        let near = near && x.get(p.start)?.abs_diff(*y.get(q.start)?) <= apart;
        near.then(|| Some((a.get(p.start)?.clone(), b.get(q.start)?.clone()))).flatten()
    });
    found.collect()
}
