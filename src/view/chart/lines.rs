//! Lines over years.

use crate::quantity::Decimal;
use crate::view::svg::{Anchor, Ink, Svg};

use crate::view::chart::scale::{Field, TEXT, key, key_lines};
use crate::view::chart::{Data, Stacking, WIDTH};

/// A line for each series, with a dot and a figure at each year. A missing value breaks the line.
pub fn draw(data: &Data<'_>) -> String {
    let field = Field::new(data.largest(Stacking::Beside), key_lines(data));
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
        for (year, point) in series.values.iter().enumerate() {
            let (x, _) = field.column(year, data.years.len());
            let Some(value) = point.value else { continue };
            let y = field.y(value.max(Decimal::ZERO));
            svg.dot((x, y), colour);
            let ink = Ink { colour: data.theme.colour("label"), size: TEXT, weight: 400 };
            svg.text((x, y - Decimal::from(10)), Anchor::Middle, ink, &point.text);
        }
    }
    key(&mut svg, data);
    svg.finish()
}

fn finish_run(svg: &mut Svg, run: &mut Vec<(Decimal, Decimal)>, colour: &str) {
    if run.len() > 1 {
        svg.polyline(run, colour);
    }
    run.clear();
}
