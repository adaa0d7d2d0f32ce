//! Digits that measure nothing, told by what stands around them.

use crate::locale::MONTHS;
use crate::locale::numerals::Literal;
use crate::locale::numerals::ages;
use crate::locale::numerals::around::{
    CHINESE_REFERENCES, CODES, NAMING, OPENERS, REFERENCES, SHORT_MONTHS, STANDARDS, TELLING,
};
use crate::locale::numerals::digits::currency;
use crate::locale::numerals::line::{Line, is_blank, is_chinese, is_latin};
use crate::locale::numerals::reading::{Number, Shape};
use crate::locale::numerals::tail::{Measure, Tail};

/// Digits with what stands around them.
pub struct Context<'a> {
    /// The text.
    pub line: &'a Line,
    /// The digits.
    pub first: &'a Number,
    /// The second digits of a range; otherwise the same.
    pub last: &'a Number,
    /// Scale and unit.
    pub tail: &'a Tail,
    /// The literal before, with its end.
    pub chain: Option<(usize, Literal)>,
}

type Found = Option<(usize, Literal)>;

/// What the digits are if they are a literal, with the end of it.
pub fn of(context: &Context<'_>) -> Found {
    let priced = currency(context.line, context.first.start).is_some();
    let base = base(context);
    if base.is_some() || priced {
        return base;
    }
    glued_before(context)
        .or_else(|| dotted(context))
        .or_else(|| glued_after(context))
        .or_else(|| floor(context))
        .or_else(|| date(context))
        .or_else(|| enclosed(context))
        .or_else(|| reference(context))
        .or_else(|| naming(context))
        .or_else(|| ages::of(context))
        .or_else(|| chained(context))
        .or_else(|| named(context))
        .or_else(|| chinese_name(context))
}

impl Context<'_> {
    /// The word of Latin letters before the digits, blanks between, with its start.
    fn word_before(&self) -> (usize, String) {
        let end = self.line.trim_blank(self.first.start);
        let start = if end < self.first.start { self.line.word_start(end) } else { end };
        (start, self.line.text(start..end))
    }

    /// The character before the digits, blanks left out.
    fn char_before(&self) -> char {
        self.line.before(self.line.trim_blank(self.first.start))
    }

    /// Whether something is measured.
    pub fn sure(&self) -> bool {
        self.tail.measure == Measure::Sure
    }

    /// The whole number of the last digits.
    pub fn whole(&self) -> Option<u32> {
        self.first.whole().and(self.last.whole())
    }

    /// The end of the name that the digits are part of.
    fn name_end(&self) -> usize {
        name_end(self.line, self.last.end)
    }
}

/// The end of a name: letters, digits, and what joins them.
fn name_end(line: &Line, start: usize) -> usize {
    let part = |c: char| is_latin(c) || c.is_ascii_digit() || ('₀'..='₉').contains(&c);
    let mut end = start;
    let mut open = false;
    loop {
        let (c, next) = (line.at(end), line.at(end + 1));
        let joins = matches!(c, '-' | ':' | '.' | '/' | '+' | '–' | '_' | '×') && part(next);
        let opens = c == '(' && part(next) && !open;
        let closes = c == ')' && open;
        if !part(c) && !joins && !opens && !closes {
            return end;
        }
        open = (open || opens) && !closes;
        end += 1;
    }
}

/// `per 1,000`, `every 10 minutes`, `每万元`, `/100 km`.
fn base(context: &Context<'_>) -> Found {
    let line = context.line;
    let start = currency(line, context.first.start).map_or(context.first.start, |(at, _)| at);
    let end = line.trim_blank(start);
    let word = line.text(line.word_start(end)..end).to_lowercase();
    let said = matches!(word.as_str(), "per" | "every" | "each") && end < start;
    let chinese = line.ends(end, "每");
    let earlier = line.before(end.saturating_sub(1));
    let slash = line.ends(end, "/") && (is_latin(earlier) || is_chinese(earlier));
    let done = context.tail.end.max(context.last.end);
    (said || chinese || slash).then_some((done, Literal::Base))
}

