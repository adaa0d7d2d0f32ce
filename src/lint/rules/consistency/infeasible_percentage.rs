#![doc = include_str!("infeasible_percentage.md")]

use crate::content::{Datum, Metric, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::formula::{ExprKind, Function, Operator, Path};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Qualifier, Unit, rounded};
use crate::report::Report;
use crate::source::Span;

use crate::lint::rules::consistency::mean_mismatch;
use crate::lint::rules::consistency::terms::{Term, shown, shown_difference};

/// Percentages that no whole number of their base gives.
pub const RULE: Rule = Rule {
    name: "infeasible-percentage",
    group: Group::Consistency,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("infeasible_percentage.md"),
    check: Check::Report(check),
};

/// What a percentage is a share of.
struct Base {
    name: Phrase,
    count: Decimal,
    span: Span,
    /// A formula says so, or only the weights of a mean.
    severity: Severity,
}

/// A percentage that no whole number gives.
struct Infeasible<'a> {
    metric: &'a Metric,
    name: Phrase,
    year: u16,
    stated: Term,
    base: Base,
    /// The whole number just below the stated share.
    below: Decimal,
}

impl Infeasible<'_> {
    /// What a number of the base is in percent.
    fn share(&self, part: Decimal, decimals: u32) -> Decimal {
        let share = part.checked_mul(Decimal::ONE_HUNDRED);
        let share = share.and_then(|part| part.checked_div(self.base.count));
        rounded(share.unwrap_or_default(), decimals)
    }

    /// The nearest share of a whole number, to two more digits than stated.
    fn nearest(&self, above: Decimal) -> Decimal {
        let decimals = self.stated.value.scale().saturating_add(2).min(12);
        let (low, high) = (self.share(self.below, decimals), self.share(above, decimals));
        let distance = |share: Decimal| share.checked_sub(self.stated.value).map(|d| d.abs());
        if distance(low) < distance(high) { low } else { high }
    }
}

impl From<Infeasible<'_>> for Diagnostic {
    fn from(found: Infeasible<'_>) -> Self {
        let unit = &found.metric.unit.value;
        let (base, year) = (&found.base, found.year);
        let count = base.count.normalize();
        let stated = shown(found.stated.value, unit);
        let message = say!(
            "no whole number of {count} gives {stated} for `{name}` in {year}",
            count,
            stated,
            name = found.name,
            year
        );
        let above = found.below.checked_add(Decimal::ONE).unwrap_or(found.below);
        let decimals = found.stated.value.scale();
        let text = |part: Decimal| {
            say!("{part} is {share}", part, share = shown(found.share(part, decimals), unit))
        };
        let nearest = say!("{below} and {above}", below = text(found.below), above = text(above));
        let help = match base.severity {
            Severity::Error => say!("{nearest}; correct the percentage or its base", nearest),
            _ => say!(
                "{nearest}; correct the percentage, or check which base it was computed with",
                nearest
            ),
        };
        let severity = base.severity;
        let mut diagnostic = Diagnostic::new(RULE.name, severity, found.stated.span, message)
            .related(base.span, say!("{name} {figure}", name = base.name, figure = count))
            .subject(format!("{}@{year}", found.metric.id.value))
            .help(help);
        let computed = found.nearest(above);
        let difference = computed.checked_sub(found.stated.value).unwrap_or_default();
        diagnostic.stated = Some(stated);
        diagnostic.computed = Some(shown(computed, unit));
        diagnostic.difference = Some(shown_difference(difference, unit));
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    // A mean that its groups do not give is wrong already; why it is wrong is said there.
    let mut means = Sink::default();
    mean_mismatch::check(report, &mut means);
    let Ok(percent) = report.content.units.table.parse("%") else { return };
    for metric in &report.content.metrics {
        let unit = &metric.unit.value;
        if unit.additive || !unit.dimension.is_none() {
            continue;
        }
        let tried = tried(report, metric, &percent);
        let (declared, weighted): (Vec<_>, Vec<_>) =
            tried.into_iter().partition(|one| one.base.severity == Severity::Error);
        let weighted = if is_evident(&weighted) { weighted } else { Vec::new() };
        for one in declared.into_iter().chain(weighted) {
            let Some(below) = one.below.filter(|_| !means.has_error_at(one.stated.span)) else {
                continue;
            };
            let Tried { name, year, stated, base, .. } = one;
            sink.push(Infeasible { metric, name, year, stated, base, below });
        }
    }
}

/// A percentage that was tried against its base.
struct Tried {
    name: Phrase,
    year: u16,
    stated: Term,
    base: Base,
    /// How likely it is that a percentage of any other base would fit.
    chance: Decimal,
    /// The whole number just below it, if none fits.
    below: Option<Decimal>,
}

