#![doc = include_str!("avoided_as_emitted.md")]

use crate::content::{Inline, InlineKind, Insert, Metric, Role};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::formula::ExprKind;
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::narrative::prose::Prose;
use crate::report::{Report, Visitor, visit_section};

/// Avoided emissions that are told or counted as emissions.
pub const RULE: Rule = Rule {
    name: "avoided-as-emitted",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("avoided_as_emitted.md"),
    check: Some(check),
};

/// Words that say that something was not emitted.
const AVOIDED: [&str; 39] = [
    "avoid",
    "sav",
    "cut",
    "reduc",
    "less",
    "lower",
    "prevent",
    "offset",
    "down",
    "fell",
    "abat",
    "eliminat",
    "mitigat",
    "compensat",
    "remov",
    "spare",
    "not emit",
    "not been emit",
    "never emit",
    "instead of",
    "would have",
    "避免",
    "减",
    "減",
    "节",
    "節",
    "降",
    "抵",
    "少",
    "低",
    "省",
    "替代",
    "中和",
    "neutral",
    "规避",
    "規避",
    "免于",
    "免於",
    "消除",
];

/// Words of emitting.
const EMITTED: [&str; 4] = ["emission", "emit", "discharg", "排放"];

fn check(report: &Report, sink: &mut Sink) {
    let avoided = |metric: &&Metric| metric.role == Some(Role::GhgAvoided);
    for metric in report.content.metrics.iter().filter(avoided) {
        counted(report, metric, sink);
        equal(report, metric, sink);
    }
    for section in report.content.narrative.values() {
        visit_section(section, &mut Look { report, sink });
    }
}

fn is_emission(metric: &Metric) -> bool {
    metric.role.is_some_and(Role::is_emission)
}

/// An avoided amount that is a term of an emission.
fn counted(report: &Report, metric: &Metric, sink: &mut Sink) {
    let id = metric.id.value.as_str();
    for other in report.content.metrics.iter().filter(|other| is_emission(other)) {
        let part = other.parts.iter().find(|part| part.value == id).map(|part| part.span);
        let inside = metric.part_of.as_ref().filter(|whole| whole.value == other.id.value);
        let formula = other.formula.as_ref();
        let read = formula.filter(|f| f.value.paths().iter().any(|path| path.metric == id));
        let place = part.or(inside.map(|whole| whole.span)).or(read.map(|formula| formula.span));
        let Some(place) = place else { continue };
        let message =
            say!("`{id}` was avoided and is counted in `{other}`", id, other = other.id.value);
        let found = Diagnostic::warning(RULE.name, place, message)
            .related(metric.id.span, say!("declared as avoided"))
            .related(other.id.span, say!("declared as an emission"))
            .subject(id)
            .help(say!("report avoided emissions apart; they are no part of what was emitted"));
        sink.push(found);
    }
}

/// An avoided amount that is printed as an emission of the same year, digit for digit.
fn equal(report: &Report, metric: &Metric, sink: &mut Sink) {
    let unit = &metric.unit.value;
    for other in report.content.metrics.iter().filter(|other| is_emission(other)) {
        for (year, datum) in &metric.values {
            let (Some(one), Some(two)) =
                (datum.figure(), other.values.get(year).and_then(|datum| datum.figure()))
            else {
                continue;
            };
            let same = unit.convert(one.value, &other.unit.value) == Some(two.value);
            if !same || one.value.mantissa().abs() < 100 {
                continue;
            }
            let message = say!(
                "the emissions avoided under `{metric}` in {year} equal those emitted under `{other}`",
                metric = metric.id.value,
                year,
                other = other.id.value
            );
            let emitted = other.values.get(year).map_or(other.id.span, |datum| datum.span);
            let found = Diagnostic::warning(RULE.name, datum.span, message)
                .related(emitted, say!("emitted"))
                .subject(format!("{}@{year}", metric.id.value))
                .help(say!("check which of the two the figure is"));
            sink.push(found);
        }
    }
}

struct Look<'a> {
    report: &'a Report,
    sink: &'a mut Sink,
}

impl Visitor for Look<'_> {
    fn run(&mut self, content: &[Inline]) {
        let mut found = Vec::new();
        inserts(content, &mut found);
        let avoided = |insert: &&Insert| match &insert.expr.kind {
            ExprKind::Path(path) => {
                let metric = self.report.metric(&path.metric);
                metric.is_some_and(|metric| metric.role == Some(Role::GhgAvoided))
            }
            _ => false,
        };
        let found: Vec<&Insert> = found.into_iter().filter(avoided).collect();
        if found.is_empty() {
            return;
        }
        let prose = Prose::of(content);
        for insert in found {
            let Some(at) = prose.position(insert.span) else { continue };
            let sentence = prose.sentence(at).to_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
            if !says(&EMITTED) || says(&AVOIDED) {
                continue;
            }
            let message = say!(
                "the sentence tells `{expr}` as emitted, and it was avoided",
                expr = insert.expr
            );
            let found = Diagnostic::warning(RULE.name, insert.span, message).help(say!(
                "say that the emissions were avoided, or bind the figure that was emitted"
            ));
            self.sink.push(found);
        }
    }
}

fn inserts<'a>(content: &'a [Inline], found: &mut Vec<&'a Insert>) {
    for inline in content {
        match &inline.kind {
            InlineKind::Insert(insert) => found.push(insert),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Link(_, inner) => inserts(inner, found),
            _ => {}
        }
    }
}
