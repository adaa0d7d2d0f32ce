//! What YAML does behind a writer's back, said in the writer's words.

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::source::{SourceId, Span, Spanned};

use crate::syntax::yaml::{Entry, Node, Scalar, Style, Value, parse};

/// Words that other YAML readers take for true or false.
const AMBIGUOUS: [&str; 14] =
    ["yes", "no", "on", "off", "y", "n", "Y", "N", "Yes", "No", "On", "Off", "YES", "NO"];

/// A key that stands twice.
pub fn duplicate(key: &Spanned<String>, first: Span) -> Diagnostic {
    let message = say!("`{key}` stands twice in the same map", key = key.value);
    Diagnostic::error("duplicate-key", key.span, message)
        .label(say!("again here"))
        .related(first, say!("first here"))
        .help(say!("keep one of the two; the second is not read"))
}

/// A key that is a list, a map, or nothing.
pub fn complex_key(span: Span) -> Diagnostic {
    Diagnostic::error(
        "complex-key",
        span,
        say!("a list, a map or nothing stands where a key is expected"),
    )
    .help(say!("write the key as a single word; quote it if it has brackets or braces"))
}

/// An anchor or alias.
pub fn alias(span: Span) -> Diagnostic {
    Diagnostic::error("yaml-alias", span, say!("anchors and aliases are not used in report files"))
        .help(say!("write the value out; every figure has one place of its own"))
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
        return Diagnostic::error("invalid-yaml", span, say!("a tab is used for indentation"))
            .help(say!("indent with spaces"));
    }
    let found = text.get(inner..).and_then(|rest| rest.chars().next());
    match found {
        Some(sign @ ('%' | '@' | '`')) => {
            let message = say!("`{sign}` cannot start an unquoted text", sign);
            Diagnostic::error("invalid-yaml", span, message)
                .help(say!("put it in quotes: \"{sign}\"", sign))
        }
        _ => {
            let message = say!("not valid YAML: {info}", info = Phrase::word(info));
            let help = if has_bare_formula(text, inner) {
                say!("inside braces a formula with brackets or commas stands in quotes")
            } else {
                say!("check indentation, quotes and brackets at this place and just before it")
            };
            Diagnostic::error("invalid-yaml", span, message).help(help)
        }
    }
}

/// Whether a formula that is not in quotes stands in the line before a place.
fn has_bare_formula(text: &str, at: usize) -> bool {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let formula = line.rsplit_once("formula: ").map(|(_, formula)| formula.trim_start());
    formula.is_some_and(|formula| !formula.starts_with(['"', '\'']) && formula.contains(['[', '(']))
}

/// The line of the fault, or one of the two before it, has `：` and no `:`.
fn full_width_colon(source: SourceId, text: &str, offset: usize, at: usize) -> Option<Diagnostic> {
    let before = text.get(..at)?;
    let line_end = text.get(at..)?.find('\n').map_or(text.len(), |n| at + n);
    let line_start = before.rmatch_indices('\n').nth(2).map_or(0, |(n, _)| n + 1);
    let mut start = line_start;
    for line in text.get(line_start..line_end)?.split('\n') {
        if has_wide_colon(line) {
            let indent = line.len() - line.trim_start().len();
            let span = Span::new(source, offset + start + indent, offset + start + line.len());
            return Some(wide_colon(span));
        }
        start += line.len() + 1;
    }
    None
}

/// Whether a line has `：` and no `:`, or `：` behind a key as reports have them.
fn has_wide_colon(line: &str) -> bool {
    let Some((key, _)) = line.split_once('：') else { return false };
    is_key(key.trim().trim_start_matches("- "))
        || !line.contains(": ") && !line.trim_end().ends_with(':')
}

