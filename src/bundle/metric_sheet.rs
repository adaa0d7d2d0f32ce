//! The audit sheet of a metric: everything about its figures on one page.

use serde::Serialize;

use crate::content::{Boundary, Conclusion, ConclusionResult, Datum, Metric, Reading, Subject};
use crate::formula::{Path, Step};
use crate::lint::Judged;
use crate::quantity::{Decimal, Grouping, Interval, group};
use crate::report::{Derivation, Report, interval_of};
use crate::source::{Sources, Span};

use crate::bundle::crossings::{Crossings, Found};
use crate::bundle::evidence::{EvidenceView, texts};
use crate::bundle::links::{Links, link};

/// Folders between a sheet of a metric and the index.
const DEPTH: usize = 2;

/// What the sheet of a metric shows.
#[derive(Debug, Serialize)]
pub struct MetricSheet {
    id: String,
    labels: Vec<String>,
    unit: String,
    place: String,
    boundary: Vec<String>,
    period: String,
    notes: Vec<String>,
    formula: String,
    clauses: Vec<Linked>,
    values: Vec<ValueRow>,
    derivations: Vec<DerivationRow>,
    used_by: Vec<Linked>,
    evidence: Vec<EvidenceView>,
    findings: Vec<FindingRow>,
    conclusions: Vec<ConclusionRow>,
}

/// Words that may lead to another page.
#[derive(Debug, Clone, Serialize)]
pub struct Linked {
    /// The words.
    pub text: String,
    /// Where they lead; empty if nowhere.
    pub href: String,
}

#[derive(Debug, Serialize)]
struct ValueRow {
    figure: String,
    value: String,
    range: String,
    was: String,
    why: String,
    assurance: String,
    place: String,
}

#[derive(Debug, Serialize)]
struct DerivationRow {
    figure: String,
    follows: String,
    expression: String,
    stated: String,
    stated_range: String,
    computed: String,
    range: String,
    difference: String,
    fits: bool,
    steps: Vec<StepRow>,
}

#[derive(Debug, Serialize)]
struct StepRow {
    indent: usize,
    text: String,
    href: String,
    value: String,
    range: String,
}

/// A finding as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow {
    /// Severity, or `accepted`.
    pub severity: String,
    /// Rule.
    pub rule: String,
    /// What it says.
    pub message: String,
    /// Where it is.
    pub place: String,
    /// Why it is accepted; empty if it is not.
    pub reason: String,
}

/// A conclusion as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct ConclusionRow {
    /// What it is about.
    pub item: String,
    /// What was done.
    pub procedure: String,
    /// Sample.
    pub sample: String,
    /// Result, with the exception.
    pub result: String,
    /// Whether nothing was found to object to.
    pub clean: bool,
    /// Level.
    pub level: String,
    /// Who, when, for whom.
    pub by: String,
}

/// What sheets are made from.
pub struct Desk<'a> {
    /// The report.
    pub report: &'a Report,
    /// Places.
    pub sources: &'a Sources,
    /// Findings.
    pub judged: &'a Judged,
    /// Names of sheets.
    pub links: &'a Links,
    /// Every figure that follows from others.
    pub derivations: &'a [Derivation],
    /// What belongs to each metric.
    pub crossings: &'a Crossings<'a>,
}

