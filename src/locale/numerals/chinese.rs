//! Chinese numerals. Most characters that mean numbers are parts of words; they count something
//! only where a measure word, a unit, `成`, `倍`, `分之` or percent follows.

use crate::locale::numerals::around::NAMING;
use crate::locale::numerals::line::Line;
use crate::locale::numerals::tail::{Measure, tail};
use crate::locale::numerals::words::{NO_SCALE, PERCENT};
use crate::locale::numerals::{Amount, Known, Literal, NumeralKind, Spread};

/// What time is counted in: periods in words are told in passing and are not reported.
const PERIODS: &[&str] = &[
    "年",
    "天",
    "个月",
    "個月",
    "小时",
    "小時",
    "分钟",
    "分鐘",
    "秒",
    "周",
    "週",
    "个工作日",
    "個工作日",
    "个交易日",
    "日",
    "个自然月",
    "个小时",
    "個小時",
    "个季度",
    "個季度",
];

/// What follows `成` where it does not mean tenths.
const NOT_TENTHS: &str = "立员員功果本就长長熟型交品都套绩績效片分不";

/// The plain form of a numeral as cheques have it. Each of them is a part of other words too.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '壹' => '一',
        '贰' | '貳' => '二',
        '叁' | '叄' | '參' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' | '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        '零' => '零',
        _ => return None,
    })
}

/// Reads the formal numeral at a place: two characters or more, with a power of ten among them.
pub fn formal(line: &Line, at: usize, known: Known<'_>) -> Option<(usize, NumeralKind)> {
    let scale = |c: char| matches!(c, '万' | '萬' | '亿' | '億').then_some(c);
    plain(line.at(at)).filter(|c| *c != '零')?;
    let run: Vec<char> = (at..line.len())
        .map_while(|at| plain(line.at(at)).or_else(|| scale(line.at(at))))
        .collect();
    let end = at + run.len();
    let placed = run.iter().any(|c| matches!(c, '十' | '百' | '千')) && run.len() > 1;
    let digits = value(&run).filter(|_| placed)?.to_string();
    let tail = tail(line, end, known);
    let amount = Amount { digits, power: tail.power, unit: tail.unit, spread: Spread::One };
    Some((tail.end.max(end), NumeralKind::Quantity(amount)))
}

/// Reads the Chinese numeral at a place; nothing if there is none. What only looks like a numeral
/// is skipped as a whole.
pub fn read(line: &Line, at: usize, known: Known<'_>) -> Option<(usize, NumeralKind)> {
    let mut end = run_end(line, at);
    if end == at {
        return None;
    }
    let pointed = matches!(line.at(end), '点' | '點') && digit(line.at(end + 1)).is_some();
    if pointed {
        end = run_end(line, end + 1);
    }
    // In `二十千瓦时` the third character belongs to the unit.
    if end > at + 1 && line.longest(end - 1, NO_SCALE).is_some() {
        end -= 1;
    }
    let led = matches!(line.before(at), '第' | '每' | '初' | '数' | '數' | '几' | '幾' | '期')
        || line.before(at).is_ascii_digit();
    let amount = if led { None } else { amount(line, at, end, known) };
    match amount {
        Some((end, amount)) => Some((end, NumeralKind::Quantity(amount))),
        None if line.before(at) == '第' => Some((end, NumeralKind::Literal(Literal::Ordinal))),
        None if line.before(at) == '每' => Some((end, NumeralKind::Literal(Literal::Base))),
        None => Some((end, NumeralKind::Literal(Literal::Term))),
    }
}

fn run_end(line: &Line, at: usize) -> usize {
    (at..line.len()).find(|at| !is_numeral(line.at(*at))).unwrap_or(line.len())
}

pub fn is_numeral(c: char) -> bool {
    !c.is_ascii() && (digit(c).is_some() || power(c).is_some())
}

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    })
}

