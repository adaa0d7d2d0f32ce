#![doc = include_str!("stray_language.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::texts::{Texts, Written, is_chinese};

/// Words of another language inside a text.
pub const RULE: Rule = Rule {
    name: "stray-language",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("stray_language.md"),
    check: Check::Texts(check),
};

/// Words of English that names are made with, and those that only sentences have.
const ENGLISH: [&str; 22] = [
    "the", "and", "of", "for", "with", "is", "are", "was", "were", "our", "we", "this", "that",
    "from", "by", "has", "have", "will", "not", "in", "on", "to",
];
const SENTENCES: [&str; 16] = [
    "is", "are", "was", "were", "has", "have", "had", "will", "we", "our", "its", "their", "this",
    "which", "been", "these",
];

/// Words that a run of Latin letters has at least before it can be a sentence.
const SHORTEST: usize = 6;

fn check(written: &Texts<'_>, sink: &mut Sink) {
    for text in &written.all {
        let strays = if text.lang.is_chinese() { english(text) } else { chinese(text) };
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

/// English words in a text in Chinese: lower case throughout amid Chinese, with one that no name
/// consists of; or a whole sentence that was not translated, outside brackets and quotation marks.
fn english(text: &Written) -> Vec<(usize, usize)> {
    let words = &text.prose.text;
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    for (at, c) in words.char_indices().chain([(words.len(), '。')]) {
        let joins = matches!(c, ' ' | '\'' | '’' | ',' | '-') || c.is_ascii_digit();
        let part = c.is_ascii_alphabetic() || start.is_some() && joins;
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let run = words.get(from..at).unwrap_or_default();
                let run = run.trim_end_matches([' ', ',', '-']);
                let before = words.get(..from).unwrap_or_default();
                if is_phrase(run, before) || is_sentence(run, before) {
                    found.push((from, from + run.len()));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Words in lower case amid Chinese.
fn is_phrase(run: &str, before: &str) -> bool {
    let plain = run.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '\'' | '’'));
    let known = run.split(' ').any(|word| ENGLISH.contains(&word));
    plain && known && before.trim_end().chars().next_back().is_some_and(is_chinese)
}

/// A sentence: a verb or pronoun that no title has, and mostly lower case.
fn is_sentence(run: &str, before: &str) -> bool {
    let words: Vec<&str> = run.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let lower = words.iter().filter(|word| word.chars().all(|c| !c.is_ascii_uppercase())).count();
    let opens = before.rfind(['(', '（', '“', '「', '《', '"', '[']);
    let closes = before.rfind([')', '）', '”', '」', '》', ']']);
    let apart = match (opens, closes) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        _ => false,
    };
    words.len() >= SHORTEST
        && !apart
        && lower * 3 >= words.len() * 2
        && words.iter().any(|word| SENTENCES.contains(word))
}
