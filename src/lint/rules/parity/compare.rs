//! Figures of two texts, each found in the other or not.

use std::collections::BTreeSet;

use crate::quantity::Decimal;
use crate::report::Report;

use crate::lint::rules::parity::pairs::Pair;
use crate::lint::rules::parity::qualifier::Degree;
use crate::lint::rules::parity::told::{Firmness, Measured, Told, told};

/// The figures of a pair of texts.
pub struct Compared {
    /// Figures of the first.
    pub first: Vec<Told>,
    /// Figures of the second.
    pub second: Vec<Told>,
    /// Those that say the same, by their places.
    pub matched: Vec<(usize, usize)>,
    /// Those of the first that the second does not have.
    pub left: Vec<usize>,
    /// Those of the second that the first does not have.
    pub right: Vec<usize>,
}

/// Compares the figures of a pair.
pub fn compare(report: &Report, pair: &Pair<'_>) -> Compared {
    let (first, second) = (told(report, &pair.first), told(report, &pair.second));
    let mut matched = Vec::new();
    let mut open: BTreeSet<usize> = (0..second.len()).collect();
    let mut left: BTreeSet<usize> = (0..first.len()).collect();
    // Firm figures first, so that a number in words does not take the place of one.
    for rank in [Firmness::Bound, Firmness::Figure, Firmness::Word] {
        for (i, a) in first.iter().enumerate().filter(|(_, a)| a.firmness >= rank) {
            if !left.contains(&i) {
                continue;
            }
            let fits =
                |j: &&usize| second.get(**j).is_some_and(|b| b.firmness >= rank && same(a, b));
            let closest = |j: &&usize| {
                // What cannot be told apart by a difference that fits is as far as can be.
                let apart = second.get(**j).and_then(|b| a.value.checked_sub(b.value));
                apart.map_or(Decimal::MAX, |apart| apart.abs())
            };
            if let Some(j) = open.iter().filter(fits).min_by_key(closest).copied() {
                matched.push((i, j));
                open.remove(&j);
                left.remove(&i);
            }
        }
    }
    // What was said once may be said again.
    left.retain(|i| {
        let again =
            |j: usize| first.get(*i).zip(second.get(j)).is_some_and(|(a, b)| repeated(a, b));
        !matched.iter().any(|(_, j)| again(*j))
    });
    open.retain(|j| {
        let again =
            |i: usize| first.get(i).zip(second.get(*j)).is_some_and(|(a, b)| repeated(a, b));
        !matched.iter().any(|(i, _)| again(*i))
    });
    let texts = (pair.first.text(), pair.second.text());
    // Of two bound figures that differ none is said in words.
    let bound = |all: &[Told], places: &BTreeSet<usize>| {
        places.iter().any(|i| all.get(*i).is_some_and(|told| told.bound.is_some()))
    };
    let both = bound(&first, &left) && bound(&second, &open);
    let stays = |told: &Told, own: &str, other: &str| {
        both && told.bound.is_some() || !told_otherwise(told, own, other)
    };
    left.retain(|i| first.get(*i).is_some_and(|a| stays(a, texts.0, texts.1)));
    open.retain(|j| second.get(*j).is_some_and(|b| stays(b, texts.1, texts.0)));
    let (left, right) = (left.into_iter().collect(), open.into_iter().collect());
    Compared { first, second, matched, left, right }
}

/// Whether a figure says once more what the other text says: a number in words only if both count
/// the same kind of thing.
fn repeated(a: &Told, b: &Told) -> bool {
    let period = |told: &Told| {
        let Measured::Physical(units) = &told.measured else { return false };
        units.first().is_some_and(|(kind, _)| matches!(kind.as_str(), "time" | "calendar-time"))
    };
    let words = a.firmness == Firmness::Word || b.firmness == Firmness::Word;
    same(a, b) && !(words && period(a) != period(b))
}

/// Whether two figures say the same.
pub fn same(a: &Told, b: &Told) -> bool {
    if let (Some(x), Some(y)) = (&a.bound, &b.bound) {
        return x == y;
    }
    match (&a.measured, &b.measured) {
        (Measured::Physical(x), Measured::Physical(y)) => x.iter().any(|(kind, size)| {
            let alike = y.iter().filter(|(other, _)| other == kind);
            alike.into_iter().any(|(_, other)| near(a, b, *size, *other))
        }),
        (Measured::Share, Measured::Times) => grown(a, b),
        (Measured::Times, Measured::Share) => grown(b, a),
        (Measured::Times, Measured::Times) => {
            // `增加两倍` is growth by so much, and `double` is growth to it.
            let apart = a.grown && is_multiple(b) || b.grown && is_multiple(a);
            let equal = !apart && near(a, b, Decimal::ONE, Decimal::ONE);
            equal || by_and_to(a, b) || by_and_to(b, a)
        }
        (Measured::Share, Measured::Share) | (Measured::Points, Measured::Points) => {
            near(a, b, Decimal::ONE, Decimal::ONE)
        }
        (Measured::Share | Measured::Points, _) | (_, Measured::Share | Measured::Points) => false,
        _ => near(a, b, Decimal::ONE, Decimal::ONE),
    }
}

