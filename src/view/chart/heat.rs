//! Figures in rows and columns, on grounds that are the darker the larger the figure is.

use crate::quantity::Decimal;
use crate::view::svg::{Anchor, Ink, Svg, line_height, width_of, wrap};
use crate::view::theme::Theme;

use crate::view::chart::WIDTH;
use crate::view::chart::scale::TEXT;

/// A value: for drawing, and as printed.
pub type Cell = (Option<Decimal>, String);

/// A table of values with names at its left and above it.
pub struct Grid {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the rows with their values.
    pub rows: Vec<(String, Vec<Cell>)>,
}

const CELL: i64 = 30;
const NAMES: i64 = 170;

/// The grid. Every cell has its figure, so the shade tells nothing that is not told in words.
pub fn draw(grid: &Grid, theme: &Theme) -> String {
    let names: Vec<Vec<String>> =
        grid.rows.iter().map(|(name, _)| wrap(name, TEXT, Decimal::from(NAMES))).collect();
    let widest = names.iter().flatten().map(|line| width_of(line, TEXT)).max().unwrap_or_default();
    let left = Decimal::from(8) + widest + Decimal::from(12);
    let count = Decimal::from(grid.columns.len().max(1));
    let width = (Decimal::from(WIDTH - 4) - left).checked_div(count).unwrap_or_default();
    let width = width.min(Decimal::from(130));
    let heads: Vec<Vec<String>> =
        grid.columns.iter().map(|name| wrap(name, TEXT, width - Decimal::from(6))).collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or_default();
    let top =
        Decimal::from(lines).checked_mul(line_height(TEXT)).unwrap_or_default() + Decimal::from(8);
    let height = top + Decimal::from(i64::try_from(grid.rows.len()).unwrap_or(1) * CELL + 4);
    let mut svg = Svg::new(Decimal::from(WIDTH), height, &theme.font);
    let ink = Ink { colour: theme.colour("label"), size: TEXT, weight: 400 };
    let bold = Ink { weight: 700, ..ink };
    let half = width.checked_div(Decimal::TWO).unwrap_or_default();
    let edge = |n: usize| left + Decimal::from(n).checked_mul(width).unwrap_or_default();
    for (n, head) in heads.iter().enumerate() {
        svg.lines((edge(n) + half, Decimal::from(12)), Anchor::Middle, bold, head);
    }
    let values = grid.rows.iter().flat_map(|(_, cells)| cells);
    let largest = values.filter_map(|(value, _)| *value).max().unwrap_or(Decimal::ONE);
    for (n, ((_, cells), name)) in grid.rows.iter().zip(&names).enumerate() {
        let y = top + Decimal::from(i64::try_from(n).unwrap_or_default() * CELL);
        let first = if name.len() > 1 { 12 } else { 18 };
        svg.lines((Decimal::from(8), y + Decimal::from(first)), Anchor::Start, ink, name);
        for (m, (value, text)) in cells.iter().enumerate() {
            let (ground, colour) = shade(*value, largest, theme);
            let size = (width - Decimal::TWO, Decimal::from(CELL - 2));
            svg.frame((edge(m) + Decimal::ONE, y), size, ground, theme.colour("grid"));
            let at = (edge(m) + half, y + Decimal::from(18));
            svg.text(at, Anchor::Middle, Ink { colour, ..ink }, text);
        }
    }
    svg.finish()
}

/// Ground and ink of a cell: four steps, on each of which the ink is easy to read.
fn shade(value: Option<Decimal>, largest: Decimal, theme: &Theme) -> (&str, &str) {
    let label = theme.colour("label");
    let percent = value.unwrap_or_default().checked_mul(Decimal::ONE_HUNDRED);
    let percent = percent.and_then(|percent| percent.checked_div(largest)).unwrap_or_default();
    if percent >= Decimal::from(66) {
        (theme.accent("1", "strong"), "#ffffff")
    } else if percent >= Decimal::from(33) {
        (theme.accent("1", "soft"), label)
    } else if percent >= Decimal::from(10) {
        (theme.accent("1", "tint"), label)
    } else {
        ("#ffffff", label)
    }
}
