//! Clauses of two sentences, laid beside each other.
//!
//! **Invariant:** only clauses that take the same share of their sentences are said to stand for
//! each other.

use std::ops::Range;

use crate::locale::Lang;

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

/// Whether a verb is joined to another: `and does not`.
fn joins(text: &str) -> bool {
    const VERBS: [&str; 11] =
        ["do", "does", "did", "is", "are", "was", "were", "must", "will", "has", "have"];
    let rest = text.strip_prefix(" and ");
    rest.is_some_and(|rest| rest.split(' ').next().is_some_and(|word| VERBS.contains(&word)))
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
    let found = steps(&x, &y).into_iter().filter_map(|(i, j)| {
        let near = x.get(i)?.abs_diff(*y.get(j)?) <= apart;
        near.then(|| Some((a.get(i)?.clone(), b.get(j)?.clone()))).flatten()
    });
    found.collect()
}

/// The clauses that stand alone for each other where all are laid beside each other at the least
/// cost, by their shares.
fn steps(x: &[usize], y: &[usize]) -> Vec<(usize, usize)> {
    const MOVES: [(usize, usize, usize); 6] =
        [(1, 1, 0), (1, 2, 300), (2, 1, 300), (2, 2, 600), (1, 3, 600), (3, 1, 600)];
    let mut best: Vec<Vec<Option<(usize, usize, usize)>>> =
        vec![vec![None; y.len() + 1]; x.len() + 1];
    if let Some(start) = best.first_mut().and_then(|row| row.first_mut()) {
        *start = Some((0, 0, 0));
    }
    for i in 0..=x.len() {
        for j in 0..=y.len() {
            let Some((cost, ..)) = best.get(i).and_then(|row| row.get(j)).copied().flatten() else {
                continue;
            };
            for (down, right, price) in MOVES {
                let (Some(p), Some(q)) = (x.get(i..i + down), y.get(j..j + right)) else {
                    continue;
                };
                let (p, q) = (p.iter().sum::<usize>(), q.iter().sum::<usize>());
                let cost = cost + price + 2000 * p.abs_diff(q) / (p + q).max(1);
                let cell = best.get_mut(i + down).and_then(|row| row.get_mut(j + right));
                if let Some(cell) = cell.filter(|cell| cell.is_none_or(|(least, ..)| cost < least))
                {
                    *cell = Some((cost, down, right));
                }
            }
        }
    }
    let (mut i, mut j) = (x.len(), y.len());
    let mut found = Vec::new();
    while i > 0 || j > 0 {
        let step = best.get(i).and_then(|row| row.get(j)).copied().flatten();
        let Some((_, down, right)) = step else { return Vec::new() };
        (i, j) = (i - down, j - right);
        if (down, right) == (1, 1) {
            found.push((i, j));
        }
    }
    found.reverse();
    found
}
