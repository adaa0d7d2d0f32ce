#![doc = include_str!("diverging_negation.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::parity::lexicon::negation;
use crate::lint::rules::parity::pairs::Pairs;

/// Sentences that one language denies and another does not.
pub const RULE: Rule = Rule {
    name: "diverging-negation",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_negation.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    for pair in &languages.pairs {
        let (one, two) = (&pair.first, &pair.second);
        for bead in pair.beads() {
            let count = |run: &crate::lint::rules::parity::run::Run<'_>,
                         range: &std::ops::Range<usize>| {
                negation(run.lang).count(run.text().get(range.clone()).unwrap_or_default())
            };
            let (a, b) = (count(one, &bead.first), count(two, &bead.second));
            let (yes, no) = if a.lacking_in(b) {
                (one.lang, two.lang)
            } else if b.lacking_in(a) {
                (two.lang, one.lang)
            } else {
                continue;
            };
            let message = say!("the sentence is negative in `{yes}` and not in `{no}`", yes, no);
            let found = Diagnostic::warning(RULE.name, two.place(&bead.second), message)
                .related(one.place(&bead.first), say!("the sentence in `{lang}`", lang = one.lang))
                .subject(pair.subject.clone())
                .help(say!("say in both languages whether it is so or not"));
            sink.push(found);
        }
    }
}
