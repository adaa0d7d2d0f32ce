//! The real report as a test: every digit of its figures counts.
//!
//! An oracle that shares no code with the rules says which changes break a sum or an intensity
//! beyond rounding. Each of those must be found at the changed figure, and no other change may
//! bring up a sum or a formula.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::thread;

use common::{check, lines, memory};
use esgreport::content::{Aggregate, Metric, Reading};
use esgreport::lint::Tier;
use esgreport::report::Report;
use esgreport::source::Memory;

const PROJECT: &str = "content/xiaomi-2024";

/// A figure of the project: metric, breakdown, member, year.
type Key = (String, String, String, u16);

/// A figure as an integer of millionths, with half a unit of its last digit.
#[derive(Clone, Copy, Debug)]
struct Scaled {
    value: i128,
    half: i128,
}

/// Something that has to be true of figures.
#[derive(Debug)]
enum Identity {
    /// The first is the sum of the others.
    Sum(Key, Vec<Key>),
    /// The first is the second divided by the third, times a factor.
    Quotient(Key, Key, Key, i128),
}

/// Where a figure stands, and what it is.
struct Figure {
    file: String,
    range: Range<usize>,
    scaled: Scaled,
    text: String,
    /// Where the unit of its metric stands.
    unit: Range<usize>,
}

#[test]
fn the_report_has_no_findings() {
    let loaded = check(&memory(PROJECT), Tier::Strict);
    assert_eq!(lines(&loaded), Vec::<String>::new());
    let accepted = loaded.judged.suppressed.iter().map(|accepted| accepted.finding.rule);
    assert_eq!(accepted.filter(|rule| rule.ends_with("-mismatch")).count(), 5);
}

#[test]
fn without_suppressions_the_metals_total_names_the_copper_row() {
    let mut files = memory(PROJECT);
    let report = String::from_utf8(files.remove("report.yaml").expect("the file")).expect("UTF-8");
    let before = report.split("\nsuppressions:").next().expect("the part before");
    files.insert("report.yaml", before.as_bytes());
    let loaded = check(&files, Tier::Default);
    let found = loaded
        .judged
        .findings
        .iter()
        .find(|found| found.subject.as_deref() == Some("materials.metals.use@2024"));
    let found = found.expect("a finding");
    assert_eq!(found.rule, "total-mismatch");
    assert_eq!(found.stated.as_deref(), Some("169,005.07 t"));
    assert_eq!(found.computed.as_deref(), Some("169,671.74 t"));
    assert_eq!(found.difference.as_deref(), Some("666.67 t"));
    assert!(
        found.help.as_deref().is_some_and(|help| help.contains("`copper`")),
        "{:?}",
        found.help
    );
    assert_eq!(found.related.len(), 4, "all terms are named");
}

