//! Values of expressions, with intervals and traces.

use std::ops::Range;

use crate::diag::{Phrase, say};
use crate::quantity::{Decimal, Interval, Unit};

use crate::formula::ast::{Compare, Expr, ExprKind, Function, Operator, Path};
use crate::formula::check::{Signatures, dimension_of};

/// A value with what it can stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Value as printed or computed.
    pub value: Decimal,
    /// Every value it can stand for.
    pub interval: Interval,
    /// Unit.
    pub unit: Unit,
}

/// Where the figures of a project come from.
pub trait Lookup: Signatures {
    /// The value of a figure; an explanation if it is missing.
    fn value(&self, path: &Path) -> Result<Quantity, Phrase>;
}

/// Whether a comparison can be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Some values inside the intervals make it true.
    Possible,
    /// No values do.
    Impossible,
}

/// A step of a computation: the trace is the tree of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was computed: the name of a figure, a number, an operator or a function.
    pub text: String,
    /// The figure read, if the step reads one.
    pub path: Option<Path>,
    /// Result.
    pub result: Quantity,
    /// Whether a comparison can be true.
    pub verdict: Option<Verdict>,
    /// What it was computed from.
    pub inputs: Vec<Step>,
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Place in the expression, in bytes.
    pub range: Range<usize>,
    /// What is wrong, in words.
    pub message: Phrase,
    /// What sort of fault it is.
    pub kind: FaultKind,
}

/// Sorts of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no such figure.
    Unknown,
    /// Dimensions do not fit.
    Dimension,
    /// A figure has no value, with a reason given.
    Missing,
    /// Division by zero, or a result too large.
    Arithmetic,
}

impl Fault {
    /// A figure that does not exist.
    pub fn unknown(range: Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range, message: message.into(), kind: FaultKind::Unknown }
    }

    /// Dimensions that do not fit.
    pub fn dimension(range: Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range, message: message.into(), kind: FaultKind::Dimension }
    }

    fn missing(range: Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range, message: message.into(), kind: FaultKind::Missing }
    }

    fn arithmetic(range: &Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range: range.clone(), message: message.into(), kind: FaultKind::Arithmetic }
    }
}

/// Computes an expression, after its dimensions have been checked.
pub fn evaluate(expr: &Expr, lookup: &dyn Lookup) -> Result<Step, Fault> {
    dimension_of(expr, lookup)?;
    step(expr, lookup)
}

fn step(expr: &Expr, lookup: &dyn Lookup) -> Result<Step, Fault> {
    match &expr.kind {
        ExprKind::Number(figure, unit) => {
            let value = figure.value;
            let result = Quantity { value, interval: Interval::exact(value), unit: unit.clone() };
            Ok(leaf(format!("{value} {}", unit.text).trim().to_owned(), None, result))
        }
        ExprKind::Path(path) => match lookup.value(path) {
            Ok(result) => Ok(leaf(path.to_string(), Some(path.clone()), result)),
            Err(message) => Err(Fault::missing(expr.range.clone(), message)),
        },
        ExprKind::Negate(inner) => {
            let inner = step(inner, lookup)?;
            let result = Quantity {
                value: -inner.result.value,
                interval: inner.result.interval.negated(),
                unit: inner.result.unit.clone(),
            };
            Ok(node("−", result, vec![inner]))
        }
        ExprKind::Binary(operator, a, b) => {
            let (a, b) = (step(a, lookup)?, step(b, lookup)?);
            let result = binary(*operator, &a.result, &b.result, &expr.range)?;
            Ok(node(operator.sign(), result, vec![a, b]))
        }
        ExprKind::Compare(compare, a, b) => {
            let (a, b) = (step(a, lookup)?, step(b, lookup)?);
            comparison(*compare, a, b, &expr.range)
        }
        ExprKind::Call(function, values) => {
            let inputs = values.iter().map(|value| step(value, lookup));
            let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
            let result = call(*function, &inputs, &expr.range)?;
            Ok(node(function.name(), result, inputs))
        }
        ExprKind::In(inner, unit) => {
            let inner = step(inner, lookup)?;
            let result = converted(&inner.result, unit, &expr.range)?;
            Ok(node(&format!("in {}", unit.text), result, vec![inner]))
        }
    }
}

fn leaf(text: String, path: Option<Path>, result: Quantity) -> Step {
    Step { text, path, result, verdict: None, inputs: Vec::new() }
}