/// `SU7`, `CO2`, `GB/T-2589`, `#3`.
fn glued_before(context: &Context<'_>) -> Found {
    let (line, start) = (context.line, context.first.start);
    let (before, earlier) = (line.before(start), line.before(start.saturating_sub(1)));
    let joined = matches!(before, '-' | '/' | '.' | '_' | '~' | '^' | '·' | '’' | '\'')
        && (is_latin(earlier) || earlier.is_ascii_digit());
    let named = is_latin(before) || ('₀'..='₉').contains(&before) || before == '#' || before == '§';
    (named || joined).then(|| (context.name_end(), Literal::Name))
}

/// `4.2.1`
fn dotted(context: &Context<'_>) -> Found {
    (context.first.shape == Shape::Dotted).then(|| (context.name_end(), Literal::Reference))
}

/// `2nd`, `5G`, `24-hour`.
fn glued_after(context: &Context<'_>) -> Found {
    let (line, end) = (context.line, context.last.end);
    let hyphen = line.at(end) == '-' && is_latin(line.at(end + 1));
    let word_start = if hyphen { end + 1 } else { end };
    let word = line.text(word_start..line.word_end(word_start)).to_lowercase();
    if word.is_empty() {
        return None;
    }
    if !hyphen && matches!(word.as_str(), "st" | "nd" | "rd" | "th") {
        return Some((line.word_end(end), Literal::Ordinal));
    }
    let times = ["minute", "hour", "day", "week", "month", "year", "second", "quarter"];
    if hyphen && times.contains(&word.as_str()) {
        return Some((context.name_end(), Literal::Term));
    }
    let clock = !hyphen && matches!(word.as_str(), "am" | "pm");
    if clock {
        return Some((line.word_end(end), Literal::Time));
    }
    (context.tail.measure == Measure::None).then(|| (context.name_end(), Literal::Name))
}

/// `12/F`: a floor.
fn floor(context: &Context<'_>) -> Found {
    let (line, end) = (context.line, context.last.end);
    let named = line.has(end, "/F") && !is_latin(line.at(end + 2));
    (named && context.whole().is_some()).then_some((end + 2, Literal::Reference))
}

/// Years, months, days and times of day.
fn date(context: &Context<'_>) -> Found {
    let line = context.line;
    if context.first.is_year() && context.last.is_year() && !counts(context) {
        return Some((date_end(line, context.last.end, true), Literal::Date));
    }
    if context.first.is_year() && context.last.whole().is_some() && short_year(context) {
        return Some((context.last.end, Literal::Date));
    }
    let whole = context.whole()?;
    let end = date_end(line, context.last.end, false);
    if end > context.last.end && whole <= 31 {
        return Some((end, Literal::Date));
    }
    let after = line.skip_blank(context.last.end);
    let clock = ["时", "時", "点", "點", "a.m.", "p.m.", "am", "pm", "o’clock", "o'clock"];
    if let Some(length) = line.longest(after, &clock).filter(|_| whole <= 24)
        && !is_latin(line.at(after + length))
    {
        return Some((after + length, Literal::Time));
    }
    let minutes = context.chain.is_some_and(|(end, kind)| {
        kind == Literal::Time && end == context.first.start && line.at(after) == '分'
    });
    if minutes {
        return Some((after + 1, Literal::Time));
    }
    let month_after = is_month(&line.text(after..line.word_end(after)));
    let month_before = is_month(context.word_before().1.trim_end_matches('.'));
    let bare = context.tail.measure == Measure::None;
    let day = whole <= 31 && (month_after || month_before && bare);
    day.then_some((context.last.end, Literal::Date))
}

