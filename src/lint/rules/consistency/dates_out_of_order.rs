#![doc = include_str!("dates_out_of_order.md")]

use crate::content::{Datum, EvidenceItem, Metric, Outcome, Period, Reading, SignOff, Target};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Date;
use crate::report::Report;
use crate::source::Spanned;

/// Dates that contradict the order of events.
pub const RULE: Rule = Rule {
    name: "dates-out-of-order",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("dates_out_of_order.md"),
    check: Check::Report(check),
};

/// A day and what happened on it.
#[derive(Clone, Copy)]
struct Event {
    date: Spanned<Date>,
    what: What,
}

/// What can happen on a day.
#[derive(Clone, Copy)]
enum What {
    PeriodStart,
    PeriodEnd,
    ReportApproval,
    Publication,
    Assurance,
    Preparation,
    Review,
    Approval,
    FigureAnnounced,
    AnswerAnnounced,
}

impl What {
    fn said(self) -> Phrase {
        match self {
            Self::PeriodStart => say!("the start of the period"),
            Self::PeriodEnd => say!("the end of the period"),
            Self::ReportApproval => say!("the approval of the report"),
            Self::Publication => say!("the publication of the report"),
            Self::Assurance => say!("the assurance statement"),
            Self::Preparation => say!("the preparation"),
            Self::Review => say!("the review"),
            Self::Approval => say!("the approval"),
            Self::FigureAnnounced => say!("the announcement of the figure"),
            Self::AnswerAnnounced => say!("the announcement of the answer"),
        }
    }
}

/// An event that should come after another, and does not.
struct OutOfOrder<'a> {
    severity: Severity,
    event: Event,
    after: Event,
    subject: Option<&'a str>,
}

impl From<OutOfOrder<'_>> for Diagnostic {
    fn from(found: OutOfOrder<'_>) -> Self {
        let (event, after) = (found.event, found.after);
        let message = say!(
            "{event} on {day} is before {other} on {other_day}",
            event = event.what.said(),
            day = event.date.value,
            other = after.what.said(),
            other_day = after.date.value
        );
        let diagnostic = Diagnostic::new(RULE.name, found.severity, event.date.span, message)
            .related(
                after.date.span,
                say!("{what} {day}", what = after.what.said(), day = after.date.value),
            )
            .help(say!("correct one of the two dates"));
        match found.subject {
            Some(subject) => diagnostic.subject(subject),
            None => diagnostic,
        }
    }
}

impl Event {
    fn new(date: Spanned<Date>, what: What) -> Self {
        Self { date, what }
    }

    fn is_before(self, other: Self) -> bool {
        self.date.value < other.date.value
    }
}

fn check(report: &Report, sink: &mut Sink) {
    check_period(&report.content.head.period, sink);
    check_years(report, sink);
    check_assurance(report, sink);
    for item in &report.content.evidence {
        check_evidence(item, sink);
    }
    for target in &report.content.targets {
        check_target(target, sink);
    }
    check_promises(report, sink);
}

fn check_period(period: &Period, sink: &mut Sink) {
    let start = Event::new(period.start, What::PeriodStart);
    let end = Event::new(period.end, What::PeriodEnd);
    let mut report = |event: Event, after: Event| {
        if event.is_before(after) {
            sink.push(OutOfOrder { severity: Severity::Error, event, after, subject: None });
        }
        event.is_before(after)
    };
    report(end, start);
    let approved = period.approved.map(|date| Event::new(date, What::ReportApproval));
    let published = period.published.map(|date| Event::new(date, What::Publication));
    // One date that is too early gives one finding, though other dates may stand after it.
    let approved_early = approved.is_some_and(|approved| report(approved, end));
    let published_early = published.is_some_and(|published| report(published, end));
    if let (Some(approved), Some(published)) = (approved, published)
        && !approved_early
        && !published_early
    {
        report(published, approved);
    }
}

/// The years that tables print: the reported one first, then the others, latest first.
fn check_years(report: &Report, sink: &mut Sink) {
    let head = &report.content.head;
    let (from, to) = (head.period.start.value.year, head.period.end.value.year);
    let is_reported = |year: &u16| (from..=to).contains(year);
    if sink.has_error_at(head.years_at) || from > to {
        return;
    }
    let first = head.years.first().copied().unwrap_or_default();
    let found = if !head.years.iter().any(is_reported) {
        Some(say!("the years do not have {to}, in which the reporting period ends", to))
    } else if !is_reported(&first) {
        Some(say!("the years start with {first}, not with the reported year {to}", first, to))
    } else {
        let mut pairs = head.years.iter().zip(head.years.iter().skip(1));
        let rising = pairs.find(|(earlier, later)| earlier < later);
        rising.map(|(early, late)| say!("{late} stands after {early} in the years", late, early))
    };
    if let Some(message) = found {
        let found = Diagnostic::error(RULE.name, head.years_at, message)
            .related(
                head.period.end.span,
                say!("end of the period {day}", day = head.period.end.value),
            )
            .help(say!("write the reported year first, then the earlier ones, latest first"));
        sink.push(found);
    }
}