fn node(text: &str, result: Quantity, inputs: Vec<Step>) -> Step {
    Step { text: text.to_owned(), path: None, result, verdict: None, inputs }
}

fn too_large(range: &Range<usize>) -> Fault {
    Fault::arithmetic(range, say!("the result has more digits than can be computed with"))
}

fn converted(from: &Quantity, unit: &Unit, range: &Range<usize>) -> Result<Quantity, Fault> {
    let value = from.unit.convert(from.value, unit);
    let interval = from.unit.convert_interval(from.interval, unit);
    match (value, interval) {
        (Some(value), Some(interval)) => Ok(Quantity { value, interval, unit: unit.clone() }),
        _ => Err(too_large(range)),
    }
}

fn binary(
    operator: Operator,
    a: &Quantity,
    b: &Quantity,
    range: &Range<usize>,
) -> Result<Quantity, Fault> {
    match operator {
        Operator::Add | Operator::Subtract => {
            let b = converted(b, &a.unit, range)?;
            let (value, interval) = match operator {
                Operator::Add => (a.value.checked_add(b.value), a.interval.plus(b.interval)),
                _ => (a.value.checked_sub(b.value), a.interval.minus(b.interval)),
            };
            quantity(value, interval, Some(a.unit.clone()), range)
        }
        Operator::Multiply => {
            let value = a.value.checked_mul(b.value);
            quantity(value, a.interval.times(b.interval), a.unit.times(&b.unit), range)
        }
        Operator::Divide => {
            let interval = a.interval.over(b.interval);
            if interval.is_none() && b.interval.contains(Decimal::ZERO) {
                return Err(Fault::arithmetic(
                    range,
                    say!("the divisor is zero, or can be by rounding"),
                ));
            }
            quantity(a.value.checked_div(b.value), interval, a.unit.over(&b.unit), range)
        }
    }
}

fn quantity(
    value: Option<Decimal>,
    interval: Option<Interval>,
    unit: Option<Unit>,
    range: &Range<usize>,
) -> Result<Quantity, Fault> {
    match (value, interval, unit) {
        (Some(value), Some(interval), Some(unit)) => Ok(Quantity { value, interval, unit }),
        _ => Err(too_large(range)),
    }
}

fn comparison(compare: Compare, a: Step, b: Step, range: &Range<usize>) -> Result<Step, Fault> {
    let other = converted(&b.result, &a.result.unit, range)?.interval;
    let one = a.result.interval;
    let reaches = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => low <= high,
        _ => true,
    };
    let passes = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => low < high,
        _ => true,
    };
    let exact = |i: Interval| i.low.is_some() && i.low == i.high;
    let possible = match compare {
        Compare::Equal => one.overlaps(other),
        Compare::Differs => !(exact(one) && exact(other) && one == other),
        Compare::Less => passes(one.low, other.high),
        Compare::AtMost => reaches(one.low, other.high),
        Compare::Greater => passes(other.low, one.high),
        Compare::AtLeast => reaches(other.low, one.high),
    };
    let difference = binary(Operator::Subtract, &a.result, &b.result, range)?;
    let verdict = if possible { Verdict::Possible } else { Verdict::Impossible };
    Ok(Step { verdict: Some(verdict), ..node("compare", difference, vec![a, b]) })
}

fn call(function: Function, inputs: &[Step], range: &Range<usize>) -> Result<Quantity, Fault> {
    let values: Vec<&Quantity> = inputs.iter().map(|input| &input.result).collect();
    match (function, values.as_slice()) {
        (Function::Sum, _) => total(&values, range),
        (Function::Mean, _) => {
            let sum = total(&values, range)?;
            let count = Decimal::from(values.len());
            quantity(
                sum.value.checked_div(count),
                sum.interval.shrunk(count),
                Some(sum.unit),
                range,
            )
        }
        (Function::Share, [part, whole]) => {
            let part = converted(part, &whole.unit, range)?;
            ratio(&part, whole, range)
        }
        (Function::Change, [from, to]) => {
            let to = converted(to, &from.unit, range)?;
            let ratio = ratio(&to, from, range)?;
            let one = number(Decimal::ONE);
            binary(Operator::Subtract, &ratio, &one, range)
        }
        (Function::Cagr, [from, to, years]) => {
            let to = converted(to, &from.unit, range)?;
            growth(&ratio(&to, from, range)?, years.value, range)
        }
        (Function::Abs, [value]) => Ok(absolute(value)),
        (Function::Min | Function::Max, [first, rest @ ..]) => {
            extreme(function, first, rest, range)
        }
        _ => Err(Fault::arithmetic(range, say!("wrong number of values"))),
    }
}

