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

/// One bar for each year, of the series on top of each other.
pub fn stacked(data: &Data<'_>) -> String {
    let field = Field::new(data.largest(Stacking::OnTop), key_lines(data));
    let mut svg = Svg::new(Decimal::from(WIDTH), field.height(), &data.theme.font);
    field.frame(&mut svg, data);
    for year in 0..data.years.len() {
        let (middle, width) = field.column(year, data.years.len());
        let bar =
            width.checked_mul(Decimal::new(55, 2)).unwrap_or_default().min(Decimal::from(110));
        let left = middle - bar.checked_div(Decimal::TWO).unwrap_or_default();
        let mut below = Decimal::ZERO;
        for (n, series) in data.series.iter().enumerate() {
            let Some(point) = series.values.get(year) else { continue };
            let Some(value) = point.value.filter(|value| *value > Decimal::ZERO) else { continue };
            let above = below.checked_add(value).unwrap_or(below);
            let (top, bottom) = (field.y(above), field.y(below));
            svg.rect(left, top, bar, bottom - top, data.theme.series(n));
            // A label inside needs room; the table below has every figure.
            if bottom - top >= Decimal::from(16) && width_of(&point.text, TEXT) < bar {
                let ink = Ink { colour: "#ffffff", size: TEXT, weight: 700 };
                let middle_y = (top + bottom).checked_div(Decimal::TWO).unwrap_or_default();
                svg.text((middle, middle_y + Decimal::from(4)), Anchor::Middle, ink, &point.text);
            }
            below = above;
        }
    }
    key(&mut svg, data);
    svg.finish()
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
