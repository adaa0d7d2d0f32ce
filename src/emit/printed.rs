//! What a report prints of its facts, so that somebody who has only the print can compare the two.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::quantity::{Decimal, signed_values};
use crate::report::Report;
use crate::view::View;

use crate::emit::facts::facts_json;
use crate::emit::rows::rows;

/// The facts with what a view prints of them: the file attached to its PDF.
///
/// `printed` lists every figure with the text it is printed as, and whether that text has the digits
/// and the sign of the fact or those of a conversion or rounding.
pub fn attached_json(report: &Report, view: &View) -> Value {
    let mut facts = facts_json(report);
    let Value::Object(map) = &mut facts else { return facts };
    let tree = serde_json::to_value(view).unwrap_or_default();
    let mut found = Found::default();
    found.visit(&tree);
    let stated = stated(report);
    let printed = found.printed.iter().map(|(figure, text)| {
        let same = stated.get(figure).is_some_and(|own| signed_values(text).contains(own));
        json!({"figure": figure, "text": text, "digits": if same { "stated" } else { "converted" }})
    });
    map.insert("lang".into(), json!(view.lang));
    map.insert("printed".into(), printed.collect());
    facts
}

/// The digits of every stated figure.
fn stated(report: &Report) -> BTreeMap<String, Decimal> {
    let values =
        rows(report).into_iter().filter_map(|row| Some((row.path.to_string(), row.value()?.0)));
    values.collect()
}

#[derive(Default)]
struct Found {
    printed: BTreeSet<(String, String)>,
}

impl Found {
    fn visit(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.visit(item)),
            Value::Object(map) => {
                if let Some(fact) = map.get("fact").and_then(Value::as_str)
                    && let Some(text) = text_of(map)
                {
                    self.printed.insert((fact.to_owned(), text));
                }
                // Lineage stands in the HTML alone.
                map.iter()
                    .filter(|(key, _)| *key != "facts")
                    .for_each(|(_, inner)| self.visit(inner));
            }
            _ => {}
        }
    }
}

/// What is printed of an object that names its fact: its text, or the value of a large figure.
fn text_of(map: &Map<String, Value>) -> Option<String> {
    let text = map.get("text").or_else(|| map.get("value"))?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}
