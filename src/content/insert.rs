//! Figures in running text: `{{ expression | options }}`.

use crate::diag::{Diagnostic, Phrase, say};
use crate::formula::{Expr, parse_figure};
use crate::quantity::{Unit, UnitTable};
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

    /// A figure without options.
    fn plain(expr: Expr, span: Span, origin: Span) -> Self {
        Self {
            span,
            expr,
            origin,
            unit: None,
            decimals: None,
            absolute: false,
            shown: Shown::WithUnit,
            words: None,
            counter: None,
        }
    }

    /// Reads a figure with its braces that a program wrote; nothing if it is not one.
    pub fn parse(text: &str, span: Span, units: &UnitTable) -> Option<Self> {
        let inner = text.strip_prefix("{{")?.strip_suffix("}}")?;
        let (expression, options) = parts(inner);
        let expr = parse_figure(expression.trim(), units).ok()?;
        let mut insert = Self::plain(expr, span, span);
        for option in split_list(options) {
            apply(option, &mut insert, units).ok()?;
        }
        Some(insert)
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
    let (expression, options) = parts(text);
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
    let mut insert = Insert::plain(expr, span, origin);
    for option in split_list(options) {
        if let Err(message) = apply(option, &mut insert, &reader.units.table) {
            let found = Diagnostic::error("invalid-option", span, message);
            let help =
                say!("options are `in UNIT`, `dp N`, `bare`, `abs`, `words \"…\"`, `unit \"…\"`");
            reader.sink.push(found.help(help));
        }
    }
    Some(insert)
}

/// Expression and options.
fn parts(text: &str) -> (&str, &str) {
    match split_options(text) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
        None => (text, ""),
    }
}

fn apply(option: &str, insert: &mut Insert, units: &UnitTable) -> Result<(), Phrase> {
    let (name, value) = option.split_once(char::is_whitespace).unwrap_or((option, ""));
    let value = value.trim();
    match name {
        "" => {}
        "bare" | "abs" if !value.is_empty() => {
            return Err(say!("`{name}` takes nothing, found `{value}`", name, value));
        }
        "bare" => insert.shown = Shown::Bare,
        "abs" => insert.absolute = true,
        "dp" => match value.parse() {
            Ok(decimals) if decimals <= 12 => insert.decimals = Some(decimals),
            _ => {
                return Err(say!("expected a number of decimals up to 12, found `{value}`", value));
            }
        },
        "in" => match units.parse(value) {
            Ok(unit) => insert.unit = Some(unit),
            Err(_) => return Err(say!("unknown or ambiguous unit `{value}`", value)),
        },
        "words" => {
            insert.words = Some(quoted(value)?);
        }
        "unit" => {
            insert.counter = Some(quoted(value)?);
        }
        _ => return Err(say!("unknown option `{name}`", name)),
    }
    Ok(())
}

/// Words in quotes.
fn quoted(value: &str) -> Result<String, Phrase> {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let words = inner.filter(|words| !words.contains('"'));
    words.map(str::to_owned).ok_or_else(|| say!("expected words in quotes, found `{value}`", value))
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