/// `2024/25`, `2024–25`.
fn short_year(context: &Context<'_>) -> bool {
    let apart = context.last.start == context.first.end + 1;
    context.last.digits.len() == 2 && apart && context.tail.measure == Measure::None
}

/// Whether something is counted by four digits that could be a year.
fn counts(context: &Context<'_>) -> bool {
    let first = context.tail.unit.chars().next();
    context.sure() || first.is_some_and(|c| "个個家名吨噸人件次台臺辆輛项項".contains(c))
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || SHORT_MONTHS.contains(&word)
}

/// The end of `年3月18日`, `财年`, `/25` and the like at a place.
fn date_end(line: &Line, start: usize, after_year: bool) -> usize {
    if !after_year {
        let month = sign(line, start, '月');
        return month.map_or_else(|| sign(line, start, '日').unwrap_or(start), |m| day(line, m));
    }
    let slash = matches!(line.at(start), '/' | '-' | '–');
    let two = line.at(start + 1).is_ascii_digit() && line.at(start + 2).is_ascii_digit();
    if slash && two && !line.at(start + 3).is_ascii_digit() {
        return start + 3;
    }
    let words = ["财年", "財年", "财政年度", "財政年度", "年度", "年"];
    let after = line.skip_blank(start);
    let Some(length) = line.longest(after, &words) else { return start };
    let year = after + length;
    numbered(line, year, '月').map_or(year, |month| day(line, month))
}

fn day(line: &Line, month: usize) -> usize {
    numbered(line, month, '日').unwrap_or(month)
}

/// The end of digits and a sign behind them.
fn numbered(line: &Line, start: usize, wanted: char) -> Option<usize> {
    let first = line.skip_blank(start);
    let digits = (first..line.len()).take_while(|at| line.at(*at).is_ascii_digit()).count();
    (1..=2).contains(&digits).then(|| sign(line, first + digits, wanted)).flatten()
}

/// The end of a sign of the calendar, which is not the first half of a currency.
fn sign(line: &Line, start: usize, wanted: char) -> Option<usize> {
    let at = line.skip_blank(start);
    let currency = matches!(line.at(at + 1), '元' | '圆' | '圓');
    (line.at(at) == wanted && !currency).then_some(at + 1)
}

/// `(1)`, `[2]`, `1)`, and the number of a list item.
fn enclosed(context: &Context<'_>) -> Found {
    let line = context.line;
    let (before, after) = (line.before(context.first.start), line.at(context.last.end));
    if heading_number(context) {
        return Some((context.last.end, Literal::Reference));
    }
    let whole = context.whole()?;
    let closes = matches!(after, ')' | '）' | ']' | '】');
    let both = closes && matches!(before, '(' | '（' | '[' | '【');
    let first = line.trim_blank(context.first.start) == 0;
    let quoted = matches!((before, after), ('“', '”') | ('"', '"') | ('「', '」') | ('‘', '’'));
    if quoted {
        return Some((context.last.end, Literal::Name));
    }
    let item = first
        && (closes || after == '、' || after == '.' && is_blank(line.at(context.last.end + 1)));
    ((both || item) && whole < 1000).then_some((context.last.end, Literal::Reference))
}

/// `1.2 Governance` at the start.
fn heading_number(context: &Context<'_>) -> bool {
    let line = context.line;
    let after = line.skip_blank(context.first.end);
    let word = line.at(after).is_ascii_uppercase() || is_chinese(line.at(after));
    let apart = after > context.first.end && context.tail.measure == Measure::None;
    let first = line.trim_blank(context.first.start) == 0;
    first && apart && word && context.first.shape == Shape::Decimal
}

