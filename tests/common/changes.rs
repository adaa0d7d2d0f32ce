//! Changes made to lines of a report, each of which another language shows to be wrong.

/// Whether a line is a paragraph that can be taken away.
pub fn is_paragraph(line: &str) -> bool {
    let first = line.chars().next();
    first.is_some_and(|c| c.is_alphanumeric() || c == '“') && line.chars().count() > 12
}

/// `{{ x@2024 }}` becomes `{{ x@2023 }}`.
pub fn other_year_of_a_figure(line: &str) -> Option<String> {
    let open = line.find("{{")?;
    let at = open + line[open..].find("@2024 ")?;
    line[open..at].find("}}").is_none().then(|| format!("{}@2023 {}", &line[..at], &line[at + 6..]))
}

/// A figure becomes its opposite.
pub fn other_sign(line: &str) -> Option<String> {
    let open = line.find("{{ ")? + 3;
    let plain = !line[open..].starts_with(['-', '(', '"']) && !line[open..].contains("abs");
    plain
        .then(|| format!("{}0 - {}", &line[..open], &line[open..]))
        .filter(|_| !line[open..].contains("words"))
}

/// A unit becomes another one of its kind.
pub fn other_unit(line: &str) -> Option<String> {
    let units = [
        (" hours", " days"),
        (" months", " weeks"),
        ("%", " percentage points"),
        (" days", " hours"),
        ("小时", "天"),
        ("个月", "周"),
        ("%", "个百分点"),
        ("公里", "米"),
        ("公斤", "吨"),
        ("分钟", "小时"),
        (" kg", " tonnes"),
        (" km", " metres"),
        (" minutes", " hours"),
        (" million", " billion"),
    ];
    units.iter().find_map(|(old, new)| {
        let at = line.match_indices(old).map(|(at, _)| at).find(|at| {
            // `7×24` is a name.
            let number = line[..*at].trim_end_matches(|c: char| c.is_ascii_digit());
            number.len() < *at && !number.ends_with('×')
        })?;
        let chinese = line.contains(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        let same = chinese != new.is_ascii();
        same.then(|| format!("{}{new}{}", &line[..at], &line[at + old.len()..]))
    })
}

/// A year outside figures becomes another one.
pub fn other_date(line: &str) -> Option<String> {
    let mut depth = 0;
    for (at, c) in line.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        let year = line[at..]
            .get(..4)
            .is_some_and(|y| y.starts_with("20") && y.bytes().all(|b| b.is_ascii_digit()));
        let before = line[..at].chars().next_back();
        let after = line[at..].chars().nth(4);
        let alone =
            |c: Option<char>| c.is_none_or(|c| c == ' ' || c == '年' || c == ',' || c > '\u{2000}');
        if depth == 0 && year && alone(before) && alone(after) {
            return Some(format!("{}2017{}", &line[..at], &line[at + 4..]));
        }
    }
    None
}

/// A denial becomes an assertion, at each place of a line.
pub fn without_not(line: &str) -> Vec<String> {
    let pairs = [(" not ", " "), ("没有", "有"), ("不包括", "包括"), ("不得", "可"), ("未", "已")];
    without(line, &pairs)
}

/// The same for other words that deny.
pub fn without_no(line: &str) -> Vec<String> {
    let pairs = [
        ("cannot ", "can "),
        (" never ", " "),
        (" without ", " with "),
        (" no ", " "),
        ("No ", ""),
        (" none ", " all "),
        ("Nobody ", "Everybody "),
        ("无须", "须"),
        ("无法", "可"),
        ("无需", "需"),
        ("禁止", "允许"),
        ("严禁", "允许"),
        ("并非", "是"),
        ("不", ""),
    ];
    without(line, &pairs)
}

/// Words in which a sign of negation is part of a name or of another thought: without it they would mean
/// nothing, or the sentence would say the same.
const HELD: &[&str] = &[
    "not only",
    "not less",
    "not more",
    "or not",
    "no longer",
    "no more",
    "no less",
    "no later",
    "no doubt",
    "No. ",
    "未来",
    "未经",
    "未成年",
    "未满",
    "未必",
    "未能",
    "尚未",
    "不包括",
    "不得",
    "不断",
    "不时",
    "不仅",
    "不但",
    "不少",
    "不多",
    "不低",
    "不高",
    "不超过",
    "不同",
    "不相同",
    "不尽相同",
    "不一致",
    "不足",
    "不良",
    "不当",
    "不利",
    "不便",
    "不公",
    "不实",
    "不限",
    "不均",
    "不稳",
    "不易",
    "不定期",
    "不正当",
    "不合格",
    "不合理",
    "不安全",
    "不平等",
    "不规则",
    "不经意",
    "不确定",
    "不可再生",
    "不可避免",
    "不导电",
    "不连续",
    "不遵守就解释",
    "不一",
    "生生不息",
    "不动产",
    "不锈",
    "不过",
    // A word that is quoted is spoken of.
    "“不得”",
    "“不应”",
];

fn without(line: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (old, new) in pairs {
        for (at, _) in line.match_indices(old) {
            if !is_held(line, at, old) && !is_listed(line, at, old) {
                found.push(format!("{}{new}{}", &line[..at], &line[at + old.len()..]));
            }
        }
    }
    found
}

fn is_held(line: &str, at: usize, word: &str) -> bool {
    let first = at + word.len() - word.trim_start().len();
    HELD.iter().any(|held| {
        let mut places = line.match_indices(held).map(|(start, _)| start..start + held.len());
        held.trim() != word.trim()
            && !word.contains(held)
            && places.any(|held| held.contains(&first))
    })
}

/// Whether a sign stands in a list of which others are denied too: `不出租、出售` and `no A, B and no C`
/// still read as if all were.
fn is_listed(line: &str, at: usize, word: &str) -> bool {
    let start = line[..at].rfind(['，', '。', '；', '：', '.', ';', ':']).unwrap_or(0);
    let end =
        line[at..].find(['，', '。', '；', '：', '.', ';', ':']).map_or(line.len(), |end| at + end);
    let (before, clause) = (&line[start..at], &line[start..end]);
    match word {
        "不" => clause.contains('、') && clause.matches('不').count() > 1,
        " no " => before.contains(" no ") && before.ends_with([',', 'd', 'r']),
        _ => false,
    }
}

/// What is planned or promised is done, or binds more or less.
pub fn without_plan(line: &str) -> Option<String> {
    let pairs = [
        (" plans to ", " has begun to "),
        (" intends to ", " has begun to "),
        (" aims to ", " will "),
        (" Group will ", " Group may "),
        ("集团计划", "集团已"),
        ("将于", "已于"),
        ("将继续", "可能继续"),
        ("集团将", "集团可能"),
        ("力争", "将"),
    ];
    pairs.iter().find(|(old, _)| line.contains(old)).map(|(old, new)| line.replacen(old, new, 1))
}
