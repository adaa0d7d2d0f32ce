#![doc = include_str!("diverging_qualifier.md")]

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::parity::pairs::Pairs;
use crate::lint::rules::parity::qualifier::{Degree, differ};
use crate::lint::rules::parity::told::Firmness;

/// Figures that are over in one language and nearly in another.
pub const RULE: Rule = Rule {
    name: "diverging-qualifier",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_qualifier.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    for pair in &languages.pairs {
        let compared = pair.compared();
        for (i, j) in &compared.matched {
            let (Some(a), Some(b)) = (compared.first.get(*i), compared.second.get(*j)) else {
                continue;
            };
            let words = a.firmness == Firmness::Word || b.firmness == Firmness::Word;
            let silent = a.degree == Degree::Exact || b.degree == Degree::Exact;
            // A rounded figure is about the other one by itself.
            let rounded = a.value != b.value && silent;
            if !differ(a.degree, b.degree) || words && silent || rounded {
                continue;
            }
            let place = pair.second.place(&b.range);
            let (one, other) = (word(a.degree), word(b.degree));
            let message = say!(
                "{said} is {one} in `{first}` and {other} in `{second}`",
                said = b.text,
                one,
                first = pair.first.lang,
                other,
                second = pair.second.lang
            );
            let found = Diagnostic::warning(RULE.name, place, message)
                .related(pair.first.place(&a.range), say!("{what} here", what = one))
                .subject(pair.subject.clone())
                .help(say!("say the same about the figure in both languages"));
            sink.push(found);
        }
    }
}

fn word(degree: Degree) -> Phrase {
    match degree {
        Degree::Exact => say!("without qualifier"),
        Degree::Over => say!("more"),
        Degree::Nearly => say!("nearly that"),
        Degree::About => say!("about that"),
        Degree::AtLeast => say!("at least that"),
        Degree::AtMost => say!("at most that"),
        Degree::Below => say!("less"),
    }
}
