//! Findings as an editor shows them.

use std::collections::BTreeMap;

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Range, Uri,
};

use crate::diag::{Diagnostic, Severity, Wording, say};
use crate::lint::{Tier, registry};
use crate::source::Span;

use crate::lsp::Depth;
use crate::lsp::position::Encoding;
use crate::lsp::project::Project;

/// The findings of a project by file. A finding in a workbook is shown where the project begins,
/// since no editor has its cells.
pub fn published(
    project: &Project,
    encoding: Encoding,
    wording: &Wording,
) -> BTreeMap<String, Vec<Shown>> {
    let mut found: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    if let Some(fault) = &project.fault {
        let shown = Shown {
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("esgreport".to_owned()),
            message: wording.of(fault),
            ..Shown::default()
        };
        found.entry("report.yaml".to_owned()).or_default().push(shown);
    }
    let Some(analysis) = &project.analysis else { return found };
    for finding in &analysis.judged.findings {
        let (path, range) = match location(project, finding.primary.span, encoding) {
            Some((path, range)) => (path.to_owned(), range),
            None => ("report.yaml".to_owned(), Range::default()),
        };
        found.entry(path).or_default().push(shown(project, finding, range, encoding, wording));
    }
    found
}

/// File and range of a span of the project's own files.
pub fn location(project: &Project, span: Span, encoding: Encoding) -> Option<(&str, Range)> {
    let (path, start, end) = project.place(span)?;
    project.url(path)?;
    let text = &project.analysis.as_ref()?.sources.get(span.source)?.text;
    Some((path, encoding.range(text, start, end)))
}

/// Address and range of a span.
pub fn address(project: &Project, span: Span, encoding: Encoding) -> Option<Location> {
    let (path, range) = location(project, span, encoding)?;
    Some(Location { uri: project.url(path)?, range })
}

fn shown(
    project: &Project,
    finding: &Diagnostic,
    range: Range,
    encoding: Encoding,
    wording: &Wording,
) -> Shown {
    let mut message = wording.of(&finding.message);
    let label = wording.of(&finding.primary.text);
    if !label.is_empty() {
        message.push_str(&format!("\n{label}"));
    }
    let mut related = Vec::new();
    for place in &finding.related {
        let text = wording.of(&place.text);
        match address(project, place.span, encoding) {
            Some(location) => {
                related.push(DiagnosticRelatedInformation { location, message: text })
            }
            None => {
                // A catalog of the program is no file that an editor could open.
                let at = project.analysis.as_ref().map(|a| a.sources.place(place.span));
                message.push_str(&format!("\n{text} ({})", at.unwrap_or_default()));
            }
        }
    }
    if let Some(help) = &finding.help {
        let help = wording.of(help);
        message.push_str(&format!("\n{}", wording.of(&say!("help: {help}", help))));
    }
    Shown {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some("esgreport".to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..Shown::default()
    }
}

/// What is to be shown of a file: its address, the version of its text, its findings.
pub type Update = (Uri, Option<i32>, Vec<Shown>);

/// Files whose findings changed their place or went away, with what is to be shown now. Findings of
/// slow rules stay in files that did not change until these rules have run again.
pub fn updates(
    project: &mut Project,
    depth: Depth,
    encoding: Encoding,
    wording: &Wording,
) -> Vec<Update> {
    let mut found = published(project, encoding, wording);
    match depth {
        Depth::Full => {
            let slow = found.iter().map(|(path, shown)| {
                let slow = shown.iter().filter(|shown| is_slow(shown)).cloned();
                (path.clone(), slow.collect())
            });
            project.slow = slow.collect();
            project.changed.clear();
        }
        Depth::Quick => {
            for (path, slow) in &project.slow {
                if !project.changed.contains(path) {
                    found.entry(path.clone()).or_default().extend(slow.iter().cloned());
                }
            }
        }
    }
    let before = std::mem::take(&mut project.published);
    project.published = found.keys().cloned().collect();
    for path in before {
        found.entry(path).or_default();
    }
    let shown = found.into_iter();
    shown.filter_map(|(path, s)| Some((project.url(&path)?, project.version(&path), s))).collect()
}

/// Whether a finding is one of a rule that does not run while one types.
fn is_slow(shown: &Shown) -> bool {
    match &shown.code {
        Some(NumberOrString::String(name)) => {
            registry::find(name).is_some_and(|rule| rule.tier > Tier::Always)
        }
        _ => false,
    }
}
