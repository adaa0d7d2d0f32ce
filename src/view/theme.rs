//! Colours and fonts that drawings need; templates read the tokens themselves.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::source::{FileError, Files};
use crate::syntax::yaml::{Node, Style, Value};

use crate::view::words::read_yaml;

/// The tokens of the theme.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// All tokens, for templates.
    pub tokens: Json,
    /// Colours of charts by name.
    chart: BTreeMap<String, String>,
    /// Colours of series in charts.
    series: Vec<String>,
    /// Font of charts.
    pub font: String,
}

impl Theme {
    /// Reads `templates/shared/tokens.yaml`.
    pub fn read(files: &dyn Files) -> Result<Self, FileError> {
        let tree = read_yaml(files, "templates/shared/tokens.yaml")?;
        let chart = tree.get("chart").map(Node::entries).unwrap_or_default();
        let colours = chart
            .iter()
            .filter_map(|entry| Some((entry.key.value.clone(), entry.value.text()?.to_owned())));
        let series = tree.get("chart").and_then(|c| c.get("series")).map(Node::items);
        let series = series.unwrap_or_default().iter().filter_map(|c| c.text().map(str::to_owned));
        let font = tree.get("font").and_then(|font| font.get("text")).and_then(Node::text);
        Ok(Self {
            chart: colours.collect(),
            series: series.collect(),
            font: font.unwrap_or_default().to_owned(),
            tokens: to_json(&tree),
        })
    }

    /// A colour of charts.
    pub fn colour(&self, name: &str) -> &str {
        self.chart.get(name).map_or("#000000", String::as_str)
    }

    /// A shade of an accent.
    pub fn accent(&self, name: &str, shade: &str) -> &str {
        let colour = self.tokens.pointer(&format!("/accent/{name}/{shade}")).and_then(Json::as_str);
        colour.unwrap_or("#000000")
    }

    /// The colour of the n-th series; they repeat.
    pub fn series(&self, n: usize) -> &str {
        let at = n.checked_rem(self.series.len()).unwrap_or_default();
        self.series.get(at).map_or("#000000", String::as_str)
    }
}

/// Tokens as JSON. Sizes are numbers in templates, so unquoted numbers become numbers.
fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(scalar) if scalar.style == Style::Plain => {
            serde_json::from_str(&scalar.text).unwrap_or_else(|_| json!(scalar.text))
        }
        Value::Scalar(scalar) => json!(scalar.text),
        Value::Seq(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|e| (e.key.value.clone(), to_json(&e.value)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
    }
}