fn power(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

fn amount(line: &Line, at: usize, end: usize, known: Known<'_>) -> Option<(usize, Amount)> {
    let run: Vec<char> = line.text(at..end).chars().collect();
    fraction(line, &run, end)
        .or_else(|| tenths(line, &run, end))
        .or_else(|| times(line, &run, end))
        .or_else(|| counted(line, &run, end, known))
}

/// `百分之三十`, `三分之一`.
fn fraction(line: &Line, below: &[char], end: usize) -> Option<(usize, Amount)> {
    if !line.has(end, "分之") {
        return None;
    }
    let start = end + 2;
    let arabic = line.at(start).is_ascii_digit();
    let part = |c: char| {
        if arabic {
            c.is_ascii_digit() || c == '.'
        } else {
            is_numeral(c) || c == '点' || c == '點'
        }
    };
    let stop = (start..line.len()).find(|at| !part(line.at(*at))).unwrap_or(line.len());
    if stop == start {
        return None;
    }
    let above = line.text(start..stop);
    let chars: Vec<char> = above.chars().collect();
    let parts = value(below).zip(value(&chars));
    let spread = match parts {
        Some((below, above)) if !arabic && below != 100 => Spread::Fraction(above, below),
        _ => Spread::One,
    };
    let digits = match (below, arabic) {
        (['百'], true) => above,
        (['百'], false) if above == "百" => "100".to_owned(),
        (['百'], false) => value(&chars).map(|value| value.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    let unit = if digits.is_empty() { "" } else { "%" };
    Some((stop, Amount { digits, power: 0, unit: unit.to_owned(), spread }))
}

/// `三成`, `七成半`.
fn tenths(line: &Line, run: &[char], end: usize) -> Option<(usize, Amount)> {
    let [one] = run else { return None };
    let value = digit(*one).filter(|value| (1..10).contains(value))?;
    let next = line.at(end + 1);
    let word =
        NOT_TENTHS.contains(next) && !line.has(end + 1, "员工") && !line.has(end + 1, "員工");
    if line.at(end) != '成' || word {
        return None;
    }
    let rest = if next == '半' { Some(5) } else { digit(next).filter(|digit| *digit < 10) };
    let digits = (value * 10 + rest.unwrap_or_default()).to_string();
    let stop = if rest.is_some() { end + 2 } else { end + 1 };
    Some((stop, Amount { digits, power: 0, unit: "%".to_owned(), spread: Spread::One }))
}

/// `三倍`, `两个百分点`.
fn times(line: &Line, run: &[char], end: usize) -> Option<(usize, Amount)> {
    let value = decimal(run)?;
    let length = if line.at(end) == '倍' { Some(1) } else { line.longest(end, PERCENT) };
    let (digits, unit) = (value, line.text(end..end + length?));
    let unit = if unit.ends_with(['点', '點']) { "pp".to_owned() } else { unit };
    length.map(|length| (end + length, Amount { digits, power: 0, unit, spread: Spread::One }))
}

/// `十二家`, `三百万元`, `百余名`.
fn counted(line: &Line, run: &[char], end: usize, known: Known<'_>) -> Option<(usize, Amount)> {
    let more = matches!(line.at(end), '余' | '餘' | '多');
    let value = value(run);
    let bare = run.first().and_then(|c| power(*c)).is_some_and(|power| power > 10);
    let large = value.is_some_and(|value| value >= 10) && !bare;
    if !(large || bare && more) {
        return None;
    }
    let after = if more { end + 1 } else { end };
    let period = line.longest(after, PERIODS).is_some();
    let month = line.at(end) == '月' || line.at(end) == '号' || line.at(end) == '號';
    let idle = run == ['十'] && matches!(line.at(end), '分' | '足' | '字' | '大' | '强' | '佳');
    if period || month || idle || line.longest(end, NAMING).is_some() || line.has(end, "分之") {
        return None;
    }
    let tail = tail(line, end, known);
    let digits = value.filter(|_| !bare).map(|value| value.to_string()).unwrap_or_default();
    let named = tail.measure == Measure::None || tail.unit.is_empty();
    let amount = Amount { digits, power: tail.power, unit: tail.unit, spread: Spread::One };
    (!named).then_some((tail.end, amount))
}

/// The digits of a numeral that may have decimals: `三点五`.
fn decimal(run: &[char]) -> Option<String> {
    let Some(point) = run.iter().position(|c| matches!(c, '点' | '點')) else {
        return value(run).map(|value| value.to_string());
    };
    let (whole, fraction) = run.split_at_checked(point)?;
    let fraction: Option<Vec<u64>> = fraction.iter().skip(1).map(|c| digit(*c)).collect();
    let fraction: String = fraction?.iter().map(u64::to_string).collect();
    Some(format!("{}.{fraction}", value(whole)?))
}

/// The value of a numeral that is written with places; nothing if it is not well formed.
pub fn value(run: &[char]) -> Option<u64> {
    let (mut total, mut section, mut open): (u64, u64, Option<u64>) = (0, 0, None);
    let mut last_power = u64::MAX;
    for (at, c) in run.iter().enumerate() {
        if let Some(digit) = digit(*c) {
            if open.is_some_and(|open| open != 0) {
                return None;
            }
            open = Some(digit);
            continue;
        }
        let power = power(*c)?;
        if power >= 10_000 {
            section = section.checked_add(open.take().unwrap_or_default())?;
            total = total.checked_add(section.max(1).checked_mul(power)?)?;
            (section, last_power) = (0, u64::MAX);
        } else if power < last_power {
            let factor = match open.take() {
                Some(0) | None if at == 0 || power == 10 => 1,
                Some(0) | None => return None,
                Some(factor) => factor,
            };
            section = section.checked_add(factor.checked_mul(power)?)?;
            last_power = power;
        } else {
            return None;
        }
    }
    total.checked_add(section)?.checked_add(open.unwrap_or_default())
}
