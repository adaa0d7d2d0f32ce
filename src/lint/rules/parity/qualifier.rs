//! What is said about a figure besides its digits.

use std::ops::Range;

/// What is said about a figure besides its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// Nothing.
    Exact,
    /// More: over, 超, 余.
    Over,
    /// A little less: nearly, 近.
    Nearly,
    /// More or less: about, 约.
    About,
    /// This or more: at least, 不低于.
    AtLeast,
    /// This or less: at most, 不超过.
    AtMost,
    /// Less: under, 不足.
    Below,
}

/// Words before a figure, in English and Chinese. Longer ones stand first where one ends another.
const BEFORE: &[(&str, Degree)] = &[
    ("no fewer than", Degree::AtLeast),
    ("not fewer than", Degree::AtLeast),
    ("no less than", Degree::AtLeast),
    ("not less than", Degree::AtLeast),
    ("not below", Degree::AtLeast),
    ("no lower than", Degree::AtLeast),
    ("not lower than", Degree::AtLeast),
    ("no higher than", Degree::AtMost),
    ("not higher than", Degree::AtMost),
    ("not above", Degree::AtMost),
    ("at least", Degree::AtLeast),
    ("a minimum of", Degree::AtLeast),
    ("no more than", Degree::AtMost),
    ("not more than", Degree::AtMost),
    ("not exceed", Degree::AtMost),
    ("not exceeding", Degree::AtMost),
    ("not over", Degree::AtMost),
    ("at most", Degree::AtMost),
    ("up to", Degree::AtMost),
    ("a maximum of", Degree::AtMost),
    ("more than", Degree::Over),
    ("upwards of", Degree::Over),
    ("in excess of", Degree::Over),
    ("exceeding", Degree::Over),
    ("exceeded", Degree::Over),
    ("exceeds", Degree::Over),
    ("exceed", Degree::Over),
    ("greater than", Degree::Over),
    ("surpassed", Degree::Over),
    ("surpassing", Degree::Over),
    ("topped", Degree::Over),
    ("above", Degree::Over),
    ("over", Degree::Over),
    ("nearly", Degree::Nearly),
    ("almost", Degree::Nearly),
    ("close to", Degree::Nearly),
    ("about", Degree::About),
    ("around", Degree::About),
    ("approximately", Degree::About),
    ("roughly", Degree::About),
    ("some", Degree::About),
    ("less than", Degree::Below),
    ("fewer than", Degree::Below),
    ("lower than", Degree::Below),
    ("under", Degree::Below),
    ("below", Degree::Below),
    ("不低于", Degree::AtLeast),
    ("不低於", Degree::AtLeast),
    ("不少于", Degree::AtLeast),
    ("不少於", Degree::AtLeast),
    ("不小于", Degree::AtLeast),
    ("至少", Degree::AtLeast),
    ("最少", Degree::AtLeast),
    ("不高于", Degree::AtMost),
    ("不高於", Degree::AtMost),
    ("不多于", Degree::AtMost),
    ("不多於", Degree::AtMost),
    ("不大于", Degree::AtMost),
    ("不超过", Degree::AtMost),
    ("不超過", Degree::AtMost),
    ("未超过", Degree::AtMost),
    ("未超過", Degree::AtMost),
    ("最多", Degree::AtMost),
    ("至多", Degree::AtMost),
    ("最高", Degree::AtMost),
    ("超过", Degree::Over),
    ("超過", Degree::Over),
    ("突破", Degree::Over),
    ("高于", Degree::Over),
    ("高於", Degree::Over),
    ("大于", Degree::Over),
    ("大於", Degree::Over),
    ("多于", Degree::Over),
    ("多於", Degree::Over),
    ("超", Degree::Over),
    ("逾", Degree::Over),
    ("将近", Degree::Nearly),
    ("將近", Degree::Nearly),
    ("接近", Degree::Nearly),
    ("近", Degree::Nearly),
    ("大约", Degree::About),
    ("大約", Degree::About),
    ("约有", Degree::About),
    ("約有", Degree::About),
    ("约为", Degree::About),
    ("約為", Degree::About),
    ("约", Degree::About),
    ("約", Degree::About),
    ("低于", Degree::Below),
    ("低於", Degree::Below),
    ("少于", Degree::Below),
    ("少於", Degree::Below),
    ("小于", Degree::Below),
    ("小於", Degree::Below),
    ("不足", Degree::Below),
    ("不到", Degree::Below),
];

/// Words behind a figure.
const AFTER: &[(&str, Degree)] = &[
    ("or more", Degree::AtLeast),
    ("or above", Degree::AtLeast),
    ("or less", Degree::AtMost),
    ("or fewer", Degree::AtMost),
    ("以上", Degree::AtLeast),
    ("以下", Degree::AtMost),
    ("以内", Degree::AtMost),
    ("以內", Degree::AtMost),
    ("左右", Degree::About),
    ("上下", Degree::About),
];