impl Desk<'_> {
    /// The sheet of a metric.
    pub fn metric(&self, metric: &Metric) -> MetricSheet {
        let head = &self.report.content.head;
        let id = &metric.id.value;
        let period = &head.period;
        MetricSheet {
            id: id.clone(),
            labels: texts(&metric.label),
            unit: metric.unit.value.text.to_string(),
            place: self.place(metric.id.span),
            boundary: boundary(head.boundary.as_ref()),
            period: format!("{} to {}", period.start.value, period.end.value),
            notes: metric.note.as_ref().map(texts).unwrap_or_default(),
            formula: metric.formula.as_ref().map(|f| f.value.to_string()).unwrap_or_default(),
            clauses: self.clauses(id),
            values: self.values(metric),
            derivations: self.crossings.derived(id).iter().map(|d| self.derivation(d)).collect(),
            used_by: self.used_by(id),
            evidence: metric
                .evidence
                .iter()
                .filter_map(|item| self.report.evidence(&item.value))
                .map(|item| EvidenceView::new(item, DEPTH))
                .collect(),
            findings: self.findings(self.crossings.findings(id)),
            conclusions: self.conclusions(|subject| match subject {
                Subject::Figure(path) => path.metric == *id,
                Subject::Evidence(item) => metric.evidence.iter().any(|own| own.value == *item),
                Subject::Disclosure(..) => false,
            }),
        }
    }

    /// File, line and column of a place.
    pub fn place(&self, span: Span) -> String {
        let at = self.sources.start(span);
        format!("{}:{}:{}", self.sources.path(span), at.line, at.column)
    }

    /// Findings and accepted findings as rows.
    pub fn findings(&self, found: &[Found<'_>]) -> Vec<FindingRow> {
        let row = |(found, reason): &Found<'_>| FindingRow {
            severity: match reason {
                Some(_) => "accepted".to_owned(),
                None => found.severity.word().to_owned(),
            },
            rule: found.rule.to_owned(),
            message: found.message.to_string(),
            place: self.place(found.primary.span),
            reason: reason.unwrap_or_default().to_owned(),
        };
        found.iter().map(row).collect()
    }

    /// Conclusions on what a test picks.
    pub fn conclusions(&self, wanted: impl Fn(&Subject) -> bool) -> Vec<ConclusionRow> {
        let all = self.report.content.conclusions.iter();
        all.filter(|conclusion| wanted(&conclusion.subject)).map(conclusion_row).collect()
    }

    fn clauses(&self, id: &str) -> Vec<Linked> {
        let linked = |(edition, code): &(&str, &str)| Linked {
            text: format!("{edition} {code}"),
            href: self.links.disclosure(edition, code).map(|s| link(DEPTH, s)).unwrap_or_default(),
        };
        self.crossings.clauses(id).iter().map(linked).collect()
    }

    fn values(&self, metric: &Metric) -> Vec<ValueRow> {
        let total = metric.values.iter().map(|(year, datum)| (String::new(), *year, datum));
        let members = metric.by.iter().flat_map(|breakdown| {
            breakdown.members.iter().flat_map(move |member| {
                let pairs = breakdown.dimensions().zip(member.key.value.split('+'));
                let names: Vec<String> = pairs.map(|(d, m)| format!("{d}={m}")).collect();
                let name = format!("[{}]", names.join(","));
                member.values.iter().map(move |(year, datum)| (name.clone(), *year, datum))
            })
        });
        total
            .chain(members)
            .map(|(name, year, datum)| self.value(metric, &name, year, datum))
            .collect()
    }

    fn value(&self, metric: &Metric, name: &str, year: u16, datum: &Datum) -> ValueRow {
        let unit = &metric.unit.value;
        let (value, range) = match &datum.reading {
            Reading::Figure(figure) => (
                self.sources.text(datum.span).trim_matches(['"', '\'']).to_owned(),
                shown(interval_of(figure, unit)),
            ),
            Reading::Missing(missing) => {
                let reason = missing.reason.iter().next().map(|(_, words)| words.value.clone());
                let kind = missing.kind.word().replace('-', " ");
                (format!("{kind}: {}", reason.unwrap_or_default()), String::new())
            }
        };
        let restated = metric.restated.get(&year).filter(|_| name.is_empty());
        let level = metric.assurance.get(&year).filter(|_| name.is_empty());
        ValueRow {
            figure: format!("{}{name}@{year}", metric.id.value),
            value,
            range,
            was: restated
                .and_then(|r| r.was.as_ref())
                .map(|was| group(was.value.value, Grouping::Thousands))
                .unwrap_or_default(),
            why: restated.map(|r| texts(&r.reason).join(" · ")).unwrap_or_default(),
            assurance: level.map(|level| level.word().to_owned()).unwrap_or_default(),
            place: self.place(datum.span),
        }
    }

    fn derivation(&self, found: &Derivation) -> DerivationRow {
        let year = found.path.year.unwrap_or_else(|| self.report.year());
        let mut steps = Vec::new();
        self.push_steps(&found.step, year, 0, &mut steps);
        DerivationRow {
            figure: found.path.to_string(),
            follows: found.way.words(),
            expression: found.expression.clone(),
            stated: found.stated.map(|(value, _)| digits(value)).unwrap_or_default(),
            stated_range: found.stated.map(|(_, range)| shown(range)).unwrap_or_default(),
            computed: digits(found.value),
            range: shown(found.interval),
            difference: found.difference().map(digits).unwrap_or_default(),
            fits: found.fits(),
            steps,
        }
    }

    fn push_steps(&self, step: &Step, year: u16, indent: usize, rows: &mut Vec<StepRow>) {
        let path: Option<Path> = step.path.as_ref().map(|path| path.in_year(year));
        let sheet = path.as_ref().and_then(|path| self.links.metric(&path.metric));
        let unit = &step.result.unit.text;
        rows.push(StepRow {
            indent,
            text: path.map_or_else(|| step.text.clone(), |path| path.to_string()),
            href: sheet.map(|sheet| link(DEPTH, sheet)).unwrap_or_default(),
            value: format!("{} {unit}", digits(step.result.value)).trim().to_owned(),
            range: shown(step.result.interval),
        });
        step.inputs.iter().for_each(|input| self.push_steps(input, year, indent + 1, rows));
    }

    /// Metrics with a figure that follows from a figure of this one.
    fn used_by(&self, id: &str) -> Vec<Linked> {
        let linked = |id: &&str| Linked {
            text: (*id).to_owned(),
            href: self.links.metric(id).map(|sheet| link(DEPTH, sheet)).unwrap_or_default(),
        };
        self.crossings.users(id).iter().map(linked).collect()
    }
}