/// Whether a share and a multiple say the same: growth by all of it, and doubling.
fn grown(share: &Told, times: &Told) -> bool {
    share.value.checked_add(Decimal::ONE) == Some(times.value) || share.value == times.value
}

/// Whether a text says by a verb of English how much it becomes.
fn is_multiple(told: &Told) -> bool {
    let text = told.text.to_lowercase();
    ["doubl", "tripl", "trebl", "quadrupl"].iter().any(|word| text.starts_with(word))
}

/// Whether growth by so many times, as Chinese tells it, is growth to the other figure.
fn by_and_to(by: &Told, to: &Told) -> bool {
    by.grown && !to.grown && by.value.checked_add(Decimal::ONE) == Some(to.value)
}

/// Whether two values are equal to the digits that the coarser of them prints.
fn near(a: &Told, b: &Told, a_size: Decimal, b_size: Decimal) -> bool {
    let scaled = |told: &Told, size: Decimal| {
        Some((told.value.checked_mul(size)?, told.step.checked_mul(size)?))
    };
    let (Some((x, x_step)), Some((y, y_step))) = (scaled(a, a_size), scaled(b, b_size)) else {
        return false;
    };
    if x == y {
        return true;
    }
    if x_step == y_step {
        return false;
    }
    let (coarse, step) = if x_step > y_step { (a, x_step) } else { (b, y_step) };
    let rounded = coarse.digits >= 2 || coarse.degree != Degree::Exact;
    let apart = x.checked_sub(y).and_then(|apart| apart.abs().checked_mul(Decimal::TWO));
    rounded && apart.is_some_and(|apart| apart <= step)
}

/// Words that say all of it, none of it, one or two of it without a number.
fn told_otherwise(told: &Told, own: &str, other: &str) -> bool {
    let lower = other.to_lowercase();
    let says = |words: &[&str]| {
        words.iter().any(|word| {
            lower.match_indices(word).any(|(at, _)| {
                let before = lower.get(..at).unwrap_or_default();
                let after = lower.get(at + word.len()..).unwrap_or_default();
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                !word.is_ascii()
                    || !letter(before.chars().next_back()) && !letter(after.chars().next())
            })
        })
    };
    let one = told.value == Decimal::ONE;
    if told.measured == Measured::Share && one {
        return says(ALL);
    }
    if told.value == Decimal::ZERO {
        return says(NONE);
    }
    let counted = matches!(told.measured, Measured::Bare | Measured::Count | Measured::Physical(_));
    if one && counted && told.digits == 1 {
        return true;
    }
    if told.value == Decimal::TWO && told.firmness == Firmness::Word {
        return says(&["both", "twice", "pair", "either", "neither", "双", "兩", "两", "二", "雙"]);
    }
    // A number that also stands in a name, an order or a reference on both sides is told there.
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let digits: String = told.text.chars().filter(|c| number(*c)).collect();
    let digits = digits.trim_matches('.');
    let alone = |text: &str| {
        let parts = text.split(|c: char| !number(c)).map(|part| part.trim_matches('.'));
        parts.filter(|part| *part == digits).count()
    };
    told.firmness == Firmness::Figure
        && told.measured == Measured::Bare
        && !digits.is_empty()
        && alone(other) > 0
        && alone(own) <= alone(other)
}

const ALL: &[&str] = &[
    "all",
    "full",
    "fully",
    "every",
    "each",
    "entire",
    "entirely",
    "whole",
    "wholly",
    "throughout",
    "complete",
    "completely",
    "solely",
    "only",
    "any",
    "nothing but",
    "without exception",
    "全部",
    "所有",
    "全",
    "均",
    "都",
    "每",
    "各",
    "一律",
    "悉数",
    "皆",
    "百分之百",
    "百分百",
];

const NONE: &[&str] = &[
    "no", "none", "zero", "nil", "not", "without", "neither", "never", "nobody", "nothing", "零",
    "无", "無", "未", "没有", "沒有", "不",
];
