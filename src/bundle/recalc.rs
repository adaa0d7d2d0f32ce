//! Every derived figure, computed again from the inputs.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::{Phrase, say};
use crate::lint::Judged;
use crate::quantity::plain;
use crate::report::{Derivation, Report};

use crate::bundle::Tree;
use crate::bundle::metric_sheet::{digits, shown};

/// What came of computing everything again.
#[derive(Debug, Clone, Default)]
pub struct Recalculation {
    /// One entry for each derived figure.
    pub lines: Vec<Recalculated>,
    /// Where the computations that the bundle stores differ from these.
    pub faults: Vec<Phrase>,
}

/// One figure, computed again.
#[derive(Debug, Clone)]
pub struct Recalculated {
    /// What was computed, and what came of it.
    pub text: Phrase,
    /// Whether it fits what is stated.
    pub outcome: Outcome,
}

/// Whether a computed figure fits what is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The two have a value in common, or nothing is stated.
    Fits,
    /// They have none, and the difference was accepted with a reason.
    Accepted,
    /// They have none.
    Differs,
}

/// Computes every derived figure of a report again and compares it with what is stated, and with the
/// computations in a bundle.
pub fn recalculate(report: &Report, judged: &Judged, tree: &Tree) -> Recalculation {
    let derivations = report.derivations();
    let mut found = Recalculation::default();
    for derivation in &derivations {
        found.lines.push(line(report, judged, derivation));
    }
    found.faults = compare_traces(&derivations, tree);
    found
}

fn line(report: &Report, judged: &Judged, derivation: &Derivation) -> Recalculated {
    let unit = report.metric(&derivation.path.metric).map(|m| m.unit.value.text.to_string());
    let with_unit = |value| format!("{} {}", digits(value), unit.as_deref().unwrap_or_default());
    let computed = say!(
        "{figure} as {way}: computed {value} ({range})",
        figure = derivation.path.to_string(),
        way = derivation.way.told(),
        value = with_unit(derivation.value).trim(),
        range = Phrase::word(shown(derivation.interval))
    );
    let Some((stated, interval)) = derivation.stated else {
        return Recalculated { text: computed, outcome: Outcome::Fits };
    };
    let (value, range) = (digits(stated), Phrase::word(shown(interval)));
    let both = say!("{computed}, stated {value} ({range})", computed, value, range);
    if derivation.fits() {
        return Recalculated { text: say!("{both}: fits", both), outcome: Outcome::Fits };
    }
    let difference = derivation.difference().map(with_unit).unwrap_or_default();
    let difference = difference.trim();
    let text = match derivation.difference_range() {
        Some((least, most)) => say!(
            "{both}: differs by {difference} (between {least} and {most}), more than rounding allows",
            both,
            difference,
            least = digits(least),
            most = digits(most)
        ),
        None => {
            say!("{both}: differs by {difference}, more than rounding allows", both, difference)
        }
    };
    explained(judged, derivation, text)
}

/// A difference with what was accepted, or with what would explain it.
fn explained(judged: &Judged, derivation: &Derivation, text: Phrase) -> Recalculated {
    let subject = derivation.path.to_string();
    let about = |found: &crate::diag::Diagnostic| found.subject.as_deref() == Some(&subject);
    if let Some(accepted) = judged.suppressed.iter().find(|accepted| about(&accepted.finding)) {
        let text = say!("{text}; accepted: {reason}", text, reason = accepted.reason);
        return Recalculated { text, outcome: Outcome::Accepted };
    }
    let finding = judged.findings.iter().find(|found| about(found));
    let text = match finding.and_then(|found| found.help.as_ref()) {
        Some(help) => say!("{text}; {help}", text, help),
        None => text,
    };
    Recalculated { text, outcome: Outcome::Differs }
}

/// Compares the results that a bundle stores with those computed now.
fn compare_traces(derivations: &[Derivation], tree: &Tree) -> Vec<Phrase> {
    let stored = tree.get("data/traces.json");
    let stored = stored.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    let list = stored.as_ref().and_then(|traces| traces.get("traces")?.as_array());
    let Some(list) = list else { return vec![say!("the bundle stores no computations")] };
    let text = |value: &Value, pointer: &str| {
        value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut results: BTreeMap<(String, String), String> = BTreeMap::new();
    for trace in list {
        let key = (text(trace, "/figure"), text(trace, "/follows"));
        results.insert(key, text(trace, "/computed/value"));
    }
    let mut faults = Vec::new();
    for found in derivations {
        let key = (found.path.to_string(), found.way.words());
        let short = found.value;
        let own = plain(if short.scale() > 12 { short.round_dp(12).normalize() } else { short });
        let (figure, way) = (&key.0, found.way.told());
        match results.remove(&key) {
            Some(stored) if stored == own => {}
            Some(stored) => faults.push(say!(
                "{figure} as {way}: the bundle stores {stored}, computed again it is {own}",
                figure,
                way,
                stored,
                own
            )),
            None => faults.push(say!(
                "{figure} as {way}: the bundle stores no computation",
                figure,
                way
            )),
        }
    }
    let rest = results.into_keys();
    faults.extend(rest.map(|(figure, way)| {
        say!(
            "{figure} as {way}: the bundle stores a computation that the inputs do not give",
            figure,
            way
        )
    }));
    faults
}
