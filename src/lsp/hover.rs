//! What is known of the name under the cursor.

use crate::diag::{Sink, say};
use crate::emit::Interface;
use crate::emit::{explain_clause, explain_metric, explain_unit};
use crate::lint::registry;
use crate::source::Sources;
use crate::syntax::yaml::{Node, parse};

use crate::lsp::candidates::Names;
use crate::lsp::context::{Wanted, context};
use crate::lsp::navigate::name_at;
use crate::lsp::project::Project;

/// What an editor shows for a byte of a file, as Markdown; nothing where there is nothing to say.
pub fn hover(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    interface: &Interface,
) -> Option<String> {
    let parts = [
        clause(project, path, text, byte, interface),
        named(project, path, text, byte, interface),
        rules(project, path, byte, interface),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n\n---\n\n"))
}

/// A text whose blanks and signs mean themselves.
fn fenced(text: &str) -> String {
    format!("```text\n{}\n```", text.trim_end().replace("```", "ʼʼʼ"))
}

/// The clause whose answer, or code, stands at a byte.
fn clause(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    interface: &Interface,
) -> Option<String> {
    if !path.starts_with("disclosures/") {
        return None;
    }
    let id = Sources::default().add(path, text);
    let tree = parse(id, text, 0, &mut Sink::default())?;
    let edition = tree.get("framework").and_then(Node::text)?;
    let inside = |start: u32, end: u32| (start as usize..=end as usize).contains(&byte);
    let entries = tree.get("answers")?.entries().iter();
    let entry = entries.into_iter().find(|e| inside(e.key.span.start, e.key.span.end))?;
    let analysis = project.analysis.as_ref()?;
    let report = analysis.report.as_ref()?;
    let code = &entry.key.value;
    explain_clause(report, &analysis.sources, edition, code, None, &interface.wording)
        .map(|text| fenced(&text))
}

/// The metric, unit or other name at a byte.
fn named(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    interface: &Interface,
) -> Option<String> {
    let analysis = project.analysis.as_ref()?;
    let report = analysis.report.as_ref()?;
    let units = &report.content.units;
    let (start, name) = match name_at(text, byte) {
        Some((start, name)) => (start, name),
        None => (byte, ""),
    };
    let wanted = context(path, text, start).wanted;
    if wanted == Wanted::Unit {
        return explain_unit(units, &unit_at(text, byte), &interface.wording)
            .map(|text| fenced(&text));
    }
    if report.metric(name).is_some() {
        let rest = text.get(start + name.len()..).unwrap_or_default();
        let year = rest.strip_prefix('@').and_then(|rest| rest.get(..4));
        let year = year.filter(|year| year.chars().all(|c| c.is_ascii_digit()));
        let full = year.map_or(name.to_owned(), |year| format!("{name}@{year}"));
        let told = |name: &str| explain_metric(report, &analysis.sources, name, &interface.wording);
        return told(&full).map(|text| fenced(&text));
    }
    let all = Names::new(report).of(&wanted, None);
    let known = all.into_iter().find(|candidate| candidate.name == name)?;
    let parts = [known.meaning, known.detail];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| fenced(&format!("{name}\n  {}", parts.join("\n  "))))
}

/// The unit at a byte: up to a blank, a bracket or a quote.
fn unit_at(text: &str, byte: usize) -> String {
    let part = |c: char| !c.is_whitespace() && !"\"'{}[],|:".contains(c);
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let (before, after) = text.split_at(byte);
    let start = before.trim_end_matches(part).len();
    let end = byte + after.len() - after.trim_start_matches(part).len();
    text.get(start..end).unwrap_or_default().to_owned()
}

/// The rules of the findings at a byte: what each checks.
fn rules(project: &Project, path: &str, byte: usize, interface: &Interface) -> Option<String> {
    let analysis = project.analysis.as_ref()?;
    let here = analysis.judged.findings.iter().filter(|found| {
        project
            .place(found.primary.span)
            .is_some_and(|(file, start, end)| file == path && (start..=end).contains(&byte))
    });
    let mut names: Vec<&str> = here.map(|found| found.rule).collect();
    names.sort_unstable();
    names.dedup();
    let pages = names.into_iter().filter_map(|name| {
        let rule = registry::find(name)?;
        let title = interface.title(name).unwrap_or(name);
        let after = rule.doc.split("## What it checks").nth(1).unwrap_or_default().trim();
        let first = after.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let more = interface.wording.of(&say!("`esgreport explain {name}` says more", name));
        Some(format!("**{title}**: {first}\n\n{more}"))
    });
    let pages: Vec<String> = pages.collect();
    (!pages.is_empty()).then(|| pages.join("\n\n"))
}
