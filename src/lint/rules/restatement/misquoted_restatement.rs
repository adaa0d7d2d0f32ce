#![doc = include_str!("misquoted_restatement.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::Figure;
use crate::report::{Report, Said};
use crate::source::Spanned;

use crate::content::Metric;
use crate::lint::rules::restatement::words::{figure_text, said_text};

/// Restatements that quote another figure than the one that was published.
pub const RULE: Rule = Rule {
    name: "misquoted-restatement",
    group: Group::Restatement,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("misquoted_restatement.md"),
    check: Check::Report(check),
};

/// A figure that is said to have been published, and the one that was.
struct Misquoted<'a> {
    metric: &'a Metric,
    before: &'a Metric,
    name: String,
    quoted: &'a Spanned<Figure>,
    published: Said<'a>,
}

impl From<Misquoted<'_>> for Diagnostic {
    fn from(found: Misquoted<'_>) -> Self {
        let quoted = figure_text(&found.quoted.value, &found.metric.unit.value);
        let published = said_text(&found.published, &found.before.unit.value);
        let name = found.name;
        let message = say!(
            "`{name}` was published as {published}, the restatement says {quoted}",
            name,
            published,
            quoted
        );
        let mut diagnostic = Diagnostic::error(RULE.name, found.quoted.span, message)
            .related(found.published.span(), say!("published {published}", published))
            .subject(name)
            .help(say!("quote the figure of the report before, in the unit of the metric"));
        diagnostic.stated = Some(quoted);
        diagnostic.computed = Some(published);
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let Some(prior) = report.prior.as_ref().map(|prior| &prior.report) else { return };
    for metric in &report.content.metrics {
        let Some(before) = report.continued(metric, prior) else { continue };
        for (&year, restatement) in &metric.restated {
            let id = &metric.id.value;
            let whole = restatement.was.iter().map(|was| (None, format!("{id}@{year}"), was));
            let members = restatement.members.iter().map(|member| {
                let (breakdown, key) = (member.breakdown.value.as_str(), member.key.value.as_str());
                (Some((breakdown, key)), format!("{id}[{key}]@{year}"), &member.was)
            });
            for (member, name, quoted) in whole.chain(members) {
                let Some(published) = prior.said(before, member, year) else { continue };
                if report.quotes(metric, before, &quoted.value, &published) == Some(false) {
                    sink.push(Misquoted { metric, before, name, quoted, published });
                }
            }
        }
    }
}
