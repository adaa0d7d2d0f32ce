//! The figure on the cover: drawn from the report's own data.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums of coordinates on a drawing, which are a few thousand at most"
)]

use crate::content::Shown;
use crate::quantity::Decimal;

use crate::view::Context;
use crate::view::model::{Cover, CoverPoint};
use crate::view::svg::Svg;

const WIDTH: i64 = 640;
/// The templates set the years under N equal columns of a field 100 : 46.
const HEIGHT: i64 = 294;

/// Builds the cover's figure; nothing if no metric is named or it has fewer than two values.
pub(super) fn build(cx: &Context<'_>) -> Option<Cover> {
    let id = cx.report.content.head.cover.as_ref()?;
    let metric = cx.report.metric(&id.value)?;
    let unit = &metric.unit.value;
    let points: Vec<(u16, Decimal, String)> = cx
        .values(metric)
        .iter()
        .filter_map(|(year, datum)| {
            let figure = datum.figure()?;
            Some((*year, figure.value, cx.stated(figure, unit, Shown::WithUnit).text()))
        })
        .collect();
    if points.len() < 2 {
        return None;
    }
    let symbol = cx.report.content.units.symbol(unit, cx.lang);
    Some(Cover {
        label: format!("{}{}{symbol}", cx.text(&metric.label), cx.word("list_comma")),
        svg: draw(cx, &points),
        points: points
            .into_iter()
            .map(|(year, _, value)| CoverPoint { year: year.to_string(), value })
            .collect(),
    })
}

/// A bar for each year, the last one in full colour.
fn draw(cx: &Context<'_>, points: &[(u16, Decimal, String)]) -> String {
    let mut svg = Svg::new(Decimal::from(WIDTH), Decimal::from(HEIGHT), &cx.theme.font);
    let largest = points.iter().map(|(_, value, _)| *value).max().unwrap_or(Decimal::ONE);
    let column = Decimal::from(WIDTH).checked_div(Decimal::from(points.len())).unwrap_or_default();
    let bar = column.checked_mul(Decimal::new(62, 2)).unwrap_or_default();
    for (n, (_, value, _)) in points.iter().enumerate() {
        let share = value.max(&Decimal::ZERO).checked_div(largest).unwrap_or_default();
        let height = share.checked_mul(Decimal::from(HEIGHT)).unwrap_or_default();
        let left = column.checked_mul(Decimal::from(n)).unwrap_or_default();
        let inset = (column - bar).checked_div(Decimal::TWO).unwrap_or_default();
        let last = n + 1 == points.len();
        let colour = cx.theme.accent("front", if last { "strong" } else { "soft" });
        svg.rect(left + inset, Decimal::from(HEIGHT) - height, bar, height, colour);
    }
    svg.finish()
}
