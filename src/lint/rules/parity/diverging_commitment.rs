#![doc = include_str!("diverging_commitment.md")]

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::parity::commitment::{Commitment, Promise};
use crate::lint::rules::parity::pairs::{Pairs, Wording};

/// Sentences that bind in one language more than in another.
pub const RULE: Rule = Rule {
    name: "diverging-commitment",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_commitment.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    for pair in &languages.pairs {
        if pair.kind == Wording::Label {
            continue;
        }
        let (one, two) = (&pair.first, &pair.second);
        for bead in pair.beads() {
            let a = one.text().get(bead.first.clone()).unwrap_or_default();
            let b = two.text().get(bead.second.clone()).unwrap_or_default();
            let (a, b) = (Promise::of(a, one.lang), Promise::of(b, two.lang));
            let Some((left, right)) = differ(&a, &b) else { continue };
            let message = say!(
                "the sentence {left} in `{one}` and {right} in `{two}`",
                left,
                right,
                one = one.lang,
                two = two.lang
            );
            let found = Diagnostic::warning(RULE.name, two.place(&bead.second), message)
                .related(one.place(&bead.first), say!("the sentence in `{lang}`", lang = one.lang))
                .subject(pair.subject.clone())
                .help(say!("promise the same in both languages: what is done, will be, is planned, is aimed at or may be"));
            sink.push(found);
        }
    }
}

/// What the two say, if it cannot be the same.
fn differ(a: &Promise, b: &Promise) -> Option<(Phrase, Phrase)> {
    match (a.levels.as_slice(), b.levels.as_slice()) {
        ([first, ..], []) if b.lacks(a) => Some((word(*first), nothing())),
        ([], [second, ..]) if a.lacks(b) => Some((nothing(), word(*second))),
        ([first], [second]) if first != second => Some((word(*first), word(*second))),
        _ => None,
    }
}

fn nothing() -> Phrase {
    say!("speaks of nothing to come")
}

fn word(level: Commitment) -> Phrase {
    match level {
        Commitment::May => say!("says what may be"),
        Commitment::Aim => say!("says what is aimed at"),
        Commitment::Plan => say!("says what is planned"),
        Commitment::Will => say!("promises"),
    }
}