#[test]
fn every_digit_beyond_rounding_is_found_and_no_digit_within() {
    let files = figures_alone(&memory(PROJECT));
    let loaded = check(&files, Tier::Default);
    assert_eq!(lines(&loaded), Vec::<String>::new(), "the figures alone are clean");
    let report = loaded.report.as_ref().expect("a report");
    let figures = figures(report, &loaded.sources);
    let identities = identities(report);
    let quotients = identities.iter().filter(|i| matches!(i, Identity::Quotient(..))).count();
    assert!(figures.len() > 400 && quotients >= 24, "{} {quotients}", figures.len());
    let all: Vec<(&Key, &Figure)> = figures.iter().collect();
    let outcomes = thread::scope(|scope| {
        let halves = all.chunks(all.len().div_ceil(2)).map(|half| {
            let (files, figures, identities) = (&files, &figures, &identities);
            scope.spawn(move || try_all(half, files, figures, identities))
        });
        let threads: Vec<_> = halves.collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect::<Vec<_>>()
    });
    let mut faults = Vec::new();
    let (mut beyond, mut within) = (0, 0);
    for outcome in outcomes {
        beyond += outcome.beyond;
        within += outcome.within;
        faults.extend(outcome.faults);
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    assert!(beyond > 900 && within > 150, "{beyond} beyond rounding, {within} within");
}

#[derive(Default)]
struct Outcome {
    beyond: usize,
    within: usize,
    faults: Vec<String>,
}

/// Changes every digit of some figures, one at a time.
fn try_all(
    some: &[(&Key, &Figure)],
    files: &Memory,
    figures: &BTreeMap<Key, Figure>,
    identities: &[Identity],
) -> Outcome {
    let mut outcome = Outcome::default();
    for (key, figure) in some {
        let concerned: Vec<&Identity> = identities.iter().filter(|i| names(i, key)).collect();
        if concerned.is_empty() || concerned.iter().any(|i| broken(i, figures, None)) {
            // A published fault: that a changed difference is found again is tested elsewhere.
            continue;
        }
        for (at, _) in figure.text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let changed = with_digit(&figure.text, at);
            let Some(scaled) = scaled(&changed, figure.scaled.half == 0) else { continue };
            let expected = concerned.iter().any(|i| broken(i, figures, Some((key, scaled))));
            let found = findings(files, figure, &changed);
            let about = |line: &String| line.contains("-mismatch]");
            if expected {
                outcome.beyond += 1;
                if !found.at_place {
                    outcome.faults.push(format!("{key:?} {} → {changed}: not found", figure.text));
                }
            } else {
                outcome.within += 1;
                let wrong = found.lines.iter().find(|line| about(line) && !line.contains("[mean-"));
                if let Some(line) = wrong {
                    outcome.faults.push(format!("{key:?} {} → {changed}: {line}", figure.text));
                }
            }
        }
    }
    outcome
}

struct Found {
    lines: Vec<String>,
    at_place: bool,
}

/// The findings after a figure was changed, and whether one of them points at it.
fn findings(files: &Memory, figure: &Figure, changed: &str) -> Found {
    let mut files = files.clone();
    let mut text = String::from_utf8(files.remove(&figure.file).expect("a file")).expect("UTF-8");
    text.replace_range(figure.range.clone(), changed);
    files.insert(&figure.file, text.into_bytes());
    let loaded = check(&files, Tier::Default);
    let points = |span: esgreport::source::Span| {
        loaded.sources.path(span) == figure.file
            && span.start as usize <= figure.range.start
            && span.end as usize >= figure.range.end
    };
    let at_place = loaded.judged.findings.iter().any(|found| {
        points(found.primary.span) || found.related.iter().any(|label| points(label.span))
    });
    Found { lines: lines(&loaded), at_place }
}

/// The metrics of a project and their evidence, without its prose, tables and answers.
/// The figures of a project without its prose and in one language, since they are changed many times and nothing of
/// this depends on words.
fn figures_alone(files: &Memory) -> Memory {
    let mut alone = Memory::default();
    use esgreport::source::Files;
    for path in files.list().expect("paths") {
        let keep = ["metrics/", "targets", "evidence/", "dimensions", "reasons", "units"];
        if keep.iter().any(|start| path.starts_with(start)) {
            alone.insert(&path, files.read(&path).expect("a file"));
        }
    }
    let report = String::from_utf8(files.read("report.yaml").expect("the file")).expect("UTF-8");
    let suppressions = report.split("\nsuppressions:").nth(1).expect("suppressions");
    let entries = suppressions
        .split("\n  - ")
        .filter(|entry| !entry.trim().is_empty() && !entry.contains("binding-edition"));
    let suppressions: String = entries.map(|entry| format!("\n  - {entry}")).collect();
    let head = "entity:\n  name: {zh-Hans: 甲, en: A}\ntitle: {zh-Hans: 乙, en: B}\n\
        period: {start: 2024-01-01, end: 2024-12-31, published: 2025-04-24}\nyears: [2024, 2023, 2022]\n\
        languages: [zh-Hans]\noutline: [{section: a}]\n\
        assurance: [{provider: {zh-Hans: 丙, en: C}, standard: D, date: 2025-01-31}]\nsuppressions:";
    alone.insert("narrative/a.zh-Hans.md", "# 甲\n");
    alone.insert("report.yaml", format!("{head}{suppressions}").into_bytes());
    alone
}

