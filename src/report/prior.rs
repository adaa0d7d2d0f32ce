//! The report before: what it published, and whether this report says the same.

use crate::content::{Member, Metric, Reading};
use crate::diag::{Diagnostic, Sink};
use crate::quantity::{Decimal, Figure, Interval, Qualifier, Unit};
use crate::report::Report;
use crate::report::figures::interval_of;
use crate::schema::nearest;
use crate::source::Span;

/// The report before.
#[derive(Debug)]
pub struct Prior {
    /// As it was published.
    pub report: Report,
}

/// What a report says of a metric, or of a member, in a year.
#[derive(Debug, Clone)]
pub enum Said<'a> {
    /// A figure that was stated.
    Stated(&'a Figure, Span),
    /// A figure that a formula gives, with the place of the formula.
    Computed(Decimal, Interval, Span),
    /// That there is none, with a reason.
    Missing(Span),
}

/// One value of one year in two reports.
#[derive(Debug)]
pub struct Comparative<'a> {
    /// The metric in this report.
    pub metric: &'a Metric,
    /// The metric in the report before.
    pub before: &'a Metric,
    /// Breakdown and key, where it is a value of a member.
    pub member: Option<(&'a str, &'a str)>,
    /// Year.
    pub year: u16,
    /// What this report says.
    pub now: Said<'a>,
    /// What the report before said.
    pub was: Said<'a>,
}

/// How two reports differ about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Not at all, as far as their digits show.
    None,
    /// They say different figures.
    Figure,
    /// The report before had a figure, and this one has none.
    Withdrawn,
    /// This report has a figure, and the one before had none.
    Added,
    /// Their units measure different things, so that nothing can be compared.
    Unit,
}

impl Said<'_> {
    /// Place.
    pub fn span(&self) -> Span {
        match self {
            Self::Stated(_, span) | Self::Computed(_, _, span) | Self::Missing(span) => *span,
        }
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Stated(figure, _) => Some(figure.value),
            Self::Computed(value, ..) => Some(*value),
            Self::Missing(_) => None,
        }
    }
}

impl<'a> Comparative<'a> {
    /// Name of the value: `energy.gas@2023`, `staff[female]@2023`.
    pub fn name(&self) -> String {
        let member = self.member.map(|(_, key)| format!("[{key}]")).unwrap_or_default();
        format!("{}{member}@{}", self.metric.id.value, self.year)
    }

    /// How the two differ.
    pub fn difference(&self) -> Difference {
        match (&self.now, &self.was) {
            (Said::Missing(_), Said::Missing(_)) => Difference::None,
            (Said::Missing(_), _) => Difference::Withdrawn,
            (_, Said::Missing(_)) => Difference::Added,
            (now, was) => {
                let (to, from) = (&self.metric.unit.value, &self.before.unit.value);
                match same(now, to, was, from) {
                    None => Difference::Unit,
                    Some(true) => Difference::None,
                    Some(false) => Difference::Figure,
                }
            }
        }
    }

    /// The published value in the unit of this report.
    pub fn published(&self) -> Option<Decimal> {
        self.before.unit.value.convert(self.was.value()?, &self.metric.unit.value)
    }
}

/// Whether two values are the same as far as their digits show; nothing if they cannot be compared.
fn same(now: &Said<'_>, to: &Unit, was: &Said<'_>, from: &Unit) -> Option<bool> {
    let value = from.convert(was.value()?, to)?;
    if let (Said::Stated(now, _), Said::Stated(was, _)) = (now, was)
        && now.qualifier == was.qualifier
    {
        // The coarser of two printed forms decides: 12.5 may be 12.54 to fewer digits, and is not
        // 12.6, although the intervals of these two touch.
        let half = from.convert(half_digit(was, from), to)?.max(half_digit(now, to));
        return Some(now.value.checked_sub(value)?.abs() <= half);
    }
    let interval = |said: &Said<'_>, unit: &Unit| match said {
        Said::Stated(figure, _) => Some(interval_of(figure, unit)),
        Said::Computed(_, interval, _) => Some(*interval),
        Said::Missing(_) => None,
    };
    let before = from.convert_interval(interval(was, from)?, to)?;
    let now = interval(now, to)?;
    // Ends that only touch are those of neighbouring figures.
    let apart = |low: Option<Decimal>, high: Option<Decimal>| {
        low.zip(high).is_some_and(|(low, high)| low >= high)
    };
    let point = now.low == now.high || before.low == before.high;
    let touching = apart(now.low, before.high) || apart(before.low, now.high);
    Some(now.overlaps(before) && (point || !touching))
}

fn half_digit(figure: &Figure, unit: &Unit) -> Decimal {
    if unit.counting && figure.value.scale() == 0 && figure.qualifier == Qualifier::None {
        return Decimal::ZERO;
    }
    Decimal::new(5, figure.value.scale().saturating_add(1).min(28))
}

