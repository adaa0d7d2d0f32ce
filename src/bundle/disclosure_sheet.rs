//! The audit sheet of a disclosure: what is asked, what answers it, and what that rests on.

use serde::Serialize;

use crate::content::{Answer, Outcome, Subject};
use crate::framework::{Asked, Level};
use crate::quantity::{Grouping, group};
use crate::report::{Judgement, Verdict, anchor_of, total_of};

use crate::bundle::evidence::{EvidenceView, texts};
use crate::bundle::links::link;
use crate::bundle::metric_sheet::{ConclusionRow, Desk, FindingRow, Linked};

/// Folders between a sheet of a disclosure and the index.
const DEPTH: usize = 3;

/// What the sheet of a disclosure shows.
#[derive(Debug, Serialize)]
pub struct DisclosureSheet {
    edition: String,
    claim: String,
    code: String,
    titles: Vec<String>,
    asks: String,
    level: String,
    asked: String,
    since: String,
    source: String,
    confidence: String,
    outcome: String,
    reasons: Vec<String>,
    places: Vec<String>,
    answered_at: String,
    facts: Vec<FactRow>,
    evidence: Vec<EvidenceView>,
    findings: Vec<FindingRow>,
    conclusions: Vec<ConclusionRow>,
}

#[derive(Debug, Serialize)]
struct FactRow {
    metric: Linked,
    label: String,
    value: String,
    assurance: String,
}

impl Desk<'_> {
    /// The sheet of a disclosure; nothing for what is neither asked nor answered.
    pub fn disclosure(
        &self,
        verdict: &Verdict<'_>,
        judgement: &Judgement<'_>,
    ) -> Option<DisclosureSheet> {
        let (item, ruling) = (judgement.item, judgement.ruling);
        if !has_sheet(judgement) {
            return None;
        }
        let edition = &verdict.catalog.name;
        let code = &item.code.value;
        let claim = verdict.claim.and_then(|claim| claim.claim.as_ref());
        let answer = judgement.answer;
        Some(DisclosureSheet {
            edition: edition.clone(),
            claim: claim.map(|claim| claim.value.clone()).unwrap_or_default(),
            code: code.clone(),
            titles: item.title.iter().map(|(_, title)| title.clone()).collect(),
            asks: item.summary.clone(),
            level: ruling.level.map_or("none", Level::word).replace('-', " "),
            asked: match ruling.asked {
                Asked::Yes => "yes".into(),
                Asked::NotInForce => "no: not in force for this report".into(),
                Asked::OtherClaim(claim) => format!("no: only under the claim {claim}"),
                Asked::Conditional(name) => format!("only where this holds: {name}"),
            },
            since: ruling.since.map(|day| day.to_string()).unwrap_or_default(),
            source: item.basis.clone().unwrap_or_else(|| verdict.catalog.source.clone()),
            confidence: item.confidence.clone(),
            outcome: outcome(answer).to_owned(),
            reasons: answer.map(reasons).unwrap_or_default(),
            places: answer.map(places).unwrap_or_default(),
            answered_at: answer.map(|answer| self.place(answer.span)).unwrap_or_default(),
            facts: answer.map(|answer| self.facts(answer)).unwrap_or_default(),
            evidence: answer.map(|answer| self.evidence(answer)).unwrap_or_default(),
            findings: self.findings(self.crossings.findings(&format!("{edition} {code}"))),
            conclusions: self.conclusions(
                |subject| matches!(subject, Subject::Disclosure(e, c) if e == edition && c == code),
            ),
        })
    }

    fn facts(&self, answer: &Answer) -> Vec<FactRow> {
        let year = self.report.year();
        let metrics = answer.facts.iter().filter_map(|fact| self.report.metric(&fact.value));
        let rows = metrics.map(|metric| {
            let id = &metric.id.value;
            let quantity = self.report.quantity(&total_of(id, year));
            let unit = &metric.unit.value.text;
            FactRow {
                metric: Linked {
                    text: id.clone(),
                    href: self.links.metric(id).map(|s| link(DEPTH, s)).unwrap_or_default(),
                },
                label: texts(&metric.label).join(" · "),
                value: match quantity {
                    Ok(found) => format!("{} {unit}", group(found.value, Grouping::Thousands)),
                    Err(why) => why.to_string(),
                },
                assurance: metric
                    .assurance
                    .get(&year)
                    .map(|level| level.word().to_owned())
                    .unwrap_or_default(),
            }
        });
        rows.collect()
    }

    /// The evidence of the answer itself and of the metrics that answer, each item once.
    fn evidence(&self, answer: &Answer) -> Vec<EvidenceView> {
        let metrics = answer.facts.iter().filter_map(|fact| self.report.metric(&fact.value));
        let mut ids: Vec<&str> = Vec::new();
        let of_metrics = metrics.flat_map(|metric| &metric.evidence);
        for id in answer.evidence.iter().chain(of_metrics) {
            if !ids.contains(&id.value.as_str()) {
                ids.push(&id.value);
            }
        }
        let items = ids.into_iter().filter_map(|id| self.report.evidence(id));
        items.map(|item| EvidenceView::new(item, DEPTH)).collect()
    }
}

