//! From values to places, and what every drawing has: grid, years, key.

use crate::quantity::{Decimal, Grouping, group};
use crate::view::svg::{Anchor, Ink, Svg, width_of};

use crate::view::chart::{Data, WIDTH};

/// Height of the text in drawings.
pub const TEXT: u32 = 12;

/// The field that values are drawn in.
pub struct Field {
    /// Left edge.
    pub left: Decimal,
    /// Right edge.
    pub right: Decimal,
    /// Upper edge, where the end of the scale lies.
    pub top: Decimal,
    /// Lower edge, where zero lies.
    pub bottom: Decimal,
    /// Value at the upper edge.
    pub end: Decimal,
}

impl Field {
    /// A field whose scale ends at or above the largest value, below a key of some lines.
    pub fn new(largest: Decimal, key_lines: usize) -> Self {
        let end = round_up(largest);
        let key = Decimal::from(key_lines).checked_mul(Decimal::from(20)).unwrap_or_default();
        let top = Decimal::from(24) + key;
        let label = width_of(&group(end, Grouping::Thousands), TEXT);
        Self {
            left: label + Decimal::from(14),
            right: Decimal::from(WIDTH - 8),
            top,
            bottom: top + Decimal::from(210),
            end,
        }
    }

    /// Height of the whole drawing.
    pub fn height(&self) -> Decimal {
        self.bottom + Decimal::from(30)
    }

    /// The place of a value between the edges.
    pub fn y(&self, value: Decimal) -> Decimal {
        let share = value.checked_div(self.end).unwrap_or_default();
        let rise = share.checked_mul(self.bottom - self.top).unwrap_or_default();
        self.bottom - rise
    }

    /// The middle of the n-th of some columns, and the width of a column.
    pub fn column(&self, n: usize, of: usize) -> (Decimal, Decimal) {
        let width =
            (self.right - self.left).checked_div(Decimal::from(of.max(1))).unwrap_or_default();
        let offset = width.checked_mul(Decimal::from(n)).unwrap_or_default();
        let half = width.checked_div(Decimal::TWO).unwrap_or_default();
        (self.left + offset + half, width)
    }

    /// Grid lines with values, and years below.
    pub fn frame(&self, svg: &mut Svg, data: &Data<'_>) {
        let muted = Ink { colour: data.theme.colour("label_muted"), size: TEXT, weight: 400 };
        for step in 0..=4 {
            let value =
                self.end.checked_mul(Decimal::new(25 * step, 2)).unwrap_or_default().normalize();
            let y = self.y(value);
            let colour = data.theme.colour(if step == 0 { "axis" } else { "grid" });
            svg.line((self.left, y), (self.right, y), colour, "1");
            let digits = group(value, Grouping::Thousands);
            let at = (self.left - Decimal::from(8), y + Decimal::from(4));
            svg.text(at, Anchor::End, muted, &digits);
        }
        for (n, year) in data.years.iter().enumerate() {
            let (middle, _) = self.column(n, data.years.len());
            let at = (middle, self.bottom + Decimal::from(20));
            let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
            svg.text(at, Anchor::Middle, ink, year);
        }
    }
}

/// The next value above that is 1, 2, 4, 5, 6 or 8 times a power of ten, so that its quarters are
/// round.
pub fn round_up(value: Decimal) -> Decimal {
    if value <= Decimal::ZERO {
        return Decimal::ONE;
    }
    let mut power = Decimal::ONE;
    while power < value {
        match power.checked_mul(Decimal::TEN) {
            Some(next) => power = next,
            None => return value,
        }
    }
    while power.checked_div(Decimal::TEN).is_some_and(|lower| lower >= value) {
        power = power.checked_div(Decimal::TEN).unwrap_or(value);
    }
    let steps = [Decimal::new(1, 1), Decimal::new(2, 1), Decimal::new(4, 1), Decimal::new(5, 1)];
    let more = [Decimal::new(6, 1), Decimal::new(8, 1), Decimal::ONE];
    let ends = steps.into_iter().chain(more).filter_map(|step| power.checked_mul(step));
    let found = ends.filter(|end| *end >= value).min();
    found.unwrap_or(power).normalize()
}

/// Number of lines that the key takes.
pub fn key_lines(data: &Data<'_>) -> usize {
    if data.series.len() < 2 { 0 } else { key_places(data).last().map_or(1, |(_, line)| line + 1) }
}

/// The key: a square and a name for each series, in the order drawn.
pub fn key(svg: &mut Svg, data: &Data<'_>) {
    if data.series.len() < 2 {
        return;
    }
    for (n, (x, line)) in key_places(data).into_iter().enumerate() {
        let y = Decimal::from(4)
            + Decimal::from(line).checked_mul(Decimal::from(20)).unwrap_or_default();
        svg.rect(x, y, Decimal::from(11), Decimal::from(11), data.theme.series(n));
        let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
        let label = data.series.get(n).map(|series| series.label.as_str()).unwrap_or_default();
        svg.text((x + Decimal::from(16), y + Decimal::from(10)), Anchor::Start, ink, label);
    }
}

/// Where the entries of the key stand: left edge and line.
fn key_places(data: &Data<'_>) -> Vec<(Decimal, usize)> {
    let (mut x, mut line) = (Decimal::from(8), 0);
    let mut places = Vec::new();
    for series in &data.series {
        let width = width_of(&series.label, TEXT) + Decimal::from(36);
        if x + width > Decimal::from(WIDTH) && x > Decimal::from(8) {
            x = Decimal::from(8);
            line += 1;
        }
        places.push((x, line));
        x += width;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_values() {
        for (value, end) in
            [("0.57", "0.6"), ("209714.77", "400000"), ("100", "100"), ("7", "8"), ("0", "1")]
        {
            let value: Decimal = value.parse().expect("a value");
            assert_eq!(round_up(value).to_string(), end);
        }
    }
}
