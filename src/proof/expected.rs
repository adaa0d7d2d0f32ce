//! What a view promises to its readers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::proof::squeezed;
use crate::view::View;

/// Figures and places that have to be found again.
#[derive(Debug, Default)]
pub struct Expected {
    /// Figures with the words around them.
    pub figures: Vec<Figure>,
    /// Places that index rows name.
    pub places: Vec<Place>,
}

/// A figure with the words before and behind it, all without blanks.
#[derive(Debug)]
pub struct Figure {
    /// Words before.
    pub left: String,
    /// The figure as printed.
    pub text: String,
    /// Words behind.
    pub right: String,
    /// Section that it stands in.
    pub place: String,
}

/// A place that an index row names.
#[derive(Debug)]
pub struct Place {
    /// Code of the row; empty in lists that are no index.
    pub code: String,
    /// Name of the place as the row prints it, without blanks.
    pub name: String,
    /// Title of the section, heading, table or chart, without blanks.
    pub title: String,
    /// Anchor.
    pub target: String,
    /// The words for a page, without blanks, with `{n}` for its number; nothing where the row links to
    /// the place and prints no page, as lists of topics do.
    pub page_words: Option<String>,
}

impl Place {
    /// A fault in words.
    pub fn told(&self, fault: &str) -> String {
        match self.code.as_str() {
            "" => format!("the link to `{}` {fault}", self.target),
            code => format!("index row {code}: the place `{}` {fault}", self.target),
        }
    }
}

/// Characters of the words around a figure that have to be the same.
const AROUND: usize = 8;

impl Expected {
    /// What a view promises.
    pub fn of(view: &View) -> Self {
        let titles = titles(view);
        let page_words = squeezed(view.strings.get("page_n").map_or("{n}", String::as_str));
        let mut expected = Self::default();
        for part in &view.parts {
            let value = serde_json::to_value(part).unwrap_or_default();
            let mut walk = Walk {
                expected: &mut expected,
                titles: &titles,
                place: "",
                page_words: &page_words,
            };
            walk.object_of_part(&value, &part.id);
        }
        expected
    }

    /// The figures that a text without blanks does not hold among their words.
    pub fn missing_figures(&self, text: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        let mut text = Reading { text, at: 0 };
        for figure in &self.figures {
            let Figure { left, text: digits, right, place } = figure;
            // A line of the next page may stand on one side.
            let forms = [
                format!("{left}{digits}{right}"),
                format!("{left}{digits}\u{c}"),
                format!("\u{c}{digits}{right}"),
            ];
            let broken = [format!("{left}{digits}"), format!("{digits}{right}")];
            let mut one_side = broken.iter().filter(|form| form.as_str() != digits.as_str());
            if seen.insert(forms[0].clone())
                && !forms.iter().any(|form| text.goes_on_with(form))
                && !one_side.any(|form| text.goes_on_with(form))
            {
                faults.push(format!("the figure {digits} of {place} is not in the finished file"));
            }
        }
        faults
    }
}

/// A text in which words are looked for where the last ones were found, and then in all of it: most
/// are expected in the order in which they stand.
struct Reading<'t> {
    text: &'t str,
    at: usize,
}

impl Reading<'_> {
    /// Bytes within which the next words are mostly found.
    const NEAR: usize = 16 * 1024;

    /// Whether words stand anywhere in the text.
    fn goes_on_with(&mut self, words: &str) -> bool {
        let end = self.text.floor_char_boundary(self.at.saturating_add(Self::NEAR));
        let near = self.text.get(self.at..end).and_then(|near| near.find(words));
        let found = near.map(|at| self.at.saturating_add(at)).or_else(|| self.text.find(words));
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }
}

/// Titles by anchor: sections, headings, tables, charts and indexes.
fn titles(view: &View) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for part in &view.parts {
        found.insert(part.id.clone(), squeezed(&part.title));
        for section in &part.sections {
            found.insert(section.id.clone(), squeezed(&section.title));
            let blocks = serde_json::to_value(&section.blocks).unwrap_or_default();
            collect_titles(&blocks, &mut found);
        }
    }
    found
}

fn collect_titles(value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_titles(item, found)),
        Value::Object(map) => {
            let id = map.get("id").and_then(Value::as_str);
            let title = match map.get("kind").and_then(Value::as_str) {
                Some("heading") => map.get("content").map(plain),
                _ => map.get("title").and_then(Value::as_str).map(squeezed),
            };
            if let Some((id, title)) = id.zip(title) {
                found.insert(id.to_owned(), title);
            }
            map.values().for_each(|value| collect_titles(value, found));
        }
        _ => {}
    }
}