/// What is said about the figure at a place.
pub fn degree(text: &str, range: &Range<usize>) -> Degree {
    let words = text.get(range.clone()).unwrap_or_default();
    if words.ends_with('+') || words.contains('+') && !words.starts_with('+') {
        return Degree::Over;
    }
    // `80余个`: the word stands between the digits and what they count.
    let digits =
        words.rfind(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万萬亿億".contains(c));
    let behind = digits.and_then(|at| {
        let mut rest = words.get(at..)?.chars();
        rest.next();
        rest.next()
    });
    let inside = words.chars().any(|c| matches!(c, '余' | '餘')) || behind == Some('多');
    let before = text.get(..range.start).unwrap_or_default();
    let said = led(before, words);
    if said != Degree::Exact {
        return said;
    }
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let next = after.chars().next();
    if inside || matches!(next, Some('余' | '餘' | '多')) && !after.starts_with("多元") {
        return Degree::Over;
    }
    let found = AFTER.iter().find(|(word, _)| after.starts_with(word));
    found.map_or_else(|| earlier(before), |(_, degree)| *degree)
}

/// What is said further ahead in the clause: `约为同年排放的3倍`.
fn earlier(before: &str) -> Degree {
    const WORDS: [&str; 8] =
        ["约为", "約為", "约占", "約佔", "约合", "約合", "约相当于", "約相當於"];
    let clause = before.rsplit(['，', '。', '；', '、', '\u{FFFC}']).next().unwrap_or_default();
    if clause.is_ascii() {
        return Degree::Exact;
    }
    if !clause.contains(['约', '約']) {
        return limit(clause);
    }
    let place = WORDS.iter().filter_map(|word| clause.rfind(word)).max();
    let rest = place.and_then(|at| clause.get(at..));
    // A year may stand between, another figure may not.
    let alone = rest.is_some_and(|rest| {
        let mut parts = rest.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.all(|part| part.len() == 4)
            && (!rest.bytes().any(|b| b.is_ascii_digit()) || rest.contains('年'))
    });
    if alone { Degree::About } else { limit(clause) }
}

/// A limit with its verb before the figure: `至少须完成15小时`.
fn limit(clause: &str) -> Degree {
    const WORDS: [(&str, Degree); 6] = [
        ("至少", Degree::AtLeast),
        ("最少", Degree::AtLeast),
        ("不少于", Degree::AtLeast),
        ("不少於", Degree::AtLeast),
        ("至多", Degree::AtMost),
        ("最多", Degree::AtMost),
    ];
    if !clause.contains(['少', '多']) {
        return Degree::Exact;
    }
    let number = |c: char| {
        c.is_ascii_digit() || c == '\u{FFFC}' || "一二三四五六七八九十百千万萬亿億两兩".contains(c)
    };
    let found = WORDS.iter().find_map(|(word, degree)| {
        let rest = clause.get(clause.rfind(word)? + word.len()..)?;
        let near = rest.chars().count() <= 6 && !rest.chars().any(number);
        near.then_some(*degree)
    });
    found.unwrap_or(Degree::Exact)
}

/// What the words before a figure say; a currency may stand between.
fn led(before: &str, words: &str) -> Degree {
    const MONEY: [&str; 9] = ["RMB", "HK$", "US$", "$", "¥", "人民币", "人民幣", "港币", "港幣"];
    let mut before = before.trim_end();
    for money in MONEY {
        before = before.strip_suffix(money).unwrap_or(before).trim_end();
    }
    let lower = end(before).to_ascii_lowercase();
    // A test is passed, and so is an amount of money.
    let money = MONEY.iter().any(|money| words.starts_with(money));
    if money && lower.ends_with(" passed") {
        return Degree::Over;
    }
    let last = lower.bytes().next_back();
    let found =
        BEFORE.iter().filter(|(word, _)| word.bytes().next_back() == last).find(|(word, _)| {
            let Some(rest) = lower.strip_suffix(word) else { return false };
            // Words of English end where another letter stands before them.
            !(word.is_ascii() && rest.ends_with(|c: char| c.is_ascii_alphabetic()))
        });
    found.map_or(Degree::Exact, |(_, degree)| *degree)
}

/// The end of a text, as long as any of the words before a figure with the letter in front of it.
fn end(text: &str) -> &str {
    const LONGEST: usize = 48;
    let start =
        (text.len().saturating_sub(LONGEST)..=text.len()).find(|at| text.is_char_boundary(*at));
    text.get(start.unwrap_or_default()..).unwrap_or_default()
}

/// Whether two such words cannot mean the same.
pub fn differ(a: Degree, b: Degree) -> bool {
    use Degree::{About, AtLeast, AtMost, Below, Exact, Nearly, Over};
    let side = |degree| match degree {
        Over | AtLeast => 1,
        Nearly | Below | AtMost => 2,
        About => 3,
        Exact => 4,
    };
    match (a, b) {
        // Limits are often said by another word of the sentence, such as "within".
        (Exact, AtLeast | AtMost | Below) | (AtLeast | AtMost | Below, Exact) => false,
        (a, b) => side(a) != side(b),
    }
}
