//! Bars, side by side or on top of each other.

use crate::quantity::Decimal;
use crate::view::svg::{Anchor, Ink, Svg, width_of};

use crate::view::chart::scale::{Field, TEXT, key, key_lines};
use crate::view::chart::{Data, Stacking, WIDTH};

/// A bar for each series in each year, labelled with its figure.
pub fn grouped(data: &Data<'_>) -> String {
    let field = Field::new(data.largest(Stacking::Beside), key_lines(data));
    let mut svg = Svg::new(Decimal::from(WIDTH), field.height(), &data.theme.font);
    field.frame(&mut svg, data);
    let count = data.series.len().max(1);
    let size = label_size(data, &field, count);
    for year in 0..data.years.len() {
        let (middle, width) = field.column(year, data.years.len());
        let group = width.checked_mul(Decimal::new(72, 2)).unwrap_or_default();
        let bar =
            group.checked_div(Decimal::from(count)).unwrap_or_default().min(Decimal::from(72));
        let group = bar.checked_mul(Decimal::from(count)).unwrap_or_default();
        let start = middle - group.checked_div(Decimal::TWO).unwrap_or_default();
        for (n, series) in data.series.iter().enumerate() {
            let left = start + bar.checked_mul(Decimal::from(n)).unwrap_or_default();
            let Some(point) = series.values.get(year) else { continue };
            let top = field.y(point.value.unwrap_or_default().max(Decimal::ZERO));
            let inner = bar - Decimal::TWO;
            if point.value.is_some() {
                svg.rect(left + Decimal::ONE, top, inner, field.bottom - top, data.theme.series(n));
            }
            let middle = left + bar.checked_div(Decimal::TWO).unwrap_or_default();
            let ink = Ink { colour: data.theme.colour("label"), size, weight: 400 };
            svg.text((middle, top - Decimal::from(6)), Anchor::Middle, ink, &point.text);
        }
    }
    key(&mut svg, data);
    svg.finish()
}

/// One bar for each year, of the series on top of each other. A part that is too low for its figure
/// has it beside the bar.
pub fn stacked(data: &Data<'_>) -> String {
    let mut field = Field::new(data.largest(Stacking::OnTop), key_lines(data));
    // Room for a figure beside the last bar.
    let points = data.series.iter().flat_map(|series| &series.values);
    let widest = points.map(|point| width_of(&point.text, TEXT)).max().unwrap_or_default();
    let (_, width) = field.column(0, data.years.len());
    let free = width.checked_mul(Decimal::new(27, 2)).unwrap_or_default();
    field.right -= (widest + Decimal::TEN - free).max(Decimal::ZERO);
    let mut svg = Svg::new(Decimal::from(WIDTH), field.height(), &data.theme.font);
    field.frame(&mut svg, data);
    for year in 0..data.years.len() {
        let mut below = Decimal::ZERO;
        // Lowest baseline that is still free beside the bar, from the foot upwards.
        let mut free = field.bottom;
        for (n, series) in data.series.iter().enumerate() {
            let Some(point) = series.values.get(year) else { continue };
            let Some(value) = point.value.filter(|value| *value > Decimal::ZERO) else { continue };
            let above = below.checked_add(value).unwrap_or(below);
            let part = Part { n, text: &point.text, top: field.y(above), bottom: field.y(below) };
            stack_part(&mut svg, data, &field, year, &part, &mut free);
            below = above;
        }
    }
    key(&mut svg, data);
    svg.finish()
}

/// A part of a stacked bar.
struct Part<'a> {
    n: usize,
    text: &'a str,
    top: Decimal,
    bottom: Decimal,
}

fn stack_part(
    svg: &mut Svg,
    data: &Data<'_>,
    field: &Field,
    year: usize,
    part: &Part<'_>,
    free: &mut Decimal,
) {
    let (middle, width) = field.column(year, data.years.len());
    let bar = width.checked_mul(Decimal::new(46, 2)).unwrap_or_default().min(Decimal::from(100));
    let half = bar.checked_div(Decimal::TWO).unwrap_or_default();
    let left = middle - half;
    let height = part.bottom - part.top;
    svg.rect(left, part.top, bar, height, data.theme.series(part.n));
    let middle_y = (part.top + part.bottom).checked_div(Decimal::TWO).unwrap_or_default();
    if height >= Decimal::from(16) && width_of(part.text, TEXT) < bar {
        let ink = Ink { colour: data.theme.series_ink(part.n), size: TEXT, weight: 700 };
        svg.text((middle, middle_y + Decimal::from(4)), Anchor::Middle, ink, part.text);
        return;
    }
    let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
    let base = (middle_y + Decimal::from(4)).min(*free);
    let edge = left + bar;
    let right = edge + Decimal::from(6);
    svg.line((edge, middle_y), (right, base - Decimal::from(4)), data.theme.colour("axis"), "0.8");
    svg.text((right + Decimal::TWO, base), Anchor::Start, ink, part.text);
    *free = base - Decimal::from(14);
}

/// The largest text height at which every label is no wider than its bar and what is free beside
/// it: one height for all of them.
fn label_size(data: &Data<'_>, field: &Field, count: usize) -> u32 {
    let (_, width) = field.column(0, data.years.len());
    let group = width.checked_mul(Decimal::new(72, 2)).unwrap_or_default();
    let bar = group.checked_div(Decimal::from(count)).unwrap_or_default().min(Decimal::from(72));
    let room = bar + Decimal::from(8);
    let labels = data.series.iter().flat_map(|series| &series.values);
    let fits = |size: u32| labels.clone().all(|point| width_of(&point.text, size) <= room);
    (8..=TEXT).rev().find(|size| fits(*size)).unwrap_or(8)
}
