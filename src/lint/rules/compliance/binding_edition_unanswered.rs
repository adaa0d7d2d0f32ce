#![doc = include_str!("binding_edition_unanswered.md")]

use std::collections::BTreeSet;

use crate::content::{Answer, Outcome};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::framework::Asked;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{binds, bound, titled};
use crate::report::{Earlier, Judgement, Report, Verdict};
use crate::source::Spanned;

/// Disclosures of the edition that binds the year, where a later edition is adopted early.
pub const RULE: Rule = Rule {
    name: "binding-edition-unanswered",
    group: Group::Compliance,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("binding_edition_unanswered.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for claim in &report.content.head.frameworks {
        let name = &claim.edition.value;
        let (Some(earlier), Some(verdict)) = (report.earlier.get(name), report.verdict(name))
        else {
            continue;
        };
        let catalog = &earlier.catalog;
        let served = served(report, earlier, &verdict);
        let conditions = report.conditions();
        let profile = report.profile(name, &conditions, None);
        // A report without any answers has a finding of its own.
        for item in
            catalog.items.iter().filter(|item| item.kind.is_indexed() && !verdict.files.is_empty())
        {
            let ruling = catalog.rule(item, &profile);
            let judgement = Judgement { item, ruling, answer: None };
            if !binds(&judgement)
                || ruling.asked != Asked::Yes
                || served.contains(item.code.value.as_str())
            {
                continue;
            }
            sink.push(unanswered(report, &claim.edition, &catalog.name, &judgement));
        }
    }
}

/// Codes of the earlier edition that are answered: in a file of its own, or by an equivalent of the
/// later edition. Where the equivalent itself is asked and not answered, that is the finding.
fn served<'a>(
    report: &'a Report,
    earlier: &'a Earlier,
    verdict: &Verdict<'_>,
) -> BTreeSet<&'a str> {
    let own = report
        .content
        .disclosures
        .iter()
        .filter(|file| file.framework.value == earlier.catalog.name);
    let own = own.flat_map(|file| &file.answers).filter(|answer| counts(answer));
    let mut served: BTreeSet<&str> = own.map(|answer| answer.code.value.as_str()).collect();
    let claimed = &report.content.head.frameworks;
    if claimed.iter().any(|claim| claim.edition.value == earlier.catalog.name) {
        // The earlier edition is claimed too, and judged by itself.
        served.extend(earlier.catalog.codes());
    }
    let links = earlier.crosswalk.iter().flat_map(|walk| &walk.links);
    for link in links.filter(|link| link.relation == "equivalent") {
        let judged = verdict.items.iter().find(|j| j.item.code.value == link.to.value);
        let Some(judged) = judged else { continue };
        let reported_already =
            judged.answer.is_none() && judged.item.kind.is_indexed() && binds(judged);
        if reported_already || judged.answer.is_some_and(counts) {
            served.insert(&link.from.value);
        }
    }
    served
}

/// Whether an answer says anything: a dash alone does not.
fn counts(answer: &Answer) -> bool {
    !matches!(answer.outcome, Outcome::NotReported(_))
}

fn unanswered(
    report: &Report,
    claimed: &Spanned<String>,
    earlier: &str,
    judgement: &Judgement<'_>,
) -> Diagnostic {
    let code = &judgement.item.code.value;
    let title = titled(report, &judgement.item.title).unwrap_or_default();
    let message = say!(
        "{code} ({title}) of {earlier} binds this year and has no full counterpart among the answers to {claimed}: {bound}",
        code,
        title,
        earlier,
        claimed = claimed.value,
        bound = bound(judgement)
    );
    Diagnostic::warning(RULE.name, claimed.span, message)
        .label(say!("adopted early"))
        .related(judgement.item.span(), say!("the edition in force for the year asks for it"))
        .subject(format!("{earlier} {code}"))
        .help(say!("answer it in a file with `framework: {earlier}`, or explain it there", earlier))
}
