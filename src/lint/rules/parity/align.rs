//! Lays the parts of one language beside those of another.
//!
//! **Invariant:** cost is linear in parts: a part is only compared with those near its own place.

use crate::lint::rules::parity::tree::Part;

/// What stands side by side; a part that stands alone lacks its counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A part of both, by their places.
    Both(usize, usize),
    /// One that only the first has.
    First(usize),
    /// One that only the second has.
    Second(usize),
}

/// What a part without counterpart costs. Two of them cost more than any pair of one kind, so that
/// parts are paired unless that spoils other pairs.
const ALONE: u32 = 60;
/// What the worst pair of one kind costs.
const UNLIKE: u32 = 100;
/// What it costs that only one of two parts denies anything: little, since that may be the fault.
const DENIED: u32 = 10;
/// How far apart two parts may stand besides the difference in number.
const BAND: usize = 12;

/// Lays two sequences beside each other at the least cost.
pub fn align(first: &[Part<'_>], second: &[Part<'_>]) -> Vec<Step> {
    match (first, second) {
        ([], []) => return Vec::new(),
        // However unlike they are, that costs less than leaving both alone.
        ([a], [b])
            if a.kind == b.kind && (a.key == b.key || a.key.is_none() || b.key.is_none()) =>
        {
            return vec![Step::Both(0, 0)];
        }
        _ => {}
    }
    let band = BAND + first.len().abs_diff(second.len());
    let width = 2 * band + 1;
    let mut rows: Vec<Vec<(u32, Option<Step>)>> = Vec::new();
    for i in 0..=first.len() {
        let mut row = vec![(u32::MAX / 2, None); width];
        for (slot, cell) in row.iter_mut().enumerate() {
            let Some(j) = (i + slot).checked_sub(band).filter(|j| *j <= second.len()) else {
                continue;
            };
            *cell = (0, None);
            let above = i.checked_sub(1).and_then(|up| rows.get(up));
            let left = j.checked_sub(1);
            let mut best = (u32::MAX / 2, None);
            let mut offer = |cost: Option<u32>, step: Step| {
                if let Some(cost) = cost.filter(|cost| *cost < best.0) {
                    best = (cost, Some(step));
                }
            };
            let pair = i.checked_sub(1).zip(left).and_then(|(a, b)| {
                let cost = unlike(first.get(a)?, second.get(b)?)?;
                Some((a, b, above?.get(slot)?.0.saturating_add(cost)))
            });
            if let Some((a, b, cost)) = pair {
                offer(Some(cost), Step::Both(a, b));
            }
            if let Some(a) = i.checked_sub(1) {
                let before = above.and_then(|row| row.get(slot + 1));
                offer(before.map(|cell| cell.0.saturating_add(ALONE)), Step::First(a));
            }
            if i > 0 || j > 0 {
                *cell = best;
            }
            cell.1 = best.1;
        }
        fill_left(&mut row, i, band, second.len());
        rows.push(row);
    }
    trace(&rows, first.len(), second.len(), band)
}

/// Lets parts of the second stand alone, from left to right.
fn fill_left(row: &mut [(u32, Option<Step>)], i: usize, band: usize, length: usize) {
    let mut before: Option<u32> = None;
    for (slot, cell) in row.iter_mut().enumerate() {
        let Some(j) = (i + slot).checked_sub(band).filter(|j| *j <= length) else {
            before = None;
            continue;
        };
        if let (Some(cost), Some(b)) = (before, j.checked_sub(1)) {
            let cost = cost.saturating_add(ALONE);
            if cost < cell.0 {
                *cell = (cost, Some(Step::Second(b)));
            }
        }
        before = Some(cell.0);
    }
}

fn trace(rows: &[Vec<(u32, Option<Step>)>], first: usize, second: usize, band: usize) -> Vec<Step> {
    let (mut i, mut j) = (first, second);
    let mut steps = Vec::new();
    while i > 0 || j > 0 {
        let slot = (j + band).checked_sub(i);
        let step = slot.and_then(|slot| rows.get(i)?.get(slot)?.1);
        match step {
            Some(Step::Both(a, b)) => (i, j) = (a, b),
            Some(Step::First(a)) => i = a,
            Some(Step::Second(b)) => j = b,
            None => break,
        }
        steps.extend(step);
    }
    steps.reverse();
    steps
}

/// How unlike two parts are; nothing if they cannot be laid beside each other.
fn unlike(a: &Part<'_>, b: &Part<'_>) -> Option<u32> {
    if a.kind != b.kind {
        return None;
    }
    if let (Some(x), Some(y)) = (&a.key, &b.key) {
        return if x == y { Some(0) } else { Some(UNLIKE + ALONE) };
    }
    let (less, more) = (a.size.min(b.size) + 4, a.size.max(b.size) + 4);
    let length = u32::try_from(40 - 40 * less / more.max(1)).unwrap_or(40);
    let shared = a.marks.intersection(&b.marks).count();
    let all = a.marks.union(&b.marks).count();
    let alike = (60 * shared).checked_div(all);
    let marks = alike.map_or(15, |alike| u32::try_from(60 - alike).unwrap_or(60));
    let denied = if a.is_negative() == b.is_negative() { 0 } else { DENIED };
    Some((length + marks + denied).min(UNLIKE))
}
