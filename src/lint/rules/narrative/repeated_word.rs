#![doc = include_str!("repeated_word.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};

use crate::lint::rules::narrative::texts::{Texts, Written, is_chinese};

/// Words that stand twice by mistake.
pub const RULE: Rule = Rule {
    name: "repeated-word",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("repeated_word.md"),
    check: Check::Texts(check),
};

/// Chinese characters that never stand twice in a row.
const SINGLE: &str = "的了和在是为為与與及于於或由被把从從到并並但而且则則其该該这這";

/// Words that end in such a character.
const ENDING: &[&str] = &[
    "目的", "标的", "標的", "行为", "行為", "作为", "作為", "成为", "成為", "因为", "因為", "认为",
    "認為", "华为", "華為", "参与", "參與", "存在", "现在", "現在", "潜在", "內在", "内在", "外在",
    "实在", "實在", "理由", "自由", "事由", "缘由", "緣由", "经由", "經由", "应该", "應該", "为了",
    "為了", "除了", "总和", "總和", "中和", "温和", "溫和", "饱和", "飽和", "缓和", "緩和", "融和",
    "调和", "調和", "共和", "柔和", "平和", "祥和", "合并", "合並", "兼并", "一并", "原则", "原則",
    "准则", "準則", "规则", "規則", "守则", "守則", "细则", "細則", "否则", "否則", "尤其", "极其",
    "極其", "服从", "服從", "自从", "自從", "关于", "關於", "由于", "由於", "基于", "基於", "对于",
    "對於", "于是", "於是", "还是", "還是", "但是", "只是", "凡是", "以及", "涉及", "普及", "及其",
];

/// Words that begin with such a character.
const STARTING: &[&str] = &[
    "了解", "了结", "了結", "的确", "的確", "的士", "在建", "在职", "在職", "在线", "在線", "在校",
    "在岗", "在崗", "在册", "在冊", "在场", "在場", "在用", "在内", "在內", "在地", "在于", "在於",
    "在制", "在製", "在途", "在售", "在研", "为期", "為期", "为民", "為民", "为主", "為主", "与会",
    "與會", "和谐", "和諧", "和平", "和解", "及时", "及時", "及早", "并购", "並購", "并网", "並網",
    "并入", "並入", "并行", "並行", "从业", "從業", "从事", "從事", "其他", "其它", "其中", "其余",
    "其餘", "被审", "被審", "被投", "被收", "被查", "被保", "是否", "或有", "把关", "把關", "把握",
    "则是", "則是",
];

/// What makes a word of two characters the beginning of another one: `公司公司章程`, `项目项目经理`.
const HEADS: &str =
    "经經负負管体體层層人办辦制者秘章治细細条條法战戰文总總化性级級长長员員权權业業所部门門组組信";

fn check(written: &Texts<'_>, sink: &mut Sink) {
    for text in &written.all {
        let found = if text.lang.is_chinese() { chinese(text) } else { english(text) };
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
    const RIGHT: [&str; 8] = ["had", "that", "very", "blah", "so", "is", "in", "her"];
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
        if a != c || b != d {
            continue;
        }
        let word = [a, b].iter().all(|c| is_chinese(**c)) && a != b;
        let counted = matches!(a, '一' | '逐' | '各' | '试' | '看' | '想' | '讨' | '研');
        let before = index.checked_sub(1).and_then(|place| chars.get(place));
        let inside = before.is_some_and(|(_, c)| matches!(c, '一' | '每'));
        let head = chars.get(index + 4).is_some_and(|(_, c)| HEADS.contains(*c));
        if word && !counted && !inside && !head {
            found.push((*at, end + d.len_utf8()));
        }
    }
    for (index, two) in chars.windows(2).enumerate() {
        let [(at, a), (end, b)] = two else { continue };
        if a != b || !SINGLE.contains(*a) {
            continue;
        }
        // In `目的的` the first belongs to a word of its own, in `碳中和和` and `为了了解` too.
        let before = index.checked_sub(1).and_then(|place| chars.get(place));
        let word = before.map(|(_, c)| format!("{c}{a}")).unwrap_or_default();
        let next = chars.get(index + 2).map(|(_, c)| format!("{b}{c}")).unwrap_or_default();
        if !ENDING.contains(&word.as_str()) && !STARTING.contains(&next.as_str()) {
            found.push((*at, end + b.len_utf8()));
        }
    }
    found.sort_unstable();
    found
}
