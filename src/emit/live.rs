//! Computations as formulas of spreadsheets.

use crate::formula::{Path, Step};
use crate::quantity::{Decimal, Unit};

/// A step as a formula of cells, in a unit; nothing where a figure has no cell.
pub fn live(
    step: &Step,
    year: u16,
    to: &Unit,
    cell: &dyn Fn(&Path) -> Option<String>,
) -> Option<String> {
    let own = &step.result.unit;
    let inputs = step.inputs.as_slice();
    let same = |input: &Step, unit: &Unit| live(input, year, unit, cell);
    let list = |unit: &Unit| -> Option<String> {
        let all = inputs.iter().map(|input| same(input, unit));
        Some(all.collect::<Option<Vec<_>>>()?.join(","))
    };
    let raw = match (step.text.as_str(), inputs) {
        (_, []) => match &step.path {
            Some(path) => cell(&path.in_year(year))?,
            None => step.result.value.to_string(),
        },
        ("−", [a]) => format!("(-{})", same(a, own)?),
        (sign @ ("+" | "−"), [a, b]) => {
            let sign = if sign == "+" { "+" } else { "-" };
            format!("({}{sign}{})", same(a, own)?, same(b, own)?)
        }
        (sign @ ("×" | "/"), [a, b]) => {
            let sign = if sign == "×" { "*" } else { "/" };
            format!("({}{sign}{})", same(a, &a.result.unit)?, same(b, &b.result.unit)?)
        }
        ("sum", _) => format!("SUM({})", list(own)?),
        ("mean", _) => format!("AVERAGE({})", list(own)?),
        ("min", _) => format!("MIN({})", list(own)?),
        ("max", _) => format!("MAX({})", list(own)?),
        ("abs", [a]) => format!("ABS({})", same(a, own)?),
        ("share", [part, whole]) => {
            let unit = &whole.result.unit;
            format!("({}/{})", same(part, unit)?, same(whole, unit)?)
        }
        ("change", [from, end]) => {
            let unit = &from.result.unit;
            format!("({}/{}-1)", same(end, unit)?, same(from, unit)?)
        }
        ("cagr", [from, end, years]) => {
            let unit = &from.result.unit;
            let years = same(years, &years.result.unit)?;
            format!("(({}/{})^(1/{years})-1)", same(end, unit)?, same(from, unit)?)
        }
        (text, [a]) if text.starts_with("in ") => same(a, own)?,
        _ => return None,
    };
    let factor = own.convert(Decimal::ONE, to)?;
    Some(if factor == Decimal::ONE { raw } else { format!("({raw}*{})", factor.normalize()) })
}
