//! The page that a bundle is opened with.

use serde::Serialize;
use serde_json::{Value, json};

use crate::content::Metric;
use crate::lint::Judged;
use crate::quantity::{Grouping, group, plain};
use crate::report::{Report, total_of};
use crate::source::Spanned;

use crate::bundle::crossings::Found;
use crate::bundle::disclosure_sheet::{has_sheet, outcome};
use crate::bundle::evidence::{EvidenceView, register, texts};
use crate::bundle::glance::{Glance, Named, Product, product};
use crate::bundle::links::link;
use crate::bundle::metric_sheet::{
    ConclusionRow, Desk, FindingRow, Linked, boundary, conclusion_row,
};

/// What the index of a bundle shows.
#[derive(Debug, Serialize)]
pub struct Overview {
    entity: Vec<String>,
    titles: Vec<String>,
    period: String,
    boundary: Vec<String>,
    version: String,
    as_of: String,
    seal: String,
    glance: Vec<Glance>,
    products: Vec<Product>,
    engagements: Vec<Vec<Named>>,
    metrics: Vec<MetricRow>,
    editions: Vec<EditionRows>,
    targets: Vec<TargetRow>,
    evidence: Vec<EvidenceView>,
    findings: Vec<FindingRow>,
    suppressions: Vec<SuppressionRow>,
    conclusions: Vec<ConclusionRow>,
    restatements: Vec<RestatementRow>,
}

#[derive(Debug, Serialize)]
struct MetricRow {
    sheet: Linked,
    label: String,
    value: String,
    unit: String,
    assurance: String,
    evidence: usize,
    derived: &'static str,
}

#[derive(Debug, Serialize)]
struct TargetRow {
    id: String,
    area: String,
    metric: Linked,
    due: String,
    place: String,
    evidence: Vec<Linked>,
}

#[derive(Debug, Serialize)]
struct EditionRows {
    name: String,
    title: String,
    claim: String,
    evidence: Vec<Linked>,
    rows: Vec<ClauseRow>,
}

#[derive(Debug, Serialize)]
struct ClauseRow {
    sheet: Linked,
    title: String,
    level: String,
    outcome: &'static str,
}

#[derive(Debug, Serialize)]
struct SuppressionRow {
    rule: String,
    at: String,
    difference: String,
    reason: String,
    approver: String,
    expires: String,
}

#[derive(Debug, Serialize)]
struct RestatementRow {
    figure: String,
    was: String,
    now: String,
    reason: String,
}

