#![doc = include_str!("order_of_magnitude_jump.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{shown, shown_difference, slip_near};
use crate::lint::rules::plausibility::jumps::{Jump, jumps};

/// Figures of two years that are far apart.
pub const RULE: Rule = Rule {
    name: "order-of-magnitude-jump",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("order_of_magnitude_jump.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    // A note explains.
    for jump in jumps(report, |metric| metric.note.is_none()) {
        sink.push(unexplained(&jump));
    }
}

fn unexplained(found: &Jump<'_>) -> Diagnostic {
    let unit = &found.metric.unit.value;
    let (before, after) = (shown(found.before.value, unit), shown(found.after.value, unit));
    let ask = say!("check both figures; if they are right, say why in `note` or under `restated`");
    let help = match slip_near(found.factor) {
        Some(cause) => say!("the factor fits a unit slip: {cause}; {ask}", cause, ask),
        None => ask,
    };
    let difference = found.after.value.checked_sub(found.before.value).unwrap_or_default();
    let mut diagnostic = Diagnostic::warning(RULE.name, found.after.span, found.message())
        .label(after.clone())
        .related(found.before.span, say!("{before} the year before", before))
        .subject(format!("{}@{}", found.metric.id.value, found.year))
        .help(help);
    diagnostic.stated = Some(after);
    diagnostic.computed = Some(before);
    diagnostic.difference = Some(shown_difference(difference, unit));
    diagnostic
}
