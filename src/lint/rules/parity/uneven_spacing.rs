#![doc = include_str!("uneven_spacing.md")]

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;

use crate::lint::rules::narrative::texts::{Texts, Written, is_chinese};

/// Blanks between Chinese and Latin letters in some places only.
pub const RULE: Rule = Rule {
    name: "uneven-spacing",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("uneven_spacing.md"),
    check: Check::Texts(check),
};

fn check(written: &Texts<'_>, sink: &mut Sink) {
    let texts = &written.all;
    let mut counts: BTreeMap<Lang, (usize, usize)> = BTreeMap::new();
    let chinese = || texts.iter().filter(|text| text.lang.is_chinese());
    for text in chinese() {
        let count = counts.entry(text.lang).or_default();
        for (_, _, apart) in seams(text) {
            if apart {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
        }
    }
    for text in chinese() {
        let (apart, joined) = counts.get(&text.lang).copied().unwrap_or_default();
        if apart == joined {
            continue;
        }
        let policy = apart > joined;
        for (start, end, own) in seams(text).into_iter().filter(|(.., own)| *own != policy) {
            let Some(place) = text.place(start, end) else { continue };
            let (most, all) = (apart.max(joined), apart + joined);
            let (message, help) = if own {
                (
                    say!(
                        "a blank stands between Chinese and Latin letters here, and no blank in {most} of {all} places",
                        most,
                        all
                    ),
                    say!("delete the blank"),
                )
            } else {
                (
                    say!(
                        "no blank stands between Chinese and Latin letters here, and a blank in {most} of {all} places",
                        most,
                        all
                    ),
                    say!("add a blank"),
                )
            };
            let found = Diagnostic::warning(RULE.name, place, message);
            sink.push(found.subject(text.subject.clone()).help(help));
        }
    }
}

/// Where Chinese meets Latin letters or digits, and whether a blank stands between.
fn seams(text: &Written) -> Vec<(usize, usize, bool)> {
    let chars: Vec<(usize, char)> = text.prose.text.char_indices().collect();
    let mut found = Vec::new();
    for (index, (at, c)) in chars.iter().enumerate() {
        let Some((next_at, next)) = chars.get(index + 1).copied() else { continue };
        if meet(*c, next) {
            found.push((*at, next_at + next.len_utf8(), false));
        }
        let Some((last_at, last)) = chars.get(index + 2).copied() else { continue };
        if next == ' ' && meet(*c, last) {
            found.push((*at, last_at + last.len_utf8(), true));
        }
    }
    found
}

fn meet(a: char, b: char) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    is_chinese(a) && latin(b) || latin(a) && is_chinese(b)
}
