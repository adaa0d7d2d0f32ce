#![doc = include_str!("foreign_script.md")]

use std::sync::LazyLock;

use encoding_rs::{BIG5, GBK};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;

use crate::lint::rules::narrative::texts::{Texts, Written, is_chinese};

/// Traditional characters in simplified text, and the reverse.
pub const RULE: Rule = Rule {
    name: "foreign-script",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("foreign_script.md"),
    check: Check::Texts(check),
};

/// Traditional forms that stand in the character set of simplified text, or that the tables keep.
const VARIANTS: [(char, char); 12] = [
    ('於', '于'),
    ('徵', '征'),
    ('裡', '里'),
    ('裏', '里'),
    ('羣', '群'),
    ('峯', '峰'),
    ('衆', '众'),
    ('竝', '并'),
    ('綫', '线'),
    ('祕', '秘'),
    ('牀', '床'),
    ('鑑', '鉴'),
];

/// Words of simplified text whose characters all stand in traditional text too, where they make up
/// other words. Only the word tells them apart.
const WORDS: &[(&str, &str)] = &[
    ("以后", "以後"),
    ("之后", "之後"),
    ("今后", "今後"),
    ("最后", "最後"),
    ("然后", "然後"),
    ("随后", "隨後"),
    ("背后", "背後"),
    ("前后", "前後"),
    ("后果", "後果"),
    ("后期", "後期"),
    ("后者", "後者"),
    ("售后", "售後"),
    ("事后", "事後"),
    ("价值", "價值"),
    ("价格", "價格"),
    ("体系", "體系"),
    ("体现", "體現"),
    ("整体", "整體"),
    ("具体", "具體"),
    ("体制", "體制"),
    ("制造商", "製造商"),
    ("制造業", "製造業"),
    ("制造廠", "製造廠"),
    ("制造過程", "製造過程"),
    ("制造工藝", "製造工藝"),
    ("制造基地", "製造基地"),
    ("几乎", "幾乎"),
    ("云端", "雲端"),
    ("征收", "徵收"),
    ("征求", "徵求"),
    ("特征", "特徵"),
    ("象征", "象徵"),
    ("愿意", "願意"),
    ("愿景", "願景"),
];

/// Simplified forms that stand in the character set of traditional text, where they mean another
/// word: they are left alone, since only the sense tells them apart.
const SHARED: &str = "后里台面只干云松谷系制致准了冲出采才丑几斗卷余征范郁御沈岳姜咽表辟卜伙家价局克夸困累漓梁弥么仆朴千秋曲舍胜苏体托洼向旋佣涌游愿折周注症着群峰";

fn check(written: &Texts<'_>, sink: &mut Sink) {
    let texts = &written.all;
    if !texts.iter().any(|text| text.lang.is_chinese()) {
        return;
    }
    // Unpacking the tables takes long; each is unpacked once, and only where there are such texts.
    static SIMPLIFY: LazyLock<Option<OpenCC>> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
    static COMPLICATE: LazyLock<Option<OpenCC>> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());
    for text in texts {
        let engine = match text.lang {
            Lang::ZhHans if !text.prose.text.chars().any(is_unusual) => continue,
            Lang::ZhHans => &SIMPLIFY,
            Lang::ZhHant => &COMPLICATE,
            Lang::En => continue,
        };
        if let Some(engine) = &**engine {
            look(text, engine, sink);
        }
    }
}

fn look(text: &Written, engine: &OpenCC, sink: &mut Sink) {
    let words = &text.prose.text;
    let converted = engine.convert(words);
    let aligned = converted.chars().count() == words.chars().count();
    let mut run: Option<(usize, usize, String, String)> = None;
    let pairs = words.char_indices().zip(converted.chars());
    for ((at, c), other) in pairs.chain([((words.len(), ' '), ' ')]) {
        let right = foreign(text.lang, c, other).filter(|_| aligned);
        let right = right.or_else(|| in_word(text, at));
        match (right, &mut run) {
            (Some(right), Some((_, end, wrong, correct))) => {
                *end = at + c.len_utf8();
                wrong.push(c);
                correct.push(right);
            }
            (Some(right), None) => {
                run = Some((at, at + c.len_utf8(), c.to_string(), right.to_string()));
            }
            (None, Some(_)) => report_run(text, run.take(), sink),
            (None, None) => {}
        }
    }
}