fn number(value: Decimal) -> Quantity {
    Quantity { value, interval: Interval::exact(value), unit: Unit::none() }
}

fn total(values: &[&Quantity], range: &Range<usize>) -> Result<Quantity, Fault> {
    let mut rest = values.iter();
    let Some(first) = rest.next() else {
        return Err(Fault::arithmetic(range, say!("nothing to add")));
    };
    rest.try_fold((*first).clone(), |sum, value| binary(Operator::Add, &sum, value, range))
}

fn ratio(above: &Quantity, below: &Quantity, range: &Range<usize>) -> Result<Quantity, Fault> {
    let quotient = binary(Operator::Divide, above, below, range)?;
    Ok(Quantity { unit: Unit::none(), ..quotient })
}

fn absolute(value: &Quantity) -> Quantity {
    let Interval { low, high } = value.interval;
    let negative = |end: Option<Decimal>| end.is_some_and(|v| v.is_sign_negative());
    let interval = match (low, high) {
        _ if negative(high) => value.interval.negated(),
        (Some(l), Some(h)) if negative(low) => Interval::between(Decimal::ZERO, h.max(-l)),
        _ if negative(low) || low.is_none() => Interval { low: Some(Decimal::ZERO), high: None },
        _ => value.interval,
    };
    Quantity { value: value.value.abs(), interval, unit: value.unit.clone() }
}

fn extreme(
    function: Function,
    first: &Quantity,
    rest: &[&Quantity],
    range: &Range<usize>,
) -> Result<Quantity, Fault> {
    let mut best = first.clone();
    for value in rest {
        let value = converted(value, &best.unit, range)?;
        let pick =
            |a: Decimal, b: Decimal| if function == Function::Min { a.min(b) } else { a.max(b) };
        let ends = |a: Option<Decimal>, b: Option<Decimal>| Some(pick(a?, b?));
        best.interval = Interval {
            low: ends(best.interval.low, value.interval.low),
            high: ends(best.interval.high, value.interval.high),
        };
        best.value = pick(best.value, value.value);
    }
    Ok(best)
}

/// Yearly growth: the root of a ratio, less one. The root grows with the ratio, so the ends of the
/// interval are the roots of its ends.
fn growth(ratio: &Quantity, years: Decimal, range: &Range<usize>) -> Result<Quantity, Fault> {
    let count = u32::try_from(years.normalize().mantissa()).ok().filter(|n| (1..=100).contains(n));
    let Some(count) = count.filter(|_| years.normalize().scale() == 0) else {
        return Err(Fault::arithmetic(
            range,
            say!("the number of years is not a whole number from 1 to 100"),
        ));
    };
    let rate = |value: Decimal| root(value, count)?.checked_sub(Decimal::ONE);
    let end = |value: Option<Decimal>| match value {
        Some(value) => rate(value).map(Some),
        None => Some(None),
    };
    let interval = match (end(ratio.interval.low), end(ratio.interval.high)) {
        (Some(low), Some(high)) => Some(Interval { low, high }),
        _ => None,
    };
    quantity(rate(ratio.value), interval, Some(Unit::none()), range)
}

