#![doc = include_str!("share_mismatch.md")]

use crate::content::{Aggregate, Breakdown, Metric};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Unit};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{Term, shown, shown_difference, sum, with_terms};

/// Shares of a whole that do not add up to all of it.
pub const RULE: Rule = Rule {
    name: "share-mismatch",
    group: Group::Consistency,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("share_mismatch.md"),
    check: Check::Report(check),
};

/// Shares of a year that do not add up to 100 %.
struct ShareMismatch<'a> {
    metric: &'a Metric,
    breakdown: &'a Breakdown,
    year: u16,
    together: Decimal,
    shares: Vec<Term>,
    percent: &'a Unit,
}

impl From<ShareMismatch<'_>> for Diagnostic {
    fn from(found: ShareMismatch<'_>) -> Self {
        let unit = found.percent;
        let together = shown(found.together, unit);
        let difference = found.together.checked_sub(Decimal::ONE_HUNDRED).unwrap_or_default();
        let message = say!(
            "the shares of {year} by {breakdown} add up to {together}",
            year = found.year,
            breakdown = found.breakdown.name.value,
            together
        );
        let span = found.shares.first().map_or(found.metric.id.span, |share| share.span);
        let diagnostic = Diagnostic::warning(RULE.name, span, message)
            .subject(format!("{}@{}", found.metric.id.value, found.year))
            .help(say!(
                "correct a share, name the breakdown under `incomplete`, or state the whole"
            ));
        let mut diagnostic = with_terms(diagnostic, &found.shares, unit);
        diagnostic.stated = Some(together);
        diagnostic.computed = Some(shown(Decimal::ONE_HUNDRED, unit));
        diagnostic.difference = Some(shown_difference(difference, unit));
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let Ok(percent) = report.content.units.table.parse("%") else { return };
    for metric in &report.content.metrics {
        let unit = &metric.unit.value;
        if !unit.dimension.is_none() {
            continue;
        }
        for breakdown in &metric.by {
            if breakdown.aggregate == Aggregate::Sum && breakdown.complete {
                check_breakdown(report, metric, breakdown, &percent, sink);
            }
        }
    }
}

/// Adds up the shares of every year that has all of them and no figure for the whole.
fn check_breakdown(
    report: &Report,
    metric: &Metric,
    breakdown: &Breakdown,
    percent: &Unit,
    sink: &mut Sink,
) {
    let Some(first) = breakdown.members.first() else { return };
    for &year in first.values.keys() {
        let computed = report.computed.get(&metric.id.value, year).is_some();
        let stated = metric.values.get(&year).is_some_and(|datum| datum.figure().is_some());
        if computed || stated {
            continue;
        }
        let shares = breakdown.members.iter().map(|member| {
            let datum = member.values.get(&year);
            Term::read(&member.key.value, datum, &metric.unit.value, percent).ok()
        });
        let Some(shares) = shares.collect::<Option<Vec<Term>>>() else { continue };
        let Some((together, interval)) = sum(&shares) else { continue };
        if !interval.contains(Decimal::ONE_HUNDRED) {
            sink.push(ShareMismatch { metric, breakdown, year, together, shares, percent });
        }
    }
}
