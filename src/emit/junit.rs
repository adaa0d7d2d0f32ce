//! Findings as tests that failed, in the form of JUnit that build servers read.
//!
//! Each project is a suite. A rule without a finding is a test that passed, and so is a finding
//! below the severity that makes a check fail: a build server and the exit code say the same.

use std::fmt::Write as _;

use crate::diag::{Diagnostic, Phrase, say};
use crate::emit::checked::{Base, Home, Numbered, Outcome, Run, Standing};
use crate::emit::xml::escaped;
use crate::lint::registry;

/// How many tests there are of each outcome.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// The findings of a run, one suite for each project. There are no times in it: the same project
/// gives the same bytes.
pub fn run_junit(run: &Run<'_>) -> String {
    let (mut all, mut suites) = (Tally::default(), String::new());
    for project in &run.projects {
        let (tally, cases) = match &project.outcome {
            Ok(outcome) => Writer { run, base: &project.base, outcome: *outcome }.cases(),
            Err(fault) => unreadable(&run.wording.of(fault)),
        };
        let name = escaped(&project.name);
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{cases}  </testsuite>",
            tally.tests, tally.failures, tally.errors, tally.skipped
        );
        all.tests += tally.tests;
        all.failures += tally.failures;
        all.errors += tally.errors;
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"esgreport\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{suites}</testsuites>\n",
        all.tests, all.failures, all.errors
    )
}

/// A project that could not be read: one test with an error.
fn unreadable(fault: &str) -> (Tally, String) {
    let fault = escaped(fault);
    let case = format!(
        "    <testcase classname=\"project\" name=\"unreadable\">\n      <error type=\"unreadable\" message=\"{fault}\"></error>\n    </testcase>\n"
    );
    (Tally { tests: 1, errors: 1, ..Tally::default() }, case)
}

struct Writer<'a> {
    run: &'a Run<'a>,
    base: &'a Base,
    outcome: Outcome<'a>,
}

impl Writer<'_> {
    fn cases(&self) -> (Tally, String) {
        let (mut tally, mut text) = (Tally::default(), String::new());
        let all = self.outcome.all();
        let mut names = Numbered::default();
        for rule in registry::RULES.iter().filter(|rule| rule.tier <= self.run.tier) {
            if all.iter().any(|(found, _)| found.rule == rule.name) {
                continue;
            }
            tally.tests += 1;
            let (group, name) = (rule.group.name(), rule.name);
            let _ = writeln!(text, "    <testcase classname=\"{group}\" name=\"{name}\"/>");
        }
        for (found, standing) in all {
            let inner = self.inner(found, standing, &mut tally);
            let name = names.unique(format!("{}: {}", found.rule, self.about(found)));
            let group = registry::find(found.rule).map_or("", |rule| rule.group.name());
            let file = match self.base.home(self.outcome.sources, found.primary.span) {
                Home::Project(path) => format!(" file=\"{}\"", escaped(&path)),
                Home::Program(_) | Home::Elsewhere(_) => String::new(),
            };
            let name = escaped(&name);
            let _ = writeln!(
                text,
                "    <testcase classname=\"{group}\" name=\"{name}\"{file}>\n{inner}    </testcase>"
            );
        }
        (tally, text)
    }

    /// What a finding is about: its subject, or the file it is in. Lines are no part of names, since
    /// build servers follow a test by its name.
    fn about<'f>(&'f self, found: &'f Diagnostic) -> &'f str {
        let path = self.outcome.sources.path(found.primary.span);
        found.subject.as_deref().unwrap_or(path)
    }

    fn inner(&self, found: &Diagnostic, standing: Standing<'_>, tally: &mut Tally) -> String {
        tally.tests += 1;
        let said = |phrase: &Phrase| escaped(&self.run.wording.of(phrase));
        let details = said(&self.details(found));
        match standing {
            Standing::Accepted(accepted) => {
                tally.skipped += 1;
                let message = said(&say!(
                    "accepted by {approver} until {expires}: {reason}",
                    approver = accepted.approver,
                    expires = accepted.expires,
                    reason = accepted.reason
                ));
                format!(
                    "      <skipped message=\"{message}\"/>\n      <system-out>{details}</system-out>\n"
                )
            }
            Standing::Recorded => {
                tally.skipped += 1;
                let message = said(&say!("recorded in the baseline"));
                format!(
                    "      <skipped message=\"{message}\"/>\n      <system-out>{details}</system-out>\n"
                )
            }
            Standing::Counts if found.severity <= self.run.least => {
                tally.failures += 1;
                let (severity, message) = (found.severity.word(), said(&found.message));
                format!(
                    "      <failure type=\"{severity}\" message=\"{message}\">{details}</failure>\n"
                )
            }
            Standing::Counts => format!("      <system-out>{details}</system-out>\n"),
        }
    }

    /// The finding as lines: place, message, related places, help.
    fn details(&self, found: &Diagnostic) -> Phrase {
        let sources = self.outcome.sources;
        let (place, rule) = (sources.place(found.primary.span), found.rule);
        let (severity, message) = (found.severity.word(), &found.message);
        let first = say!(
            "{place}: {severity}[{rule}]: {message}",
            place,
            severity = Phrase::word(severity),
            rule,
            message
        );
        let mut lines = vec![first];
        let labels = std::iter::once(&found.primary).chain(&found.related);
        lines.extend(labels.filter(|label| !label.text.is_empty()).map(|label| {
            say!("  {place}: {what}", place = sources.place(label.span), what = label.text)
        }));
        lines.extend(found.help.as_ref().map(|help| say!("  help: {help}", help)));
        Phrase::joined("\n", lines)
    }
}
