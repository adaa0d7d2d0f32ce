//! Clauses and metrics in words.

use std::fmt::Write as _;

use crate::content::{Answer, Outcome, PlaceRef, Reading};
use crate::formula::{Path, Step};
use crate::framework::{Applies, Asked, Level};
use crate::locale::{Date, Lang};
use crate::quantity::{Grouping, Interval, group};
use crate::report::{Judgement, Report, anchor_of, total_of};
use crate::source::Sources;

/// Why a clause applies to this report, since when, what answers it, and what the next year adds;
/// nothing if the edition has no such clause.
pub fn explain_clause(
    report: &Report,
    sources: &Sources,
    edition: &str,
    code: &str,
    day: Option<Date>,
) -> Option<String> {
    let verdict = report.verdict_as_of(edition, day)?;
    let judgement = verdict.items.iter().find(|j| j.item.code.value == code)?;
    let item = judgement.item;
    let mut text = format!("{edition} {code}\n");
    for lang in [Lang::En, Lang::ZhHans, Lang::ZhHant] {
        if let Some(title) = item.title.exact(lang) {
            let _ = writeln!(text, "  {title}");
        }
    }
    let mut line = |key: &str, value: String| {
        let _ = writeln!(text, "  {key:<12} {value}");
    };
    line("asks", item.summary.clone());
    line("level", level(judgement.ruling.level));
    line("why", why(judgement));
    if let Some(since) = judgement.ruling.since {
        line("since", since.to_string());
    }
    let start = day.unwrap_or(report.content.head.period.start.value);
    line("in force", in_force(report, edition, verdict.binds, start));
    match judgement.ruling.asked {
        Asked::Yes => {}
        Asked::NotInForce => line("asked", "no: not in force for this report".into()),
        Asked::OtherClaim(claim) => line("asked", format!("no: only under the claim `{claim}`")),
        Asked::Conditional(name) => {
            line("asked", format!("only where this holds: {}", name.replace('-', " ")))
        }
    }
    line("next years", next_years(report, edition, code, start));
    let above = verdict.catalog.ancestors(item).into_iter().rev().find_map(|parent| {
        let judged = verdict.items.iter().find(|j| j.item.code.value == parent.code.value)?;
        judged.answer.map(|answer| (parent.code.value.as_str(), answer))
    });
    match (judgement.answer, above) {
        (None, Some((code, given))) => {
            line("answer", format!("with {code}: {}", answer(Some(given), sources)))
        }
        (given, _) => line("answer", answer(given, sources)),
    }
    if !item.reliefs.is_empty() {
        line("reliefs", item.reliefs.join(", "));
    }
    if !item.replaced_by.is_empty() {
        line("replaced by", item.replaced_by.join(", "));
    }
    line("confidence", item.confidence.clone());
    line("source", item.basis.clone().unwrap_or_else(|| verdict.catalog.source.clone()));
    let at = sources.start(item.span());
    line("catalog", format!("{}:{}", sources.path(item.span()), at.line));
    Some(text)
}

fn level(level: Option<Level>) -> String {
    level.map_or("none", Level::word).replace('-', " ")
}

/// The conditions that gave the level.
fn why(judgement: &Judgement<'_>) -> String {
    let Some(Applies { board, index_tier, from, claim, select, .. }) = judgement.ruling.entry
    else {
        return "the level of the item itself; no condition changes it for this report".into();
    };
    let mut parts = Vec::new();
    parts.extend(board.as_ref().map(|board| format!("{board} board")));
    parts.extend(index_tier.as_ref().map(|tier| format!("{tier} in the year before")));
    parts.extend(claim.as_ref().map(|claim| format!("claim `{claim}`")));
    parts.extend(select.as_ref().map(|_| "selected for a material topic".to_owned()));
    parts.extend(from.map(|from| format!("years from {from}")));
    parts.join(", ")
}

fn in_force(report: &Report, edition: &str, binds: bool, start: Date) -> String {
    let Some(catalog) = report.catalogs.get(edition) else { return String::new() };
    let basis = match catalog.basis.as_deref() {
        Some("publication") => "reports published",
        Some(_) => "financial years beginning",
        None => return "its dates bar no report".into(),
    };
    let from = catalog.effective.from.map(|from| format!(" from {from}")).unwrap_or_default();
    let until = catalog.effective.until.map(|until| format!(" until {until}")).unwrap_or_default();
    let rest = if binds {
        "it binds this report".to_owned()
    } else if catalog.effective.from.is_some_and(|from| start < from) {
        let earlier = report.earlier.get(edition).map(|earlier| earlier.catalog.name.as_str());
        let earlier = earlier.map(|name| format!("; {name} binds the year")).unwrap_or_default();
        format!("this report adopts it early{earlier}")
    } else {
        "it no longer binds this report".to_owned()
    };
    format!("{basis}{from}{until}: {rest}")
}

/// The levels of the next three years, by what is known today: the first, and what changes after.
fn next_years(report: &Report, edition: &str, code: &str, start: Date) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = String::new();
    for ahead in 1..=3 {
        let next = Date { year: start.year.saturating_add(ahead), ..start };
        let verdict = report.verdict_as_of(edition, Some(next));
        let judgement =
            verdict.as_ref().and_then(|v| v.items.iter().find(|j| j.item.code.value == code));
        let Some(judgement) = judgement else { continue };
        let words = match judgement.ruling.asked {
            Asked::NotInForce => "no longer asked".to_owned(),
            _ => level(judgement.ruling.level),
        };
        if words != last {
            parts.push(format!("{words} for years from {next}"));
            last = words;
        }
    }
    parts.join("; ")
}

