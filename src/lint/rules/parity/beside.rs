//! Two rows of parts, laid beside each other at the least cost.

use std::ops::Range;

/// The most parts of a row: the cost grows with the product of both, and of more than that nobody
/// could say which stands for which.
const MOST: usize = 24;

/// How many parts of either row a step takes, and what it costs besides what they differ.
pub type Move = (usize, usize, usize);

/// Parts of the first and of the second row that stand for each other.
pub type Step = (Range<usize>, Range<usize>);

/// Every step from the start of both rows to their ends. Nothing where a row is empty or long, or where no
/// moves lead to both ends.
pub fn beside(
    lengths: (usize, usize),
    moves: &[Move],
    unlike: impl Fn(Range<usize>, Range<usize>) -> usize,
) -> Option<Vec<Step>> {
    let (rows, columns) = lengths;
    if rows == 0 || columns == 0 || rows > MOST || columns > MOST {
        return None;
    }
    let mut best: Vec<Vec<Option<Move>>> = vec![vec![None; columns + 1]; rows + 1];
    *best.first_mut()?.first_mut()? = Some((0, 0, 0));
    for i in 0..=rows {
        for j in 0..=columns {
            let Some((_, _, cost)) = best.get(i)?.get(j).copied().flatten() else { continue };
            for &(down, right, price) in moves {
                let (to, over) = (i + down, j + right);
                let Some(cell) = best.get_mut(to).and_then(|row| row.get_mut(over)) else {
                    continue;
                };
                let cost = cost + price + unlike(i..to, j..over);
                if cell.is_none_or(|(_, _, least)| cost < least) {
                    *cell = Some((down, right, cost));
                }
            }
        }
    }
    back(&best, lengths)
}

/// The steps that led to the ends.
fn back(best: &[Vec<Option<Move>>], ends: (usize, usize)) -> Option<Vec<Step>> {
    let (mut i, mut j) = ends;
    let mut steps = Vec::new();
    while i > 0 || j > 0 {
        let (down, right, _) = best.get(i)?.get(j).copied().flatten()?;
        steps.push((i - down..i, j - right..j));
        (i, j) = (i - down, j - right);
    }
    steps.reverse();
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVES: [Move; 3] = [(1, 1, 0), (1, 2, 1), (2, 1, 1)];

    fn laid(first: &[usize], second: &[usize]) -> Option<Vec<Step>> {
        let sum = |row: &[usize], range: Range<usize>| row[range].iter().sum::<usize>();
        beside((first.len(), second.len()), &MOVES, |a, b| sum(first, a).abs_diff(sum(second, b)))
    }

    #[test]
    fn parts_are_laid_beside_those_of_their_size() {
        assert_eq!(laid(&[5, 9], &[5, 4, 5]), Some(vec![(0..1, 0..1), (1..2, 1..3)]));
        assert_eq!(laid(&[3, 4, 9], &[7, 9]), Some(vec![(0..2, 0..1), (2..3, 1..2)]));
    }

    #[test]
    fn rows_that_are_empty_long_or_too_unlike_are_not_laid() {
        assert_eq!(laid(&[], &[1]), None);
        assert_eq!(laid(&[1; 25], &[1; 25]), None);
        assert_eq!(laid(&[1], &[1, 1, 1]), None);
    }
}
