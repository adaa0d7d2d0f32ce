#![doc = include_str!("silent_restatement.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Comparative, Difference, Report, Said};

use crate::lint::rules::consistency::terms::{shown, shown_difference};
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
    check: Check::Report(check),
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
                say!(
                    "`{name}` was published as {was} and is missing now, without a restatement",
                    name,
                    was
                )
            }
            _ => say!(
                "`{name}` was published as {was} and is {now} now, without a restatement",
                name,
                was,
                now
            ),
        };
        let help = match value.member {
            None => say!(
                "restore the published figure, or say `restated: {{{year}: {{was: …, reason: …}}}}`",
                year = value.year
            ),
            Some((breakdown, key)) => say!(
                "restore the published figure, or say `restated: {{{year}: {{by: {{{breakdown}: {{{key}: …}}}}, reason: …}}}}`",
                year = value.year,
                breakdown,
                key
            ),
        };
        let mut diagnostic = Diagnostic::error(RULE.name, value.now.span(), message)
            .label(say!("now {now}", now))
            .related(value.was.span(), say!("published {was}", was))
            .subject(name)
            .help(help);
        let (present, published) = (value.now.value(), value.published());
        if let Some((present, published)) = present.zip(published) {
            diagnostic.stated = Some(now);
            diagnostic.computed = Some(shown(few_digits(published), unit));
            let difference = present.checked_sub(published).map(few_digits);
            diagnostic.difference = difference.map(|difference| shown_difference(difference, unit));
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