/// Whether a text looks like a key of a report file.
fn is_key(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    !text.is_empty() && text.trim_end().chars().all(sign)
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

/// Reports what is valid YAML but hardly what was meant, and puts in what was meant, so that one
/// slip gives one finding.
pub fn repair(node: &mut Node, text: &str, offset: usize, sink: &mut Sink) {
    match &mut node.value {
        Value::Map(entries) => {
            split_colons(entries, text, offset, sink);
            join_figures(entries, text, offset, sink);
            join_words(entries, text, offset, sink);
            for entry in entries {
                repair(&mut entry.value, text, offset, sink);
            }
        }
        Value::Seq(items) => items.iter_mut().for_each(|item| repair(item, text, offset, sink)),
        Value::Scalar(scalar) if scalar.style == Style::Plain => {
            if AMBIGUOUS.contains(&scalar.text.as_str()) {
                sink.push(ambiguous(node.span, &scalar.text));
            }
        }
        Value::Scalar(_) | Value::Null => {}
    }
}

fn ambiguous(span: Span, word: &str) -> Diagnostic {
    let message = say!("many YAML readers take an unquoted `{word}` for true or false", word);
    Diagnostic::error("ambiguous-word", span, message)
        .help(say!("write \"{word}\" in quotes if the word is meant, or `true` or `false`", word))
}

/// `{2024: 1,045,853.62}` is read as `2024: 1` and the keys `045` and `853.62`.
fn join_figures(entries: &mut Vec<Entry>, text: &str, offset: usize, sink: &mut Sink) {
    let mut at = 0;
    while let Some(first) = entries.get_mut(at) {
        at += 1;
        if !first.value.text().is_some_and(is_number) {
            continue;
        }
        let start = first.value.span.start as usize;
        let whole = text.get(start.saturating_sub(offset)..).map(joined).unwrap_or_default();
        if !whole.contains(',') {
            continue;
        }
        let span = Span::new(first.value.span.source, start, start + whole.len());
        let message = say!("the figure {whole} is read as several values", whole);
        let found = Diagnostic::error("split-figure", span, message).help(say!(
            "commas separate values here; put the figure in quotes: \"{whole}\"",
            whole
        ));
        sink.push(found);
        let scalar = Scalar { text: whole.to_owned(), style: Style::Quoted };
        first.value = Node { span, value: Value::Scalar(scalar) };
        let inside =
            |entry: &Entry| span.start < entry.key.span.start && entry.key.span.end <= span.end;
        entries.retain(|entry| !inside(entry));
    }
}

/// `{en: Report, with a comma}` is read as `en: Report` and the key `with a comma`.
fn join_words(entries: &mut Vec<Entry>, text: &str, offset: usize, sink: &mut Sink) {
    let mut at = 0;
    while at + 1 < entries.len() {
        let pair = (entries.get(at), entries.get(at + 1));
        let (Some(first), Some(second)) = pair else { return };
        at += 1;
        if second.value.value != Value::Null {
            continue;
        }
        let between = (first.value.span.end as usize).saturating_sub(offset)
            ..(second.key.span.start as usize).saturating_sub(offset);
        let comma = text.get(between).is_some_and(|between| between.trim() == ",");
        let plain = matches!(&first.value.value, Value::Scalar(s) if s.style == Style::Plain);
        // `key: null` has nothing too, and says so behind a colon.
        let after = text.get((second.key.span.end as usize).saturating_sub(offset)..);
        let plain = plain && !after.is_some_and(|after| after.trim_start().starts_with(':'));
        if !(plain && comma) {
            continue;
        }
        let span = first.value.span.to(second.key.span);
        let range = (span.start as usize).saturating_sub(offset)
            ..(span.end as usize).saturating_sub(offset);
        let whole = text.get(range).unwrap_or_default().to_owned();
        let found = Diagnostic::error("split-text", span, say!("the text ends at its first comma"))
            .help(say!("commas separate entries here; put the text in quotes: \"{whole}\"", whole));
        sink.push(found);
        let value = Value::Scalar(Scalar { text: whole, style: Style::Plain });
        if let Some(first) = entries.get_mut(at - 1) {
            first.value = Node { span, value };
        }
        entries.remove(at);
        at -= 1;
    }
}

/// `{2024：150}` is read as one key without a value.
fn split_colons(entries: &mut Vec<Entry>, text: &str, offset: usize, sink: &mut Sink) {
    let mut at = 0;
    while let Some(entry) = entries.get_mut(at) {
        at += 1;
        let span = entry.key.span;
        let start = (span.start as usize).saturating_sub(offset);
        let end = (span.end as usize).saturating_sub(offset);
        let written = text.get(start..end).unwrap_or_default();
        let Some((key, value)) = written.split_once('：') else { continue };
        let after = text.get(end..).unwrap_or_default().trim_start();
        let open = entry.value.value == Value::Null && !after.starts_with(':');
        let begin = start + key.len() + '：'.len_utf8() + value.len() - value.trim_start().len();
        let place = span.within(key.len(), key.len() + '：'.len_utf8());
        if !open && is_key(key) && value.contains(['{', '[']) {
            // `label：{en: Waste}` is the key `label：{en` with a value.
            let inner = (entry.value.span.end as usize).saturating_sub(offset);
            let inner = text.get(begin..inner).unwrap_or_default();
            let node = parse(span.source, inner, offset + begin, &mut Sink::default());
            if let Some(node) = node {
                sink.push(wide_colon(place));
                entry.key = Spanned::new(key.trim_end().to_owned(), span);
                entry.value = node;
            }
            continue;
        }
        if !open || key.is_empty() || key.starts_with(['"', '\'']) {
            continue;
        }
        sink.push(wide_colon(place));
        let (value, style) = value_at(text, begin, end);
        let span = Span::new(span.source, offset + begin, offset + begin + value.len());
        let words = value.trim_matches(['"', '\'']).to_owned();
        entry.key = Spanned::new(key.trim_end().to_owned(), entry.key.span);
        entry.value = Node { span, value: Value::Scalar(Scalar { text: words, style }) };
        entries
            .retain(|entry| !(span.start < entry.key.span.start && entry.key.span.end <= span.end));
    }
}

/// The value that starts at a place: up to its closing quote, which may lie behind a comma.
fn value_at(text: &str, begin: usize, end: usize) -> (&str, Style) {
    let rest = text.get(begin..).unwrap_or_default();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closed = quote.and_then(|quote| rest.get(1..)?.find(quote));
    match closed.and_then(|inner| rest.get(..inner + 2)) {
        Some(quoted) => (quoted, Style::Quoted),
        None => (text.get(begin..end).unwrap_or_default().trim_end(), Style::Plain),
    }
}

fn wide_colon(span: Span) -> Diagnostic {
    let message = say!("the colon is full-width (：), which YAML reads as text");
    Diagnostic::error("invalid-yaml", span, message)
        .help(say!("write a half-width colon and a space: `: `"))
}

/// The digits, commas and points that a text starts with; a last group that a colon follows is a
/// key of its own.
fn joined(text: &str) -> &str {
    let end =
        text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let whole = text.get(..end).unwrap_or_default();
    let whole = if text.get(end..).is_some_and(|rest| rest.starts_with(':')) {
        whole.rsplit_once(',').map_or("", |(before, _)| before)
    } else {
        whole
    };
    whole.trim_end_matches([',', '.'])
}

/// Whether a key that stands twice is a part of a figure that was split, which has its own finding.
pub fn is_split(key: &str, value: &Node) -> bool {
    value.value == Value::Null && is_number(key)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
