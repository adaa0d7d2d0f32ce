#![doc = include_str!("contradicting_targets.md")]

use crate::content::{Direction, Status, Target};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Qualifier, Unit};
use crate::report::{Report, total_of};

use crate::lint::rules::consistency::terms::shown;
use crate::lint::rules::consistency::wording::{Bound, bound, caps_reduction, plain};

/// Targets that contradict themselves or each other.
pub const RULE: Rule = Rule {
    name: "contradicting-targets",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("contradicting_targets.md"),
    check: Check::Report(check),
};

/// A contradiction in one target, or between two.
struct Contradiction<'a> {
    severity: Severity,
    target: &'a Target,
    other: Option<&'a Target>,
    message: Phrase,
    help: Phrase,
}

impl From<Contradiction<'_>> for Diagnostic {
    fn from(found: Contradiction<'_>) -> Self {
        let target = found.target;
        let span = target.value.as_ref().map_or(target.id.span, |value| value.span);
        let diagnostic = Diagnostic::new(RULE.name, found.severity, span, found.message)
            .subject(&target.id.value)
            .help(found.help);
        match found.other {
            Some(other) => {
                let span = other.value.as_ref().map_or(other.id.span, |value| value.span);
                diagnostic.related(span, say!("target `{other}`", other = other.id.value))
            }
            None => diagnostic,
        }
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let targets = &report.content.targets;
    for (at, target) in targets.iter().enumerate() {
        check_wording(target, sink);
        check_reduction(report, target, sink);
        check_due(report, target, sink);
        check_current(report, target, sink);
        for other in targets.iter().skip(at + 1).filter(|other| same_subject(target, other)) {
            if let Some((severity, message)) = contradiction(target, other) {
                let help = say!("correct one of the two, or delete the one that was replaced");
                let (target, other) = (other, Some(target));
                sink.push(Contradiction { severity, target, other, message, help });
            }
        }
    }
}

/// The direction of a target against the words of its statement, and those in one language against
/// those in another.
fn check_wording(target: &Target, sink: &mut Sink) {
    let Some(value) = &target.value else { return };
    let texts = target.statement.iter().map(|(lang, inlines)| (lang, plain(inlines)));
    let texts: Vec<_> = texts.collect();
    let number = value.value.value;
    let bounds: Vec<_> =
        texts.iter().filter_map(|(lang, text)| Some((*lang, bound(text, number)?))).collect();
    let mut say = |severity, message, help| {
        sink.push(Contradiction { severity, target, other: None, message, help });
    };
    let floor = bounds.iter().find(|(_, bound)| *bound == Bound::Floor);
    let ceiling = bounds.iter().find(|(_, bound)| *bound == Bound::Ceiling);
    let help = say!("correct the statement or `direction`");
    match (target.direction, floor, ceiling) {
        (_, Some((floor, _)), Some((ceiling, _))) => {
            let message = say!(
                "the statement says at least {number} in {floor}, at most in {ceiling}",
                number,
                floor,
                ceiling
            );
            say(Severity::Error, message, say!("correct one of the languages"));
        }
        (Some(Direction::AtMost), Some((lang, _)), None) => {
            let message = say!("the direction is at-most, the statement in {lang} at least", lang);
            say(Severity::Error, message, help);
        }
        (Some(Direction::AtLeast), None, Some((lang, _))) => {
            let message = say!("the direction is at-least, the statement in {lang} at most", lang);
            say(Severity::Error, message, help);
        }
        (direction, _, _) => {
            if let Some(message) = against_qualifier(direction, value.value.qualifier) {
                say(Severity::Error, message, say!("correct the value or `direction`"));
            } else if texts.iter().any(|(_, text)| caps_reduction(text, number)) {
                let message = say!("the target sets a ceiling of {number} on a reduction", number);
                let help =
                    say!("a reduction is usually wanted at least; correct the statement if so");
                say(Severity::Warning, message, help);
            }
        }
    }
}

/// A direction against the sign or word before the value.
fn against_qualifier(direction: Option<Direction>, qualifier: Qualifier) -> Option<Phrase> {
    match (direction?, qualifier) {
        (Direction::AtLeast, Qualifier::AtMost | Qualifier::Below) => {
            Some(say!("the direction is at-least, the value at most"))
        }
        (Direction::AtMost, Qualifier::AtLeast | Qualifier::Over) => {
            Some(say!("the direction is at-most, the value at least"))
        }
        _ => None,
    }
}

/// Nothing can be reduced by more than all of it.
fn check_reduction(report: &Report, target: &Target, sink: &mut Sink) {
    let (Some(Direction::ReduceBy), Some(value), Some(unit)) =
        (target.direction, &target.value, &target.unit)
    else {
        return;
    };
    let Ok(percent) = report.content.units.table.parse("%") else { return };
    let Some(percentage) = unit.value.convert(value.value.value, &percent) else { return };
    if percentage > Decimal::ONE_HUNDRED {
        let message =
            say!("the target is a reduction by {figure}", figure = shown(percentage, &percent));
        let help = say!("nothing goes down by more than 100 %; correct the value or `direction`");
        let severity = Severity::Error;
        sink.push(Contradiction { severity, target, other: None, message, help });
    }
}

/// A target that is past and still under way.
fn check_due(report: &Report, target: &Target, sink: &mut Sink) {
    let under_way = matches!(target.status, Status::InProgress | Status::New);
    let before_base = |due| target.base_year.is_some_and(|base| due < base);
    let year = report.year();
    if let Some(due) = target.due.filter(|due| under_way && *due < year && !before_base(*due)) {
        let status = target.status.said();
        let message =
            say!("the target was due in {due} and is {status} in {year}", due, status, year);
        let help = say!("say whether it was achieved or missed, or correct `due`");
        let severity = Severity::Warning;
        sink.push(Contradiction { severity, target, other: None, message, help });
    }
}

