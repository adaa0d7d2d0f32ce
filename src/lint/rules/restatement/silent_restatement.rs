#![doc = include_str!("silent_restatement.md")]

use crate::diag::{Diagnostic, Severity, Sink};
use crate::lint::rule::{Group, Rule, Tier};
use crate::report::{Comparative, Difference, Report, Said};

use crate::lint::rules::consistency::terms::shown;
use crate::lint::rules::restatement::words::{few_digits, said_text};

/// Earlier figures that changed without a word.
pub const RULE: Rule = Rule {
    name: "silent-restatement",
    group: Group::Restatement,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("silent_restatement.md"),
    check: Some(check),
};

/// A value that is not what was published.
struct Silent<'a>(&'a Comparative<'a>);

impl From<Silent<'_>> for Diagnostic {
    fn from(found: Silent<'_>) -> Self {
        let value = found.0;
        let (unit, before) = (&value.metric.unit.value, &value.before.unit.value);
        let (now, was) = (said_text(&value.now, unit), said_text(&value.was, before));
        let name = value.name();
        let message = match value.now {
            Said::Missing(_) => {
                format!("`{name}` was published as {was} and is missing now, without a restatement")
            }
            _ => format!("`{name}` was published as {was} and is {now} now, without a restatement"),
        };
        let help = match value.member {
            None => format!(
                "restore the published figure, or say `restated: {{{}: {{was: …, reason: …}}}}`",
                value.year
            ),
            Some((breakdown, key)) => format!(
                "restore the published figure, or say `restated: {{{}: {{by: {{{breakdown}: {{{key}: …}}}}, reason: …}}}}`",
                value.year
            ),
        };
        let mut diagnostic = Diagnostic::error(RULE.name, value.now.span(), message)
            .label(format!("now {now}"))
            .related(value.was.span(), format!("published {was}"))
            .subject(name)
            .help(help);
        let (present, published) = (value.now.value(), value.published());
        if let Some((present, published)) = present.zip(published) {
            diagnostic.stated = Some(now);
            diagnostic.computed = Some(shown(few_digits(published), unit));
            let difference = present.checked_sub(published).map(few_digits);
            diagnostic.difference = difference.map(|difference| shown(difference, unit));
        }
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let mut told: Option<(&str, u16)> = None;
    let comparatives = report.comparatives();
    let changed = |value: &&Comparative<'_>| {
        matches!(value.difference(), Difference::Figure | Difference::Withdrawn)
            && !report.is_explained(value)
    };
    let wholes: Vec<(&str, u16)> = comparatives
        .iter()
        .filter(|value| value.member.is_none())
        .filter(changed)
        .map(|value| (value.metric.id.value.as_str(), value.year))
        .collect();
    for value in comparatives.iter().filter(changed) {
        let key = (value.metric.id.value.as_str(), value.year);
        // Members that change with their whole are one change.
        if value.member.is_some() && wholes.contains(&key) {
            continue;
        }
        if told != Some(key) || value.member.is_some() {
            sink.push(Silent(value));
        }
        told = Some(key);
    }
}
