//! A project from last year's: the year moves on, what was written stays and is listed for review.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::{Phrase, Sink, say};
use crate::locale::{Date, Lang};
use crate::source::{FileError, Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

use crate::scaffold::edit::Edits;
use crate::scaffold::issuer::period_from;
use crate::scaffold::words::{flow, quoted};
use crate::scaffold::{Issuer, Texts, Written};

/// The reason of figures that are not there yet.
const REASON: &str = "to-be-collected";

/// Why last year's project cannot be carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarryFault {
    /// A file cannot be read.
    File(FileError),
    /// A file is not what it should be.
    Content(Phrase),
}

impl From<FileError> for CarryFault {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// A text with its tree.
struct Source {
    text: String,
    tree: Node,
}

/// The years and the day that figures move to.
struct Moved {
    old: u16,
    new: u16,
    due: Date,
    languages: Vec<Lang>,
}

/// Writes the project of the year after. A day may be given until which figures are planned.
pub fn carry(files: &dyn Files, due: Option<Date>, texts: &Texts) -> Result<Written, CarryFault> {
    let report = read(files, "report.yaml")?;
    let moved = moved(&report.tree, due)?;
    let own = report.tree.get("prior").and_then(|prior| prior.get("project"));
    let before = own.and_then(Node::text).map(|own| format!("{}/", own.trim_end_matches('/')));
    let prior = format!("prior/{}", moved.old);
    let mut written = Written::new();
    let mut review = Review::default();
    for path in files.list()? {
        let folder = path.split('/').next().unwrap_or_default();
        let earlier = before.as_deref().is_some_and(|before| path.starts_with(before));
        if earlier || matches!(folder, "out" | "prior") && path.contains('/') {
            continue;
        }
        let bytes = files.read(&path)?;
        if folder != "evidence" || path == "evidence/register.yaml" {
            written.insert(format!("{prior}/{path}"), bytes.clone());
        }
        // What was approved, concluded or still to be reviewed last year is a matter of that year.
        if folder == "conclusions" || matches!(path.as_str(), "seal.yaml" | "review.yaml") {
            continue;
        }
        let text = match path.as_str() {
            "report.yaml" => Some(head(&report, &moved, &prior)),
            _ if folder == "metrics" && path.ends_with(".yaml") => {
                Some(figures(&read(files, &path)?, &moved))
            }
            "reasons.yaml" => Some(reasons(&read(files, &path)?, &moved, texts)),
            _ => None,
        };
        review.note(files, &path, &moved)?;
        written.insert(path, text.map_or(bytes, String::into_bytes));
    }
    if !written.contains_key("reasons.yaml") {
        let reason = flow(&texts.all("reason"), &moved.languages);
        let text = format!("# {}\nreasons:\n  {REASON}: {reason}\n", texts.comment("reasons"));
        written.insert("reasons.yaml".to_owned(), text.into_bytes());
    }
    let text = review.text(moved.old, texts.comment("review"));
    written.insert("review.yaml".to_owned(), text.into_bytes());
    Ok(written)
}

fn read(files: &dyn Files, path: &str) -> Result<Source, CarryFault> {
    let unreadable = || {
        let message = say!("{path} cannot be read; `esgreport check` says why", path);
        CarryFault::Content(message)
    };
    let text = decode(files.read(path)?).map_err(|_| unreadable())?;
    let id = Sources::default().add(path, &text);
    let mut sink = Sink::default();
    let tree = parse(id, &text, 0, &mut sink);
    match tree {
        // A file that is not read as it was meant must not be carried on in another form.
        Some(tree) if !sink.has_errors() => Ok(Source { text, tree }),
        _ => Err(unreadable()),
    }
}

fn moved(report: &Node, due: Option<Date>) -> Result<Moved, CarryFault> {
    let date = |key: &str| {
        let node = report.get("period").and_then(|period| period.get(key));
        node.and_then(Node::text).and_then(Date::parse)
    };
    let year = report.get("years").and_then(|years| years.items().first()).and_then(Node::text);
    let (Some(start), Some(old)) = (date("start"), year.and_then(|year| year.parse::<u16>().ok()))
    else {
        let message = say!("report.yaml names no period or no years to carry over");
        return Err(CarryFault::Content(message));
    };
    let next = later(start);
    let tags = report.get("languages").map(Node::items).unwrap_or_default();
    Ok(Moved {
        old,
        new: old.saturating_add(1),
        due: due.unwrap_or_else(|| Issuer::usual_due(period_from(next).1)),
        languages: tags.iter().filter_map(|tag| Lang::parse(tag.text()?)).collect(),
    })
}

/// The same day a year later; the last of February where there is no such day.
fn later(day: Date) -> Date {
    let next = Date { year: day.year.saturating_add(1), ..day };
    if Date::parse(&next.to_string()).is_some() { next } else { Date { day: 28, ..next } }
}

/// `report.yaml` of the next year.
fn head(report: &Source, moved: &Moved, prior: &str) -> String {
    let tree = &report.tree;
    let mut edits = Edits::new(&report.text);
    for year in tree.get("years").map(Node::items).unwrap_or_default() {
        if let Some(number) = year.text().and_then(|year| year.parse::<u16>().ok()) {
            edits.replace_in(year, &number.to_string(), &number.saturating_add(1).to_string());
        }
    }
    if let Some(period) = tree.get("period") {
        move_period(period, &mut edits);
    }
    for title in tree.get("title").map(Node::entries).unwrap_or_default() {
        edits.replace_in(&title.value, &moved.old.to_string(), &moved.new.to_string());
    }
    if tree.get("status").is_none()
        && let Some(entry) = tree.entries().iter().find(|entry| entry.key.value == "title")
    {
        edits.insert_before(entry, "status: draft");
    }
    match tree.get("prior").and_then(|prior| prior.get("project")) {
        Some(project) => edits.replace(project, prior),
        None => edits.append(&format!("prior: {{project: {prior}}}\n")),
    }
    let period = tree.get("period");
    let day = |key: &str| period.and_then(|period| period.get(key)).and_then(Node::text);
    if let Some((start, end)) = day("start").zip(day("end")) {
        // An engagement without a period is about the reported year, which moves on.
        for engagement in tree.get("assurance").map(Node::items).unwrap_or_default() {
            if engagement.get("period").is_none() {
                let entry = format!("period: {{start: {start}, end: {end}}}");
                edits.insert_first(engagement, &entry);
            }
        }
    }
    edits.apply()
}

fn move_period(period: &Node, edits: &mut Edits<'_>) {
    for key in ["start", "end"] {
        let Some(node) = period.get(key) else { continue };
        let Some(day) = node.text().and_then(Date::parse) else { continue };
        let start = period.get("start").and_then(Node::text).and_then(Date::parse);
        let whole = start.filter(|start| key == "end" && period_from(*start).1 == day);
        let next = whole.map_or(later(day), |start| period_from(later(start)).1);
        edits.replace_in(node, &day.to_string(), &next.to_string());
    }
    // The new report was neither approved nor published.
    edits.remove(period, &["approved", "published"]);
}

/// A file of metrics in which the new year is pending. Restatements and old names are about the
/// report before, which has them itself now.
fn figures(source: &Source, moved: &Moved) -> String {
    let mut edits = Edits::new(&source.text);
    let pending = format!("{}: {{pending: {}, reason: {REASON}}}", moved.new, moved.due);
    let year = moved.new.to_string();
    for metric in source.tree.get("metrics").map(Node::entries).unwrap_or_default() {
        let metric = &metric.value;
        match metric.get("values") {
            Some(values) if values.get(&year).is_none() => edits.insert_first(values, &pending),
            None if metric.get("formula").is_none() => {
                edits.insert_first(metric, &format!("values: {{{pending}}}"));
            }
            _ => {}
        }
        for breakdown in metric.get("by").map(Node::entries).unwrap_or_default() {
            for member in breakdown.value.entries() {
                let values = &member.value;
                let told = values.get(&moved.old.to_string()).is_some();
                if told && values.get(&year).is_none() {
                    edits.insert_first(values, &pending);
                }
            }
        }
        edits.remove(metric, &["restated", "renamed-from"]);
    }
    edits.apply()
}

/// `reasons.yaml` with the reason of figures that are not there yet.
fn reasons(source: &Source, moved: &Moved, texts: &Texts) -> String {
    let mut edits = Edits::new(&source.text);
    if let Some(reasons) = source.tree.get("reasons").filter(|map| map.get(REASON).is_none()) {
        let reason = flow(&texts.all("reason"), &moved.languages);
        edits.insert_first(reasons, &format!("{REASON}: {reason}"));
    }
    edits.apply()
}

/// What is to be reviewed.
#[derive(Default)]
struct Review {
    files: Vec<String>,
    answers: BTreeMap<String, Vec<String>>,
}

impl Review {
    /// Notes what a file holds that may no longer hold true.
    fn note(&mut self, files: &dyn Files, path: &str, moved: &Moved) -> Result<(), CarryFault> {
        let folder = path.split('/').next().unwrap_or_default();
        let prose = folder == "narrative" && path.ends_with(".md");
        let root =
            matches!(path, "report.yaml" | "targets.yaml" | "topics.yaml" | "stakeholders.yaml");
        if prose || root {
            self.files.push(path.to_owned());
        }
        if matches!(path, "tables.yaml" | "checks.yaml") {
            let source = read(files, path)?;
            if source.text.contains(&moved.old.to_string()) {
                self.files.push(path.to_owned());
            }
        }
        if folder == "disclosures" && path.ends_with(".yaml") {
            let source = read(files, path)?;
            let edition = source.tree.get("framework").and_then(Node::text).unwrap_or_default();
            let answers = source.tree.get("answers").map(Node::entries).unwrap_or_default();
            let given = answers.iter().filter(|answer| answer.value.get("pending").is_none());
            let codes = self.answers.entry(edition.to_owned()).or_default();
            codes.extend(given.map(|answer| answer.key.value.clone()));
        }
        Ok(())
    }

    fn text(&self, year: u16, comment: &str) -> String {
        let mut text = format!("# {comment}\ncarried-from: {year}\nfiles:\n");
        self.files.iter().for_each(|file| text.push_str(&format!("  - {file}\n")));
        let answers: Vec<_> = self.answers.iter().filter(|(_, codes)| !codes.is_empty()).collect();
        if !answers.is_empty() {
            text.push_str("answers:\n");
        }
        for (edition, codes) in answers {
            let _ = writeln!(text, "  {edition}:");
            codes.iter().for_each(|code| text.push_str(&format!("    - {}\n", quoted(code))));
        }
        text
    }
}