impl Desk<'_> {
    /// The index, with links to what was printed.
    pub fn overview(&self, as_of: &str, products: &[String]) -> Overview {
        let head = &self.report.content.head;
        Overview {
            entity: texts(&head.name),
            titles: texts(&head.title),
            period: format!("{} to {}", head.period.start.value, head.period.end.value),
            boundary: boundary(head.boundary.as_ref()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: as_of.to_owned(),
            seal: self.seal(),
            glance: self.glance(),
            products: products.iter().map(|path| product(path)).collect(),
            engagements: self.engagements(),
            metrics: self.report.content.metrics.iter().map(|m| self.metric_row(m)).collect(),
            editions: self.editions(),
            targets: self.targets(),
            evidence: register(self.report, self.links),
            findings: self.findings(&all(self.judged)),
            suppressions: self.suppressions(),
            conclusions: self.report.content.conclusions.iter().map(conclusion_row).collect(),
            restatements: restatements(self.report),
        }
    }

    fn seal(&self) -> String {
        let Some(seal) = self.report.content.seals.last() else { return String::new() };
        let day = seal.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
        let lifted =
            seal.unsealed.as_ref().map(|[by, on, why]| format!("; lifted by {by}, {on}: {why}"));
        format!("{} by {}, {day}{}", seal.digest.value, seal.by, lifted.unwrap_or_default())
    }

    fn metric_row(&self, metric: &Metric) -> MetricRow {
        let id = &metric.id.value;
        let year = self.report.year();
        let quantity = self.report.quantity(&total_of(id, year));
        let derived = match self.crossings.derived(id) {
            [] => "",
            own if own.iter().all(|found| found.fits()) => "fits",
            _ => "differs",
        };
        MetricRow {
            sheet: Linked {
                text: id.clone(),
                href: self.links.metric(id).map(|sheet| link(0, sheet)).unwrap_or_default(),
            },
            label: texts(&metric.label).join(" · "),
            value: quantity.map(|q| group(q.value, Grouping::Thousands)).unwrap_or_default(),
            unit: metric.unit.value.text.to_string(),
            assurance: metric
                .assurance
                .get(&year)
                .map(|level| level.word().to_owned())
                .unwrap_or_default(),
            evidence: metric.evidence.len(),
            derived,
        }
    }

    fn editions(&self) -> Vec<EditionRows> {
        let mut editions = Vec::new();
        for verdict in self.report.claimed_verdicts() {
            let name = verdict.catalog.name.clone();
            let mut rows = Vec::new();
            for judgement in &verdict.items {
                if !has_sheet(judgement) {
                    continue;
                }
                let code = &judgement.item.code.value;
                let path = self.links.disclosure(&name, code);
                let titles = judgement.item.title.iter().map(|(_, title)| title.as_str());
                rows.push(ClauseRow {
                    sheet: Linked {
                        text: code.clone(),
                        href: path.map(|path| link(0, path)).unwrap_or_default(),
                    },
                    title: titles.collect::<Vec<_>>().join(" · "),
                    level: judgement.ruling.level.map_or("", |level| level.word()).to_owned(),
                    outcome: outcome(judgement.answer),
                });
            }
            let claim = verdict.claim.and_then(|claim| claim.claim.as_ref());
            let titles = verdict.catalog.title.iter().map(|(_, title)| title.as_str());
            editions.push(EditionRows {
                title: titles.collect::<Vec<_>>().join(" · "),
                claim: claim.map(|claim| claim.value.clone()).unwrap_or_default(),
                evidence: verdict.claim.map(|claim| items(&claim.evidence)).unwrap_or_default(),
                name,
                rows,
            });
        }
        editions
    }

    fn targets(&self) -> Vec<TargetRow> {
        let rows = self.report.content.targets.iter().map(|target| {
            let metric = target.metric.as_ref().map(|metric| metric.value.clone());
            let metric = metric.unwrap_or_default();
            TargetRow {
                id: target.id.value.clone(),
                area: texts(&target.area).join(" · "),
                due: target.due.map(|due| due.to_string()).unwrap_or_default(),
                place: self.place(target.id.span),
                evidence: items(&target.evidence),
                metric: Linked {
                    href: self.links.metric(&metric).map(|s| link(0, s)).unwrap_or_default(),
                    text: metric,
                },
            }
        });
        rows.collect()
    }

    fn suppressions(&self) -> Vec<SuppressionRow> {
        let all = self.report.content.head.suppressions.iter();
        let rows = all.map(|suppression| SuppressionRow {
            rule: suppression.rule.value.clone(),
            at: suppression.at.value.clone(),
            difference: suppression
                .difference
                .as_ref()
                .map(|d| d.value.clone())
                .unwrap_or_default(),
            reason: suppression.reason.value.clone(),
            approver: suppression.approver.clone(),
            expires: suppression.expires.value.to_string(),
        });
        rows.collect()
    }
}

/// Every finding, accepted ones last.
fn all(judged: &Judged) -> Vec<Found<'_>> {
    let open = judged.findings.iter().map(|finding| (finding, None));
    open.chain(judged.suppressed.iter().map(|s| (&s.finding, Some(s.reason.as_str())))).collect()
}

/// Evidence items with links to their rows of the index.
fn items(ids: &[Spanned<String>]) -> Vec<Linked> {
    let one = |id: &Spanned<String>| Linked {
        text: id.value.clone(),
        href: format!("#{}", link(0, &format!("evidence-{}", id.value))),
    };
    ids.iter().map(one).collect()
}

fn restatements(report: &Report) -> Vec<RestatementRow> {
    let mut rows = Vec::new();
    for metric in &report.content.metrics {
        for (year, restated) in &metric.restated {
            let now = report.quantity(&total_of(&metric.id.value, *year));
            rows.push(RestatementRow {
                figure: format!("{}@{year}", metric.id.value),
                was: restated.was.as_ref().map(|was| plain(was.value.value)).unwrap_or_default(),
                now: now.map(|quantity| plain(quantity.value)).unwrap_or_default(),
                reason: texts(&restated.reason).join(" · "),
            });
        }
    }
    rows
}

/// Changed earlier figures as data.
pub fn restatements_json(report: &Report) -> Value {
    json!({"form": "esgreport-restatements/1", "restatements": restatements(report)})
}

/// Accepted findings with who accepted them, as data.
pub fn suppressions_json(desk: &Desk<'_>) -> Value {
    json!({"form": "esgreport-suppressions/1", "suppressions": desk.suppressions()})
}

/// Number of findings of each severity, and of accepted ones.
pub fn tally(judged: &Judged) -> Value {
    let count = |severity| judged.count(severity);
    json!({
        "error": count(crate::diag::Severity::Error),
        "warning": count(crate::diag::Severity::Warning),
        "note": count(crate::diag::Severity::Note),
        "accepted": judged.suppressed.len(),
    })
}
