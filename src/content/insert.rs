//! Figures in running text: `{{ expression | options }}`.

use crate::diag::Diagnostic;
use crate::formula::{Expr, parse_figure};
use crate::quantity::Unit;
use crate::source::{Span, Spanned};
use crate::syntax::hole::Hole;

use crate::content::reader::Reader;

/// A figure in running text.
#[derive(Debug, Clone)]
pub struct Insert {
    /// Place, braces included.
    pub span: Span,
    /// What to print. Ranges of the expression count from `origin`.
    pub expr: Expr,
    /// Place of the expression's first byte; the whole text where places inside are not known.
    pub origin: Span,
    /// Unit to print it in.
    pub unit: Option<Unit>,
    /// Decimals to print.
    pub decimals: Option<u32>,
    /// Whether to print it without its sign.
    pub absolute: bool,
    /// What is shown besides the digits.
    pub shown: Shown,
    /// Words printed in the place of the number.
    pub words: Option<String>,
    /// A word for what is counted, printed in the place of the unit.
    pub counter: Option<String>,
}

/// What is shown besides the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Qualifier and unit.
    WithUnit,
    /// The qualifier alone.
    Bare,
}

impl Insert {
    /// The place of a part of the expression.
    pub fn inside(&self, start: usize, end: usize) -> Span {
        self.origin.within(start, end)
    }

    /// Reads what stands in the braces.
    pub fn read(hole: &Hole, reader: &mut Reader<'_>) -> Option<Self> {
        read(&hole.inner, hole.span, reader)
    }

    /// Reads a figure that is the whole of a YAML text.
    pub fn read_text(text: &Spanned<String>, reader: &mut Reader<'_>) -> Option<Self> {
        read(text, text.span, reader)
    }
}

fn read(inner: &Spanned<String>, span: Span, reader: &mut Reader<'_>) -> Option<Insert> {
    let text = inner.value.as_str();
    let (expression, options) = match split_options(text) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
        None => (text, ""),
    };
    let indent = expression.len() - expression.trim_start().len();
    // A quoted YAML text starts one byte after its span.
    let shift = reader.sources.text(inner.span).find(text).unwrap_or_default();
    let start = inner.span.start as usize + shift + indent;
    let origin = Span::new(inner.span.source, start, start + expression.trim().len());
    let expr = match parse_figure(expression.trim(), &reader.units.table) {
        Ok(expr) => expr,
        Err(fault) => {
            let at = origin.within(fault.range.start, fault.range.end);
            reader.sink.push(Diagnostic::error("invalid-expression", at, fault.message));
            return None;
        }
    };
    let mut insert = Insert {
        span,
        expr,
        origin,
        unit: None,
        decimals: None,
        absolute: false,
        shown: Shown::WithUnit,
        words: None,
        counter: None,
    };
    for option in split_list(options) {
        if let Err(message) = apply(option, &mut insert, reader) {
            let found = Diagnostic::error("invalid-option", span, message);
            let help = "options are `in UNIT`, `dp N`, `bare`, `abs`, `words \"…\"`, `unit \"…\"`";
            reader.sink.push(found.help(help));
        }
    }
    Some(insert)
}

fn apply(option: &str, insert: &mut Insert, reader: &Reader<'_>) -> Result<(), String> {
    let (name, value) = option.split_once(char::is_whitespace).unwrap_or((option, ""));
    let value = value.trim();
    match name {
        "" => {}
        "bare" | "abs" if !value.is_empty() => {
            return Err(format!("`{name}` takes nothing, found `{value}`"));
        }
        "bare" => insert.shown = Shown::Bare,
        "abs" => insert.absolute = true,
        "dp" => match value.parse() {
            Ok(decimals) if decimals <= 12 => insert.decimals = Some(decimals),
            _ => return Err(format!("expected a number of decimals up to 12, found `{value}`")),
        },
        "in" => match reader.units.table.parse(value) {
            Ok(unit) => insert.unit = Some(unit),
            Err(_) => return Err(format!("unknown or ambiguous unit `{value}`")),
        },
        "words" => {
            insert.words = Some(quoted(value)?);
        }
        "unit" => {
            insert.counter = Some(quoted(value)?);
        }
        _ => return Err(format!("unknown option `{name}`")),
    }
    Ok(())
}

/// Words in quotes.
fn quoted(value: &str) -> Result<String, String> {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let words = inner.filter(|words| !words.contains('"'));
    words.map(str::to_owned).ok_or_else(|| format!("expected words in quotes, found `{value}`"))
}

/// The `|` that starts the options.
fn split_options(text: &str) -> Option<usize> {
    text.find('|')
}

/// Options separated by commas that are not in quotes.
fn split_list(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts
}
