//! What YAML does behind a writer's back, said in the writer's words.

use crate::diag::{Diagnostic, Sink};
use crate::source::{SourceId, Span, Spanned};

use super::{Entry, Node, Style, Value};

/// Words that other YAML readers take for true or false.
const AMBIGUOUS: [&str; 12] =
    ["yes", "no", "on", "off", "y", "n", "Yes", "No", "On", "Off", "YES", "NO"];

/// A key that stands twice.
pub fn duplicate(key: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("`{}` stands twice in the same map", key.value);
    Diagnostic::error("duplicate-key", key.span, message)
        .label("again here")
        .related(first, "first here")
        .help("keep one of the two; the second is not read")
}

/// A key that is a list, a map, or nothing.
pub fn complex_key(span: Span) -> Diagnostic {
    Diagnostic::error(
        "complex-key",
        span,
        "a list, a map or nothing stands where a key is expected",
    )
    .help("write the key as a single word; quote it if it has brackets or braces")
}

/// An anchor or alias.
pub fn alias(span: Span) -> Diagnostic {
    Diagnostic::error("yaml-alias", span, "anchors and aliases are not used in report files")
        .help("write the value out; every figure has one place of its own")
}

/// A text that is not YAML. `at` and the span count from the start of the source.
pub fn unreadable(
    source: SourceId,
    text: &str,
    offset: usize,
    at: usize,
    info: &str,
) -> Diagnostic {
    let inner = at.saturating_sub(offset).min(text.len());
    if let Some(found) = full_width_colon(source, text, offset, inner) {
        return found;
    }
    let span = Span::new(source, at, at + char_length(text, inner));
    if let Some(tab) = indenting_tab(text, inner) {
        let span = Span::new(source, offset + tab, offset + tab + 1);
        return Diagnostic::error("invalid-yaml", span, "a tab is used for indentation")
            .help("indent with spaces");
    }
    let found = text.get(inner..).and_then(|rest| rest.chars().next());
    match found {
        Some(sign @ ('%' | '@' | '`')) => {
            let message = format!("`{sign}` cannot start an unquoted text");
            Diagnostic::error("invalid-yaml", span, message)
                .help(format!("put it in quotes: \"{sign}\""))
        }
        _ => Diagnostic::error("invalid-yaml", span, format!("not valid YAML: {info}"))
            .help("check indentation, quotes and brackets at this place and just before it"),
    }
}

/// The line of the fault, or one of the two before it, has `：` and no `:`.
fn full_width_colon(source: SourceId, text: &str, offset: usize, at: usize) -> Option<Diagnostic> {
    let before = text.get(..at)?;
    let line_end = text.get(at..)?.find('\n').map_or(text.len(), |n| at + n);
    let line_start = before.rmatch_indices('\n').nth(2).map_or(0, |(n, _)| n + 1);
    let mut start = line_start;
    for line in text.get(line_start..line_end)?.split('\n') {
        if line.contains('：') && !line.contains(": ") && !line.trim_end().ends_with(':') {
            let indent = line.len() - line.trim_start().len();
            let span = Span::new(source, offset + start + indent, offset + start + line.len());
            let message = "the colon is full-width (：), which YAML reads as text";
            let found = Diagnostic::error("invalid-yaml", span, message)
                .help("write a half-width colon and a space: `: `");
            return Some(found);
        }
        start += line.len() + 1;
    }
    None
}

fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let line = text.get(start..)?.lines().next()?;
    let indent = line.len() - line.trim_start().len();
    line.get(..indent)?.find('\t').map(|tab| start + tab)
}

fn char_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// Reports what is valid YAML but hardly what was meant.
pub fn report(node: &Node, sink: &mut Sink) {
    match &node.value {
        Value::Map(entries) => {
            split_figures(entries, sink);
            for entry in entries {
                report(&entry.value, sink);
            }
        }
        Value::Seq(items) => items.iter().for_each(|item| report(item, sink)),
        Value::Scalar(scalar) if scalar.style == Style::Plain => {
            if AMBIGUOUS.contains(&scalar.text.as_str()) {
                sink.push(ambiguous(node.span, &scalar.text));
            }
        }
        Value::Scalar(_) | Value::Null => {}
    }
}

fn ambiguous(span: Span, word: &str) -> Diagnostic {
    let message = format!("many YAML readers take an unquoted `{word}` for true or false");
    Diagnostic::error("ambiguous-word", span, message)
        .help(format!("write \"{word}\" in quotes if the word is meant, or `true` or `false`"))
}

/// `{2024: 1,045,853.62}` is read as `2024: 1` and the keys `045` and `853.62`.
fn split_figures(entries: &[Entry], sink: &mut Sink) {
    let mut rest = entries.iter().peekable();
    while let Some(first) = rest.next() {
        let Some(start) = first.value.text().filter(|text| is_number(text)) else { continue };
        let mut whole = start.to_owned();
        let mut end = first.value.span;
        while let Some(next) =
            rest.next_if(|e| e.value.value == Value::Null && is_number(&e.key.value))
        {
            whole = format!("{whole},{}", next.key.value);
            end = next.key.span;
        }
        if end == first.value.span {
            continue;
        }
        let message = format!("the figure {whole} is read as several values");
        let found = Diagnostic::error("split-figure", first.value.span.to(end), message)
            .help(format!("commas separate values here; put the figure in quotes: \"{whole}\""));
        sink.push(found);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
