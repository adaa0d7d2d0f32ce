#![doc = include_str!("wrong_width.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::texts::{Texts, is_chinese};

/// Punctuation and digits of the wrong width.
pub const RULE: Rule = Rule {
    name: "wrong-width",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("wrong_width.md"),
    check: Check::Texts(check),
};

/// Half-width marks and their full-width forms.
const MARKS: [(char, char); 6] =
    [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('.', '。')];

fn check(written: &Texts<'_>, sink: &mut Sink) {
    for text in &written.all {
        let chars: Vec<(usize, char)> = text.prose.text.char_indices().collect();
        for (index, (at, c)) in chars.iter().enumerate() {
            if is_chinese(*c) || c.is_ascii_alphanumeric() || *c == ' ' {
                continue;
            }
            let near = |step: usize, back: bool| {
                let place = if back { index.checked_sub(step) } else { index.checked_add(step) };
                place.and_then(|place| chars.get(place)).map(|(_, c)| *c)
            };
            let right = if text.lang.is_chinese() {
                in_chinese(*c, near(1, true), near(1, false))
            } else {
                in_english(*c)
            };
            let Some(right) = right else { continue };
            let Some(place) = text.place(*at, at + c.len_utf8()) else { continue };
            let message = if text.lang.is_chinese() && c.is_ascii() {
                say!("{c} is half-width in a text in `{lang}`", c, lang = text.lang)
            } else {
                say!("{c} is full-width in a text in `{lang}`", c, lang = text.lang)
            };
            let found = Diagnostic::warning(RULE.name, place, message);
            sink.push(found.subject(text.subject.clone()).help(say!("write {right}", right)));
        }
    }
}

/// Half-width brackets around Chinese that stand against Chinese.
fn bracket(c: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let both = before.is_some_and(is_chinese) && after.is_some_and(is_chinese);
    match c {
        '(' if both => Some('（'),
        ')' if both => Some('）'),
        _ => None,
    }
}

fn in_chinese(c: char, before: Option<char>, after: Option<char>) -> Option<char> {
    if let Some(wide) = bracket(c, before, after) {
        return Some(wide);
    }
    if let Some(plain) = narrow(c) {
        return Some(plain);
    }
    let (_, wide) = MARKS.iter().find(|(mark, _)| *mark == c)?;
    let led = before.is_some_and(|c| is_chinese(c) || matches!(c, '”' | '」' | '》' | '）'));
    let followed = after.is_none_or(|c| is_chinese(c) || c.is_whitespace() || "“「《".contains(c));
    (led && followed).then_some(*wide)
}

fn in_english(c: char) -> Option<char> {
    let mark = MARKS.iter().find(|(_, wide)| *wide == c).map(|(mark, _)| *mark);
    let bracket = match c {
        '（' => Some('('),
        '）' => Some(')'),
        '、' => Some(','),
        _ => None,
    };
    mark.or(bracket).or_else(|| narrow(c))
}

/// The plain form of a full-width letter or digit.
fn narrow(c: char) -> Option<char> {
    let wide = matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％');
    wide.then(|| char::from_u32(u32::from(c) - 0xFEE0)).flatten()
}