fn figures(report: &Report, sources: &esgreport::source::Sources) -> BTreeMap<Key, Figure> {
    let mut figures = BTreeMap::new();
    for metric in &report.content.metrics {
        let counting = metric.unit.value.counting;
        let id = metric.id.value.as_str();
        let mut take = |breakdown: &str, member: &str, series: &esgreport::content::Series| {
            for (year, datum) in series {
                let Reading::Figure(_) = datum.reading else { continue };
                let quoted = sources.text(datum.span);
                let text = quoted.trim_matches('"');
                let Some(scaled) = scaled(text, counting) else { continue };
                let start = datum.span.start as usize + quoted.find(text).unwrap_or_default();
                let figure = Figure {
                    file: sources.path(datum.span).to_owned(),
                    range: start..start + text.len(),
                    scaled,
                    text: text.to_owned(),
                    unit: metric.unit.span.start as usize..metric.unit.span.end as usize,
                };
                figures.insert(
                    (id.to_owned(), breakdown.to_owned(), member.to_owned(), *year),
                    figure,
                );
            }
        };
        take("", "", &metric.values);
        for breakdown in &metric.by {
            for member in &breakdown.members {
                take(&breakdown.name.value, &member.key.value, &member.values);
            }
        }
    }
    figures
}

/// Plain figures as millionths; those with qualifiers stand for ranges and are left out.
fn scaled(text: &str, counting: bool) -> Option<Scaled> {
    let plain = text.replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 5 {
        return None;
    }
    let unit = 10_i128.pow(u32::try_from(6 - fraction.len()).ok()?);
    let value = format!("{whole}{fraction}").parse::<i128>().ok()? * unit;
    let half = if counting && fraction.is_empty() { 0 } else { unit / 2 };
    Some(Scaled { value, half })
}

/// The text with one digit changed to the next.
fn with_digit(text: &str, at: usize) -> String {
    let digit = text[at..].chars().next().and_then(|c| c.to_digit(10)).expect("a digit");
    let next = char::from_digit((digit + 1) % 10, 10).expect("a digit");
    format!("{}{next}{}", &text[..at], &text[at + 1..])
}

fn identities(report: &Report) -> Vec<Identity> {
    let mut found = Vec::new();
    for metric in &report.content.metrics {
        let key = |breakdown: &str, member: &str, year: u16| -> Key {
            (metric.id.value.clone(), breakdown.to_owned(), member.to_owned(), year)
        };
        for &year in metric.values.keys() {
            for breakdown in
                metric.by.iter().filter(|b| b.complete && b.aggregate == Aggregate::Sum)
            {
                let members = breakdown.members.iter();
                let terms =
                    members.map(|m| key(&breakdown.name.value, &m.key.value, year)).collect();
                found.push(Identity::Sum(key("", "", year), terms));
            }
            if !metric.parts.is_empty() {
                let part = |id: &String| (id.clone(), String::new(), String::new(), year);
                let terms = metric.parts.iter().map(|p| part(&p.value)).collect();
                found.push(Identity::Sum(key("", "", year), terms));
            }
            found.extend(quotient(metric, year));
        }
        for breakdown in &metric.by {
            for member in &breakdown.members {
                for &year in member.values.keys().filter(|_| !metric.parts.is_empty()) {
                    let (name, inner) = (&breakdown.name.value, &member.key.value);
                    let terms = metric
                        .parts
                        .iter()
                        .map(|p| (p.value.clone(), name.clone(), inner.clone(), year));
                    found.push(Identity::Sum(key(name, inner, year), terms.collect()));
                }
            }
        }
    }
    found
}

/// A formula of the form `a / b` or `a / b[dimension=member]`.
fn quotient(metric: &Metric, year: u16) -> Option<Identity> {
    let formula = metric.formula.as_ref()?.value.to_string();
    let (above, below) = formula.split_once(" / ")?;
    if above.contains([' ', '[', '@', '(']) || below.contains([' ', '@', '(']) {
        return None;
    }
    let below = match below.split_once('[') {
        None => (below.to_owned(), String::new(), String::new(), year),
        Some((id, member)) => {
            let (dimension, member) = member.trim_end_matches(']').split_once('=')?;
            (id.to_owned(), dimension.to_owned(), member.to_owned(), year)
        }
    };
    let factor = if metric.unit.value.text.starts_with("kg/") { 1000 } else { 1 };
    let own = (metric.id.value.clone(), String::new(), String::new(), year);
    Some(Identity::Quotient(
        own,
        (above.to_owned(), String::new(), String::new(), year),
        below,
        factor,
    ))
}