fn answer(answer: Option<&Answer>, sources: &Sources) -> String {
    let Some(answer) = answer else { return "none".into() };
    let what = match &answer.outcome {
        Outcome::Reported(places) => format!("reported in {}", anchors(places)),
        Outcome::Partly { places, .. } => format!("partly reported in {}", anchors(places)),
        Outcome::Explained { .. } => "explained".into(),
        Outcome::Negative(_) => "stated as none".into(),
        Outcome::Relief { name, .. } => format!("relief used: {}", name.value),
        Outcome::Omitted { reason, .. } => format!("omitted: {}", reason.value),
        Outcome::NotApplicable(_) => "not applicable".into(),
        Outcome::Elsewhere(_) => "in another document".into(),
        Outcome::NotReported(sign) => format!("not reported (`{sign}` alone)"),
    };
    let facts: Vec<&str> = answer.facts.iter().map(|fact| fact.value.as_str()).collect();
    let facts = if facts.is_empty() { String::new() } else { format!("; {}", facts.join(", ")) };
    let at = sources.start(answer.span);
    format!("{what}{facts} ({}:{})", sources.path(answer.span), at.line)
}

fn anchors(places: &[PlaceRef]) -> String {
    places.iter().map(anchor_of).collect::<Vec<_>>().join(", ")
}

/// The values of a metric with what they are computed from and rest on; nothing if there is no
/// such metric. A year may be given, as in `ghg.total@2024`.
pub fn explain_metric(report: &Report, sources: &Sources, name: &str) -> Option<String> {
    let (id, year) = match name.split_once('@') {
        Some((id, year)) => (id, Some(year.parse::<u16>().ok()?)),
        None => (name, None),
    };
    let metric = report.metric(id)?;
    let at = sources.start(metric.id.span);
    let mut text = format!("{id} ({}:{})\n", sources.path(metric.id.span), at.line);
    for (_, label) in metric.label.iter() {
        let _ = writeln!(text, "  {}", label.value);
    }
    let _ = writeln!(text, "  unit {}", metric.unit.value.text);
    if let Some(formula) = &metric.formula {
        let _ = writeln!(text, "  formula {}", formula.value);
    }
    let mut years: Vec<u16> = metric.values.keys().copied().collect();
    years
        .extend(report.computed.iter().filter(|(other, ..)| *other == id).map(|(_, year, _)| year));
    years.sort_unstable();
    years.dedup();
    for shown in years.into_iter().rev().filter(|shown| year.is_none_or(|year| year == *shown)) {
        let _ = writeln!(text, "  {shown}");
        push_value(report, sources, &total_of(id, shown), 4, &mut text);
        for part in &metric.parts {
            push_value(report, sources, &total_of(&part.value, shown), 6, &mut text);
        }
        if let Some(step) = report.computed.get(id, shown) {
            push_step(report, sources, step, shown, 4, &mut text);
        }
    }
    for item in metric.evidence.iter().filter_map(|id| report.evidence(&id.value)) {
        let places: Vec<String> =
            item.locator.iter().map(|(key, value)| format!("{key} {value}")).collect();
        let _ = writeln!(text, "  evidence {}: {}", item.id.value, places.join(", "));
    }
    Some(text)
}

fn push_value(report: &Report, sources: &Sources, path: &Path, indent: usize, text: &mut String) {
    let blank = " ".repeat(indent);
    let Some(datum) = report.datum(path) else { return };
    let place = sources.place(datum.span);
    let _ = match &datum.reading {
        Reading::Figure(figure) => {
            let unit = report.metric(&path.metric).map(|metric| metric.unit.value.clone());
            let counting = unit.as_ref().is_some_and(|unit| unit.counting);
            let interval = if counting { figure.counted() } else { figure.interval() };
            let symbol = unit.map(|unit| unit.text.to_string()).unwrap_or_default();
            let digits = group(figure.value, Grouping::Thousands);
            writeln!(
                text,
                "{blank}{} = {digits} {symbol} {} ({place})",
                path.metric,
                ends(interval)
            )
        }
        Reading::Missing(missing) => {
            writeln!(
                text,
                "{blank}{} is {} ({place})",
                path.metric,
                missing.kind.word().replace('-', " ")
            )
        }
    };
}

fn push_step(
    report: &Report,
    sources: &Sources,
    step: &Step,
    year: u16,
    indent: usize,
    text: &mut String,
) {
    let blank = " ".repeat(indent);
    if let Some(path) = &step.path {
        push_value(report, sources, &path.in_year(year), indent, text);
        return;
    }
    let digits = group(step.result.value.round_dp(12).normalize(), Grouping::Thousands);
    let _ = writeln!(
        text,
        "{blank}{} → {digits} {} {}",
        step.text,
        step.result.unit.text,
        ends(step.result.interval)
    );
    for input in &step.inputs {
        push_step(report, sources, input, year, indent + 2, text);
    }
}

fn ends(interval: Interval) -> String {
    let end = |end: Option<crate::quantity::Decimal>| {
        end.map_or("∞".to_owned(), |end| group(end.round_dp(12).normalize(), Grouping::Thousands))
    };
    format!("[{}, {}]", end(interval.low), end(interval.high))
}
