#![doc = include_str!("changed_after_conclusion.md")]

use crate::content::{Conclusion, Reading, Subject};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Grouping, Unit, group};
use crate::report::Report;
use crate::source::Span;

/// Figures and files that are not what was concluded on.
pub const RULE: Rule = Rule {
    name: "changed-after-conclusion",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("changed_after_conclusion.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for conclusion in &report.content.conclusions {
        let Some(stated) = &conclusion.stated else { continue };
        match &conclusion.subject {
            Subject::Figure(path) => {
                let unit = report.metric(&path.metric).map(|metric| &metric.unit.value);
                let Some((datum, unit)) = report.datum(path).zip(unit) else { continue };
                let now = match &datum.reading {
                    Reading::Figure(now) => {
                        let digits = group(now.value, Grouping::Thousands);
                        format!("{digits} {}", unit.text).trim().to_owned()
                    }
                    Reading::Missing(missing) => missing.kind.word().replace('-', " "),
                };
                if !is_same(conclusion, &datum.reading, unit) {
                    sink.push(changed(conclusion, &stated.value, &now, datum.span));
                }
            }
            Subject::Evidence(id) => {
                let Some(sum) = report.evidence(id).and_then(|item| item.sha256.as_ref()) else {
                    continue;
                };
                if sum.value != stated.value {
                    sink.push(changed(conclusion, &stated.value, &sum.value, sum.span));
                }
            }
            Subject::Disclosure(edition, code) => {
                let answers = report.content.disclosures.iter();
                let answers = answers.filter(|file| file.framework.value == *edition);
                let answer = answers.flat_map(|file| &file.answers).find(|a| a.code.value == *code);
                let Some(answer) = answer.filter(|a| a.outcome.word() != stated.value) else {
                    continue;
                };
                let now = answer.outcome.word();
                sink.push(changed(conclusion, &stated.value, now, answer.code.span));
            }
        }
    }
}

/// Whether a figure is the one that was concluded on: its digits, its qualifier, and its unit where
/// the conclusion names one. What was stated as something else than a figure is compared as text.
fn is_same(conclusion: &Conclusion, now: &Reading, unit: &Unit) -> bool {
    let one = Decimal::ONE;
    match (&conclusion.figure, now) {
        (Some((was, was_in)), Reading::Figure(now)) => {
            let same_unit = |was_in: &Unit| was_in.convert(one, unit) == Some(one);
            now.value == was.value
                && now.qualifier == was.qualifier
                && was_in.as_ref().is_none_or(same_unit)
        }
        (None, Reading::Missing(missing)) => {
            let stated = conclusion.stated.as_ref().map(|text| text.value.replace(' ', "-"));
            stated.as_deref() == Some(missing.kind.word())
        }
        _ => false,
    }
}

fn changed(conclusion: &Conclusion, was: &str, now: &str, span: Span) -> Diagnostic {
    let item = &conclusion.item.value;
    let message = say!("`{item}` was concluded on as {was} and is now {now}", item, was, now);
    let day = conclusion.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
    let mut found = Diagnostic::error(RULE.name, span, message)
        .related(conclusion.item.span, say!("concluded by {by}, {day}", by = conclusion.by, day))
        .subject(item.strip_prefix("evidence ").unwrap_or(item))
        .help(say!(
            "take the change back, or have it concluded on again and replace the conclusion"
        ));
    found.stated = Some(now.to_owned());
    found.computed = Some(was.to_owned());
    found
}