/// The words of running text, without blanks and without footnotes.
fn plain(content: &Value) -> String {
    let mut text = String::new();
    for inline in content.as_array().into_iter().flatten() {
        match inline.get("kind").and_then(Value::as_str) {
            Some("footnote") => {}
            _ => match inline.get("content") {
                Some(inner) => text.push_str(&plain(inner)),
                None => text.push_str(inline.get("text").and_then(Value::as_str).unwrap_or("")),
            },
        }
    }
    squeezed(&text)
}

struct Walk<'a> {
    expected: &'a mut Expected,
    titles: &'a BTreeMap<String, String>,
    place: &'a str,
    page_words: &'a str,
}

impl Walk<'_> {
    fn object_of_part(&mut self, part: &Value, id: &str) {
        let sections = part.get("sections").and_then(Value::as_array);
        let headline = part.get("headline").into_iter();
        headline.chain(part.get("summary")).for_each(|value| self.value(value, id));
        for section in sections.into_iter().flatten() {
            let id = section.get("id").and_then(Value::as_str).unwrap_or_default();
            self.value(section.get("blocks").unwrap_or(&Value::Null), id);
        }
    }

    fn value(&mut self, value: &Value, place: &str) {
        match value {
            Value::Array(items) => {
                self.figures(items, place);
                items.iter().for_each(|item| self.value(item, place));
            }
            Value::Object(map) => {
                self.cell(map, place);
                self.row(map);
                map.values().for_each(|value| self.value(value, place));
            }
            _ => {}
        }
    }

    /// Figures of running text with the words on both sides.
    fn figures(&mut self, items: &[Value], place: &str) {
        let kind = |item: &Value| item.get("kind").and_then(Value::as_str).map(str::to_owned);
        let text = |item: Option<&Value>| {
            let item = item.filter(|item| kind(item).as_deref() == Some("text"))?;
            Some(squeezed(item.get("text")?.as_str()?))
        };
        for (at, item) in items.iter().enumerate() {
            if kind(item).as_deref() != Some("figure") {
                continue;
            }
            let figure = item.get("text").and_then(Value::as_str).unwrap_or_default();
            let before = at.checked_sub(1).and_then(|before| text(items.get(before)));
            let left: Vec<char> = before.unwrap_or_default().chars().collect();
            let left = left.iter().skip(left.len().saturating_sub(AROUND)).collect();
            let right = text(items.get(at + 1)).unwrap_or_default().chars().take(AROUND).collect();
            self.push(left, figure, right, place);
        }
    }

    /// Cells of tables of metrics, large figures, and progress.
    fn cell(&mut self, map: &Map<String, Value>, place: &str) {
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
        if map.contains_key("integer") && map.contains_key("fraction") {
            let figure = format!("{}{}", text("integer"), text("fraction"));
            self.push(String::new(), &figure, String::new(), place);
        } else if map.contains_key("qualifier") && map.contains_key("value") {
            self.push(String::new(), text("value"), String::new(), place);
        } else if map.contains_key("percent") && map.contains_key("text") {
            self.push(String::new(), text("text"), String::new(), place);
        }
    }

    /// The places that a row of an index, or of a list of topics, names.
    fn row(&mut self, map: &Map<String, Value>) {
        let Some(places) = map.get("places").and_then(Value::as_array) else { return };
        let code = map.get("code").and_then(Value::as_str).unwrap_or_default();
        for place in places {
            let text = |key: &str| place.get(key).and_then(Value::as_str).unwrap_or_default();
            let target = text("target").to_owned();
            let title = self.titles.get(&target).cloned().unwrap_or_default();
            self.expected.places.push(Place {
                code: code.to_owned(),
                name: squeezed(text("text")),
                title,
                target,
                page_words: (!code.is_empty()).then(|| self.page_words.to_owned()),
            });
        }
    }

    fn push(&mut self, left: String, figure: &str, right: String, place: &str) {
        let text = squeezed(figure);
        if !text.is_empty() {
            let place = if place.is_empty() { self.place } else { place }.to_owned();
            self.expected.figures.push(Figure { left, text, right, place });
        }
    }
}
