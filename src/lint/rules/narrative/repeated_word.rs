#![doc = include_str!("repeated_word.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::report::Report;

use crate::lint::rules::narrative::texts::{Written, is_chinese, texts};

/// Words that stand twice by mistake.
pub const RULE: Rule = Rule {
    name: "repeated-word",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("repeated_word.md"),
    check: Some(check),
};

/// Chinese characters that never stand twice in a row.
const SINGLE: &str = "的了和在是为為与與及于於或由被把从從到并並但而且则則其该該这這";

/// Words that end in such a character.
const ENDING: [&str; 27] = [
    "目的", "标的", "標的", "行为", "行為", "作为", "作為", "成为", "成為", "因为", "因為", "认为",
    "認為", "参与", "參與", "存在", "现在", "現在", "潜在", "內在", "内在", "理由", "自由", "应该",
    "應該", "为了", "总和",
];

fn check(report: &Report, sink: &mut Sink) {
    for text in texts(report) {
        let found = if text.lang.is_chinese() { chinese(&text) } else { english(&text) };
        for (start, end) in found {
            let Some(place) = text.place(start, end) else { continue };
            let words = text.prose.text.get(start..end).unwrap_or_default();
            let message = say!("`{words}` repeats a word", words);
            let found = Diagnostic::warning(RULE.name, place, message);
            sink.push(found.subject(text.subject.clone()).help(say!("delete one of them")));
        }
    }
}

/// A word of English twice in a row, in lower case the second time.
fn english(text: &Written) -> Vec<(usize, usize)> {
    const RIGHT: [&str; 5] = ["had", "that", "very", "blah", "so"];
    let words = &text.prose.text;
    let mut found = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let mut start: Option<usize> = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        let letter = c.is_alphabetic() || start.is_some() && matches!(c, '-' | '’' | '\'');
        match (letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = words.get(from..at).unwrap_or_default();
                if let Some((first, end)) = last {
                    let before = words.get(first..end).unwrap_or_default();
                    let between = words.get(end..from).unwrap_or_default();
                    let lower = word.chars().all(|c| !c.is_uppercase());
                    let same = before.eq_ignore_ascii_case(word) && lower && !RIGHT.contains(&word);
                    if same && !between.is_empty() && between.trim().is_empty() {
                        found.push((first, at));
                    }
                }
                last = Some((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A character twice that never stands twice, or a word of two characters twice.
fn chinese(text: &Written) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.prose.text.char_indices().collect();
    let mut found = Vec::new();
    for (index, four) in chars.windows(4).enumerate() {
        let [(at, a), (_, b), (_, c), (end, d)] = four else { continue };
        let word = [a, b].iter().all(|c| is_chinese(**c)) && a != b;
        let counted = matches!(a, '一' | '逐' | '各' | '试' | '看' | '想' | '讨' | '研');
        let before = index.checked_sub(1).and_then(|place| chars.get(place));
        let inside = before.is_some_and(|(_, c)| matches!(c, '一' | '每'));
        if word && a == c && b == d && !counted && !inside {
            found.push((*at, end + d.len_utf8()));
        }
    }
    for (index, two) in chars.windows(2).enumerate() {
        let [(at, a), (end, b)] = two else { continue };
        // In `目的的` the first belongs to a word of its own.
        let before = index.checked_sub(1).and_then(|place| chars.get(place));
        let word = before.map(|(_, c)| format!("{c}{a}")).unwrap_or_default();
        if a == b && SINGLE.contains(*a) && !ENDING.contains(&word.as_str()) {
            found.push((*at, end + b.len_utf8()));
        }
    }
    found.sort_unstable();
    found
}
