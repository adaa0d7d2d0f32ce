#![doc = include_str!("stray_language.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::report::Report;

use crate::lint::rules::narrative::texts::{Written, is_chinese, texts};

/// Words of another language inside a text.
pub const RULE: Rule = Rule {
    name: "stray-language",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("stray_language.md"),
    check: Some(check),
};

/// Words of English that no name consists of.
const ENGLISH: [&str; 22] = [
    "the", "and", "of", "for", "with", "is", "are", "was", "were", "our", "we", "this", "that",
    "from", "by", "has", "have", "will", "not", "in", "on", "to",
];

fn check(report: &Report, sink: &mut Sink) {
    for text in texts(report) {
        let strays = if text.lang.is_chinese() { english(&text) } else { chinese(&text) };
        for (start, end) in strays {
            let Some(place) = text.place(start, end) else { continue };
            let words = text.prose.text.get(start..end).unwrap_or_default();
            let message = if text.lang.is_chinese() {
                say!("`{words}` is English in a text in `{lang}`", words, lang = text.lang)
            } else {
                say!("`{words}` is Chinese in a text in `{lang}`", words, lang = text.lang)
            };
            let found = Diagnostic::warning(RULE.name, place, message);
            sink.push(found.subject(text.subject.clone()).help(say!(
                "translate it; the original of a name may stand behind it in brackets"
            )));
        }
    }
}

/// Chinese words in a text in English, outside brackets and quotation marks.
fn chinese(text: &Written) -> Vec<(usize, usize)> {
    let words = &text.prose.text;
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, None);
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match c {
            '(' | '（' | '“' | '《' | '「' | '[' => depth += 1,
            ')' | '）' | '”' | '》' | '」' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (is_chinese(c) && depth == 0, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// English words in a text in Chinese: lower case throughout, with one that no name consists of.
fn english(text: &Written) -> Vec<(usize, usize)> {
    let words = &text.prose.text;
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    for (at, c) in words.char_indices().chain([(words.len(), '。')]) {
        let part = c.is_ascii_alphabetic() || start.is_some() && matches!(c, ' ' | '\'' | '’');
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let run = words.get(from..at).unwrap_or_default().trim_end();
                let plain = run.chars().all(|c| !c.is_ascii_uppercase());
                let known = run.split(' ').any(|word| ENGLISH.contains(&word));
                let before = words.get(..from).unwrap_or_default().trim_end().chars().next_back();
                let amid = before.is_some_and(is_chinese);
                if plain && known && amid {
                    found.push((from, from + run.len()));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}
