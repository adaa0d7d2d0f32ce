//! Places in a table: `C7`, `B3:E20`.

use std::fmt;

/// A cell's place; both numbers start at 1. Ordered by row, then by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Row.
    pub row: u32,
    /// Column; A is 1.
    pub column: u32,
}

/// Largest row and column of a workbook.
const LARGEST: Address = Address { row: 1_048_576, column: 16_384 };

/// Cells from one corner to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Upper left corner.
    pub first: Address,
    /// Lower right corner.
    pub last: Address,
}

impl Address {
    /// Reads `C7`; dollar signs are left out, and nothing outside a workbook is an address.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().filter(|c| *c != '$').collect();
        let digits = plain.find(|c: char| c.is_ascii_digit())?;
        let (letters, row) = plain.split_at_checked(digits)?;
        if letters.is_empty() || letters.len() > 3 || !row.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let mut column: u32 = 0;
        for letter in letters.chars() {
            let value = u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'))?;
            column = column * 26 + Some(value + 1).filter(|value| *value <= 26)?;
        }
        let row = row.parse().ok()?;
        Some(Self { row, column }).filter(Address::is_inside)
    }

    /// Whether a workbook has such a cell.
    pub fn is_inside(&self) -> bool {
        (1..=LARGEST.row).contains(&self.row) && (1..=LARGEST.column).contains(&self.column)
    }

    /// Letters of the column.
    pub fn letters(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = column;
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::letters(self.column), self.row)
    }
}

impl Range {
    /// Reads `B3:E20`, from whichever corner it starts.
    pub fn parse(text: &str) -> Option<Self> {
        let (one, other) = text.split_once(':')?;
        let (one, other) = (Address::parse(one)?, Address::parse(other)?);
        Some(Self {
            first: Address { row: one.row.min(other.row), column: one.column.min(other.column) },
            last: Address { row: one.row.max(other.row), column: one.column.max(other.column) },
        })
    }

    /// Whether a cell is inside.
    pub fn contains(&self, at: Address) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        for (text, row, column) in
            [("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("XFD2", 2, 16384)]
        {
            assert_eq!(Address::parse(text), Some(Address { row, column }), "{text}");
            assert_eq!(Address { row, column }.to_string(), text);
        }
        assert_eq!(Address::parse("$c$7"), Some(Address { row: 7, column: 3 }));
        for text in
            ["", "7", "C", "C0", "XFE1", "A1048577", "A-1", "Ä1", "AAAA1", "A1x", "A99999999999"]
        {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_start_at_either_corner() {
        let range = Range::parse("E20:B3").expect("a range");
        assert_eq!(range.first.to_string(), "B3");
        assert_eq!(range.last.to_string(), "E20");
        assert_eq!(Range::parse("B3"), None);
    }
}
