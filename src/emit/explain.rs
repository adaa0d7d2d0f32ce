//! Clauses and metrics in words.

use std::fmt::Write as _;

use crate::content::{Answer, Metric, Outcome, PlaceRef, Reading};
use crate::diag::{Fill, Phrase, Wording, say};
use crate::emit::padded;
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
    wording: &Wording,
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
    let mut line = |key: Phrase, value: Phrase| {
        let _ = writeln!(text, "  {} {}", padded(&wording.of(&key), 12), wording.of(&value));
    };
    line(say!("asks"), Phrase::from(&item.summary));
    line(say!("level"), level(judgement.ruling.level));
    line(say!("why"), why(judgement));
    if let Some(since) = judgement.ruling.since {
        line(say!("since"), since.fill());
    }
    let start = day.unwrap_or(report.content.head.period.start.value);
    line(say!("in force"), in_force(report, edition, verdict.binds, start));
    match judgement.ruling.asked {
        Asked::Yes => {}
        Asked::NotInForce => line(say!("asked"), say!("no: not in force for this report")),
        Asked::OtherClaim(claim) => {
            line(say!("asked"), say!("no: only under the claim `{claim}`", claim))
        }
        Asked::Conditional(name) => line(
            say!("asked"),
            say!("only where this holds: {what}", what = Phrase::word(name.replace('-', " "))),
        ),
    }
    line(say!("next years"), next_years(report, edition, code, start));
    let above = verdict.catalog.ancestors(item).into_iter().rev().find_map(|parent| {
        let judged = verdict.items.iter().find(|j| j.item.code.value == parent.code.value)?;
        judged.answer.map(|answer| (parent.code.value.as_str(), answer))
    });
    match (judgement.answer, above) {
        (None, Some((code, given))) => line(
            say!("answer"),
            say!("with {code}: {answer}", code, answer = answer(Some(given), sources)),
        ),
        (given, _) => line(say!("answer"), answer(given, sources)),
    }
    if !item.reliefs.is_empty() {
        line(say!("reliefs"), Phrase::list(&item.reliefs));
    }
    if !item.replaced_by.is_empty() {
        line(say!("replaced by"), Phrase::list(&item.replaced_by));
    }
    line(say!("confidence"), Phrase::word(&item.confidence));
    line(say!("source"), Phrase::from(item.basis.as_ref().unwrap_or(&verdict.catalog.source)));
    let at = sources.start(item.span());
    line(say!("catalog"), format!("{}:{}", sources.path(item.span()), at.line).into());
    Some(text)
}

fn level(level: Option<Level>) -> Phrase {
    level.map_or_else(|| say!("none"), Level::said)
}

/// The conditions that gave the level.
fn why(judgement: &Judgement<'_>) -> Phrase {
    let Some(Applies { board, index_tier, from, claim, select, .. }) = judgement.ruling.entry
    else {
        return say!("the level of the item itself; no condition changes it for this report");
    };
    let mut parts: Vec<Phrase> = Vec::new();
    parts.extend(board.as_ref().map(|board| say!("{board} board", board = Phrase::word(board))));
    parts.extend(index_tier.as_ref().map(|tier| say!("{tier} in the year before", tier)));
    parts.extend(claim.as_ref().map(|claim| say!("claim `{claim}`", claim)));
    parts.extend(select.as_ref().map(|_| say!("selected for a material topic")));
    parts.extend(from.map(|from| say!("years from {from}", from)));
    Phrase::list(parts)
}

fn in_force(report: &Report, edition: &str, binds: bool, start: Date) -> Phrase {
    let Some(catalog) = report.catalogs.get(edition) else { return Phrase::default() };
    let published = match catalog.basis.as_deref() {
        Some(basis) => basis == "publication",
        None => return say!("its dates bar no report"),
    };
    let dates = match (published, catalog.effective.from, catalog.effective.until) {
        (true, None, None) => say!("reports published"),
        (true, Some(from), None) => say!("reports published from {from}", from),
        (true, None, Some(until)) => say!("reports published until {until}", until),
        (true, Some(from), Some(until)) => {
            say!("reports published from {from} until {until}", from, until)
        }
        (false, None, None) => say!("financial years beginning"),
        (false, Some(from), None) => say!("financial years beginning from {from}", from),
        (false, None, Some(until)) => say!("financial years beginning until {until}", until),
        (false, Some(from), Some(until)) => {
            say!("financial years beginning from {from} until {until}", from, until)
        }
    };
    let earlier = report.earlier.get(edition).map(|earlier| &earlier.catalog.name);
    let early = catalog.effective.from.is_some_and(|from| start < from);
    let rest = match earlier {
        _ if binds => say!("it binds this report"),
        Some(name) if early => {
            say!("this report adopts it early; {name} binds the year", name)
        }
        None if early => say!("this report adopts it early"),
        _ => say!("it no longer binds this report"),
    };
    say!("{dates}: {rest}", dates, rest)
}

/// The levels of the next three years, by what is known today: the first, and what changes after.
fn next_years(report: &Report, edition: &str, code: &str, start: Date) -> Phrase {
    let mut parts: Vec<Phrase> = Vec::new();
    let mut last = Phrase::default();
    for ahead in 1..=3 {
        let next = Date { year: start.year.saturating_add(ahead), ..start };
        let verdict = report.verdict_as_of(edition, Some(next));
        let judgement =
            verdict.as_ref().and_then(|v| v.items.iter().find(|j| j.item.code.value == code));
        let Some(judgement) = judgement else { continue };
        let words = match judgement.ruling.asked {
            Asked::NotInForce => say!("no longer asked"),
            _ => level(judgement.ruling.level),
        };
        if words != last {
            parts.push(say!("{words} for years from {next}", words, next));
            last = words;
        }
    }
    Phrase::joined("; ", parts)
}