/// The n-th root of a value above zero, by halving; exact to twenty digits.
fn root(value: Decimal, n: u32) -> Option<Decimal> {
    if value.is_sign_negative() {
        return None;
    }
    let (mut low, mut high) = (Decimal::ZERO, value.max(Decimal::ONE));
    // Enough halvings for the largest value there is.
    for _ in 0..200 {
        let middle = low.checked_add(high)?.checked_div(Decimal::TWO)?;
        let power = (0..n).try_fold(Decimal::ONE, |product, _| product.checked_mul(middle));
        match power {
            Some(power) if power <= value => low = middle,
            _ => high = middle,
        }
    }
    Some(low.round_dp(20))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::quantity::{Figure, UnitDef, UnitTable};

    struct Project(UnitTable);

    impl Project {
        fn new() -> Self {
            let mut table = UnitTable::default();
            let rows = [
                ("MWh", "energy", "1000"),
                ("kWh", "energy", "1"),
                ("person", "people", "1"),
                ("%", "ratio", "0.01"),
            ];
            for (id, kind, factor) in rows {
                table.insert(UnitDef {
                    id: id.into(),
                    kind: kind.into(),
                    factor: factor.parse().unwrap_or_default(),
                    additive: true,
                    counting: id == "person",
                    aliases: Vec::new(),
                    ambiguous: Vec::new(),
                });
            }
            Self(table)
        }
    }

    impl Signatures for Project {
        fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
            let unit = if path.metric.starts_with("energy") { "MWh" } else { "person" };
            self.0.parse(unit).map_err(|_| "no unit".into())
        }
    }

    impl Lookup for Project {
        fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
            let text = match (path.metric.as_str(), path.year) {
                ("energy.total", Some(2024)) => "10.00",
                ("energy.total", Some(2023)) => "8.00",
                ("energy.gas-use", _) => "4.00",
                ("staff", _) => "8",
                _ => return Err(format!("no value for {path}").into()),
            };
            let figure = Figure::parse(text).map_err(|_| "no figure".to_owned())?;
            let unit = self.unit(path)?;
            let interval = if unit.counting { figure.counted() } else { figure.interval() };
            Ok(Quantity { value: figure.value, interval, unit })
        }
    }

    fn run(text: &str) -> Result<Step, Phrase> {
        let project = Project::new();
        let expr = parse(text, &project.0).map_err(|fault| fault.message)?;
        evaluate(&expr, &project).map_err(|fault| fault.message)
    }

    fn value(text: &str) -> String {
        let step = run(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        format!("{} {}", step.result.value.normalize(), step.result.unit.text).trim().to_owned()
    }

    #[test]
    fn arithmetic_follows_precedence_and_units() {
        assert_eq!(value("1 + 2 * 3"), "7");
        assert_eq!(value("energy.total@2024 - energy.gas-use@2024"), "6 MWh");
        assert_eq!(value("energy.total@2024 / staff@2024"), "1.25 MWh/person");
        assert_eq!(value("energy.total@2024 in kWh"), "10000 kWh");
        assert_eq!(value("energy.total@2024 + 500 kWh"), "10.5 MWh");
    }

    #[test]
    fn functions_compute_shares_and_changes() {
        assert_eq!(value("share(energy.gas-use@2024, energy.total@2024)"), "0.4");
        assert_eq!(value("change(energy.total@2023, energy.total@2024)"), "0.25");
        assert_eq!(value("cagr(1, 8, 3)"), "1");
        assert_eq!(value("max(2, 3, 1)"), "3");
    }

    #[test]
    fn dimensions_are_checked_first() {
        assert_eq!(
            run("energy.total@2024 + staff@2024").err().as_deref(),
            Some("expected energy, found people")
        );
        assert!(run("staff@2024 in kWh").is_err());
    }

    #[test]
    fn comparisons_know_rounding() {
        let verdict = |text: &str| run(text).ok().and_then(|step| step.verdict);
        assert_eq!(verdict("energy.total@2024 = 10.004 MWh"), Some(Verdict::Possible));
        assert_eq!(verdict("energy.total@2024 = 10.006 MWh"), Some(Verdict::Impossible));
        assert_eq!(verdict("staff@2024 < 8 person"), Some(Verdict::Impossible));
    }

    #[test]
    fn faults_say_what_was_expected() {
        for (text, expected) in [
            ("1 +", "expected a value, found the end of the expression"),
            ("(1", "expected `)`, found the end of the expression"),
            (
                "foo(1)",
                "unknown function `foo`; there are sum, share, change, cagr, mean, abs, min, max",
            ),
            ("share(1)", "`share` takes 2 values, found 1"),
            ("energy.total@24", "expected a year of four digits, found `24`"),
            ("1 / 0", "the divisor is zero, or can be by rounding"),
            ("1 # 2", "`#` does not belong into an expression"),
        ] {
            assert_eq!(run(text).err().as_deref(), Some(expected), "{text}");
        }
        assert!(run(&"(".repeat(1000)).is_err());
    }

    #[test]
    fn traces_lead_to_the_inputs() {
        let step = run("energy.total@2024 / staff@2024").expect("a value");
        let inputs: Vec<_> = step.inputs.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(inputs, ["energy.total@2024", "staff@2024"]);
        assert_eq!(step.result.interval.low.map(|v| v.to_string()).as_deref(), Some("1.249375"));
    }
}
