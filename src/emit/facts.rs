//! All figures of a report as data.

use serde_json::{Map, Value, json};

use crate::content::{Datum, Metric, Reading, Series, Text};
use crate::quantity::{Interval, plain};
use crate::report::Report;

use crate::emit::rows::qualifier;

/// Version of the form, which changes when a key changes its meaning.
const FORM: &str = "esgreport-facts/1";

/// Every metric with its values, in the order of the project's files. Figures are strings: they
/// keep their decimals.
pub fn facts_json(report: &Report) -> Value {
    let head = &report.content.head;
    let metrics: Vec<Value> = report.content.metrics.iter().map(|m| metric(report, m)).collect();
    json!({
        "form": FORM,
        "entity": texts(&head.name),
        "period": {
            "start": head.period.start.value.to_string(),
            "end": head.period.end.value.to_string(),
        },
        "frameworks": head.frameworks.iter().map(|f| f.edition.value.clone()).collect::<Vec<_>>(),
        "metrics": metrics,
    })
}

fn metric(report: &Report, metric: &Metric) -> Value {
    let mut values: Vec<Value> = Vec::new();
    push_values(report, metric, &metric.values, &[], &mut values);
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let pairs: Vec<(&str, &str)> =
                breakdown.dimensions().zip(member.key.value.split('+')).collect();
            push_values(report, metric, &member.values, &pairs, &mut values);
        }
    }
    let ids = |list: &[crate::source::Spanned<String>]| {
        list.iter().map(|id| id.value.clone()).collect::<Vec<_>>()
    };
    json!({
        "id": metric.id.value,
        "label": texts(&metric.label),
        "unit": &*metric.unit.value.text,
        "formula": metric.formula.as_ref().map(|formula| formula.value.to_string()),
        "parts": ids(&metric.parts),
        "evidence": ids(&metric.evidence),
        "values": values,
    })
}

fn push_values(
    report: &Report,
    metric: &Metric,
    series: &Series,
    members: &[(&str, &str)],
    values: &mut Vec<Value>,
) {
    for (year, datum) in series {
        let mut value = Map::new();
        value.insert("year".into(), json!(year));
        if !members.is_empty() {
            let members: Map<String, Value> =
                members.iter().map(|(d, m)| ((*d).to_owned(), json!(m))).collect();
            value.insert("members".into(), Value::Object(members));
        }
        describe(metric, datum, &mut value);
        if let Some(level) = metric.assurance.get(year) {
            value.insert("assurance".into(), json!(level.word()));
        }
        if let Some(step) =
            report.computed.get(&metric.id.value, *year).filter(|_| members.is_empty())
        {
            let unit = &metric.unit.value;
            let computed = step.result.unit.convert(step.result.value, unit);
            value.insert("computed".into(), json!(computed.map(|v| plain(v.round_dp(12)))));
        }
        values.push(Value::Object(value));
    }
}

fn describe(metric: &Metric, datum: &Datum, value: &mut Map<String, Value>) {
    match &datum.reading {
        Reading::Figure(figure) => {
            let counting = metric.unit.value.counting;
            let interval = if counting { figure.counted() } else { figure.interval() };
            value.insert("value".into(), json!(plain(figure.value)));
            if let Some(word) = qualifier(figure.qualifier) {
                value.insert("qualifier".into(), json!(word));
            }
            value.insert("interval".into(), ends(interval));
        }
        Reading::Missing(missing) => {
            value.insert("missing".into(), json!(missing.kind.word()));
            value.insert("reason".into(), texts(&missing.reason));
            if let Some(until) = &missing.until {
                value.insert("until".into(), json!(until.value.to_string()));
            }
        }
    }
}

fn ends(interval: Interval) -> Value {
    json!([interval.low.map(plain), interval.high.map(plain)])
}

fn texts(text: &Text) -> Value {
    let pairs = text.iter().map(|(lang, words)| (lang.tag().to_owned(), json!(words.value)));
    Value::Object(pairs.collect())
}
