#![doc = include_str!("diverging_date.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::{WrittenDate, dates_among};
use crate::report::Report;

use crate::lint::rules::parity::pairs::{Pair, Pairs, Wording};
use crate::lint::rules::parity::run::Run;

/// Dates and years that one language tells differently, or not at all.
pub const RULE: Rule = Rule {
    name: "diverging-date",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_date.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    let report = languages.report;
    for pair in &languages.pairs {
        let (first, second) = (dates(report, &pair.first), dates(report, &pair.second));
        let mut left: Vec<&WrittenDate> =
            first.iter().filter(|a| !second.iter().any(|b| equal(a, b))).collect();
        let mut right: Vec<&WrittenDate> =
            second.iter().filter(|b| !first.iter().any(|a| equal(a, b))).collect();
        // A date may leave out what the other says: the year, or the day.
        let open = left.clone();
        left.retain(|a| !right.iter().any(|b| compatible(a, b)));
        right.retain(|b| !open.iter().any(|a| compatible(a, b)));
        if right.is_empty() {
            left.retain(|a| !second.iter().any(|b| compatible(a, b)));
        }
        if left.is_empty() {
            right.retain(|b| !first.iter().any(|a| compatible(a, b)));
        }
        let year = report.year();
        left.retain(|a| !relative(a, year, pair.second.text()));
        right.retain(|b| !relative(b, year, pair.first.text()));
        left.retain(|a| !starts_year(a, &second, pair.second.text()));
        right.retain(|b| !starts_year(b, &first, pair.first.text()));
        push(pair, &left, &right, sink);
    }
}

fn dates(report: &Report, run: &Run<'_>) -> Vec<WrittenDate> {
    dates_among(run.text(), run.numerals(report))
}

fn equal(a: &WrittenDate, b: &WrittenDate) -> bool {
    (a.year, a.month, a.day, a.part) == (b.year, b.month, b.day, b.part)
}

/// Whether two dates can be the same one, written out more or less.
fn compatible(a: &WrittenDate, b: &WrittenDate) -> bool {
    fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<bool> {
        Some(a? == b?)
    }
    let shared = [
        agree(a.year, b.year),
        agree(a.month, b.month),
        agree(a.day, b.day),
        agree(a.part, b.part),
    ];
    let known: Vec<bool> = shared.into_iter().flatten().collect();
    !known.is_empty() && known.into_iter().all(|same| same)
}

/// Whether the other text says a year by its place: this year, the year before.
fn relative(date: &WrittenDate, year: u16, other: &str) -> bool {
    const THIS: &[&str] = &[
        "this year",
        "the year",
        "year-end",
        "reporting period",
        "reporting year",
        "year’s",
        "year end",
        "annual",
        "during",
        "本年",
        "年内",
        "年內",
        "当年",
        "當年",
        "今年",
        "报告期",
        "報告期",
        "年末",
        "年底",
        "全年",
        "报告年度",
        "報告年度",
        "年终",
        "该年",
        "該年",
        "同年",
        "这一年",
        "這一年",
        "同一年",
        "year",
    ];
    const LAST: &[&str] = &[
        "previous year",
        "year before",
        "last year",
        "prior year",
        "year earlier",
        "year on year",
        "year-on-year",
        "preceding year",
        "上年",
        "去年",
        "同比",
        "按年",
        "前一年",
        "上一年",
        "以前年度",
        "earlier year",
        "往年",
    ];
    let says = |words: &[&str]| {
        let other = other.to_lowercase();
        words.iter().any(|word| other.contains(word))
    };
    if let (Some(month), Some(day)) = (date.month, date.day)
        && other.contains(&format!("{month}·{day}"))
    {
        return true;
    }
    let decade = date.year.is_some_and(|year| year.is_multiple_of(10));
    if decade && (other.contains("年代") || other.contains("0s")) {
        return true;
    }
    let plain = date.month.is_none() && date.day.is_none();
    let next = ["next year", "following year", "coming year", "下一年", "明年", "次年", "来年"];
    plain
        && match date.year {
            Some(own) if own == year => says(THIS),
            Some(own) if own + 1 == year => says(LAST),
            Some(own) if own == year + 1 => says(&next),
            None => says(&["half-year", "half a year", "six months", "半年"]),
            Some(_) => false,
        }
}

/// Whether the other text names the year that a date starts by its end: `the year ended 30 June`.
fn starts_year(date: &WrittenDate, others: &[WrittenDate], text: &str) -> bool {
    const WORDS: &[&str] =
        &["year ended", "year ending", "12 months", "twelve months", "止年度", "止财年", "止財年"];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) && others.iter().any(|end| is_first(date, end))
}

/// Whether a day is the first of the year that another is the last of.
fn is_first(start: &WrittenDate, end: &WrittenDate) -> bool {
    let day = |date: &WrittenDate| Some((date.year?, date.month?, date.day?));
    let (Some((year, month, day)), Some((end_year, end_month, end_day))) = (day(start), day(end))
    else {
        return false;
    };
    if (year + 1, month, day) == (end_year, end_month, end_day + 1) {
        return true;
    }
    let turned = if end_month == 12 { year == end_year } else { year + 1 == end_year };
    day == 1 && end_day >= 28 && month == end_month % 12 + 1 && turned
}

fn push(pair: &Pair<'_>, left: &[&WrittenDate], right: &[&WrittenDate], sink: &mut Sink) {
    let words = |run: &Run<'_>, date: &WrittenDate| {
        run.text().get(date.range.clone()).unwrap_or_default().to_owned()
    };
    let (one, two) = (&pair.first, &pair.second);
    for (at, a) in left.iter().enumerate() {
        let said = words(one, a);
        let found = match right.get(at) {
            Some(b) => {
                let other = words(two, b);
                let message = say!(
                    "{said} in `{one}` is {other} in `{two}`",
                    said,
                    other,
                    one = one.lang,
                    two = two.lang
                );
                Diagnostic::warning(RULE.name, two.place(&b.range), message)
                    .related(
                        one.place(&a.range),
                        say!("`{lang}` has {said}", lang = one.lang, said),
                    )
                    .help(say!("write the date that is right in both languages"))
            }
            // A label may leave the year to what it stands in.
            None if pair.kind == Wording::Label => continue,
            None => {
                let message = say!(
                    "{said} in `{one}` is not in `{two}`",
                    said,
                    one = one.lang,
                    two = two.lang
                );
                Diagnostic::warning(RULE.name, two.span, message)
                    .related(one.place(&a.range), say!("said here"))
                    .help(say!("name the date in both languages, or in neither"))
            }
        };
        sink.push(found.subject(pair.subject.clone()));
    }
    for b in right.iter().skip(left.len()) {
        if pair.kind == Wording::Label {
            continue;
        }
        let message = say!(
            "{said} in `{one}` is not in `{two}`",
            said = words(two, b),
            one = two.lang,
            two = one.lang
        );
        let found = Diagnostic::warning(RULE.name, two.place(&b.range), message)
            .related(one.span, say!("not said here"))
            .subject(pair.subject.clone())
            .help(say!("name the date in both languages, or in neither"));
        sink.push(found);
    }
}
