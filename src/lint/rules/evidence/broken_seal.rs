#![doc = include_str!("broken_seal.md")]

use crate::content::Seal;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Report, seal_digest};
use crate::source::{SourceId, Span};

/// Changes after the report was sealed.
pub const RULE: Rule = Rule {
    name: "broken-seal",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("broken_seal.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let Some(seal) = report.seal() else { return };
    let stated = seal.files.iter().map(|(path, sum)| (path.as_str(), sum.value.as_str()));
    let figures = seal.figures.iter().map(|(name, text)| (name.as_str(), text.value.as_str()));
    if seal_digest(stated, figures) != seal.digest.value {
        let message = say!("the seal does not have the digest that it states");
        let found = Diagnostic::error(RULE.name, seal.digest.span, message);
        sink.push(found.help(say!("put `seal.yaml` back as `esgreport seal` wrote it")));
        return;
    }
    let changed = check_figures(report, seal, sink);
    check_files(report, seal, &changed, sink);
}

/// Names every figure that is not as it was approved, and returns the sources they stand in.
fn check_figures(report: &Report, seal: &Seal, sink: &mut Sink) -> Vec<SourceId> {
    let now = report.sealed_figures();
    let mut sources = Vec::new();
    for (name, was) in &seal.figures {
        let (message, span) = match now.get(name) {
            Some(figure) if figure.text == was.value => continue,
            Some(figure) => (
                say!(
                    "`{name}` was approved as {was} and is now {now}",
                    name,
                    was = was.value,
                    now = figure.text
                ),
                figure.span,
            ),
            None => (
                say!("`{name}` was approved as {was} and is gone", name, was = was.value),
                was.span,
            ),
        };
        sources.push(span.source);
        let mut found = broken(span, message, seal).subject(name);
        found.stated = now.get(name).map(|figure| figure.text.clone());
        found.computed = Some(was.value.clone());
        sink.push(found);
    }
    for (name, figure) in now.iter().filter(|(name, _)| !seal.figures.contains_key(*name)) {
        sources.push(figure.span.source);
        let message = say!("`{name}` was not there when the report was approved", name);
        sink.push(broken(figure.span, message, seal).subject(name));
    }
    sources
}

/// Names every file that is not as it was approved, unless its figures say so already.
fn check_files(report: &Report, seal: &Seal, told: &[SourceId], sink: &mut Sink) {
    let now = &report.content.checksums;
    for (path, was) in &seal.files {
        match now.get(path) {
            Some(sum) if sum.value == was.value || told.contains(&sum.span.source) => {}
            Some(sum) => {
                let message = say!("{path} was changed after the report was approved", path);
                sink.push(broken(sum.span, message, seal).subject(path));
            }
            None => {
                let message =
                    say!("{path} was there when the report was approved and is gone", path);
                sink.push(broken(was.span, message, seal).subject(path));
            }
        }
    }
    for (path, sum) in now.iter().filter(|(path, _)| !seal.files.contains_key(*path)) {
        if !told.contains(&sum.span.source) {
            let message = say!("{path} was not there when the report was approved", path);
            sink.push(broken(sum.span, message, seal).subject(path));
        }
    }
}

fn broken(span: Span, message: Phrase, seal: &Seal) -> Diagnostic {
    let day = seal.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
    Diagnostic::error(RULE.name, span, message)
        .related(seal.digest.span, say!("approved by {by}, {day}", by = seal.by, day))
        .help(say!("take the change back, or lift the seal with a reason: `esgreport seal --lift --by NAME --reason …`"))
}
