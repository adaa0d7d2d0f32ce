//! Projects that were checked in one run, as outputs show them.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, Severity, Wording, say};
use crate::lint::{Judged, Recorded, Suppressed, Tier};
use crate::source::{Embedded, Sources, Span};

/// What was checked in one run, and how it is told.
pub struct Run<'a> {
    /// The projects, in the order in which they were named.
    pub projects: Vec<Checked<'a>>,
    /// The severity from which on findings make a check fail.
    pub least: Severity,
    /// The tier of the rules that ran.
    pub tier: Tier,
    /// The exit code.
    pub code: u8,
    /// The language of messages.
    pub wording: &'a Wording,
    /// How the baseline was named, if there is one.
    pub baseline: Option<String>,
}

/// A project and what came of it.
pub struct Checked<'a> {
    /// How the project was named, with `/` between folders.
    pub name: String,
    /// Where it lies, as outputs for other programs name it.
    pub base: Base,
    /// Findings, or why it could not be read.
    pub outcome: Result<Outcome<'a>, Phrase>,
}

/// What a check found.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// Findings.
    pub judged: &'a Judged,
    /// The texts that they are in.
    pub sources: &'a Sources,
    /// Entries of the baseline whose finding is gone.
    pub gone: &'a [Recorded],
}

/// The folder that paths in an output start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Name of the folder.
    pub id: String,
    /// What the folder is.
    pub meaning: Phrase,
    /// From that folder to the project: empty, or with `/` at its end.
    pub prefix: String,
    /// Folder of a report before that was named with the command; what is in it is not in the base.
    pub outside: Option<String>,
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// In the project, by the path from the base.
    Project(String),
    /// In the program, by the path in it.
    Program(String),
    /// Elsewhere, as it was named.
    Elsewhere(String),
}

impl Base {
    /// Where the file of a place is.
    pub fn home(&self, sources: &Sources, span: Span) -> Home {
        let path = sources.path(span);
        let outside = self.outside.as_deref().map(|folder| folder.trim_end_matches('/'));
        let is_outside = outside
            .is_some_and(|folder| path.strip_prefix(folder).is_some_and(|p| p.starts_with('/')));
        let text = sources.get(span.source).map(|file| file.text.as_bytes());
        let packed = path.to_lowercase().contains(".zip/");
        let leads_out = path.starts_with('/') || path.split('/').any(|part| part == "..");
        if is_outside || packed || leads_out {
            Home::Elsewhere(path.to_owned())
        } else if Embedded::bytes(path).is_some_and(|bytes| Some(bytes) == text) {
            Home::Program(path.to_owned())
        } else {
            Home::Project(format!("{}{path}", self.prefix))
        }
    }
}

/// Whether a finding counts.
#[derive(Clone, Copy)]
pub enum Standing<'a> {
    /// It counts.
    Counts,
    /// The baseline records it.
    Recorded,
    /// It is accepted.
    Accepted(&'a Suppressed),
}

impl<'a> Outcome<'a> {
    /// All findings in the order of their places, with whether they count.
    pub fn all(&self) -> Vec<(&'a Diagnostic, Standing<'a>)> {
        let judged = self.judged;
        let mut all: Vec<(&Diagnostic, Standing<'_>)> =
            judged.findings.iter().map(|found| (found, Standing::Counts)).collect();
        all.extend(judged.recorded.iter().map(|found| (found, Standing::Recorded)));
        let accepted = judged.suppressed.iter();
        all.extend(accepted.map(|accepted| (&accepted.finding, Standing::Accepted(accepted))));
        all.sort_by_key(|(found, _)| {
            let span = found.primary.span;
            (self.sources.path(span), span, found.rule)
        });
        all
    }

    /// What is accepted or recorded, a line for each.
    pub fn not_counted(&self, wording: &Wording) -> Vec<String> {
        let accepted = self.judged.suppressed.iter().map(|accepted| {
            say!(
                "{place}: {rule}: {message}; accepted by {approver} until {expires}: {reason}",
                place = self.sources.place(accepted.finding.primary.span),
                rule = accepted.finding.rule,
                message = accepted.finding.message,
                approver = accepted.approver,
                expires = accepted.expires,
                reason = accepted.reason
            )
        });
        let recorded = self.judged.recorded.iter().map(|found| {
            say!(
                "{place}: {rule}: {message}; recorded in the baseline",
                place = self.sources.place(found.primary.span),
                rule = found.rule,
                message = found.message
            )
        });
        accepted.chain(recorded).map(|said| wording.of(&said)).collect()
    }
}

impl Checked<'_> {
    /// Why the project could not be read, with its name, unless the reason begins with it.
    pub fn told(&self, fault: &Phrase) -> Phrase {
        let name = &self.name;
        let named = fault.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(':'));
        if named { fault.clone() } else { say!("{name}: {fault}", name, fault) }
    }
}

impl Run<'_> {
    /// Number of findings of each severity that count, over all projects.
    pub fn count(&self, severity: Severity) -> usize {
        let read = self.projects.iter().filter_map(|project| project.outcome.as_ref().ok());
        read.map(|outcome| outcome.judged.count(severity)).sum()
    }

    /// Number of projects that could not be read.
    pub fn unreadable(&self) -> usize {
        self.projects.iter().filter(|project| project.outcome.is_err()).count()
    }
}

/// Names that are the same a second time get a number.
#[derive(Debug, Default)]
pub struct Numbered(BTreeMap<String, usize>);

impl Numbered {
    /// A name that no other has.
    pub fn unique(&mut self, name: String) -> String {
        let seen = self.0.entry(name.clone()).or_default();
        *seen += 1;
        if *seen == 1 { name } else { format!("{name} ({seen})") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_where_it_is() {
        let base = Base {
            id: "SRCROOT".into(),
            meaning: Phrase::default(),
            prefix: "content/a/".into(),
            outside: Some("content/2023/".into()),
        };
        let home = |path: &str, text: &str| {
            let mut sources = Sources::default();
            let span = Span::new(sources.add(path, text), 0, 0);
            base.home(&sources, span)
        };
        let inside = |path: &str| Home::Project(format!("content/a/{path}"));
        assert_eq!(home("metrics/a.yaml", ""), inside("metrics/a.yaml"));
        let units = Embedded::bytes("frameworks/units.yaml").unwrap_or_default();
        let units = String::from_utf8_lossy(units);
        let program = Home::Program("frameworks/units.yaml".into());
        assert_eq!(home("frameworks/units.yaml", &units), program);
        // One that the project brings stands in the project.
        assert_eq!(home("frameworks/units.yaml", "units: {}"), inside("frameworks/units.yaml"));
        for path in [
            "content/2023/metrics/a.yaml",
            "../2023/a.yaml",
            "/2023/a.yaml",
            "prior/2023.ZIP/a.yaml",
        ] {
            assert_eq!(home(path, ""), Home::Elsewhere(path.into()));
        }
        assert_eq!(home("content/2023a/b.yaml", ""), inside("content/2023a/b.yaml"));
    }
}
