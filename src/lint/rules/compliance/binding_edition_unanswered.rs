#![doc = include_str!("binding_edition_unanswered.md")]

use crate::diag::{Diagnostic, Severity, Sink};
use crate::lint::rule::{Group, Rule, Tier};
use std::collections::BTreeSet;

use crate::content::Answer;
use crate::framework::{Asked, Level};
use crate::lint::rules::compliance::item::bound;
use crate::report::{Judgement, Report};

/// Disclosures of the edition that binds the year, where a later edition is adopted early.
pub const RULE: Rule = Rule {
    name: "binding-edition-unanswered",
    group: Group::Compliance,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("binding_edition_unanswered.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for claim in &report.content.head.frameworks {
        let name = &claim.edition.value;
        let Some(earlier) = report.earlier.get(name) else { continue };
        let catalog = &earlier.catalog;
        let answered: BTreeSet<&str> = report
            .content
            .disclosures
            .iter()
            .filter(|file| file.framework.value == *name || file.framework.value == catalog.name)
            .flat_map(|file| &file.answers)
            .map(|answer: &Answer| answer.code.value.as_str())
            .collect();
        let links = earlier.crosswalk.iter().flat_map(|walk| &walk.links);
        let served: BTreeSet<&str> = links
            .filter(|link| {
                link.relation == "equivalent" && answered.contains(link.to.value.as_str())
            })
            .map(|link| link.from.value.as_str())
            .collect();
        let profile = report.profile(name, &[], None);
        for item in catalog.items.iter().filter(|item| item.kind.is_indexed()) {
            let ruling = catalog.rule(item, &profile);
            let binding = matches!(ruling.level, Some(Level::Mandatory | Level::ComplyOrExplain));
            if !binding || ruling.asked != Asked::Yes || served.contains(item.code.value.as_str()) {
                continue;
            }
            let judgement = Judgement { item, ruling, answer: None };
            let lang = report.content.head.languages.first().copied();
            let title = lang.and_then(|lang| item.title.get(lang)).map_or("", String::as_str);
            let message = format!(
                "{} ({title}) of {} binds this year and has no full counterpart among the answers to {name}: {}",
                item.code.value,
                catalog.name,
                bound(&judgement)
            );
            let found = Diagnostic::warning(RULE.name, claim.edition.span, message)
                .label("adopted early")
                .related(item.span(), "the edition in force for the year asks for it")
                .subject(format!("{} {}", catalog.name, item.code.value))
                .help(format!(
                    "answer it in a file with `framework: {}`, or explain it there",
                    catalog.name
                ));
            sink.push(found);
        }
    }
}
