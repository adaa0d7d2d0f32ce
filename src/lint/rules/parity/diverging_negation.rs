#![doc = include_str!("diverging_negation.md")]

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::prose::HOLE;
use crate::lint::rules::parity::negation::{Denies, Passage, denies};
use crate::lint::rules::parity::pairs::Pairs;
use crate::lint::rules::parity::run::Run;
use crate::lint::rules::parity::sentences::Bead;
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
        let compared = pair.compared();
        let beads = pair.beads();
        for (at, bead) in beads.iter().enumerate() {
            let near = beads.get(at.saturating_sub(1)..beads.len().min(at + 2)).unwrap_or_default();
            let told = &compared.first;
            let text = with_zeros(one, &bead.first, told);
            let around = || with_zeros(one, &span(near, |bead| &bead.first), told).into_owned();
            let a = Passage { lang: one.lang, text: &text, around: &around };
            let told = &compared.second;
            let text = with_zeros(two, &bead.second, told);
            let around = || with_zeros(two, &span(near, |bead| &bead.second), told).into_owned();
            let b = Passage { lang: two.lang, text: &text, around: &around };
            let (yes, no) = match denies(&a, &b) {
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

/// From the start of the first of some sentences to the end of the last.
fn span(beads: &[Bead], side: impl Fn(&Bead) -> &Range<usize>) -> Range<usize> {
    let start = beads.first().map_or(0, |bead| side(bead).start);
    start..beads.last().map_or(start, |bead| side(bead).end)
}

/// A sentence in which figures that are zero stand as `0`: they deny as a word does.
fn with_zeros<'r>(run: &'r Run<'_>, range: &Range<usize>, told: &[Told]) -> Cow<'r, str> {
    let text = run.text().get(range.clone()).unwrap_or_default();
    if !text.contains(HOLE) {
        return Cow::Borrowed(text);
    }
    let zero = |at: usize| told.iter().any(|t| t.range.start == at && t.value.is_zero());
    let chars = text.char_indices();
    let chars = chars.map(|(at, c)| if c == HOLE && zero(range.start + at) { '0' } else { c });
    chars.collect()
}
