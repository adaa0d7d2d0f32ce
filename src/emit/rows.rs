//! All figures of a report as rows: one for each metric, member and year.

use crate::content::{Datum, Metric, Reading};
use crate::formula::Path;
use crate::locale::Lang;
use crate::quantity::{Decimal, Interval, Qualifier, plain};
use crate::report::{Report, interval_of};

use crate::emit::csv;

/// One figure, or why there is none.
pub struct Row<'a> {
    /// Its name in expressions.
    pub path: Path,
    /// Its metric.
    pub metric: &'a Metric,
    /// What was written.
    pub datum: &'a Datum,
}

impl Row<'_> {
    /// The value with what it can stand for; nothing if it is missing.
    pub fn value(&self) -> Option<(Decimal, Interval)> {
        let figure = self.datum.figure()?;
        Some((figure.value, interval_of(figure, &self.metric.unit.value)))
    }

    /// The qualifier, such as `over`; empty if there is none.
    pub fn qualifier(&self) -> &'static str {
        self.datum.figure().and_then(|figure| qualifier(figure.qualifier)).unwrap_or_default()
    }

    /// Why there is no value: the kind and the reason.
    pub fn missing(&self) -> (String, String) {
        match &self.datum.reading {
            Reading::Figure(_) => Default::default(),
            Reading::Missing(missing) => {
                let reason = missing.reason.iter().next().map(|(_, words)| words.value.clone());
                (missing.kind.word().to_owned(), reason.unwrap_or_default())
            }
        }
    }

    /// The level of assurance; empty where none is declared.
    pub fn assurance(&self) -> &'static str {
        let level = self.path.year.and_then(|year| self.metric.assurance.get(&year));
        level.map_or("", |level| level.word())
    }

    /// The label in a language, or in the next one that it has.
    pub fn label(&self, lang: Lang) -> String {
        self.metric.label.get(lang).map(|words| words.value.clone()).unwrap_or_default()
    }

    /// The members that it is narrowed to, such as `segment=ev`.
    pub fn members(&self) -> String {
        let pairs = self.path.members.iter().map(|(d, m)| format!("{d}={m}"));
        pairs.collect::<Vec<_>>().join(" ")
    }

    /// The evidence of its metric.
    pub fn evidence(&self) -> String {
        let ids = self.metric.evidence.iter().map(|id| id.value.as_str());
        ids.collect::<Vec<_>>().join(" ")
    }
}

/// All figures, in the order of metrics, breakdowns and years.
pub fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut found = Vec::new();
    for metric in &report.content.metrics {
        let row = |members: Vec<(String, String)>, year: u16, datum| Row {
            path: Path { metric: metric.id.value.clone(), members, year: Some(year) },
            metric,
            datum,
        };
        found.extend(metric.values.iter().map(|(year, datum)| row(Vec::new(), *year, datum)));
        for breakdown in &metric.by {
            for member in &breakdown.members {
                let keys = member.key.value.split('+').map(str::to_owned);
                let pairs: Vec<_> = breakdown.dimensions().map(str::to_owned).zip(keys).collect();
                let values = member.values.iter();
                found.extend(values.map(|(year, datum)| row(pairs.clone(), *year, datum)));
            }
        }
    }
    found
}

/// The word of a qualifier in data.
pub fn qualifier(qualifier: Qualifier) -> Option<&'static str> {
    Some(match qualifier {
        Qualifier::None => return None,
        Qualifier::Over => "over",
        Qualifier::Nearly => "nearly",
        Qualifier::About => "about",
        Qualifier::Below => "below",
        Qualifier::AtLeast => "at-least",
        Qualifier::AtMost => "at-most",
    })
}

/// Figures as comma-separated values, with labels in a language.
pub fn facts_csv(rows: &[Row<'_>], lang: Lang) -> String {
    let mut text = String::from(
        "figure,metric,members,year,label,unit,value,qualifier,low,high,missing,reason,assurance,evidence\r\n",
    );
    for row in rows {
        let year = row.path.year.map(|year| year.to_string()).unwrap_or_default();
        let value = row.value().map(|(value, _)| plain(value)).unwrap_or_default();
        let end = |end: Option<Decimal>| end.map(plain).unwrap_or_default();
        let ends = row.value().map(|(_, i)| (end(i.low), end(i.high))).unwrap_or_default();
        let (kind, reason) = row.missing();
        let name = row.path.to_string();
        let (members, label, evidence) = (row.members(), row.label(lang), row.evidence());
        text.push_str(&csv::line([
            name.as_str(),
            &row.path.metric,
            &members,
            &year,
            &label,
            &row.metric.unit.value.text,
            &value,
            row.qualifier(),
            &ends.0,
            &ends.1,
            &kind,
            &reason,
            row.assurance(),
            &evidence,
        ]));
    }
    text
}
