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
    /// Reads `templates/shared/tokens.yaml`, and lays over it what `theme.yaml` of the project says.
    pub fn read(files: &dyn Files) -> Result<Self, FileError> {
        let mut tokens = to_json(&read_yaml(files, "templates/shared/tokens.yaml")?);
        // A theme that cannot be read is a finding; a draft is printed without it.
        let own = read_yaml(files, "theme.yaml").map(|tree| to_json(&tree)).unwrap_or_default();
        let defaults = ["text", "title"].map(|key| (key, font(&tokens, key)));
        lay_over(&mut tokens, &own);
        for (key, default) in defaults {
            stack_fonts(&mut tokens, key, default);
        }
        let chart = tokens.get("chart").and_then(Json::as_object).into_iter().flatten();
        let colours =
            chart.filter_map(|(name, colour)| Some((name.clone(), colour.as_str()?.to_owned())));
        let series = tokens.pointer("/chart/series").and_then(Json::as_array);
        let series = series.into_iter().flatten().filter_map(|c| c.as_str().map(str::to_owned));
        Ok(Self {
            chart: colours.collect(),
            series: series.collect(),
            font: font_names(&tokens),
            tokens,
        })
    }

    /// A colour of charts.
    pub fn colour(&self, name: &str) -> &str {
        self.chart.get(name).map_or("#000000", String::as_str)
    }

    /// A colour by the pointer to its token, such as `/colour/surface`.
    pub fn token(&self, pointer: &str) -> &str {
        self.tokens.pointer(pointer).and_then(Json::as_str).unwrap_or("#000000")
    }

    /// A shade of an accent.
    pub fn accent(&self, name: &str, shade: &str) -> &str {
        let colour = self.tokens.pointer(&format!("/accent/{name}/{shade}")).and_then(Json::as_str);
        colour.unwrap_or("#000000")
    }

    /// White or ink, whichever is easier to read on the n-th series: of three shares of light, the
    /// eye sees most of the green.
    pub fn series_ink(&self, n: usize) -> &str {
        let channel = |at: usize| {
            let digits = self.series(n).get(at..at + 2).unwrap_or("00");
            u32::from_str_radix(digits, 16).unwrap_or_default()
        };
        let light = 299 * channel(1) + 587 * channel(3) + 114 * channel(5);
        if light > 125_000 { self.colour("label") } else { "#ffffff" }
    }

    /// The colour of the n-th series; they repeat.
    pub fn series(&self, n: usize) -> &str {
        let at = n.checked_rem(self.series.len()).unwrap_or_default();
        self.series.get(at).map_or("#000000", String::as_str)
    }
}

/// The name of a font.
fn font(tokens: &Json, key: &str) -> String {
    let name = tokens.pointer(&format!("/font/{key}")).and_then(Json::as_str);
    name.unwrap_or_default().to_owned()
}

/// Puts the theme's own font before the default, which has the characters that the own one lacks:
/// as a list for print, and as the beginning of a list for screens.
fn stack_fonts(tokens: &mut Json, key: &str, default: String) {
    let chosen = font(tokens, key);
    let own = if chosen == default { String::new() } else { format!("\"{chosen}\", ") };
    let stack = if own.is_empty() { vec![default] } else { vec![chosen, default] };
    if let Some(font) = tokens.get_mut("font").and_then(Json::as_object_mut) {
        font.insert(format!("{key}_stack"), json!(stack));
        font.insert(format!("{key}_own"), json!(own));
    }
}

/// The fonts of drawings, the theme's own first.
fn font_names(tokens: &Json) -> String {
    let names = tokens.pointer("/font/text_stack").and_then(Json::as_array);
    let names = names.into_iter().flatten().filter_map(Json::as_str);
    names.collect::<Vec<_>>().join(", ")
}

/// Lays the values of a theme over tokens. A theme changes tokens and brings none; what does not
/// look like the token that it would replace is left out, since templates put tokens into styles.
fn lay_over(tokens: &mut Json, own: &Json) {
    match (tokens, own) {
        (Json::Object(tokens), Json::Object(own)) => {
            for (key, value) in own {
                if let Some(token) = tokens.get_mut(key) {
                    lay_over(token, value);
                }
            }
        }
        (Json::Array(tokens), Json::Array(own)) => {
            let colours = own.iter().all(|one| one.as_str().is_some_and(is_colour));
            if colours && !own.is_empty() {
                tokens.clone_from(own);
            }
        }
        (Json::Number(token), Json::Number(own)) => token.clone_from(own),
        (Json::String(token), Json::String(own)) => {
            let fits = if is_colour(token) { is_colour(own) } else { is_name(own) };
            if fits {
                token.clone_from(own);
            }
        }
        _ => {}
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// Whether a text is a plain name, such as that of a font.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || " -_.".contains(c))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_changes_tokens_and_brings_none() {
        let mut tokens = json!({
            "colour": {"ink": "#000000"}, "radius": 2, "font": {"text": "A"}, "series": ["#111111"],
        });
        let own = json!({
            "colour": {"ink": "#12345G", "new": "#ffffff"}, "radius": 4, "pairs": [],
            "font": {"text": "x; } body { display: none"}, "series": ["#222222", "#333333"],
        });
        lay_over(&mut tokens, &own);
        let expected = json!({
            "colour": {"ink": "#000000"}, "radius": 4, "font": {"text": "A"},
            "series": ["#222222", "#333333"],
        });
        assert_eq!(tokens, expected);
        lay_over(&mut tokens, &json!({"colour": {"ink": "#123456"}, "font": {"text": "My Sans"}}));
        assert_eq!(tokens.pointer("/colour/ink"), Some(&json!("#123456")));
        assert_eq!(tokens.pointer("/font/text"), Some(&json!("My Sans")));
    }
}