fn answer(answer: Option<&Answer>, sources: &Sources) -> Phrase {
    let Some(answer) = answer else { return say!("none") };
    let what = match &answer.outcome {
        Outcome::Reported(places) => say!("reported in {places}", places = anchors(places)),
        Outcome::Partly { places, .. } => {
            say!("partly reported in {places}", places = anchors(places))
        }
        Outcome::Explained { .. } => say!("explained"),
        Outcome::Negative(_) => say!("stated as none"),
        Outcome::Relief { name, .. } => say!("relief used: {name}", name = name.value),
        Outcome::Omitted { reason, .. } => say!("omitted: {reason}", reason = reason.value),
        Outcome::NotApplicable(_) => say!("not applicable"),
        Outcome::Elsewhere(_) => say!("in another document"),
        Outcome::NotReported(sign) => say!("not reported (`{sign}` alone)", sign),
    };
    let at = sources.start(answer.span);
    let place = format!("{}:{}", sources.path(answer.span), at.line);
    if answer.facts.is_empty() {
        return say!("{what} ({place})", what, place);
    }
    let facts = Phrase::list(answer.facts.iter().map(|fact| &fact.value));
    say!("{what}; {facts} ({place})", what, facts, place)
}

fn anchors(places: &[PlaceRef]) -> Phrase {
    Phrase::list(places.iter().map(anchor_of))
}

/// The values of a metric with what they are computed from and rest on; nothing if there is no
/// such metric. A year may be given, as in `ghg.total@2024`.
pub fn explain_metric(
    report: &Report,
    sources: &Sources,
    name: &str,
    wording: &Wording,
) -> Option<String> {
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
    let unit = say!("unit {unit}", unit = metric.unit.value.text);
    let _ = writeln!(text, "  {}", wording.of(&unit));
    if let Some(formula) = &metric.formula {
        let formula = say!("formula {formula}", formula = formula.value.to_string());
        let _ = writeln!(text, "  {}", wording.of(&formula));
    }
    let telling = Telling { report, sources, wording };
    let mut years: Vec<u16> = metric.values.keys().copied().collect();
    years
        .extend(report.computed.iter().filter(|(other, ..)| *other == id).map(|(_, year, _)| year));
    years.sort_unstable();
    years.dedup();
    for shown in years.into_iter().rev().filter(|shown| year.is_none_or(|year| year == *shown)) {
        let _ = writeln!(text, "  {shown}");
        push_value(telling, &total_of(id, shown), 4, &mut text);
        for part in &metric.parts {
            push_value(telling, &total_of(&part.value, shown), 6, &mut text);
        }
        if let Some(step) = report.computed.get(id, shown) {
            push_step(telling, step, shown, 4, &mut text);
        }
    }
    push_evidence(telling, metric, &mut text);
    Some(text)
}

/// The evidence of a metric, and of everything that it is computed from.
fn push_evidence(telling: Telling<'_>, metric: &Metric, text: &mut String) {
    let Telling { report, wording, .. } = telling;
    let mut met = vec![metric];
    let mut at = 0;
    while let Some(&reached) = met.get(at) {
        at += 1;
        let read = reached.formula.iter().flat_map(|formula| formula.value.paths());
        let names = read.map(|path| path.metric.clone());
        let parts = reached.parts.iter().map(|part| part.value.clone());
        let inputs: Vec<String> = names.chain(parts).collect();
        for input in inputs.iter().filter_map(|id| report.metric(id)) {
            if !met.iter().any(|other| other.id.value == input.id.value) {
                met.push(input);
            }
        }
    }
    for reached in met {
        for item in reached.evidence.iter().filter_map(|id| report.evidence(&id.value)) {
            let places = item
                .locator
                .iter()
                .map(|(key, value)| say!("{key} {value}", key = Phrase::word(key), value));
            let (id, places) = (&item.id.value, Phrase::list(places));
            let line = if reached.id.value == metric.id.value {
                say!("evidence {id}: {places}", id, places)
            } else {
                let input = &reached.id.value;
                say!("evidence of {input}, {id}: {places}", input, id, places)
            };
            let _ = writeln!(text, "  {}", wording.of(&line));
        }
    }
}

/// What the lines of a metric are told from, and in which language.
#[derive(Clone, Copy)]
struct Telling<'a> {
    report: &'a Report,
    sources: &'a Sources,
    wording: &'a Wording,
}

fn push_value(telling: Telling<'_>, path: &Path, indent: usize, text: &mut String) {
    let Telling { report, sources, wording } = telling;
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
            let (metric, absence) = (&path.metric, missing.kind.said());
            let line = say!("{metric} is {absence} ({place})", metric, absence, place);
            writeln!(text, "{blank}{}", wording.of(&line))
        }
    };
}

fn push_step(telling: Telling<'_>, step: &Step, year: u16, indent: usize, text: &mut String) {
    let blank = " ".repeat(indent);
    if let Some(path) = &step.path {
        push_value(telling, &path.in_year(year), indent, text);
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
        push_step(telling, input, year, indent + 2, text);
    }
}

fn ends(interval: Interval) -> String {
    let end = |end: Option<crate::quantity::Decimal>| {
        end.map_or("∞".to_owned(), |end| group(end.round_dp(12).normalize(), Grouping::Thousands))
    };
    format!("[{}, {}]", end(interval.low), end(interval.high))
}
