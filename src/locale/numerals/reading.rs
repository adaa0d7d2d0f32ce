//! Digits and ranges of digits.

use crate::locale::numerals::line::{JOINING_BLANK, Line};

/// How digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `300`
    Whole,
    /// `1,234`, with or without decimals.
    Grouped,
    /// `0.30`
    Decimal,
    /// `4.2.1`
    Dotted,
}

/// Digits with their place.
#[derive(Debug, Clone)]
pub struct Number {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Digits without separators of thousands.
    pub digits: String,
    /// How they are written.
    pub shape: Shape,
}

impl Number {
    /// The value of whole digits; nothing if there are decimals or groups.
    pub fn whole(&self) -> Option<u32> {
        self.digits.parse().ok().filter(|_| self.shape == Shape::Whole)
    }

    /// Whether the digits can be a year.
    pub fn is_year(&self) -> bool {
        self.digits.len() == 4 && self.whole().is_some_and(|n| (1900..2100).contains(&n))
    }
}

/// Reads the digits that start at a place.
pub fn number(line: &Line, start: usize) -> Number {
    let mut end = digits_end(line, start);
    let mut shape = Shape::Whole;
    while end - start <= 3 || shape == Shape::Grouped {
        let groups = matches!(line.at(end), ',' | JOINING_BLANK);
        if !groups || digits_end(line, end + 1) != end + 4 {
            break;
        }
        end += 4;
        shape = Shape::Grouped;
    }
    let mut dots = 0;
    while line.at(end) == '.' && line.at(end + 1).is_ascii_digit() {
        end = digits_end(line, end + 1);
        dots += 1;
    }
    shape = match (dots, shape) {
        (0, shape) | (1, shape @ Shape::Grouped) => shape,
        (1, _) => Shape::Decimal,
        _ => Shape::Dotted,
    };
    let digits = line.text(start..end).replace([',', JOINING_BLANK], "");
    Number { start, end, digits, shape }
}

fn digits_end(line: &Line, start: usize) -> usize {
    (start..line.len()).find(|at| !line.at(*at).is_ascii_digit()).unwrap_or(line.len())
}

/// The second number of a range such as `10–20`, `10 to 20` or `10至20`.
pub fn range_after(line: &Line, first: &Number) -> Option<Number> {
    let after = line.skip_blank(first.end);
    let joined = matches!(line.at(after), '-' | '–' | '—' | '~' | '～' | '〜' | '至' | '到');
    let spoken = after > first.end && line.has(after, "to ");
    let start = line.skip_blank(if spoken {
        after + 2
    } else if joined {
        after + 1
    } else {
        return None;
    });
    // A dash after a blank and before a digit is a minus.
    let minus = after > first.end && joined && start == after + 1 && line.at(after) == '-';
    (line.at(start).is_ascii_digit() && !minus).then(|| number(line, start))
}
