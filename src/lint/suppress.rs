//! Findings that are accepted, with a reason.

use crate::content::Suppression;
use crate::diag::{Diagnostic, Severity, Wording, say};
use crate::lint::registry;
use crate::lint::rule::Tier;
use crate::locale::Date;
use crate::report::Report;
use crate::schema::nearest;
use crate::source::Sources;
use crate::source::Span;

/// Findings after suppressions were applied.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// Findings that stand.
    pub findings: Vec<Diagnostic>,
    /// Findings that are accepted.
    pub suppressed: Vec<Suppressed>,
    /// Findings that a baseline records: they are shown to programs and not counted.
    pub recorded: Vec<Diagnostic>,
}

/// A finding that is accepted.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approver: String,
    /// The last day on which it is accepted.
    pub expires: Date,
    /// Where that is written.
    pub span: Span,
}

impl Judged {
    /// The findings with everything that is said in a language.
    pub fn worded(&self, wording: &Wording) -> Self {
        let findings = self.findings.iter().map(|found| found.worded(wording));
        let suppressed = self.suppressed.iter().map(|accepted| Suppressed {
            finding: accepted.finding.worded(wording),
            ..accepted.clone()
        });
        let recorded = self.recorded.iter().map(|found| found.worded(wording));
        Self {
            findings: findings.collect(),
            suppressed: suppressed.collect(),
            recorded: recorded.collect(),
        }
    }

    /// Number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }
}

/// Sorts findings into those that stand and those that are accepted as of a day, and reports
/// suppressions that have expired or match nothing.
pub fn judge(
    found: Vec<Diagnostic>,
    report: Option<&Report>,
    sources: &Sources,
    tier: Tier,
    as_of: Date,
) -> Judged {
    let list = report.map(|r| r.content.head.suppressions.as_slice()).unwrap_or_default();
    let mut used = vec![false; list.len()];
    let mut judged = Judged::default();
    for finding in found {
        let at = list.iter().position(|s| is_live(s, as_of) && matches(s, &finding, sources));
        match at.and_then(|at| list.get(at).map(|s| (at, s))) {
            Some((at, suppression)) => {
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
                judged.suppressed.push(Suppressed {
                    finding,
                    reason: suppression.reason.value.clone(),
                    approver: suppression.approver.clone(),
                    expires: suppression.expires.value,
                    span: suppression.span,
                });
            }
            None => judged.findings.push(finding),
        }
    }
    for (suppression, used) in list.iter().zip(used) {
        if !is_live(suppression, as_of) {
            judged.findings.push(expired(suppression));
        } else if !used && has_run(suppression, tier) {
            let other = judged.findings.iter().find(|found| names(suppression, found, sources));
            let other = other.and_then(|found| found.difference.clone());
            judged.findings.push(unused(suppression, other));
        }
    }
    judged
        .findings
        .sort_by_key(|d| (sources.path(d.primary.span).to_owned(), d.primary.span, d.rule));
    judged
}

/// Whether the rule of a suppression was among those of a tier: if not, nothing could match.
fn has_run(suppression: &Suppression, tier: Tier) -> bool {
    registry::find(&suppression.rule.value).is_none_or(|rule| rule.tier <= tier)
}

fn is_live(suppression: &Suppression, as_of: Date) -> bool {
    as_of <= suppression.expires.value
}

/// A suppression names what the finding is about, with or without its year, or the file it is in.
/// One that records the difference accepts no other: a figure that changes is looked at again.
fn matches(suppression: &Suppression, finding: &Diagnostic, sources: &Sources) -> bool {
    let difference = suppression.difference.as_ref().map(|difference| difference.value.as_str());
    names(suppression, finding, sources)
        && (difference.is_none() || difference == finding.difference.as_deref())
}

/// Whether a suppression names the rule and the place of a finding, whatever its difference.
fn names(suppression: &Suppression, finding: &Diagnostic, sources: &Sources) -> bool {
    let at = suppression.at.value.as_str();
    let subject = finding.subject.as_deref().unwrap_or_default();
    let named = subject == at || subject.split('@').next() == Some(at);
    suppression.rule.value == finding.rule && (named || sources.path(finding.primary.span) == at)
}

/// `other` is the difference of a finding that the suppression would accept but for its own.
fn unused(suppression: &Suppression, other: Option<String>) -> Diagnostic {
    let rule = &suppression.rule;
    if registry::find(&rule.value).is_none() {
        let message = say!("no rule is called `{rule}`", rule = rule.value);
        let found = Diagnostic::error("unused-suppression", rule.span, message);
        return match nearest(&rule.value, registry::RULES.iter().map(|rule| rule.name)) {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(say!("write the name that stands in the brackets of the finding")),
        };
    }
    if let (Some(other), Some(written)) = (other, &suppression.difference) {
        let message = say!(
            "the difference is {other} now, and {written} was accepted",
            other,
            written = written.value
        );
        return Diagnostic::error("unused-suppression", written.span, message).help(say!(
            "look at the finding again; if it is to be accepted still, write its difference here"
        ));
    }
    let message = say!(
        "no finding of `{rule}` at `{place}` is there to be accepted",
        rule = suppression.rule.value,
        place = suppression.at.value
    );
    Diagnostic::error("unused-suppression", suppression.span, message)
        .help(say!("delete the suppression, or correct its `rule` and `at`"))
}

fn expired(suppression: &Suppression) -> Diagnostic {
    let day = suppression.expires.value;
    let message =
        say!("the suppression of `{rule}` expired on {day}", rule = suppression.rule.value, day);
    Diagnostic::error("expired-suppression", suppression.span, message)
        .help(say!("correct the finding, or have the suppression approved again"))
}
