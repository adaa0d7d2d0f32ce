//! Earlier figures that were changed: what was published, what holds now, and why.

use serde::Serialize;

use crate::content::{Metric, Restatement, Shown};
use crate::quantity::{Decimal, Figure, Grouping, Qualifier, group, rounded};
use crate::report::Said;

use crate::view::Context;

/// The list of restatements.
#[derive(Debug, Clone, Serialize)]
pub struct Restatements {
    /// One row for each figure.
    pub rows: Vec<RestatementRow>,
    /// What is printed where there are none; else empty.
    pub empty: String,
}

/// A figure that was changed.
#[derive(Debug, Clone, Serialize)]
pub struct RestatementRow {
    /// Metric, with its member.
    pub label: String,
    /// Year.
    pub year: String,
    /// Figure as published, with unit.
    pub was: String,
    /// Present figure, with unit.
    pub now: String,
    /// Change in the unit and in percent.
    pub change: String,
    /// Why it changed.
    pub reason: String,
}

/// Breakdown and key of a member.
type MemberKey<'a> = Option<(&'a str, &'a str)>;

impl Context<'_> {
    /// All restatements, in the order of the metrics.
    pub(super) fn restatements(&self) -> Restatements {
        let mut rows = Vec::new();
        for metric in &self.report.content.metrics {
            for (&year, restatement) in metric.restated.iter().rev() {
                if let Some(was) = &restatement.was {
                    rows.push(self.restatement_row(metric, None, year, &was.value, restatement));
                }
                for member in &restatement.members {
                    let key = (member.breakdown.value.as_str(), member.key.value.as_str());
                    let was = &member.was.value;
                    rows.push(self.restatement_row(metric, Some(key), year, was, restatement));
                }
            }
        }
        let empty = if rows.is_empty() { self.word("no_restatements") } else { String::new() };
        Restatements { rows, empty }
    }

    fn restatement_row(
        &self,
        metric: &Metric,
        member: MemberKey<'_>,
        year: u16,
        was: &Figure,
        restatement: &Restatement,
    ) -> RestatementRow {
        let unit = &metric.unit.value;
        let labels = member.into_iter().flat_map(|(breakdown, key)| {
            breakdown.split('+').zip(key.split('+')).map(|(d, m)| self.member_label(d, m))
        });
        let names = std::iter::once(self.text(&metric.label)).chain(labels);
        let (now, change) = match self.report.said(metric, member, year) {
            Some(Said::Stated(figure, _)) => {
                let printed = self.stated(figure, unit, Shown::WithUnit).text();
                (printed, self.restated_change(metric, was, figure))
            }
            Some(Said::Computed(value, ..)) => {
                let value = rounded(value, was.value.scale());
                let figure =
                    Figure { qualifier: Qualifier::None, value, grouped: Grouping::Thousands };
                let printed = self.stated(&figure, unit, Shown::WithUnit).text();
                (printed, self.restated_change(metric, was, &figure))
            }
            Some(Said::Missing(_)) | None => (self.word("missing_value"), String::new()),
        };
        RestatementRow {
            label: names.collect::<Vec<_>>().join(&self.word("list_comma")),
            year: year.to_string(),
            was: self.stated(was, unit, Shown::WithUnit).text(),
            now,
            change,
            reason: self.text(&restatement.reason),
        }
    }

    /// The change in the unit and in percent; empty where a qualifier leaves it open.
    fn restated_change(&self, metric: &Metric, was: &Figure, now: &Figure) -> String {
        let open = was.qualifier != Qualifier::None || now.qualifier != Qualifier::None;
        let Some(difference) = now.value.checked_sub(was.value).filter(|_| !open) else {
            return String::new();
        };
        let sign = if difference.is_sign_positive() && !difference.is_zero() { "+" } else { "" };
        let figure =
            Figure { qualifier: Qualifier::None, value: difference, grouped: Grouping::Thousands };
        let unit = &metric.unit.value;
        // A change of a share is told in percentage points.
        let points = self.report.content.units.table.parse("pp").ok();
        let points = points.filter(|_| unit.above == ["%"] && unit.below.is_empty());
        let printed = self.stated(&figure, points.as_ref().unwrap_or(unit), Shown::WithUnit).text();
        let change = format!("{sign}{printed}");
        let share = difference.checked_div(was.value.abs()).filter(|_| unit.additive);
        let Some(share) = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED)) else {
            return change;
        };
        let percent = group(rounded(share, 1), Grouping::Thousands);
        let words = self.word("change_and_share").replace("{change}", &change);
        words.replace("{share}", &format!("{sign}{percent}%"))
    }
}
