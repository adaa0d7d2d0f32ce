#![doc = include_str!("doubled_qualifier.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::texts::Texts;

/// Figures that are qualified twice.
pub const RULE: Rule = Rule {
    name: "doubled-qualifier",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("doubled_qualifier.md"),
    check: Check::Texts(check),
};

/// Words before digits; those of English with a blank.
const BEFORE: [&str; 22] = [
    "about ",
    "around ",
    "approximately ",
    "roughly ",
    "some ",
    "over ",
    "more than ",
    "nearly ",
    "almost ",
    "近",
    "将近",
    "將近",
    "约",
    "約",
    "大约",
    "大約",
    "超过",
    "超過",
    "超",
    "逾",
    "不足",
    "接近",
];

/// Words that end in a qualifier and are none.
const WORDS: &[&str] = &[
    "节约", "節約", "预约", "預約", "合约", "合約", "签约", "簽約", "违约", "違約", "制约", "制約",
    "公约", "公約", "条约", "條約", "续约", "續約", "履约", "履約", "集约", "集約", "纽约", "紐約",
    "最近", "附近", "邻近", "鄰近", "临近", "臨近", "靠近", "就近", "新近", "相近", "远近", "遠近",
    "赶超", "趕超", "反超",
];

/// Words before another qualifier that belong to the sentence: `spread over some 20 countries`.
const LOOSE: [&str; 4] = ["over ", "around ", "about ", "some "];

/// Words right behind digits.
const INSIDE: [char; 4] = ['余', '餘', '多', '+'];

/// Words behind the figure.
const AFTER: [&str; 4] = ["左右", "上下", "以上", " or so"];

fn check(written: &Texts<'_>, sink: &mut Sink) {
    for text in &written.all {
        let words = &text.prose.text;
        let mut at = 0;
        while let Some(step) =
            words.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
        {
            let start = at + step;
            let rest = words.get(start..).unwrap_or_default();
            let digit = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '%');
            let length = rest.find(|c: char| !digit(c)).unwrap_or(rest.len());
            at = start + length.max(1);
            if let Some((from, to)) = doubled(words, start, start + length)
                && let Some(place) = text.place(from, to)
            {
                let written = words.get(from..to).unwrap_or_default();
                let message = say!("{written} qualifies its figure twice", written);
                let found = Diagnostic::warning(RULE.name, place, message);
                sink.push(
                    found.subject(text.subject.clone()).help(say!("keep one of the two words")),
                );
            }
        }
    }
}

/// The place of a figure with its qualifiers, if there are two.
fn doubled(words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let before = words.get(..start)?;
    let lower = before.to_lowercase();
    let ends = |text: &str| {
        let fits = |word: &&&str| {
            let rest =
                text.strip_suffix(**word).filter(|_| !WORDS.iter().any(|w| text.ends_with(w)));
            rest.is_some_and(|rest| {
                !word.is_ascii() || !rest.ends_with(|c: char| c.is_ascii_alphabetic())
            })
        };
        BEFORE.iter().filter(fits).map(|word| word.len()).max()
    };
    let first = ends(&lower)?;
    let earlier = lower.get(..lower.len() - first).unwrap_or_default();
    // `not more than`, `no more than` and `不超过` are one qualifier.
    let negated =
        earlier.ends_with("not ") || earlier.ends_with("no ") || earlier.ends_with(['不', '未']);
    let from = start - first;
    let outer = ends(earlier).filter(|_| !LOOSE.iter().any(|word| earlier.ends_with(word)));
    let denied = |second: usize| {
        let rest = earlier.get(..earlier.len() - second).unwrap_or_default();
        rest.ends_with("not ") || rest.ends_with("no ") || rest.ends_with(['不', '未'])
    };
    if let Some(second) = outer.filter(|second| !negated && !denied(*second)) {
        return Some((from - second, end));
    }
    let after = words.get(end..)?;
    let next = after.chars().next().filter(|c| INSIDE.contains(c));
    if let Some(next) = next.filter(|_| !after.starts_with("多元")) {
        return Some((from, end + next.len_utf8()));
    }
    let unit = after.char_indices().take(4);
    let found = unit.filter_map(|(at, _)| {
        let rest = after.get(at..)?;
        AFTER.iter().find(|word| rest.starts_with(**word)).map(|word| at + word.len())
    });
    found.min().map(|length| (from, end + length)).filter(|_| !negated)
}
