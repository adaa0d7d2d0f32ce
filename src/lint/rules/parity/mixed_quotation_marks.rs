#![doc = include_str!("mixed_quotation_marks.md")]

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;

use crate::lint::rules::narrative::texts::{Texts, Written};

/// Quotation marks of several styles in one language.
pub const RULE: Rule = Rule {
    name: "mixed-quotation-marks",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("mixed_quotation_marks.md"),
    check: Check::Texts(check),
};

/// A style of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    Curly,
    Corner,
    Straight,
}

impl Style {
    fn of(c: char) -> Option<Self> {
        match c {
            '“' | '”' => Some(Self::Curly),
            '「' | '」' | '『' | '』' => Some(Self::Corner),
            '"' => Some(Self::Straight),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Curly => "“ ”",
            Self::Corner => "「 」",
            Self::Straight => "\" \"",
        }
    }
}

fn check(written: &Texts<'_>, sink: &mut Sink) {
    let texts = &written.all;
    let mut counts: BTreeMap<Lang, BTreeMap<Style, usize>> = BTreeMap::new();
    for text in texts {
        for style in text.prose.text.chars().filter_map(Style::of) {
            *counts.entry(text.lang).or_default().entry(style).or_default() += 1;
        }
    }
    for (lang, styles) in counts {
        let usual = if lang == Lang::ZhHant { Style::Corner } else { Style::Curly };
        // Where two styles are as frequent, that of the region prevails.
        let policy = styles.iter().max_by_key(|(style, count)| (**count, **style == usual));
        let Some((&policy, &count)) = policy else { continue };
        if lang.is_chinese() && policy != usual {
            foreign_style(texts, lang, (policy, usual), count, sink);
        }
        texts.iter().filter(|text| text.lang == lang).for_each(|text| look(text, policy, sink));
    }
}

/// A style that another region uses, throughout a language; it is said once.
fn foreign_style(
    texts: &[Written],
    lang: Lang,
    (policy, usual): (Style, Style),
    count: usize,
    sink: &mut Sink,
) {
    let own = texts.iter().filter(|text| text.lang == lang);
    let first = own.filter_map(|text| {
        let found = text.prose.text.char_indices().find(|(_, c)| Style::of(*c) == Some(policy));
        let (at, c) = found?;
        Some((text, text.place(at, at + c.len_utf8())?))
    });
    let Some((text, place)) = first.into_iter().next() else { return };
    let message = say!(
        "`{lang}` uses {policy} in {count} places, where {usual} is the style of the region",
        lang,
        policy = policy.word(),
        count,
        usual = usual.word()
    );
    let found = Diagnostic::warning(RULE.name, place, message).subject(text.subject.clone());
    sink.push(found.help(say!("write {right}", right = usual.word())));
}

fn look(text: &Written, policy: Style, sink: &mut Sink) {
    for (at, c) in text.prose.text.char_indices() {
        let Some(style) = Style::of(c).filter(|style| *style != policy) else { continue };
        let before = text.prose.text.get(..at).unwrap_or_default().chars().next_back();
        // An inch is no quotation.
        if style == Style::Straight && before.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        let Some(place) = text.place(at, at + c.len_utf8()) else { continue };
        let message = say!(
            "{c} is a mark of the style {style}, and `{lang}` elsewhere uses {policy}",
            c,
            style = style.word(),
            lang = text.lang,
            policy = policy.word()
        );
        let found = Diagnostic::warning(RULE.name, place, message).subject(text.subject.clone());
        sink.push(found.help(say!("write {right}", right = policy.word())));
    }
}
