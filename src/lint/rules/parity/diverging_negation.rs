#![doc = include_str!("diverging_negation.md")]

use std::ops::Range;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::prose::HOLE;
use crate::lint::rules::parity::negation::{Denies, denies};
use crate::lint::rules::parity::pairs::Pairs;
use crate::lint::rules::parity::run::Run;
use crate::lint::rules::parity::told::Told;

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
            let compared = pair.compared();
            let a = with_zeros(one, &bead.first, &compared.first);
            let b = with_zeros(two, &bead.second, &compared.second);
            let (yes, no) = match denies((&a, one.lang), (&b, two.lang)) {
                Some(Denies::First) => (one.lang, two.lang),
                Some(Denies::Second) => (two.lang, one.lang),
                None => continue,
            };
            let message = say!("`{yes}` denies something here that `{no}` does not", yes, no);
            let found = Diagnostic::warning(RULE.name, two.place(&bead.second), message)
                .related(one.place(&bead.first), say!("the sentence in `{lang}`", lang = one.lang))
                .subject(pair.subject.clone())
                .help(say!("say in both languages whether it is so or not"));
            sink.push(found);
        }
    }
}

/// A sentence in which figures that are zero stand as `0`: they deny as a word does.
fn with_zeros(run: &Run<'_>, range: &Range<usize>, told: &[Told]) -> String {
    let text = run.text();
    let zero = |at: usize| told.iter().any(|t| t.range.start == at && t.value.is_zero());
    let chars = text.get(range.clone()).unwrap_or_default().char_indices();
    let chars = chars.map(|(at, c)| if c == HOLE && zero(range.start + at) { '0' } else { c });
    chars.collect()
}
