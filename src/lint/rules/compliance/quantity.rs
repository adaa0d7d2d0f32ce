//! Metrics that answer a disclosure, against the figures that it asks for.

use crate::content::{Answer, Metric, Outcome};
use crate::diag::Phrase;
use crate::framework::{Asked, Datapoint};
use crate::lint::rules::compliance::item::titled;
use crate::quantity::Unit;
use crate::report::{Judgement, Report, Verdict};
use crate::source::Spanned;

/// An answer that reports figures, with the metrics it names.
pub struct Reported<'a> {
    /// The framework.
    pub verdict: &'a Verdict<'a>,
    /// The item.
    pub judgement: &'a Judgement<'a>,
    /// The answer.
    pub answer: &'a Answer,
    /// The metrics that it names.
    pub metrics: Vec<&'a Metric>,
}

/// Calls a function for every answer that reports figures in full.
pub fn each_reported(report: &Report, mut take: impl FnMut(&Reported<'_>)) {
    for edition in report.catalogs.keys() {
        let Some(verdict) = report.verdict(edition) else { continue };
        for judgement in &verdict.items {
            let Some(answer) = judgement.answer else { continue };
            let full = matches!(answer.outcome, Outcome::Reported(_));
            // What stands in a further document is not known here.
            if !full || answer.also.is_some() || matches!(judgement.ruling.asked, Asked::NotInForce)
            {
                continue;
            }
            let known = |fact: &Spanned<String>| report.metric(&fact.value).is_some();
            if !answer.facts.iter().all(known) {
                continue;
            }
            let metrics = answer.facts.iter().filter_map(|fact| report.metric(&fact.value));
            let metrics = metrics.collect();
            take(&Reported { verdict: &verdict, judgement, answer, metrics });
        }
    }
}

/// Whether a metric is of the kind that a datapoint asks for.
pub fn fits(report: &Report, metric: &Metric, datapoint: &Datapoint) -> bool {
    let Some(quantity) = datapoint.quantity.as_deref() else { return true };
    fits_kind(report, &metric.unit.value, quantity)
}

fn fits_kind(report: &Report, unit: &Unit, quantity: &str) -> bool {
    let table = &report.content.units.table;
    let kind = |ids: &[String]| match ids {
        [id] => table.get(id).map(|def| def.kind.clone()),
        _ => None,
    };
    let above = kind(&unit.above).unwrap_or_default();
    let simple = unit.below.is_empty();
    match quantity {
        "intensity" => !simple,
        "count" => simple && above.starts_with("count"),
        "currency" => simple && above.starts_with("currency"),
        "ratio" => simple && (above == "ratio" || above.starts_with("rate")),
        "price" => !simple && above.starts_with("currency"),
        "time-per-person" => !simple && above == "time",
        // Targets and lists of names are no figures.
        "target" | "set" => true,
        quantity => simple && above == quantity,
    }
}

/// What a datapoint is called in messages.
pub fn label(report: &Report, datapoint: &Datapoint) -> Phrase {
    titled(report, &datapoint.label).unwrap_or_else(|| Phrase::from(&datapoint.id))
}