fn names(identity: &Identity, key: &Key) -> bool {
    match identity {
        Identity::Sum(whole, terms) => whole == key || terms.contains(key),
        Identity::Quotient(a, b, c, _) => [a, b, c].contains(&key),
    }
}

/// Whether an identity compares the metric of a figure with other metrics.
fn spans_metrics(identity: &Identity, key: &Key) -> bool {
    let other = |term: &Key| term.0 != key.0;
    names(identity, key)
        && match identity {
            Identity::Sum(whole, terms) => other(whole) || terms.iter().any(other),
            Identity::Quotient(..) => true,
        }
}

/// Whether an identity cannot be true, with one figure changed or none. An identity with a figure
/// missing cannot be broken.
fn broken(
    identity: &Identity,
    figures: &BTreeMap<Key, Figure>,
    changed: Option<(&Key, Scaled)>,
) -> bool {
    let get = |key: &Key| match changed {
        Some((other, scaled)) if other == key => Some(scaled),
        _ => figures.get(key).map(|figure| figure.scaled),
    };
    match identity {
        Identity::Sum(whole, terms) => {
            let Some(whole) = get(whole) else { return false };
            let Some(terms) = terms.iter().map(get).collect::<Option<Vec<_>>>() else {
                return false;
            };
            let sum: i128 = terms.iter().map(|term| term.value).sum();
            let slack: i128 = terms.iter().map(|term| term.half).sum::<i128>() + whole.half;
            (whole.value - sum).abs() > slack
        }
        Identity::Quotient(own, above, below, factor) => {
            let (Some(own), Some(above), Some(below)) = (get(own), get(above), get(below)) else {
                return false;
            };
            // stated = above × factor / below, all in millionths.
            let (low, high) = (own.value - own.half, own.value + own.half);
            let most = (above.value + above.half) * factor * 1_000_000;
            let least = (above.value - above.half) * factor * 1_000_000;
            low * (below.value - below.half) > most || high * (below.value + below.half) < least
        }
    }
}

/// What can go wrong with a figure between the source and the report.
const MUTATIONS: [&str; 8] = [
    "a digit",
    "the sign",
    "ten times",
    "a thousand times",
    "ten thousand times",
    "the year",
    "the row",
    "the unit",
];

/// Units that are taken for each other.
const UNITS: [(&str, &str); 7] = [
    ("MWh", "kWh"),
    ("tCO2e", "kgCO2e"),
    ("t", "kg"),
    ("kg", "t"),
    ("tCO2e/million_CNY", "kgCO2e/million_CNY"),
    ("MWh/million_CNY", "kWh/million_CNY"),
    ("kg/person", "t/person"),
];

#[test]
fn mutations_of_figures_that_stand_in_an_identity_are_caught() {
    let files = figures_alone(&memory(PROJECT));
    let loaded = check(&files, Tier::Default);
    let report = loaded.report.as_ref().expect("a report");
    let figures = figures(report, &loaded.sources);
    let identities = identities(report);
    // Nothing is known of zero beyond that it is none, and a published fault hides its own kind.
    let concerned: Vec<(&Key, &Figure)> = figures
        .iter()
        .filter(|(key, figure)| {
            let own: Vec<&Identity> =
                identities.iter().filter(|i| names(i, key) && complete(i, &figures)).collect();
            figure.scaled.value != 0
                && !own.is_empty()
                && !own.iter().any(|i| broken(i, &figures, None))
        })
        .collect();
    let counts = thread::scope(|scope| {
        let halves = concerned.chunks(concerned.len().div_ceil(2)).map(|half| {
            let (files, figures, identities) = (&files, &figures, &identities);
            scope.spawn(move || mutate_all(half, files, figures, identities))
        });
        let threads: Vec<_> = halves.collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect::<Vec<_>>()
    });
    let mut lines = Vec::new();
    let mut short = Vec::new();
    for (at, name) in MUTATIONS.iter().enumerate() {
        let tried: usize = counts.iter().map(|half| half[at].0).sum();
        let caught: usize = counts.iter().map(|half| half[at].1).sum();
        lines.push(format!("{name}: {caught} of {tried} caught\n"));
        if tried <= 80 || caught * 100 < tried * 95 {
            short.push(*name);
        }
    }
    // The shares are kept where they can be read after the test too.
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations.txt");
    fs::write(place, lines.concat()).expect("the shares can be written");
    assert_eq!(short, Vec::<&str>::new(), "\n{}", lines.concat());
}

