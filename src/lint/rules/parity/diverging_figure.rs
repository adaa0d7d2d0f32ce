#![doc = include_str!("diverging_figure.md")]

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;
use crate::quantity::Decimal;
use crate::source::Span;

use crate::lint::rules::parity::bases::{Base, differing as differing_bases};
use crate::lint::rules::parity::compare::same;
use crate::lint::rules::parity::pairs::{Pair, Pairs};
use crate::lint::rules::parity::run::Run;
use crate::lint::rules::parity::told::{Firmness, Measured, Told};

/// Figures that one language tells differently, or not at all.
pub const RULE: Rule = Rule {
    name: "diverging-figure",
    group: Group::Parity,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_figure.md"),
    check: Check::Languages(check),
};

/// A figure without its like, with its place and that of the text it should stand in.
struct Left {
    told: Told,
    at: Span,
    lang: Lang,
    other: Lang,
    other_text: Span,
    subject: String,
    pair: usize,
}

/// Figures without their like under one heading.
#[derive(Default)]
struct Leftovers {
    first: Vec<Left>,
    second: Vec<Left>,
}

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    let mut groups: BTreeMap<usize, Leftovers> = BTreeMap::new();
    for (number, pair) in languages.pairs.iter().enumerate() {
        let compared = pair.compared();
        let group = groups.entry(pair.group).or_default();
        let left = compared.left.iter().filter_map(|i| compared.first.get(*i));
        group.first.extend(left.map(|told| Left::first(told, pair, number)));
        let right = compared.right.iter().filter_map(|j| compared.second.get(*j));
        group.second.extend(right.map(|told| Left::second(told, pair, number)));
    }
    for group in groups.into_values() {
        group.report(sink);
    }
    for pair in &languages.pairs {
        for (a, b) in differing_bases(pair.first.text(), pair.second.text()) {
            push_bases(pair, &a, &b, sink);
        }
    }
}

/// A rate that refers to other numbers in the two languages.
fn push_bases(pair: &Pair<'_>, a: &Base, b: &Base, sink: &mut Sink) {
    let words = |run: &Run<'_>, base: &Base| {
        run.text().get(base.range.clone()).unwrap_or_default().trim_start_matches('/').to_owned()
    };
    let (one, two) = (&pair.first, &pair.second);
    let (said, other) = (words(one, a), words(two, b));
    let message = say!(
        "{said} in `{one}` is {other} in `{two}`",
        said,
        one = one.lang,
        other,
        two = two.lang
    );
    let found = Diagnostic::error(RULE.name, two.place(&b.range), message)
        .related(one.place(&a.range), say!("`{lang}` has {said}", lang = one.lang, said))
        .subject(pair.subject.clone())
        .help(say!("write rates of the two languages for the same number"));
    sink.push(found);
}

impl Left {
    fn first(told: &Told, pair: &Pair<'_>, number: usize) -> Self {
        Self {
            told: told.clone(),
            at: pair.first.place(&told.range),
            lang: pair.first.lang,
            other: pair.second.lang,
            other_text: pair.second.span,
            subject: pair.subject.clone(),
            pair: number,
        }
    }

    fn second(told: &Told, pair: &Pair<'_>, number: usize) -> Self {
        Self {
            told: told.clone(),
            at: pair.second.place(&told.range),
            lang: pair.second.lang,
            other: pair.first.lang,
            other_text: pair.first.span,
            subject: pair.subject.clone(),
            pair: number,
        }
    }

    fn is_firm(&self) -> bool {
        self.told.firmness > Firmness::Word
    }
}

impl Leftovers {
    /// Figures may stand in another paragraph under the same heading; what is left after that is
    /// reported.
    fn report(mut self, sink: &mut Sink) {
        let mut at = 0;
        while let Some(a) = self.first.get(at) {
            let like = self.second.iter().position(|b| b.pair != a.pair && same(&a.told, &b.told));
            match like {
                Some(other) => {
                    self.first.remove(at);
                    self.second.remove(other);
                }
                None => at += 1,
            }
        }
        let numbers: Vec<usize> =
            self.first.iter().chain(&self.second).map(|left| left.pair).collect();
        let numbers: std::collections::BTreeSet<usize> = numbers.into_iter().collect();
        for number in numbers {
            let of = |side: &mut Vec<Left>| {
                let (own, rest): (Vec<Left>, Vec<Left>) =
                    std::mem::take(side).into_iter().partition(|left| left.pair == number);
                *side = rest;
                own
            };
            let (first, second) = (of(&mut self.first), of(&mut self.second));
            report_pair(first, second, sink);
        }
    }
}

