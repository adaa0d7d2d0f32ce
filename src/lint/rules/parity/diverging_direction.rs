#![doc = include_str!("diverging_direction.md")]

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::source::Span;

use crate::lint::rules::parity::lexicon::{lower, ways};
use crate::lint::rules::parity::pairs::{Pair, Pairs};
use crate::lint::rules::parity::run::{Run, is_chinese};
use crate::lint::rules::parity::told::{Firmness, Told};

/// What rises in one language and falls in another.
pub const RULE: Rule = Rule {
    name: "diverging-direction",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_direction.md"),
    check: Check::Languages(check),
};

/// A way that something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    fn word(self) -> Phrase {
        match self {
            Self::Up => say!("up"),
            Self::Down => say!("down"),
        }
    }
}

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    for pair in &languages.pairs {
        let mut told = Vec::new();
        let compared = pair.compared();
        for (i, j) in &compared.matched {
            let (Some(a), Some(b)) = (compared.first.get(*i), compared.second.get(*j)) else {
                continue;
            };
            if a.firmness == Firmness::Word || b.firmness == Firmness::Word {
                continue;
            }
            let ways = (
                way_at(&pair.first, &compared.first, a),
                way_at(&pair.second, &compared.second, b),
            );
            if let (Some(one), Some(two)) = ways
                && one != two
            {
                told.push(b.range.clone());
                let places = (pair.first.place(&a.range), pair.second.place(&b.range));
                push(pair, Phrase::from(&b.text), (one, two), places, sink);
            }
        }
        for bead in pair.beads() {
            let (one, two) = (way_of(&pair.first, &bead.first), way_of(&pair.second, &bead.second));
            let seen = told.iter().any(|range| bead.second.contains(&range.start));
            if let (Some(one), Some(two)) = (one, two)
                && one != two
                && !seen
            {
                let places = (pair.first.place(&bead.first), pair.second.place(&bead.second));
                push(pair, say!("the sentence"), (one, two), places, sink);
            }
        }
    }
}

fn push(
    pair: &Pair<'_>,
    what: Phrase,
    (one, two): (Way, Way),
    (at, place): (Span, Span),
    sink: &mut Sink,
) {
    let message = say!(
        "{what} goes {one} in `{first}` and {two} in `{second}`",
        what,
        one = one.word(),
        first = pair.first.lang,
        two = two.word(),
        second = pair.second.lang
    );
    let found = Diagnostic::warning(RULE.name, place, message)
        .related(at, say!("{what} here", what = one.word()))
        .subject(pair.subject.clone())
        .help(say!("say in both languages whether it rises or falls"));
    sink.push(found);
}

/// The way that a whole sentence goes, if it goes one way.
fn way_of(run: &Run<'_>, range: &Range<usize>) -> Option<Way> {
    let text = lower(&compared(run.text().get(range.clone()).unwrap_or_default()));
    match ways(&text, run.lang) {
        (1.., 0) => Some(Way::Up),
        (0, 1..) => Some(Way::Down),
        _ => None,
    }
}

/// `20% fewer than before` goes down, where `fewer than 20` only says how many there are.
fn compared(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_chinese) {
        return without_limits(text);
    }
    if !text.contains(" than") {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for mark in ["%", "per cent", "percent", "points", "\u{FFFC}"] {
        for word in ["more", "fewer", "less"] {
            text = text.replace(&format!("{mark} {word} than"), &format!("{mark} {word}"));
        }
    }
    Cow::Owned(text)
}

/// Chinese without `少于` and the like before a number: that is a limit, and no comparison.
fn without_limits(text: &str) -> Cow<'_, str> {
    const WORDS: [&str; 8] = ["少于", "少於", "低于", "低於", "多于", "多於", "高于", "高於"];
    if !text.contains(['于', '於']) {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    for word in WORDS {
        let mut parts = out.split(word);
        let mut joined = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百两兩".contains(c);
            let limit = part.starts_with(number) && !starts_with_year(part);
            joined.push_str(if limit { "  " } else { word });
            joined.push_str(part);
        }
        out = joined;
    }
    Cow::Owned(out)
}

/// Whether a text starts with a year, to which something is compared: `低于2023年`.
fn starts_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && text.get(digits..).is_some_and(|rest| rest.trim_start().starts_with('年'))
}

/// The way that a figure goes: by the words between it and the figure before, in its clause.
fn way_at(run: &Run<'_>, all: &[Told], told: &Told) -> Option<Way> {
    let text = run.text();
    let earlier = all.iter().map(|other| other.range.end).filter(|end| *end <= told.range.start);
    let start = earlier.max().unwrap_or_default();
    let before = text.get(start..told.range.start).unwrap_or_default();
    let clause = before.rfind(['，', '。', '；', ',', ';', '：', '、', '(', '（']);
    let before = clause.map_or(before, |at| before.get(at..).unwrap_or_default());
    let range = told.range.start - before.len()..told.range.start;
    let chars = before.chars().count();
    let near = if before.chars().any(is_chinese) { 24 } else { 60 };
    if chars > near {
        return None;
    }
    way_of(run, &range)
}
