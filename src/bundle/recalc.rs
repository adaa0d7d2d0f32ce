//! Every derived figure, computed again from the inputs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

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
    pub faults: Vec<String>,
}

/// One figure, computed again.
#[derive(Debug, Clone)]
pub struct Recalculated {
    /// What was computed, and what came of it, in words.
    pub text: String,
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
    let unit = unit.unwrap_or_default();
    let mut text = format!("{} as {}", derivation.path, derivation.way.words());
    let _ = write!(
        text,
        ": computed {} {unit} ({})",
        digits(derivation.value),
        shown(derivation.interval)
    );
    let Some((stated, interval)) = derivation.stated else {
        return Recalculated { text, outcome: Outcome::Fits };
    };
    let _ = write!(text, ", stated {} ({})", digits(stated), shown(interval));
    if derivation.fits() {
        return Recalculated { text: format!("{text}: fits"), outcome: Outcome::Fits };
    }
    let difference = derivation.difference().map(digits).unwrap_or_default();
    let _ = write!(text, ": differs by {difference} {unit}, more than rounding allows");
    let subject = derivation.path.to_string();
    let about = |found: &crate::diag::Diagnostic| found.subject.as_deref() == Some(&subject);
    let accepted = judged.suppressed.iter().find(|accepted| about(&accepted.finding));
    if let Some(accepted) = accepted {
        let _ = write!(text, "; accepted: {}", accepted.reason);
        return Recalculated { text, outcome: Outcome::Accepted };
    }
    let finding = judged.findings.iter().find(|found| about(found));
    if let Some(help) = finding.and_then(|found| found.help.as_ref()) {
        let _ = write!(text, "; {help}");
    }
    Recalculated { text, outcome: Outcome::Differs }
}

/// Compares the results that a bundle stores with those computed now.
fn compare_traces(derivations: &[Derivation], tree: &Tree) -> Vec<String> {
    let stored = tree.get("data/traces.json");
    let stored = stored.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    let list = stored.as_ref().and_then(|traces| traces.get("traces")?.as_array());
    let Some(list) = list else { return vec!["the bundle stores no computations".into()] };
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
        match results.remove(&key) {
            Some(stored) if stored == own => {}
            Some(stored) => faults.push(format!(
                "{} as {}: the bundle stores {stored}, computed again it is {own}",
                key.0, key.1
            )),
            None => {
                faults.push(format!("{} as {}: the bundle stores no computation", key.0, key.1))
            }
        }
    }
    let rest = results.into_keys();
    faults.extend(rest.map(|(figure, way)| {
        format!("{figure} as {way}: the bundle stores a computation that the inputs do not give")
    }));
    faults
}