/// The right form of a character that belongs to the other script.
fn foreign(lang: Lang, c: char, converted: char) -> Option<char> {
    if !is_chinese(c) {
        return None;
    }
    if lang == Lang::ZhHans {
        let variant = VARIANTS.iter().find(|(wrong, _)| *wrong == c).map(|(_, right)| *right);
        return variant.or_else(|| (converted != c && !in_gb2312(c)).then_some(converted));
    }
    (converted != c && !SHARED.contains(c) && !in_big5(c)).then_some(converted)
}

/// The right form of a character inside a word that only simplified text has.
fn in_word(text: &Written, at: usize) -> Option<char> {
    if text.lang != Lang::ZhHant {
        return None;
    }
    let words = &text.prose.text;
    WORDS.iter().find_map(|(wrong, right)| {
        let pairs = wrong.char_indices().zip(right.chars());
        let inside = pairs.filter(|((step, c), other)| {
            let start = at.checked_sub(*step);
            c != other
                && start.and_then(|start| words.get(start..)).is_some_and(|w| w.starts_with(wrong))
        });
        inside.map(|(_, right)| right).next()
    })
}

/// Whether a character of simplified text needs a closer look; hardly one does.
fn is_unusual(c: char) -> bool {
    is_chinese(c) && (!in_gb2312(c) || VARIANTS.iter().any(|(wrong, _)| *wrong == c))
}

/// Whether a character is one of the set that simplified text is written in.
fn in_gb2312(c: char) -> bool {
    static SET: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let rows = (0xB0..=0xF7_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
        let codes: Vec<u8> = rows.flatten().collect();
        let (text, _) = GBK.decode_without_bom_handling(&codes);
        let mut set = Vec::new();
        for c in text.chars().filter(|c| is_chinese(*c)) {
            let at = c as usize;
            set.resize(set.len().max(at + 1), false);
            set.get_mut(at).into_iter().for_each(|known| *known = true);
        }
        set
    });
    SET.get(c as usize).copied().unwrap_or_default()
}

/// Whether a character is one of the set that traditional text is written in.
fn in_big5(c: char) -> bool {
    let text = c.to_string();
    let (_, _, lost) = BIG5.encode(&text);
    !lost
}

fn report_run(text: &Written, run: Option<(usize, usize, String, String)>, sink: &mut Sink) {
    let Some((start, end, wrong, right)) = run else { return };
    let Some(place) = text.place(start, end) else { return };
    let message = if text.lang == Lang::ZhHans {
        say!("{wrong} is traditional in a text in `{lang}`", wrong, lang = text.lang)
    } else {
        say!("{wrong} is simplified in a text in `{lang}`", wrong, lang = text.lang)
    };
    let found = Diagnostic::warning(RULE.name, place, message).subject(text.subject.clone());
    sink.push(found.help(say!("write {right}", right)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_of_simplified_text_is_that_of_its_encoding() {
        let encoded = |c: char| {
            let text = c.to_string();
            let (bytes, _, lost) = GBK.encode(&text);
            !lost && matches!(bytes.as_ref(), [0xB0..=0xF7, 0xA1..=0xFE])
        };
        let all = ('\u{3400}'..='\u{9FFF}').filter(|c| is_chinese(*c));
        let set: Vec<char> = all.filter(|c| in_gb2312(*c) || encoded(*c)).collect();
        assert!(set.iter().all(|c| in_gb2312(*c) && encoded(*c)));
        assert_eq!(set.len(), 6763);
    }
}