/// Reports the figures of one pair of texts that have not found their like.
fn report_pair(first: Vec<Left>, mut second: Vec<Left>, sink: &mut Sink) {
    let words = |side: &[Left]| side.iter().filter(|left| !left.is_firm()).count();
    let single = words(&first) == 1 && words(&second) == 1;
    let mut alone = Vec::new();
    for a in first {
        let likeness = |b: &Left| {
            let digits = |left: &Left| {
                left.told.text.chars().filter(char::is_ascii_digit).collect::<String>()
            };
            let value = a.told.value == b.told.value || digits(&a) == digits(b);
            let kind = std::mem::discriminant(&a.told.measured)
                == std::mem::discriminant(&b.told.measured);
            (value, kind)
        };
        let able = |b: &Left| match (a.is_firm(), b.is_firm()) {
            (true, true) => true,
            (false, false) => single && told_alike(&a.told, &b.told),
            _ => told_alike(&a.told, &b.told),
        };
        let best = second.iter().enumerate().filter(|(_, b)| able(b));
        let best = best.max_by_key(|(at, b)| (likeness(b), std::cmp::Reverse(*at)));
        match best.map(|(at, _)| at) {
            Some(at) => {
                let b = second.remove(at);
                sink.push(differing(&a, &b));
            }
            None => alone.push(a),
        }
    }
    for left in alone.into_iter().filter(Left::is_firm) {
        sink.push(missing(&left));
    }
    for left in second.into_iter().filter(Left::is_firm) {
        sink.push(surplus(&left));
    }
}

/// Whether two numbers in words can stand for each other: they count the same kind of thing, and
/// neither is one, which is an article as much as a number.
fn told_alike(a: &Told, b: &Told) -> bool {
    let plural = |told: &Told| told.value != Decimal::ONE || told.measured == Measured::Share;
    let class = |told: &Told| match &told.measured {
        Measured::Share => 1,
        Measured::Points => 2,
        Measured::Times => 3,
        Measured::Physical(units) => match units.first().map(|(kind, _)| kind.as_str()) {
            Some("time" | "calendar-time") => 4,
            _ => 5,
        },
        Measured::Bare | Measured::Count => 6,
    };
    let times = matches!((class(a), class(b)), (3, 6) | (6, 3));
    plural(a) && plural(b) && (class(a) == class(b) || times)
}

fn differing(a: &Left, b: &Left) -> Diagnostic {
    let message = if a.told.value == b.told.value && a.told.measured != b.told.measured
        || a.told.text == b.told.text
    {
        say!(
            "{said} in `{one}` has another unit than {other} in `{two}`",
            said = b.told.text,
            one = b.lang,
            other = a.told.text,
            two = a.lang
        )
    } else {
        say!(
            "{said} in `{one}` is {other} in `{two}`",
            said = a.told.text,
            one = a.lang,
            other = b.told.text,
            two = b.lang
        )
    };
    let mut found = Diagnostic::error(RULE.name, b.at, message)
        .related(a.at, say!("`{lang}` has {said}", lang = a.lang, said = a.told.text))
        .subject(b.subject.clone())
        .help(say!(
            "write the figure that is right in both languages; bound figures agree by themselves"
        ));
    found.stated = Some(a.told.text.clone());
    found.computed = Some(b.told.text.clone());
    found.difference = difference(&a.told, &b.told);
    found
}

/// The difference, where both are of one measure.
fn difference(a: &Told, b: &Told) -> Option<String> {
    let (x, y) = match (&a.measured, &b.measured) {
        (Measured::Physical(x), Measured::Physical(y)) => {
            let ((kind, size), (other, more)) = (x.first()?, y.first()?);
            if kind != other {
                return None;
            }
            (a.value.checked_mul(*size)?, b.value.checked_mul(*more)?.checked_div(*size)?)
        }
        (x, y) if x == y => (a.value, b.value),
        _ => return None,
    };
    let x = match &a.measured {
        Measured::Physical(units) => x.checked_div(units.first()?.1)?,
        _ => x,
    };
    let apart = y.checked_sub(x)?;
    let hundredths = || Some(apart.checked_mul(Decimal::ONE_HUNDRED)?.normalize());
    Some(match a.measured {
        Measured::Share => format!("{} %", hundredths()?),
        Measured::Points => format!("{} pp", hundredths()?),
        _ => apart.normalize().to_string(),
    })
}

fn missing(left: &Left) -> Diagnostic {
    let message = say!(
        "{said} in `{one}` has no counterpart in `{two}`",
        said = left.told.text,
        one = left.lang,
        two = left.other
    );
    Diagnostic::error(RULE.name, left.other_text, message)
        .label(say!("not said here"))
        .related(left.at, say!("said here"))
        .subject(left.subject.clone())
        .help(say!("say it in both languages, or in neither"))
}

fn surplus(left: &Left) -> Diagnostic {
    let message = say!(
        "{said} in `{one}` has no counterpart in `{two}`",
        said = left.told.text,
        one = left.lang,
        two = left.other
    );
    Diagnostic::error(RULE.name, left.at, message)
        .related(left.other_text, say!("not said here"))
        .subject(left.subject.clone())
        .help(say!("say it in both languages, or in neither"))
}
