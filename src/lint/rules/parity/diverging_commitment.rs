#![doc = include_str!("diverging_commitment.md")]

use std::ops::Range;

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::parity::lexicon::{COMMITMENTS, Commitment, commitment, prospect};
use crate::lint::rules::parity::pairs::{Pairs, Wording};
use crate::lint::rules::parity::run::Run;

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
            let (a, b) = (Promise::of(one, &bead.first), Promise::of(two, &bead.second));
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

/// What a sentence says of what is to come.
struct Promise {
    /// Levels that it names for sure.
    levels: Vec<Commitment>,
    /// Whether other words speak of what is to come.
    open: bool,
}

impl Promise {
    fn of(run: &Run<'_>, range: &Range<usize>) -> Self {
        // The month is no promise.
        let text = run.text().get(range.clone()).unwrap_or_default().trim_start();
        let month = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()) == "May";
        let words = text.split_whitespace().enumerate();
        let words = words.filter(|(at, word)| *at == 0 || !month(word)).map(|(_, word)| word);
        let text = words.collect::<Vec<_>>().join(" ");
        let text = text.as_str();
        let says = |level: &Commitment| commitment(*level, run.lang).count(text).sure > 0;
        let levels = COMMITMENTS.into_iter().filter(|level| says(level)).collect();
        Self { levels, open: prospect(run.lang).count(text).weak > 0 }
    }
}

/// What the two say, if it cannot be the same.
fn differ(a: &Promise, b: &Promise) -> Option<(Phrase, Phrase)> {
    match (a.levels.as_slice(), b.levels.as_slice()) {
        ([first, ..], []) if !b.open => Some((word(*first), nothing())),
        ([], [second, ..]) if !a.open => Some((nothing(), word(*second))),
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
