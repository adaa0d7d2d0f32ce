//! How every derived figure was computed, step by step.

use serde_json::{Map, Value, json};

use crate::formula::Step;
use crate::quantity::{Decimal, Interval, plain};
use crate::report::{Derivation, Report};

/// Version of the form, which changes when a key changes its meaning.
const FORM: &str = "esgreport-traces/1";

/// All derivations with their steps. Figures are strings: they keep their decimals.
pub fn traces_json(report: &Report) -> Value {
    let traces = report.derivations();
    let traces: Vec<Value> = traces.iter().map(|found| trace(report, found)).collect();
    json!({"form": FORM, "traces": traces})
}

fn trace(report: &Report, found: &Derivation) -> Value {
    let year = found.path.year.unwrap_or_else(|| report.year());
    let unit = report.metric(&found.path.metric).map(|m| m.unit.value.text.to_string());
    json!({
        "figure": found.path.to_string(),
        "follows": found.way.words(),
        "expression": found.expression,
        "unit": unit,
        "stated": found.stated.map(|(value, interval)| json!({
            "value": plain(value),
            "interval": ends(interval),
        })),
        "computed": {"value": short(found.value), "interval": ends(found.interval)},
        "fits": found.fits(),
        "steps": step(&found.step, year),
    })
}

fn step(step: &Step, year: u16) -> Value {
    let mut map = Map::new();
    let name = step.path.as_ref().map(|path| path.in_year(year).to_string());
    map.insert("step".into(), json!(name.unwrap_or_else(|| step.text.clone())));
    map.insert("value".into(), json!(short(step.result.value)));
    map.insert("unit".into(), json!(&*step.result.unit.text));
    map.insert("interval".into(), ends(step.result.interval));
    if !step.inputs.is_empty() {
        let inputs: Vec<Value> = step.inputs.iter().map(|input| self::step(input, year)).collect();
        map.insert("inputs".into(), json!(inputs));
    }
    Value::Object(map)
}

fn ends(interval: Interval) -> Value {
    json!([interval.low.map(short), interval.high.map(short)])
}

/// A value with twelve decimals at most, as everything that is compared is rounded.
fn short(value: Decimal) -> String {
    plain(if value.scale() > 12 { value.round_dp(12).normalize() } else { value })
}
