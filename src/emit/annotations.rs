//! Findings as annotations of GitHub: commands that a workflow prints, one in each line.

use std::fmt::Write as _;

use crate::diag::{Diagnostic, Phrase, Severity, say};
use crate::emit::checked::{Base, Home, Run};
use crate::source::Sources;

/// The findings of a run as commands. What is accepted or recorded is no annotation; it stands in a
/// group that can be opened in the log.
pub fn run_annotations(run: &Run<'_>) -> String {
    let mut text = String::new();
    for project in &run.projects {
        match &project.outcome {
            Err(fault) => {
                let said = data(&run.wording.of(&project.told(fault)));
                let _ = writeln!(text, "::error title=esgreport::{said}");
            }
            Ok(outcome) => {
                for found in &outcome.judged.findings {
                    annotate(run, &project.base, outcome.sources, found, &mut text);
                }
            }
        }
    }
    listed(run, &mut text);
    text
}

fn annotate(run: &Run<'_>, base: &Base, sources: &Sources, found: &Diagnostic, text: &mut String) {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let span = found.primary.span;
    let mut properties = Vec::new();
    let mut said = vec![found.message.clone()];
    match base.home(sources, span) {
        // A workbook has no lines that could be shown; the cell is named in words.
        Home::Project(path) if sources.cell(span).is_some() => {
            properties.push(("file", path));
            said.push(Phrase::from(sources.place(span)));
        }
        Home::Project(path) => {
            let (start, end) = (sources.start(span), sources.end(span));
            properties.push(("file", path));
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.to_string()));
            // Columns are shown only where a finding stays on one line.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
        }
        Home::Program(_) | Home::Elsewhere(_) => said.push(Phrase::from(sources.place(span))),
    }
    properties.push(("title", found.rule.to_owned()));
    said.extend(found.related.iter().map(|label| {
        say!("  {place}: {what}", place = sources.place(label.span), what = label.text)
    }));
    said.extend(found.help.as_ref().map(|help| say!("  help: {help}", help)));
    let properties: Vec<String> =
        properties.into_iter().map(|(key, value)| format!("{key}={}", property(&value))).collect();
    let said = data(&run.wording.of(&Phrase::joined("\n", said)));
    let _ = writeln!(text, "::{command} {}::{said}", properties.join(","));
}

/// What does not count, in a group of the log.
fn listed(run: &Run<'_>, text: &mut String) {
    let mut lines = Vec::new();
    for project in &run.projects {
        let Ok(outcome) = &project.outcome else { continue };
        lines.extend(outcome.not_counted(run.wording));
    }
    if lines.is_empty() {
        return;
    }
    let title = say!("accepted or recorded findings: {n}", n = lines.len());
    let _ = writeln!(text, "::group::{}", data(&run.wording.of(&title)));
    for line in lines {
        // No text of a report becomes a command: neither form of one may stand in a line.
        let line = line.replace(['\r', '\n'], " ").replace("##[", "## [");
        let _ = writeln!(text, "- {line}");
    }
    text.push_str("::endgroup::\n");
}

/// A message, as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, as the runner reads it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_command_are_escaped() {
        assert_eq!(data("50% a\r\nb: c, d"), "50%25 a%0D%0Ab: c, d");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