/// Whether every figure of an identity is there.
fn complete(identity: &Identity, figures: &BTreeMap<Key, Figure>) -> bool {
    match identity {
        Identity::Sum(whole, terms) => {
            figures.contains_key(whole) && terms.iter().all(|t| figures.contains_key(t))
        }
        Identity::Quotient(a, b, c, _) => {
            [a, b, c].into_iter().all(|key| figures.contains_key(key))
        }
    }
}

/// For each mutation, how many were tried and how many caught.
fn mutate_all(
    some: &[(&Key, &Figure)],
    files: &Memory,
    figures: &BTreeMap<Key, Figure>,
    identities: &[Identity],
) -> [(usize, usize); 8] {
    let mut counts = [(0, 0); 8];
    for (key, figure) in some {
        for (at, count) in counts.iter_mut().enumerate() {
            // The unit of a metric that is compared with nothing but its own members is not known
            // from them.
            if MUTATIONS[at] == "the unit" && !identities.iter().any(|i| spans_metrics(i, key)) {
                continue;
            }
            let Some(changed) = mutated(at, key, figure, files, figures) else { continue };
            count.0 += 1;
            let loaded = check(&changed, Tier::Default);
            count.1 += usize::from(!loaded.judged.findings.is_empty());
        }
    }
    counts
}

/// The project with one mutation; nothing where the mutation changes nothing.
fn mutated(
    kind: usize,
    key: &Key,
    figure: &Figure,
    files: &Memory,
    figures: &BTreeMap<Key, Figure>,
) -> Option<Memory> {
    let text = match kind {
        // The first digit, which is beyond any rounding.
        0 => with_digit(&figure.text, figure.text.find(|c: char| c.is_ascii_digit() && c != '0')?),
        1 => format!("-{}", figure.text),
        2..=4 => {
            let factor = [10, 1_000, 10_000][kind - 2];
            (figure.scaled.value * factor / 1_000_000).to_string()
        }
        5 => {
            let other = figures.get(&(key.0.clone(), key.1.clone(), key.2.clone(), key.3 - 1))?;
            if other.scaled.value == figure.scaled.value {
                return None;
            }
            other.text.clone()
        }
        6 => return without_row(key, figure, files),
        _ => return with_other_unit(figure, files),
    };
    let mut files = files.clone();
    let mut yaml = String::from_utf8(files.remove(&figure.file)?).ok()?;
    yaml.replace_range(figure.range.clone(), &text);
    files.insert(&figure.file, yaml.into_bytes());
    Some(files)
}

/// The project with another unit for the metric of a figure.
fn with_other_unit(figure: &Figure, files: &Memory) -> Option<Memory> {
    let mut files = files.clone();
    let mut yaml = String::from_utf8(files.remove(&figure.file)?).ok()?;
    let unit = yaml[figure.unit.clone()].trim_matches('"').to_owned();
    let (_, other) = UNITS.iter().find(|(one, _)| *one == unit)?;
    yaml.replace_range(figure.unit.clone(), other);
    files.insert(&figure.file, yaml.into_bytes());
    Some(files)
}

/// The project without the row of a breakdown that a figure stands in.
fn without_row(key: &Key, figure: &Figure, files: &Memory) -> Option<Memory> {
    if key.2.is_empty() {
        return None;
    }
    let mut files = files.clone();
    let yaml = String::from_utf8(files.remove(&figure.file)?).ok()?;
    let start = yaml[..figure.range.start].rfind('\n')? + 1;
    let end = start + yaml[start..].find('\n')? + 1;
    files.insert(&figure.file, format!("{}{}", &yaml[..start], &yaml[end..]).into_bytes());
    Some(files)
}