fn check_assurance(report: &Report, sink: &mut Sink) {
    let period = &report.content.head.period;
    let end = Event::new(period.end, What::PeriodEnd);
    for date in report.content.head.engagements.iter().filter_map(|e| e.date) {
        let event = Event::new(date, What::Assurance);
        if event.is_before(end) {
            sink.push(OutOfOrder { severity: Severity::Warning, event, after: end, subject: None });
        }
        let Some(published) = period.published else { continue };
        let year = published.value.year.saturating_add(1);
        if date.value > (Date { year, ..published.value }) {
            let message = say!(
                "the assurance statement on {date} is more than a year after the publication on {published}",
                date = date.value,
                published = published.value
            );
            let found = Diagnostic::warning(RULE.name, date.span, message)
                .related(published.span, say!("publication"))
                .help(say!("correct one of the two dates, or name the statement on this report"));
            sink.push(found);
        }
    }
}

fn check_evidence(item: &EvidenceItem, sink: &mut Sink) {
    let subject = Some(item.id.value.as_str());
    let on = |sign_off: &Option<SignOff>, what| {
        sign_off.as_ref().and_then(|sign_off| sign_off.on).map(|date| Event::new(date, what))
    };
    let steps = [
        on(&item.prepared, What::Preparation),
        on(&item.reviewed, What::Review),
        on(&item.approved, What::Approval),
    ];
    let steps: Vec<Event> = steps.into_iter().flatten().collect();
    let mut pairs = steps.iter().copied().zip(steps.iter().copied().skip(1));
    let backwards = pairs.find(|(after, event)| event.is_before(*after));
    if let Some((after, event)) = backwards {
        sink.push(OutOfOrder { severity: Severity::Error, event, after, subject });
    }
    let Some((start, end)) = item.period else { return };
    let start = Event::new(start, What::PeriodStart);
    let end = Event::new(end, What::PeriodEnd);
    if end.is_before(start) {
        sink.push(OutOfOrder { severity: Severity::Error, event: end, after: start, subject });
        return;
    }
    let early = steps.into_iter().find(|event| event.is_before(end));
    if let Some(event) = early.filter(|_| backwards.is_none()) {
        sink.push(OutOfOrder { severity: Severity::Warning, event, after: end, subject });
    }
}

fn check_target(target: &Target, sink: &mut Sink) {
    if let (Some(base), Some(due)) = (target.base_year, target.due)
        && due < base
    {
        let message = say!("the target is due in {due}, before its base year {base}", due, base);
        let found = Diagnostic::error(RULE.name, target.id.span, message)
            .subject(&target.id.value)
            .help(say!("correct `due` or `base-year`"));
        sink.push(found);
    }
}

/// What a report announces for a day before it was published.
fn check_promises(report: &Report, sink: &mut Sink) {
    let Some(published) = report.content.head.period.published else { return };
    let after = Event::new(published, What::Publication);
    let mut promise = |date: Option<Spanned<Date>>, what: What, subject: &str| {
        let event = date.map(|date| Event::new(date, what));
        if let Some(event) = event.filter(|event| event.is_before(after)) {
            let severity = Severity::Warning;
            sink.push(OutOfOrder { severity, event, after, subject: Some(subject) });
        }
    };
    for metric in &report.content.metrics {
        for (year, datum) in data(metric) {
            let Reading::Missing(missing) = &datum.reading else { continue };
            let subject = format!("{}@{year}", metric.id.value);
            promise(missing.until, What::FigureAnnounced, &subject);
        }
    }
    let answers = report.content.disclosures.iter().flat_map(|file| &file.answers);
    for answer in answers {
        if let Outcome::Explained { until, .. } = &answer.outcome {
            promise(*until, What::AnswerAnnounced, &answer.code.value);
        }
    }
}

/// The values of a metric and of all its members, with their years.
fn data(metric: &Metric) -> impl Iterator<Item = (&u16, &Datum)> {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    metric.values.iter().chain(members.flat_map(|member| &member.values))
}