/// The boundary: how it is drawn, and in words.
pub fn boundary(boundary: Option<&Boundary>) -> Vec<String> {
    let Some(boundary) = boundary else { return Vec::new() };
    let mut lines = vec![boundary.approach.replace('-', " ")];
    lines.extend(boundary.note.iter().flat_map(texts));
    lines
}

/// A conclusion as a row.
pub fn conclusion_row(conclusion: &Conclusion) -> ConclusionRow {
    let day = conclusion.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
    let exception = conclusion.exception.as_ref().map(|text| format!(": {text}"));
    ConclusionRow {
        item: conclusion.item.value.clone(),
        procedure: conclusion.procedure.clone(),
        sample: conclusion.sample.clone().unwrap_or_default(),
        result: format!("{}{}", conclusion.result.word(), exception.unwrap_or_default()),
        clean: conclusion.result == ConclusionResult::Satisfactory,
        level: conclusion.level.word().to_owned(),
        by: format!("{}, {} ({day})", conclusion.by, conclusion.auditor),
    }
}

/// A value with twelve decimals at most, thousands separated.
pub fn digits(value: Decimal) -> String {
    let short = if value.scale() > 12 { value.round_dp(12).normalize() } else { value };
    group(short, Grouping::Thousands)
}

/// The ends of an interval.
pub fn shown(interval: Interval) -> String {
    let end = |end: Option<Decimal>| end.map_or_else(|| "∞".to_owned(), digits);
    if interval.low == interval.high && interval.low.is_some() {
        return "exact".to_owned();
    }
    match interval.low {
        Some(_) => format!("{} … {}", end(interval.low), end(interval.high)),
        None => format!("−∞ … {}", end(interval.high)),
    }
}
