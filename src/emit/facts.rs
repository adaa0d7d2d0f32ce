//! All figures of a report as data.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::content::{Datum, Metric, Reading, Series, Text};
use crate::formula::Path;
use crate::quantity::{Interval, plain};
use crate::report::Report;

use crate::emit::rows::{Row, qualifier};

/// Version of the form, which changes when a key changes its meaning.
const FORM: &str = "esgreport-facts/1";

/// Every metric with its values, in the order of the project's files. Figures are strings: they
/// keep their decimals.
pub fn facts_json(report: &Report) -> Value {
    let metrics = report.content.metrics.iter().map(|m| metric(report, m, None)).collect();
    whole(report, metrics)
}

/// The same of some figures: every metric that has one of them.
pub fn facts_json_of(report: &Report, rows: &[Row<'_>]) -> Value {
    let chosen: BTreeSet<&Path> = rows.iter().map(|row| &row.path).collect();
    let metrics: BTreeSet<&str> = rows.iter().map(|row| row.path.metric.as_str()).collect();
    let found = report.content.metrics.iter().filter(|m| metrics.contains(m.id.value.as_str()));
    whole(report, found.map(|m| metric(report, m, Some(&chosen))).collect())
}

fn whole(report: &Report, metrics: Vec<Value>) -> Value {
    let head = &report.content.head;
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

/// A metric with all its figures, or with those that are chosen.
fn metric(report: &Report, metric: &Metric, chosen: Option<&BTreeSet<&Path>>) -> Value {
    let mut values: Vec<Value> = Vec::new();
    push_values(report, metric, &metric.values, (&[], chosen), &mut values);
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let pairs: Vec<(&str, &str)> =
                breakdown.dimensions().zip(member.key.value.split('+')).collect();
            push_values(report, metric, &member.values, (&pairs, chosen), &mut values);
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
    (members, chosen): (&[(&str, &str)], Option<&BTreeSet<&Path>>),
    values: &mut Vec<Value>,
) {
    let pairs = members.iter().map(|(d, m)| ((*d).to_owned(), (*m).to_owned())).collect();
    let mut path = Path { metric: metric.id.value.clone(), members: pairs, year: None };
    for (year, datum) in series {
        path.year = Some(*year);
        if chosen.is_some_and(|chosen| !chosen.contains(&path)) {
            continue;
        }
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