/// A target to rise to less than there is already, or to fall to more.
fn check_current(report: &Report, target: &Target, sink: &mut Sink) {
    let (Some(metric), Some(wanted)) = (&target.metric, value_of(target)) else { return };
    let year = report.year();
    let Ok(now) = report.quantity(&total_of(&metric.value, year)) else { return };
    let Some(unit) = &target.unit else { return };
    let Some(current) = now.unit.convert_interval(now.interval, &unit.value) else { return };
    let open = matches!(target.status, Status::New | Status::InProgress);
    // A percentage can also be one of the base year.
    let relative = unit.value.dimension.is_none() && target.base_year.is_some();
    let verb = match target.direction {
        Some(Direction::IncreaseTo) if open && below(wanted, current) => say!("increase"),
        Some(Direction::ReduceTo) if open && !relative && below(current, wanted) => say!("reduce"),
        _ => return,
    };
    let stated = now.unit.convert(now.value, &unit.value).unwrap_or(now.value);
    let message = say!(
        "the target is to {verb} to {figure}, but {year} has {current}",
        verb,
        figure =
            target.value.as_ref().map(|v| shown(v.value.value, &unit.value)).unwrap_or_default(),
        year,
        current = shown(stated.normalize(), &unit.value)
    );
    let help = say!("correct the value or the direction, or say that the target is achieved");
    sink.push(Contradiction { severity: Severity::Warning, target, other: None, message, help });
}

/// Whether two targets speak of the same thing: they name one metric, or none, and then their
/// statements are the same but for figures.
fn same_subject(a: &Target, b: &Target) -> bool {
    let name = |target: &Target| target.metric.as_ref().map(|metric| metric.value.clone());
    if a.metric.is_some() || b.metric.is_some() {
        return name(a) == name(b);
    }
    let wordless = |target: &Target| {
        let texts = target.statement.iter().map(|(lang, inlines)| {
            let text: String = plain(inlines).chars().filter(|c| !c.is_ascii_digit()).collect();
            (lang, text)
        });
        texts.collect::<Vec<_>>()
    };
    let (a, b) = (wordless(a), wordless(b));
    a.iter().any(|one| one.1.chars().count() > 8 && b.contains(one))
}

/// What contradicts in two targets on one thing.
fn contradiction(a: &Target, b: &Target) -> Option<(Severity, Phrase)> {
    let (first, second) = (a.direction?, b.direction?);
    if a.due != b.due {
        return None;
    }
    let unit = &b.unit.as_ref()?.value;
    let (one, other) = (in_unit(a, unit)?, in_unit(b, unit)?);
    let (name, figure) = (&a.id.value, value(b, unit));
    match (first, second) {
        (Direction::AtLeast, Direction::AtMost) if below(other, one) => {
            return Some((
                Severity::Error,
                say!("at most {figure} is below `{name}`", figure, name),
            ));
        }
        (Direction::AtMost, Direction::AtLeast) if below(one, other) => {
            return Some((
                Severity::Error,
                say!("at least {figure} is above `{name}`", figure, name),
            ));
        }
        _ if a.base_year != b.base_year => return None,
        _ => {}
    }
    let same = one.overlaps(other);
    let opposite = matches!((falls(first), falls(second)), (Some(a), Some(b)) if a != b);
    if opposite {
        let message = say!("the direction is the opposite of that of `{name}`", name);
        return Some((Severity::Error, message));
    }
    if first == second && !same {
        let message = say!(
            "`{name}` has the same measure, direction and year and another value than {figure}",
            name,
            figure
        );
        return Some((Severity::Warning, message));
    }
    let (there_to, here_to) = (is_to(first), is_to(second));
    if same
        && there_to != here_to
        && falls(first).is_some()
        && falls(second).is_some()
        && is_no_half(b)
    {
        let (here, there) =
            if here_to { (say!("to"), say!("by")) } else { (say!("by"), say!("to")) };
        let message =
            say!("{here} {figure} and, in `{name}`, {there} {figure}", here, figure, name, there);
        return Some((Severity::Error, message));
    }
    None
}

/// Whether a direction leads down; nothing if it leads nowhere.
fn falls(direction: Direction) -> Option<bool> {
    match direction {
        Direction::ReduceTo | Direction::ReduceBy => Some(true),
        Direction::IncreaseTo | Direction::IncreaseBy => Some(false),
        _ => None,
    }
}

/// Whether the value of a direction is where it ends, not how far it goes.
fn is_to(direction: Direction) -> bool {
    matches!(direction, Direction::ReduceTo | Direction::IncreaseTo)
}

/// To a half and by a half is the same.
fn is_no_half(target: &Target) -> bool {
    target.value.as_ref().is_some_and(|value| value.value.value != Decimal::from(50))
}

fn value(target: &Target, unit: &Unit) -> String {
    target.value.as_ref().map(|value| shown(value.value.value, unit)).unwrap_or_default()
}

/// The digits of a target alone: what a qualifier adds is the direction.
fn value_of(target: &Target) -> Option<Interval> {
    Some(Interval::exact(target.value.as_ref()?.value.value))
}

fn in_unit(target: &Target, unit: &Unit) -> Option<Interval> {
    target.unit.as_ref()?.value.convert_interval(value_of(target)?, unit)
}

/// Whether all of one interval is below all of another.
fn below(low: Interval, high: Interval) -> bool {
    matches!((low.high, high.low), (Some(low), Some(high)) if low < high)
}