/// Whether a disclosure has a sheet: it is asked, or it is answered.
pub fn has_sheet(judgement: &Judgement<'_>) -> bool {
    let asked = judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes;
    judgement.answer.is_some() || asked
}

/// The word of an outcome.
pub fn outcome(answer: Option<&Answer>) -> &'static str {
    match answer.map(|answer| &answer.outcome) {
        None => "unanswered",
        Some(Outcome::Reported(_)) => "reported",
        Some(Outcome::Partly { .. }) => "partly reported",
        Some(Outcome::Explained { .. }) => "explained",
        Some(Outcome::Negative(_)) => "stated as none",
        Some(Outcome::Relief { .. }) => "relief used",
        Some(Outcome::Omitted { .. }) => "omitted",
        Some(Outcome::NotApplicable(_)) => "not applicable",
        Some(Outcome::Elsewhere(_)) => "in another document",
        Some(Outcome::NotReported(_)) => "not reported",
    }
}

fn places(answer: &Answer) -> Vec<String> {
    match &answer.outcome {
        Outcome::Reported(places) | Outcome::Partly { places, .. } => {
            places.iter().map(anchor_of).collect()
        }
        _ => Vec::new(),
    }
}

/// What is said in the place of an answer, or beside it.
fn reasons(answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    match &answer.outcome {
        Outcome::Reported(_) => {}
        Outcome::Partly { missing, reason, explanation, .. } => {
            lines.extend(missing.iter().flat_map(texts));
            lines.extend(reason.iter().map(|reason| reason.value.clone()));
            lines.extend(explanation.iter().flat_map(texts));
        }
        Outcome::Explained { reason, steps, until } => {
            lines.extend(texts(reason));
            lines.extend(steps.iter().flat_map(texts));
            lines.extend(until.iter().map(|until| format!("until {}", until.value)));
        }
        Outcome::Negative(text) | Outcome::NotApplicable(text) => lines.extend(texts(text)),
        Outcome::Relief { name, substitute } => {
            lines.push(name.value.clone());
            lines.extend(substitute.iter().flat_map(texts));
        }
        Outcome::Omitted { reason, explanation } => {
            lines.push(reason.value.clone());
            lines.extend(explanation.iter().flat_map(texts));
        }
        Outcome::Elsewhere(other) => {
            lines.extend(texts(&other.document));
            lines.extend(texts(&other.locator));
        }
        Outcome::NotReported(sign) => lines.push(sign.clone()),
    }
    if let Some(also) = &answer.also {
        lines.extend(texts(&also.document));
        lines.extend(texts(&also.locator));
    }
    lines
}