/// `page 12`, `第87页`, `附录2`, `ISO 14001`.
fn reference(context: &Context<'_>) -> Found {
    let line = context.line;
    if context.first.shape == Shape::Grouped {
        return None;
    }
    let end = line.trim_blank(context.first.start);
    if line.ends(end, "第") {
        return Some((context.last.end, Literal::Ordinal));
    }
    let colon = if matches!(line.before(end), ':' | '：') { end - 1 } else { end };
    if line.any_ends(colon, CODES) {
        return Some((context.name_end(), Literal::Name));
    }
    let (_, word) = context.word_before();
    let last = word.rsplit(['/', '-']).next().unwrap_or_default();
    let measured = context.sure();
    if !word.is_empty()
        && (STANDARDS.contains(&word.as_str()) || STANDARDS.contains(&last))
        && !measured
    {
        return Some((context.name_end(), Literal::Name));
    }
    let lower = word.to_lowercase();
    if REFERENCES.contains(&lower.as_str()) && !measured {
        return Some((context.name_end(), Literal::Reference));
    }
    let chinese = line.any_ends(end, CHINESE_REFERENCES) && context.tail.measure == Measure::None;
    chinese.then(|| (context.name_end(), Literal::Reference))
}

/// `3号线`, `500强`, `30岁`.
fn naming(context: &Context<'_>) -> Found {
    context.whole()?;
    let after = context.line.skip_blank(context.last.end);
    let length = context.line.longest(after, NAMING)?;
    Some((after + length, Literal::Name))
}

/// A further member of a list of literals: `pages 3, 5 and 7`, `范围1及2`.
fn chained(context: &Context<'_>) -> Found {
    let (end, kind) = context.chain?;
    let between = context.line.text(end..context.first.start);
    let joins = [
        ",", "、", "and", "or", "to", "–", "-", "—", "至", "到", "和", "及", "与", "與", "或", "&",
        "/", ", and", "through", "或者", "以及", "，",
    ];
    let carries = matches!(kind, Literal::Reference | Literal::Name | Literal::Ordinal);
    // In `ISO 9001, 14001 and 45001 sites` the last number is one of a kind, not a count.
    let size = (0..end).rev().take_while(|at| context.line.at(*at).is_ascii_digit()).count();
    let alike = size > 2 && size == context.first.digits.len();
    let free = matches!(context.first.shape, Shape::Whole | Shape::Decimal)
        && (context.tail.measure == Measure::None || alike && !context.sure());
    let joined = joins.contains(&between.trim()) && carries && free;
    joined.then(|| (context.name_end(), kind))
}

/// `Model 15 Pro`, `Wi-Fi 6`: digits after a capitalised word.
fn named(context: &Context<'_>) -> Found {
    let (start, word) = context.word_before();
    let upper = word.chars().filter(char::is_ascii_uppercase).count();
    let opener = OPENERS.contains(&word.to_lowercase().as_str());
    if upper == 0 || opener || context.sure() || context.first.shape == Shape::Grouped {
        return None;
    }
    let first = word.chars().next().is_some_and(|c| c.is_ascii_uppercase());
    let ordinary = first && upper == 1 && context.line.starts_sentence(start);
    let counted = context.tail.measure == Measure::Count || context.first.shape == Shape::Decimal;
    let verb = word.ends_with("ed") || word.ends_with("ing");
    let told = ordinary && (counted || verb);
    (!told).then(|| (context.name_end(), Literal::Name))
}

/// `型号15`: small digits right after Chinese characters that do not lead up to a figure.
fn chinese_name(context: &Context<'_>) -> Found {
    let whole = context.whole().filter(|_| context.tail.measure == Measure::None);
    let version = context.first.shape == Shape::Decimal
        && context.first.digits.ends_with(".0")
        && context.first.digits.len() == 3
        && context.tail.measure == Measure::None;
    let before = context.char_before();
    let leads = !is_chinese(before) || TELLING.contains(before);
    let follows = is_chinese(context.line.at(context.last.end));
    let small = whole.is_some_and(|whole| whole < 100 || !follows);
    (!leads && (small || version)).then(|| (context.name_end(), Literal::Name))
}
