//! Findings for people: the place, an excerpt, and what can be done.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diag::{Diagnostic, Severity, Wording, say};
use crate::lint::Judged;
use crate::source::{Sources, Span};

/// Whether the output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With colours, on a terminal.
    On,
    /// Without.
    Off,
}

/// Related places that are shown with an excerpt; further ones are listed in one line each.
const EXCERPTS: usize = 12;

/// All findings as text, followed by nothing.
pub fn to_text(judged: &Judged, sources: &Sources, colour: Colour, wording: &Wording) -> String {
    let judged = judged.worded(wording);
    let names = Names::new(wording);
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    let mut text = String::new();
    for found in &judged.findings {
        let mut rendered = renderer.render(&[to_group(found, sources, &names)]);
        let related = found.related.iter().map(|label| label.span);
        for span in std::iter::once(found.primary.span).chain(related) {
            if sources.cell(span).is_some() {
                rendered = without_position(&rendered, &sources.place(span));
            }
        }
        text.push_str(&rendered);
        text.push_str("\n\n");
    }
    text
}

/// What severities and helps are called.
struct Names {
    error: String,
    warning: String,
    note: String,
    help: String,
}

impl Names {
    fn new(wording: &Wording) -> Self {
        Self {
            error: wording.of(&say!("error")),
            warning: wording.of(&say!("warning")),
            note: wording.of(&say!("note")),
            help: wording.of(&say!("help")),
        }
    }
}

fn to_group<'a>(found: &'a Diagnostic, sources: &'a Sources, names: &'a Names) -> Group<'a> {
    let note = Level::NOTE.with_name(names.note.as_str());
    let level = match found.severity {
        Severity::Error => Level::ERROR.with_name(names.error.as_str()),
        Severity::Warning => Level::WARNING.with_name(names.warning.as_str()),
        Severity::Note => note.clone(),
    };
    let mut group = Group::with_title(level.primary_title(found.message.as_str()).id(found.rule));
    let mut labels =
        vec![(found.primary.span, found.primary.text.as_str(), AnnotationKind::Primary)];
    labels.extend(
        found
            .related
            .iter()
            .take(EXCERPTS)
            .map(|l| (l.span, l.text.as_str(), AnnotationKind::Context)),
    );
    let mut files = Vec::new();
    for (span, ..) in &labels {
        if !files.contains(&span.source) {
            files.push(span.source);
        }
    }
    for file in files {
        let Some(source) = sources.get(file) else { continue };
        let path = match labels.iter().find(|(span, ..)| span.source == file) {
            Some((span, ..)) if source.sheet().is_some() => sources.place(*span),
            _ => source.path.clone(),
        };
        let mut snippet = Snippet::source(&*source.text).path(path).fold(true);
        for (span, text, kind) in labels.iter().filter(|(span, ..)| span.source == file) {
            let range = visible(*span, &source.text);
            let annotation = kind.span(range);
            let annotation = if text.is_empty() { annotation } else { annotation.label(*text) };
            snippet = snippet.annotation(annotation);
        }
        group = group.element(snippet);
    }
    for label in found.related.iter().skip(EXCERPTS) {
        let line = format!("{} {}", sources.place(label.span), label.text);
        group = group.element(note.clone().message(line));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.with_name(names.help.as_str()).message(help.as_str()));
    }
    group
}

/// The place of a cell is whole; line and column of the text that was made from its sheet, which
/// the renderer adds, lead nowhere.
fn without_position(rendered: &str, place: &str) -> String {
    let mut parts = rendered.split(place);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        let mut numbers = rest.splitn(3, ':');
        let (before, line) = (numbers.next(), numbers.next());
        let column = numbers.next().unwrap_or_default();
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let digits = column.find(|c: char| !c.is_ascii_digit()).unwrap_or(column.len());
        text.push_str(place);
        if before == Some("") && line.is_some_and(number) && digits > 0 {
            text.push_str(column.get(digits..).unwrap_or_default());
        } else {
            text.push_str(rest);
        }
    }
    text
}

/// The part of a span on its first line, so that a whole table is not printed for one mark.
fn visible(span: Span, text: &str) -> std::ops::Range<usize> {
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).min(text.len());
    let inside = text.get(start..end).unwrap_or_default();
    let first = inside.find('\n').map_or(end, |line| start + line);
    start..first
}
