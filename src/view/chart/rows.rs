//! Bars from left to right, each with its name and its figure: for many categories, or one year.

use crate::quantity::Decimal;
use crate::view::svg::{Anchor, Ink, Svg, line_height, width_of, wrap};

use crate::view::chart::scale::TEXT;
use crate::view::chart::{Data, SeriesData, Stacking, WIDTH};

/// Height of a bar, and the space between two names.
const BAR: i64 = 15;
const GAP: i64 = 11;
/// Most that names take of the width.
const NAMES: i64 = 190;

/// Whether a drawing of bars has its names at the left rather than its years at the foot: names of
/// many series would need a key, and several bars of one year are told apart by their names alone.
pub fn suits(data: &Data<'_>) -> bool {
    data.series.len() > 4 || (data.years.len() == 1 && data.series.len() > 1)
}

/// A name for each series, and beside it a bar for each year; the last year in full colour.
pub fn draw(data: &Data<'_>) -> String {
    let several = data.years.len() > 1;
    let wrapped = |series: &SeriesData| wrap(&series.label, TEXT, Decimal::from(NAMES));
    let names: Vec<Vec<String>> = data.series.iter().map(wrapped).collect();
    let widest = names.iter().flatten().map(|line| width_of(line, TEXT)).max().unwrap_or_default();
    let years = if several { Decimal::from(34) } else { Decimal::ZERO };
    let left = Decimal::from(8) + widest + Decimal::from(12) + years;
    let texts = data.series.iter().flat_map(|series| &series.values);
    let figures = texts.map(|point| width_of(&point.text, TEXT)).max().unwrap_or_default();
    let room = Decimal::from(WIDTH - 10) - left - figures;
    let largest = data.largest(Stacking::Beside);
    let heights: Vec<Decimal> = names.iter().map(|lines| row_height(lines, data)).collect();
    let height = heights.iter().fold(Decimal::from(6), |sum, height| sum + *height);
    let mut svg = Svg::new(Decimal::from(WIDTH), height, &data.theme.font);
    let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
    let muted = Ink { colour: data.theme.colour("label_muted"), ..ink };
    let mut top = Decimal::from(4);
    for ((series, lines), height) in data.series.iter().zip(&names).zip(&heights) {
        svg.lines((Decimal::from(8), top + Decimal::from(11)), Anchor::Start, ink, lines);
        let points = series.values.iter().zip(&data.years).enumerate();
        for (n, (point, year)) in points {
            let y = top + Decimal::from(i64::try_from(n).unwrap_or_default() * (BAR + 2));
            let last = n + 1 == data.years.len();
            let share = point.value.unwrap_or_default().max(Decimal::ZERO).checked_div(largest);
            let width = share.and_then(|share| share.checked_mul(room)).unwrap_or_default();
            let colour = data.theme.colour(if last { "emphasis" } else { "muted" });
            if point.value.is_some() {
                svg.rect(left, y, width, Decimal::from(BAR), colour);
            }
            let base = y + Decimal::from(12);
            if several {
                svg.text((left - Decimal::from(6), base), Anchor::End, muted, year);
            }
            let weight = if last { 700 } else { 400 };
            let at = (left + width + Decimal::from(6), base);
            svg.text(at, Anchor::Start, Ink { weight, ..ink }, &point.text);
        }
        top += *height;
    }
    svg.line(
        (left, Decimal::ONE),
        (left, height - Decimal::from(8)),
        data.theme.colour("axis"),
        "1",
    );
    svg.finish()
}

fn row_height(lines: &[String], data: &Data<'_>) -> Decimal {
    let words = Decimal::from(lines.len()).checked_mul(line_height(TEXT)).unwrap_or_default();
    let bars = Decimal::from(i64::try_from(data.years.len()).unwrap_or(1) * (BAR + 2));
    words.max(bars) + Decimal::from(GAP)
}
