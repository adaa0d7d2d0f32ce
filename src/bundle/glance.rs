//! The head of the page that a bundle is opened with: what is in it, in numbers and in words.

use serde::Serialize;

use crate::content::{Access, Engagement};
use crate::diag::Severity;

use crate::bundle::evidence::texts;
use crate::bundle::links::link;
use crate::bundle::metric_sheet::{Desk, Linked};

/// A number with what it counts.
#[derive(Debug, Serialize)]
pub struct Glance {
    count: usize,
    text: &'static str,
    href: &'static str,
    /// `bad` where somebody should look, else empty.
    mood: &'static str,
}

/// A file of the payload with what it is.
#[derive(Debug, Serialize)]
pub struct Product {
    file: Linked,
    about: &'static str,
}

/// Lines with a name before them.
#[derive(Debug, Serialize)]
pub struct Named {
    name: &'static str,
    lines: Vec<String>,
}

impl Desk<'_> {
    /// What the bundle holds, in numbers.
    pub fn glance(&self) -> Vec<Glance> {
        let content = &self.report.content;
        let judged = self.judged;
        let one = |count, text, href, mood| Glance { count, text, href, mood };
        let alarm = |count: usize| if count > 0 { "bad" } else { "" };
        let bare = content.metrics.iter().filter(|metric| metric.evidence.is_empty()).count();
        let differing = self.derivations.iter().filter(|found| !found.fits()).count();
        let withheld = content.evidence.iter().filter(|item| item.access == Access::Confidential);
        let open = judged.count(Severity::Error) + judged.count(Severity::Warning);
        let answers: usize = content.disclosures.iter().map(|file| file.answers.len()).sum();
        vec![
            one(content.metrics.len(), "metrics", "#metrics", ""),
            one(bare, "metrics without evidence", "#metrics", alarm(bare)),
            one(self.derivations.len(), "figures computed again", "#metrics", ""),
            one(differing, "of them differ from what is stated", "#findings", alarm(differing)),
            one(answers, "answers to disclosures", "#disclosures", ""),
            one(content.targets.len(), "targets", "#targets", ""),
            one(content.evidence.len(), "evidence items", "#evidence", ""),
            one(withheld.count(), "of them confidential and not in here", "#evidence", ""),
            one(open, "errors and warnings", "#findings", alarm(open)),
            one(judged.suppressed.len(), "findings accepted with a reason", "#findings", ""),
            one(content.conclusions.len(), "conclusions of auditors", "#conclusions", ""),
        ]
    }

    /// The engagements, with a name before each part.
    pub fn engagements(&self) -> Vec<Vec<Named>> {
        self.report.content.head.engagements.iter().map(engagement).collect()
    }
}

fn engagement(engagement: &Engagement) -> Vec<Named> {
    let period = engagement.period.iter();
    let scope = engagement.scope.iter();
    let parts = [
        ("Provider", texts(&engagement.provider)),
        ("Standard", engagement.standard.iter().map(|standard| standard.value.clone()).collect()),
        ("Kind", engagement.kind.iter().flat_map(texts).collect()),
        ("Day of the statement", engagement.date.iter().map(|day| day.value.to_string()).collect()),
        (
            "Period",
            period.map(|(start, end)| format!("{} to {}", start.value, end.value)).collect(),
        ),
        ("Criteria", engagement.criteria.iter().map(|criterion| criterion.value.clone()).collect()),
        (
            "Figures in scope",
            scope.map(|(level, metric)| format!("{}: {}", metric.value, level.word())).collect(),
        ),
        ("Scope in words", engagement.scope_note.iter().flat_map(texts).collect()),
    ];
    let filled = parts.into_iter().filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty());
    filled.map(|(name, lines)| Named { name, lines }).collect()
}

/// A file of the payload.
pub fn product(path: &str) -> Product {
    Product { file: Linked { text: path.to_owned(), href: link(0, path) }, about: about(path) }
}

/// What a file is; nothing for one that its name explains.
fn about(path: &str) -> &'static str {
    match path {
        "LIMITS.txt" => "what the bundle does not prove: read this first",
        "conclusions-form.yaml" => "a form for the conclusions of an auditor",
        "disclosures.csv" => "the index: every disclosure with where it is answered",
        "evidence.json" => "the register of evidence, with what cites each item",
        "facts/facts.csv" | "facts/facts.json" => "every figure as data",
        "facts/facts.xlsx" => "every figure; derived ones are live formulas over the stated ones",
        "restatements.json" => "changed earlier figures with their reasons",
        "traces.json" => "every derived figure with its steps and ranges",
        _ if path.starts_with("facts/printed.") => {
            "what is printed of each figure and on each page"
        }
        _ if path.starts_with("findings/suppressions") => {
            "findings that were accepted, by whom and why"
        }
        _ if path.starts_with("findings/") => "what the rules find",
        _ if path.ends_with(".pdf") => "the report as PDF",
        _ if path.ends_with(".html") => "the report as a page",
        _ => "",
    }
}
