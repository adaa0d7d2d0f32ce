#![doc = include_str!("noted_jump.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::Span;

use crate::lint::rules::consistency::terms::{shown, shown_difference};
use crate::lint::rules::plausibility::jumps::{Jump, jumps};

/// Figures of two years that are far apart, and that a note may explain.
pub const RULE: Rule = Rule {
    name: "noted-jump",
    group: Group::Plausibility,
    severity: Severity::Note,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("noted_jump.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for jump in jumps(report, |metric| metric.note.is_some()) {
        let note = jump.metric.note.as_ref().and_then(|note| note.iter().next());
        if let Some((_, words)) = note {
            sink.push(noted(&jump, words.span));
        }
    }
}

fn noted(found: &Jump<'_>, note: Span) -> Diagnostic {
    let unit = &found.metric.unit.value;
    let (before, after) = (shown(found.before.value, unit), shown(found.after.value, unit));
    let difference = found.after.value.checked_sub(found.before.value).unwrap_or_default();
    let mut diagnostic = Diagnostic::note(RULE.name, found.after.span, found.message())
        .label(after.clone())
        .related(found.before.span, say!("{before} the year before", before))
        .related(note, say!("the note that is taken as its explanation"))
        .subject(format!("{}@{}", found.metric.id.value, found.year))
        .help(say!(
            "check that the note says why; if it is about something else, it hides the jump"
        ));
    diagnostic.stated = Some(after);
    diagnostic.computed = Some(before);
    diagnostic.difference = Some(shown_difference(difference, unit));
    diagnostic
}
