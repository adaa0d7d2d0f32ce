//! Where a value stands in a file, and where a new one goes.

use std::ops::Range;

use crate::content::Metric;
use crate::formula::Path;
use crate::syntax::yaml::{Node, Style, Value};

use crate::import::written::Quote;

/// Values by year, as they stand in a file.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    text: &'a str,
    series: &'a Node,
}

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// What is replaced; empty where something is put in.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl<'a> Place<'a> {
    /// The values that a path is among; nothing if the file has no such map.
    pub fn find(text: &'a str, tree: &'a Node, metric: &Metric, path: &Path) -> Option<Self> {
        let node = tree.get("metrics")?.get(&metric.id.value)?;
        if path.members.is_empty() {
            return node.get("values").map(|series| Self { text, series });
        }
        let breakdowns = metric.by.iter().filter_map(|breakdown| {
            let member = |dimension: &str| {
                let pair = path.members.iter().find(|(other, _)| other == dimension)?;
                Some(pair.1.as_str())
            };
            let keys: Option<Vec<&str>> = breakdown.dimensions().map(member).collect();
            let keys = keys.filter(|keys| keys.len() == path.members.len())?;
            node.get("by")?.get(&breakdown.name.value)?.get(&keys.join("+"))
        });
        breakdowns.into_iter().next().map(|series| Self { text, series })
    }

    /// The value of a year.
    pub fn value(&self, year: u16) -> Option<&'a Node> {
        self.series.get(&year.to_string())
    }

    /// What the value of a year is replaced with: a figure in the quotes that it has now, or a map.
    pub fn replace(&self, node: &Node, value: &Written) -> Option<Replacement> {
        let start = node.span.start as usize;
        let from = self.text.get(start..)?;
        let range = match &node.value {
            Value::Map(_) if from.starts_with('{') => start..end_of(self.text, node)?,
            // A map over several lines becomes a value behind its key, or below it where a comment
            // stands behind the key.
            Value::Map(_) => {
                let before = self.text.get(..start)?.trim_end();
                let end = end_of(self.text, node)?;
                if !before.ends_with(':') {
                    let text = value.in_quotes(Quote::Double);
                    return Some(Replacement { range: start..end, text });
                }
                let text = format!(" {}", value.in_quotes(Quote::Double));
                return Some(Replacement { range: before.len()..end, text });
            }
            _ => start..node.span.end as usize,
        };
        let quote = match &node.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain => Quote::Plain,
            Value::Scalar(_) => Quote::of(from),
            _ => self.habit(),
        };
        Some(Replacement { range, text: value.in_quotes(quote) })
    }

    /// What is put in for a year that has no value: beside its neighbours, written as they are.
    pub fn insert(&self, year: u16, value: &Written) -> Option<Replacement> {
        let start = self.series.span.start as usize;
        let flow = self.text.get(start..)?.starts_with('{');
        let entries = self.series.entries();
        let Some(last) = entries.last() else {
            let open = flow.then_some(start + 1)?;
            let text = format!("{year}: {}", value.in_quotes(Quote::Double));
            return Some(Replacement { range: open..open, text });
        };
        let key = self.text.get(last.key.span.start as usize..last.key.span.end as usize)?;
        let key = key.replace(last.key.value.as_str(), &year.to_string());
        let pair = format!("{key}: {}", value.in_quotes(self.habit()));
        let descending = self.is_descending();
        let next = entries.iter().find(|entry| {
            let other: Option<u16> = entry.key.value.parse().ok();
            other.is_some_and(|other| if descending { other < year } else { other > year })
        });
        let (at, text) = match (next, flow) {
            (Some(next), true) => (next.key.span.start as usize, format!("{pair}{}", self.gap())),
            (None, true) => (end_of(self.text, &last.value)?, format!("{}{pair}", self.gap())),
            (Some(next), false) => {
                let at = next.key.span.start as usize;
                (at, format!("{pair}{}{}", self.line_end(), self.indent(at)?))
            }
            (None, false) => {
                let end = end_of(self.text, &last.value)?;
                let line = self.text.get(end..)?.find(['\r', '\n']);
                let indent = self.indent(last.key.span.start as usize)?;
                let at = line.map_or(self.text.len(), |line| end + line);
                (at, format!("{}{indent}{pair}", self.line_end()))
            }
        };
        Some(Replacement { range: at..at, text })
    }

    /// Whether later years stand first, which is also how a single year grows.
    pub fn is_descending(&self) -> bool {
        let years = self.series.entries().iter().filter_map(|entry| entry.key.value.parse().ok());
        let years: Vec<u16> = years.collect();
        years.windows(2).all(|pair| matches!(pair, [a, b] if a > b))
    }

    /// The quotes of the figures that stand there.
    fn habit(&self) -> Quote {
        let written = self.series.entries().iter().find_map(|entry| match &entry.value.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain => Some(Quote::Plain),
            Value::Scalar(_) => self.text.get(entry.value.span.start as usize..).map(Quote::of),
            _ => None,
        });
        written.unwrap_or(Quote::Double)
    }

    /// What stands between two values of a flow map.
    fn gap(&self) -> String {
        let mut pairs = self.series.entries().windows(2);
        let between = pairs.find_map(|pair| match pair {
            [one, other] => {
                let (from, to) = (end_of(self.text, &one.value)?, other.key.span.start as usize);
                self.text.get(from..to)
            }
            _ => None,
        });
        // A comment belongs to its value and is not repeated.
        let plain = between.filter(|gap| gap.trim() == ",");
        plain.map_or_else(|| ", ".to_owned(), str::to_owned)
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The blanks before a key that stands first in its line.
    fn indent(&self, at: usize) -> Option<&'a str> {
        let before = self.text.get(..at)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        before.get(line..).filter(|indent| indent.chars().all(|c| c == ' '))
    }
}

/// A value in the form in which it is to stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A figure, without quotes.
    Figure(String),
    /// A missing value, as a map in braces.
    Missing(String),
}

impl Written {
    fn in_quotes(&self, quote: Quote) -> String {
        match self {
            Self::Figure(text) => quote.around(text),
            Self::Missing(text) => text.clone(),
        }
    }
}

/// The byte after a node: behind its bracket where it has one.
fn end_of(text: &str, node: &Node) -> Option<usize> {
    let start = node.span.start as usize;
    let (last, flow) = match &node.value {
        Value::Map(entries) => {
            let last = entries.last().and_then(|entry| {
                let key = entry.key.span.end as usize;
                end_of(text, &entry.value).map(|end| end.max(key))
            });
            (last, text.get(start..)?.starts_with('{'))
        }
        Value::Seq(items) => {
            (items.last().and_then(|item| end_of(text, item)), text.get(start..)?.starts_with('['))
        }
        _ => return Some(node.span.end as usize),
    };
    if !flow {
        return last;
    }
    let mut at = last.unwrap_or(start + 1);
    loop {
        let rest = text.get(at..)?;
        at += match rest.chars().next()? {
            '}' | ']' => return Some(at + 1),
            '#' => rest.find('\n')?,
            ',' => 1,
            c if c.is_whitespace() => c.len_utf8(),
            _ => return None,
        };
    }
}
