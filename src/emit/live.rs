//! Computations as formulas of spreadsheets.

use crate::formula::{Path, Step};
use crate::quantity::{Decimal, Unit};

/// Most arguments of a function, and most characters of a formula, that every program reads.
const MOST_ARGUMENTS: usize = 250;
const LONGEST: usize = 8000;

/// A step as a formula of cells, in a unit; nothing where a figure has no cell, or where no program
/// would read a formula so long.
pub fn live(
    step: &Step,
    year: u16,
    to: &Unit,
    cell: &dyn Fn(&Path) -> Option<String>,
) -> Option<String> {
    formula(step, year, to, cell).filter(|formula| formula.len() <= LONGEST)
}

/// A function of many arguments; those that functions of functions can stand for are nested.
fn call(name: &str, arguments: &[String]) -> Option<String> {
    if arguments.len() <= MOST_ARGUMENTS {
        return Some(format!("{name}({})", arguments.join(",")));
    }
    let parts = arguments.chunks(MOST_ARGUMENTS).map(|part| format!("{name}({})", part.join(",")));
    let parts: Vec<String> = parts.collect();
    if name == "AVERAGE" { None } else { call(name, &parts) }
}

fn formula(
    step: &Step,
    year: u16,
    to: &Unit,
    cell: &dyn Fn(&Path) -> Option<String>,
) -> Option<String> {
    let own = &step.result.unit;
    let inputs = step.inputs.as_slice();
    let same = |input: &Step, unit: &Unit| formula(input, year, unit, cell);
    let list = |name: &str, unit: &Unit| -> Option<String> {
        let all = inputs.iter().map(|input| same(input, unit));
        call(name, &all.collect::<Option<Vec<_>>>()?)
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
        ("sum", _) => list("SUM", own)?,
        ("mean", _) => list("AVERAGE", own)?,
        ("min", _) => list("MIN", own)?,
        ("max", _) => list("MAX", own)?,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_many_arguments_are_nested() {
        let cells = |count: usize| (0..count).map(|at| format!("A{at}")).collect::<Vec<_>>();
        assert_eq!(call("SUM", &cells(2)).as_deref(), Some("SUM(A0,A1)"));
        let nested = call("SUM", &cells(600)).expect("a formula");
        assert_eq!(nested.matches("SUM(").count(), 4);
        assert_eq!(call("AVERAGE", &cells(600)), None);
    }
}