impl Report {
    /// The metric of the report before that a metric continues, by its id or by `renamed-from`.
    pub fn continued<'p>(&self, metric: &Metric, prior: &'p Report) -> Option<&'p Metric> {
        let former = metric.renamed_from.as_ref().and_then(|id| prior.metric(&id.value));
        former.or_else(|| prior.metric(&metric.id.value))
    }

    /// What the report says of a metric, or of a member, in a year; nothing if it says nothing.
    pub fn said<'a>(
        &'a self,
        metric: &'a Metric,
        member: Option<(&str, &str)>,
        year: u16,
    ) -> Option<Said<'a>> {
        let series = match member {
            None => &metric.values,
            Some((breakdown, key)) => &member_of(metric, breakdown, key)?.values,
        };
        if let Some(datum) = series.get(&year) {
            return Some(match &datum.reading {
                Reading::Figure(figure) => Said::Stated(figure, datum.span),
                Reading::Missing(_) => Said::Missing(datum.span),
            });
        }
        let formula = metric.formula.as_ref().filter(|_| member.is_none())?;
        let result = &self.computed.get(&metric.id.value, year)?.result;
        let unit = &metric.unit.value;
        let value = result.unit.convert(result.value, unit)?;
        let interval = result.unit.convert_interval(result.interval, unit)?;
        Some(Said::Computed(value, interval, formula.span))
    }

    /// Every value of a year that both reports speak of.
    pub fn shared<'a>(&'a self, prior: &'a Report) -> Vec<Comparative<'a>> {
        let mut found = Vec::new();
        for metric in &self.content.metrics {
            let Some(before) = self.continued(metric, prior) else { continue };
            let mut members: Vec<Option<(&str, &str)>> = vec![None];
            members.extend(metric.by.iter().flat_map(|breakdown| {
                let name = breakdown.name.value.as_str();
                breakdown.members.iter().map(move |member| Some((name, member.key.value.as_str())))
            }));
            let mut years = years(metric);
            years.extend(&self.content.head.years);
            years.sort_unstable();
            years.dedup();
            for member in members {
                for &year in years.iter().rev() {
                    let now = self.said(metric, member, year);
                    let was = prior.said(before, member, year);
                    if let (Some(now), Some(was)) = (now, was) {
                        found.push(Comparative { metric, before, member, year, now, was });
                    }
                }
            }
        }
        found
    }

    /// Every value of an earlier year that the report before published too.
    pub fn comparatives(&self) -> Vec<Comparative<'_>> {
        let Some(prior) = &self.prior else { return Vec::new() };
        let mut shared = self.shared(&prior.report);
        shared.retain(|comparative| comparative.year < self.year());
        shared
    }

    /// Whether a restatement quotes what was published; nothing if the two cannot be compared.
    pub fn quotes(
        &self,
        metric: &Metric,
        before: &Metric,
        quoted: &Figure,
        published: &Said<'_>,
    ) -> Option<bool> {
        if matches!(published, Said::Missing(_)) {
            return Some(false);
        }
        let quoted = Said::Stated(quoted, published.span());
        same(&quoted, &metric.unit.value, published, &before.unit.value)
    }

    /// Whether a change of a value is explained: it is restated, or follows from what is.
    pub fn is_explained(&self, comparative: &Comparative<'_>) -> bool {
        self.is_restated(comparative.metric, comparative.year, 0)
    }

    fn is_restated(&self, metric: &Metric, year: u16, depth: usize) -> bool {
        if metric.restated.contains_key(&year) {
            return true;
        }
        let computed = metric.formula.as_ref().filter(|_| !metric.values.contains_key(&year));
        let paths = computed.map(|formula| formula.value.paths()).unwrap_or_default();
        depth < 8
            && paths.iter().any(|path| {
                let input = self.metric(&path.metric);
                input.is_some_and(|input| {
                    self.is_restated(input, path.year.unwrap_or(year), depth + 1)
                })
            })
    }

    /// Reports `renamed-from` that names nothing in the report before.
    pub fn check_renamed(&self, sink: &mut Sink) {
        let Some(prior) = self.prior.as_ref().map(|prior| &prior.report) else { return };
        for metric in &self.content.metrics {
            let Some(name) = &metric.renamed_from else { continue };
            if prior.metric(&name.value).is_some() || prior.content.unread.contains(&name.value) {
                continue;
            }
            let message = format!("the report before has no metric `{}`", name.value);
            let found = Diagnostic::error("unknown-reference", name.span, message);
            let known = prior.content.metrics.iter().map(|metric| metric.id.value.as_str());
            sink.push(match nearest(&name.value, known) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help("write the id that the metric had, or delete `renamed-from`"),
            });
        }
    }
}

fn member_of<'a>(metric: &'a Metric, breakdown: &str, key: &str) -> Option<&'a Member> {
    metric.by.iter().find(|other| other.name.value == breakdown)?.member(key)
}

fn years(metric: &Metric) -> Vec<u16> {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let of_members = members.flat_map(|member| member.values.keys());
    metric.values.keys().chain(of_members).copied().collect()
}
