//! Parts of a whole, and the way to a target: bars from left to right.

use crate::quantity::{Decimal, rounded};
use crate::view::svg::{Anchor, Ink, Svg, width_of};

use crate::view::chart::scale::TEXT;
use crate::view::chart::{Data, SeriesData, WIDTH};

/// For each year a bar as wide as the whole, cut into the shares of the series, with a line for
/// each series below that gives name, figure and share.
pub fn draw(data: &Data<'_>) -> String {
    let line = Decimal::from(24);
    let rows = Decimal::from(data.series.len());
    let block = Decimal::from(66) + rows.checked_mul(line).unwrap_or_default();
    let years = Decimal::from(data.years.len().max(1));
    let height = block.checked_mul(years).unwrap_or(block);
    let mut svg = Svg::new(Decimal::from(WIDTH), height, &data.theme.font);
    for (n, year) in data.years.iter().enumerate() {
        let top = block.checked_mul(Decimal::from(n)).unwrap_or_default();
        let heading = if data.years.len() > 1 { year.as_str() } else { "" };
        one_year(&mut svg, data, n, top, heading);
    }
    svg.finish()
}

fn one_year(svg: &mut Svg, data: &Data<'_>, year: usize, top: Decimal, heading: &str) {
    let value = |series: &SeriesData| series.values.get(year).and_then(|point| point.value);
    let total = data
        .series
        .iter()
        .filter_map(value)
        .fold(Decimal::ZERO, |sum, v| sum.checked_add(v.max(Decimal::ZERO)).unwrap_or(sum));
    let full = Decimal::from(WIDTH - 16);
    let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
    svg.text((Decimal::from(8), top + Decimal::from(12)), Anchor::Start, ink, heading);
    let mut x = Decimal::from(8);
    for (n, series) in data.series.iter().enumerate() {
        let part = value(series).unwrap_or_default().max(Decimal::ZERO);
        let share = part.checked_div(total).unwrap_or_default();
        let width = share.checked_mul(full).unwrap_or_default();
        let bar_top = top + Decimal::from(18);
        svg.rect(
            x,
            bar_top,
            (width - Decimal::ONE).max(Decimal::ZERO),
            Decimal::from(30),
            data.theme.series(n),
        );
        x += width;
        let y = bar_top
            + Decimal::from(40)
            + Decimal::from(24).checked_mul(Decimal::from(n)).unwrap_or_default();
        svg.rect(Decimal::from(8), y, Decimal::from(11), Decimal::from(11), data.theme.series(n));
        let at = y + Decimal::from(10);
        svg.text((Decimal::from(26), at), Anchor::Start, ink, &series.label);
        let percent = rounded(share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default(), 1);
        let text = series.values.get(year).map(|point| point.text.clone()).unwrap_or_default();
        let bold = Ink { weight: 700, ..ink };
        svg.text((Decimal::from(WIDTH - 8), at), Anchor::End, bold, &format!("{percent}%"));
        svg.text((Decimal::from(WIDTH - 90), at), Anchor::End, ink, &text);
    }
}

/// A bar for each series in percent of the way, filled from the left.
pub fn progress(data: &Data<'_>) -> String {
    let line = Decimal::from(44);
    let height =
        Decimal::from(data.series.len()).checked_mul(line).unwrap_or(line) + Decimal::from(8);
    let mut svg = Svg::new(Decimal::from(WIDTH), height, &data.theme.font);
    let full = Decimal::from(WIDTH - 16);
    for (n, series) in data.series.iter().enumerate() {
        let top = line.checked_mul(Decimal::from(n)).unwrap_or_default();
        let last = series.values.iter().rev().find(|point| point.value.is_some());
        let value = last.and_then(|point| point.value).unwrap_or_default();
        let text = last.map(|point| format!("{}%", point.text)).unwrap_or_default();
        let share = value.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
        let share = share.clamp(Decimal::ZERO, Decimal::ONE);
        let width = share.checked_mul(full).unwrap_or_default();
        let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
        svg.text((Decimal::from(8), top + Decimal::from(14)), Anchor::Start, ink, &series.label);
        let at = Decimal::from(WIDTH - 8).max(width_of(&text, TEXT));
        svg.text((at, top + Decimal::from(14)), Anchor::End, Ink { weight: 700, ..ink }, &text);
        let bar_top = top + Decimal::from(21);
        svg.rect(Decimal::from(8), bar_top, full, Decimal::from(10), data.theme.colour("grid"));
        svg.rect(Decimal::from(8), bar_top, width, Decimal::from(10), data.theme.series(n));
    }
    svg.finish()
}
