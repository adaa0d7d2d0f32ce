#![doc = include_str!("low_contrast.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, rounded};
use crate::report::{Pair, Report};

/// Colours of a theme that are hard to read on each other.
pub const RULE: Rule = Rule {
    name: "low-contrast",
    group: Group::Project,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("low_contrast.md"),
    check: Check::Report(check),
};

/// Least contrast of text, in hundredths (WCAG 2.2, success criterion 1.4.3).
const LEAST: i64 = 450;

fn check(report: &Report, sink: &mut Sink) {
    let low: Vec<&Pair> =
        report.pairs.iter().filter(|pair| pair.contrast < Decimal::new(LEAST, 2)).collect();
    for pair in &low {
        let same = low.iter().filter(|other| other.span == pair.span);
        // One finding for each colour of the theme, at its worst pair.
        let order = |pair: &Pair| (pair.contrast, pair.text.0.clone(), pair.ground.0.clone());
        if same.clone().all(|other| order(pair) <= order(other)) {
            sink.push(found(pair, same.count()));
        }
    }
}

fn found(pair: &Pair, pairs: usize) -> Diagnostic {
    let contrast = rounded(pair.contrast, 2);
    let (text, colour) = &pair.text;
    let (ground, other) = &pair.ground;
    let message = say!(
        "`{text}` {colour} on `{ground}` {other} has a contrast of {contrast} : 1, below 4.5 : 1",
        text,
        colour,
        ground,
        other,
        contrast = contrast.to_string()
    );
    let help = match pairs {
        1 => say!("make the darker of the two darker, or the lighter one lighter"),
        _ => say!(
            "make the darker of the two darker, or the lighter one lighter; {pairs} pairs with this colour are below",
            pairs
        ),
    };
    Diagnostic::warning(RULE.name, pair.span, message).help(help)
}
