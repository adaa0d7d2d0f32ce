//! Lines over years.

use crate::quantity::Decimal;
use crate::view::svg::{Anchor, Ink, Svg, width_of, wrap};

use crate::view::chart::scale::{Field, TEXT};
use crate::view::chart::{Data, Stacking, WIDTH};

/// Most that names take of the width.
const NAMES: i64 = 150;

/// A line for each series, with a dot and a figure at each year and its name at the end. A missing
/// value breaks the line.
pub fn draw(data: &Data<'_>) -> String {
    let mut field = Field::new(data.largest(Stacking::Beside), 0);
    let names = names(data);
    let widest = names.iter().flatten().map(|line| width_of(line, TEXT)).max().unwrap_or_default();
    if data.series.len() > 1 {
        field.right = field.right - widest - Decimal::from(24);
    }
    let mut svg = Svg::new(Decimal::from(WIDTH), field.height(), &data.theme.font);
    field.frame(&mut svg, data);
    for (n, series) in data.series.iter().enumerate() {
        let colour = data.theme.series(n);
        let mut run: Vec<(Decimal, Decimal)> = Vec::new();
        for (year, point) in series.values.iter().enumerate() {
            let (x, _) = field.column(year, data.years.len());
            match point.value {
                Some(value) => run.push((x, field.y(value.max(Decimal::ZERO)))),
                None => finish_run(&mut svg, &mut run, colour),
            }
        }
        finish_run(&mut svg, &mut run, colour);
    }
    for year in 0..data.years.len() {
        figures(&mut svg, data, &field, year);
    }
    if data.series.len() > 1 {
        ends(&mut svg, data, &field, &names);
    }
    svg.finish()
}

fn names(data: &Data<'_>) -> Vec<Vec<String>> {
    let wrapped = data.series.iter().map(|s| wrap(&s.label, TEXT, Decimal::from(NAMES)));
    wrapped.collect()
}

/// Dots of a year with their figures: above the dot, or below where another figure is in the way.
fn figures(svg: &mut Svg, data: &Data<'_>, field: &Field, year: usize) {
    let (x, _) = field.column(year, data.years.len());
    let points = data.series.iter().enumerate().filter_map(|(n, series)| {
        let point = series.values.get(year)?;
        Some((field.y(point.value?.max(Decimal::ZERO)), n, point.text.as_str()))
    });
    let mut points: Vec<(Decimal, usize, &str)> = points.collect();
    points.sort();
    let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
    let mut last: Option<Decimal> = None;
    for (y, n, text) in points {
        svg.dot((x, y), data.theme.series(n));
        let mut base = y - Decimal::from(10);
        if last.is_some_and(|last| base - last < Decimal::from(16)) {
            base = (y + Decimal::from(19)).max(last.unwrap_or_default() + Decimal::from(14));
        }
        svg.text((x, base), Anchor::Middle, ink, text);
        last = Some(base);
    }
}

/// Names at the ends of their lines, moved down where two would touch.
fn ends(svg: &mut Svg, data: &Data<'_>, field: &Field, names: &[Vec<String>]) {
    let last = data.series.iter().enumerate().filter_map(|(n, series)| {
        let value = series.values.iter().rev().find_map(|point| point.value)?;
        Some((field.y(value.max(Decimal::ZERO)), n))
    });
    let mut places: Vec<(Decimal, usize)> = last.collect();
    places.sort();
    let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
    let mut free = Decimal::ZERO;
    for (y, n) in places {
        let lines = names.get(n).map(Vec::as_slice).unwrap_or_default();
        let y = y.max(free);
        let x = field.right + Decimal::from(4);
        svg.rect(x, y - Decimal::from(5), Decimal::TEN, Decimal::TEN, data.theme.series(n));
        svg.lines((x + Decimal::from(15), y + Decimal::from(4)), Anchor::Start, ink, lines);
        free = y + Decimal::from(i64::try_from(lines.len()).unwrap_or(1) * 16 + 2);
    }
}

fn finish_run(svg: &mut Svg, run: &mut Vec<(Decimal, Decimal)>, colour: &str) {
    if run.len() > 1 {
        svg.polyline(run, colour);
    }
    run.clear();
}
