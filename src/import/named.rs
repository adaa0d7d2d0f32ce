//! Which figure a row is about.

use crate::content::Metric;
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::report::Report;
use crate::schema::nearest;

use crate::import::columns::Column;
use crate::import::table::Row;

/// The metric that a row names; a finding where there is none.
pub fn metric_of<'r>(row: &Row<'_>, report: &'r Report, sink: &mut Sink) -> Option<&'r Metric> {
    let Some(cell) = row.cell(Column::Id) else {
        let message = say!("the row has a value and no id");
        let found = Diagnostic::error("missing-key", row.span(), message);
        sink.push(found.help(say!("name the metric in the column `id`")));
        return None;
    };
    let id = cell.name();
    if let Some(metric) = report.metric(&id) {
        return Some(metric);
    }
    if report.content.unread.contains(&id) {
        let message = say!("`{id}` cannot be read in the project", id);
        let found = Diagnostic::error("unknown-reference", cell.span, message);
        sink.push(found.help(say!("`esgreport check` says why")));
        return None;
    }
    let message = say!("no metric is called `{metric}`", metric = id);
    let found = Diagnostic::error("unknown-reference", cell.span, message);
    let ids = report.content.metrics.iter().map(|metric| metric.id.value.as_str());
    sink.push(match nearest(&id, ids) {
        Some(near) => found.help(say!("did you mean `{near}`?", near)),
        None => found.help(say!("`esgreport facts` lists the metrics")),
    });
    None
}

/// The members that a row names, as dimension and member: `rank=senior gender=male`. A finding
/// where the metric has no such member.
pub fn member_pairs(
    row: &Row<'_>,
    metric: &Metric,
    sink: &mut Sink,
) -> Option<Vec<(String, String)>> {
    let Some(cell) = row.cell(Column::Member) else { return Some(Vec::new()) };
    let text = cell.name();
    let words = text.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let pairs: Option<Vec<(String, String)>> = words
        .map(|word| word.split_once('=').map(|(d, m)| (d.trim().to_owned(), m.trim().to_owned())))
        .collect();
    let Some(pairs) = pairs else {
        let message = say!("`{text}` names no member", text);
        let found = Diagnostic::error("invalid-value", cell.span, message);
        sink.push(found.help(say!("write `dimension=member`, such as `gender=female`")));
        return None;
    };
    // The order of dimensions is that of the breakdown.
    for breakdown in &metric.by {
        let own = breakdown
            .dimensions()
            .map(|dimension| pairs.iter().find(|(other, _)| other == dimension).cloned());
        let own: Option<Vec<(String, String)>> = own.collect();
        let Some(own) = own.filter(|own| own.len() == pairs.len()) else { continue };
        let key = own.iter().map(|(_, member)| member.as_str()).collect::<Vec<_>>().join("+");
        if breakdown.member(&key).is_some() {
            return Some(own);
        }
    }
    let id = &metric.id.value;
    let message = say!("`{id}` has no member `{text}`", id, text);
    let found = Diagnostic::error("unknown-reference", cell.span, message);
    let known = metric.by.iter().flat_map(|breakdown| {
        breakdown.members.iter().map(|member| {
            let keys = breakdown.dimensions().zip(member.key.value.split('+'));
            keys.map(|(d, m)| format!("{d}={m}")).collect::<Vec<_>>().join(" ")
        })
    });
    let known: Vec<String> = known.collect();
    sink.push(if known.is_empty() {
        found.help(say!("it has no breakdown; write its first figures by hand, under `by`"))
    } else {
        found.help(say!("it has {known}", known = Phrase::list(known)))
    });
    None
}