/// Whether weights are the base of percentages too: for each that does not fit two do, and that
/// they fit is no accident.
fn is_evident(tried: &[Tried]) -> bool {
    let (fit, unfit): (Vec<_>, Vec<_>) = tried.iter().partition(|one| one.below.is_none());
    let telling: Vec<_> = fit.iter().filter(|one| one.chance <= Decimal::new(5, 1)).collect();
    let accident = telling.iter().try_fold(Decimal::ONE, |all, one| all.checked_mul(one.chance));
    let no_accident = accident.is_some_and(|accident| accident <= Decimal::new(1, 2));
    no_accident && unfit.len().saturating_mul(2) <= telling.len()
}

/// All percentages of a metric whose base is declared or suggested.
fn tried(report: &Report, metric: &Metric, percent: &Unit) -> Vec<Tried> {
    let mut found = Vec::new();
    for (&year, datum) in &metric.values {
        let base = formula_base(report, metric, year);
        let base = base.or_else(|| weight_base(report, metric, None, year));
        found.extend(try_one(metric, Phrase::from(&metric.id.value), year, datum, base, percent));
    }
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let key = (breakdown.name.value.as_str(), member.key.value.as_str());
            let name = say!("{metric} for {key}", metric = metric.id.value, key = key.1);
            for (&year, datum) in &member.values {
                let base = weight_base(report, metric, Some(key), year);
                found.extend(try_one(metric, name.clone(), year, datum, base, percent));
            }
        }
    }
    found
}

fn try_one(
    metric: &Metric,
    name: Phrase,
    year: u16,
    datum: &Datum,
    base: Option<Base>,
    percent: &Unit,
) -> Option<Tried> {
    let (base, unit) = (base?, &metric.unit.value);
    datum.figure().filter(|figure| figure.qualifier == Qualifier::None)?;
    let stated = Term::read(&name, Some(datum), unit, unit).ok()?;
    let interval = unit.convert_interval(stated.interval, percent)?;
    let width = interval.high?.checked_sub(interval.low?)?;
    let chance = width.checked_mul(base.count)?.checked_div(Decimal::ONE_HUNDRED)?;
    let below = gap(interval, base.count);
    Some(Tried { name, year, stated, base, chance, below })
}

/// The whole number just below an interval of percentages of a count, if the next one is above it.
fn gap(interval: Interval, count: Decimal) -> Option<Decimal> {
    let of_count = |end: Decimal| end.checked_mul(count)?.checked_div(Decimal::ONE_HUNDRED);
    let (low, high) = (of_count(interval.low?)?, of_count(interval.high?)?);
    let least = low.ceil();
    (least > high && low.is_sign_positive()).then(|| least.checked_sub(Decimal::ONE)).flatten()
}

/// The base that a formula declares: the second figure of `share(a, b)` or `a / b`, where both are
/// counted in the same unit. Where all inputs are known, `formula-mismatch` decides.
fn formula_base(report: &Report, metric: &Metric, year: u16) -> Option<Base> {
    if report.computed.get(&metric.id.value, year).is_some() {
        return None;
    }
    let (part, whole) = match &metric.formula.as_ref()?.value.kind {
        ExprKind::Call(Function::Share, values) => match values.as_slice() {
            [part, whole] => (part, whole),
            _ => return None,
        },
        ExprKind::Binary(Operator::Divide, part, whole) => (part.as_ref(), whole.as_ref()),
        _ => return None,
    };
    let (ExprKind::Path(part), ExprKind::Path(whole)) = (&part.kind, &whole.kind) else {
        return None;
    };
    let unit = |path: &Path| report.metric(&path.metric).map(|metric| &metric.unit.value);
    let (part, unit) = (unit(part)?, unit(whole)?);
    if !part.counting || part.dimension != unit.dimension {
        return None;
    }
    let path = whole.in_year(year);
    exact(report.datum(&path), unit, Phrase::from(path.to_string()), Severity::Error)
}

/// The base that the weights of a mean suggest, for the whole or a member.
fn weight_base(
    report: &Report,
    metric: &Metric,
    member: Option<(&str, &str)>,
    year: u16,
) -> Option<Base> {
    let weights = report.metric(&metric.weights.as_ref()?.value)?;
    let values: &Series = match member {
        None => &weights.values,
        Some((name, key)) => {
            let same = weights.by.iter().find(|breakdown| breakdown.name.value == name)?;
            &same.member(key)?.values
        }
    };
    let name = match member {
        Some((_, key)) => say!("{metric} for {key}", metric = weights.id.value, key),
        None => Phrase::from(&weights.id.value),
    };
    exact(values.get(&year), &weights.unit.value, name, Severity::Warning)
}

/// A base that is known to the last one.
fn exact(datum: Option<&Datum>, unit: &Unit, name: Phrase, severity: Severity) -> Option<Base> {
    let datum = datum?;
    let figure = datum.figure()?;
    let whole = figure.decimals() == 0 && figure.qualifier == Qualifier::None;
    let count = figure.value;
    let known = unit.counting && whole && count > Decimal::ZERO;
    known.then_some(Base { name, count, span: datum.span, severity })
}
