//! From a name to where it is declared, to where it is used, and to the same place in another
//! language.

use lsp_types::Location;

use crate::diag::Sink;
use crate::locale::Lang;
use crate::report::{Report, anchor_name};
use crate::source::{Sources, Span};
use crate::syntax::yaml::{Node, parse};

use crate::lsp::context::{Wanted, context};
use crate::lsp::position::Encoding;
use crate::lsp::project::Project;
use crate::lsp::published::address;

/// Signs of names, without those that end a sentence.
pub fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '#' | '/')
}

/// The name around a byte, with its first byte.
pub fn name_at(text: &str, byte: usize) -> Option<(usize, &str)> {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let (before, after) = text.split_at_checked(byte)?;
    let start = before.trim_end_matches(is_name).len();
    let end = byte + (after.len() - after.trim_start_matches(is_name).len());
    let name = text.get(start..end)?;
    let trimmed = name.trim_start_matches(['.', '-', '#', '/']);
    let start = start + (name.len() - trimmed.len());
    let name = trimmed.trim_end_matches(['.', '-', '#', '/']);
    (!name.is_empty()).then_some((start, name))
}

/// Where the name at a byte is declared.
pub fn definition(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    encoding: Encoding,
) -> Option<Location> {
    let (start, name) = name_at(text, byte)?;
    let report = project.analysis.as_ref()?.report.as_ref()?;
    let wanted = context(path, text, start).wanted;
    if let Some(span) = declared(report, &wanted, name) {
        return address(project, span, encoding);
    }
    let lang = path.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.'));
    let lang = lang.and_then(|(_, tag)| Lang::parse(tag));
    let anchor = name.replacen(['#', '/'], ".", 1);
    if matches!(wanted, Wanted::Section | Wanted::Place | Wanted::Link)
        && let Some(span) = place(report, &anchor, lang)
    {
        return address(project, span, encoding);
    }
    let (file, map) = match wanted {
        Wanted::Reason => ("reasons.yaml", "reasons"),
        Wanted::Unit => ("units.yaml", "units"),
        _ => return None,
    };
    key(project, file, map, name, encoding)
}

/// The declaration of what has a place of its own in the report.
fn declared(report: &Report, wanted: &Wanted, name: &str) -> Option<Span> {
    match wanted {
        Wanted::Evidence => report.evidence(name).map(|item| item.id.span),
        Wanted::Table => report.table(name).map(|table| table.id.span),
        Wanted::Target => report.target(name).map(|target| target.id.span),
        Wanted::Dimension(_) => report.dimension(name).map(|dimension| dimension.id.span),
        Wanted::Member(dimension) => {
            let members = &report.dimension(dimension)?.members;
            members.iter().find(|(id, _)| id.value == name).map(|(id, _)| id.span)
        }
        Wanted::Metric | Wanted::Nothing => report.metric(name).map(|metric| metric.id.span),
        _ => None,
    }
}

/// The text of an anchor in a language, or in the prevailing one.
fn place(report: &Report, anchor: &str, lang: Option<Lang>) -> Option<Span> {
    let lang = lang.or_else(|| report.content.head.languages.first().copied())?;
    let (section, inner) = anchor.split_once('.').map_or((anchor, None), |(s, i)| (s, Some(i)));
    let text = report.content.section(section, lang);
    if let (Some(inner), Some(text)) = (inner, text) {
        let headings = text.blocks.iter().filter_map(heading);
        if let Some(found) = headings.into_iter().find(|(id, _)| id == inner) {
            return Some(found.1);
        }
        return report.places.get(&anchor_name(section, inner)).map(|anchor| anchor.span);
    }
    match text {
        Some(text) => text
            .title
            .as_ref()
            .map(|title| title.span)
            .or_else(|| text.blocks.first().map(|block| block.span)),
        None => report.places.get(anchor).map(|anchor| anchor.span),
    }
}

fn heading(block: &crate::content::Block) -> Option<(String, Span)> {
    match &block.kind {
        crate::content::BlockKind::Heading { id: Some(id), .. } => {
            Some((id.value.clone(), block.span))
        }
        _ => None,
    }
}

/// The key of a map, or the item of a list with that id, in a file of the project.
fn key(
    project: &Project,
    path: &str,
    map: &str,
    name: &str,
    encoding: Encoding,
) -> Option<Location> {
    let text = project.text(path)?;
    let id = Sources::default().add(path, &text);
    let tree = parse(id, &text, 0, &mut Sink::default())?;
    let node = tree.get(map)?;
    let entry = node.entries().iter().find(|entry| entry.key.value == name);
    let items = node.items().iter().filter_map(|item| item.get("id"));
    let item = items.into_iter().find(|id| id.text() == Some(name)).map(|id: &Node| id.span);
    let span = entry.map(|entry| entry.key.span).or(item)?;
    let range = encoding.range(&text, span.start as usize, span.end as usize);
    Some(Location { uri: project.url(path)?, range })
}

/// Where the name at a byte is used, its declaration included.
pub fn references(project: &Project, text: &str, byte: usize, encoding: Encoding) -> Vec<Location> {
    let Some((_, name)) = name_at(text, byte) else { return Vec::new() };
    let Some(analysis) = &project.analysis else { return Vec::new() };
    let Some(report) = &analysis.report else { return Vec::new() };
    let known = report.metric(name).is_some()
        || report.evidence(name).is_some()
        || report.table(name).is_some()
        || report.target(name).is_some()
        || report.dimension(name).is_some()
        || report.places.get(&name.replacen(['#', '/'], ".", 1)).is_some();
    if !known {
        return Vec::new();
    }
    let mut found = Vec::new();
    for path in report.content.checksums.keys() {
        let (Some(text), Some(uri)) = (project.text(path), project.url(path)) else { continue };
        for start in uses(path, &text, name) {
            let range = encoding.range(&text, start, start + name.len());
            found.push(Location { uri: uri.clone(), range });
        }
    }
    found
}

/// The places of a file in which a name stands by itself, where it names something: not in a
/// comment, and in prose only in figures, links, blocks and ids of headings.
fn uses(path: &str, text: &str, name: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut fenced = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let fence = line.starts_with("```");
        fenced ^= fence;
        for (start, _) in line.match_indices(name) {
            let before = line.get(..start).unwrap_or_default();
            let after = line.get(start + name.len()..).unwrap_or_default();
            if !stands_alone(before, after) {
                continue;
            }
            let hole = before
                .rfind("{{")
                .is_some_and(|open| !before.get(open..).unwrap_or_default().contains("}}"));
            let linked = before.ends_with("](#") || before.ends_with("{#");
            let prose = path.ends_with(".md");
            if if prose { hole || linked || fenced } else { hole || !in_comment(before) } {
                found.push(at + start);
            }
        }
        at += line.len();
    }
    found
}

fn stands_alone(before: &str, after: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let left = before.chars().next_back();
    let mut right = after.chars();
    let next = right.next();
    // A dot ends a sentence, or goes on to a longer id.
    let goes_on = next == Some('.') && right.next().is_some_and(joins);
    !left.is_some_and(|c| joins(c) || c == '.') && !next.is_some_and(joins) && !goes_on
}

fn in_comment(before: &str) -> bool {
    before.trim_start().starts_with('#') || before.contains(" #")
}

/// The same place in the other languages: the heading above a byte, or the start of the section.
pub fn languages(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    encoding: Encoding,
) -> Vec<Location> {
    let Some((section, tag)) = section_of(path) else { return Vec::new() };
    let before = text.get(..byte).unwrap_or(text);
    let line_end = text.get(before.len()..).and_then(|rest| rest.find('\n')).unwrap_or_default();
    let through = text.get(..before.len() + line_end).unwrap_or(before);
    let id = through.lines().rev().find_map(heading_id);
    let mut found = Vec::new();
    for lang in Lang::ALL.into_iter().filter(|lang| lang.tag() != tag) {
        let other = format!("narrative/{section}.{lang}.md");
        let (Some(text), Some(uri)) = (project.text(&other), project.url(&other)) else { continue };
        let at = id.and_then(|id| line_of(&text, id)).unwrap_or_default();
        found.push(Location { uri, range: encoding.range(&text, at, at) });
    }
    found
}

/// Section and language of a narrative.
fn section_of(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("narrative/")?.strip_suffix(".md")?.rsplit_once('.')
}

/// The id of a line that is a heading.
fn heading_id(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    let (_, id) = rest.trim_end().rsplit_once("{#")?;
    id.strip_suffix('}')
}

/// Where the line of a heading starts.
fn line_of(text: &str, id: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if heading_id(line.trim_end_matches(['\r', '\n'])) == Some(id) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_around_the_cursor() {
        let text = "排放 {{ ghg.total@2024 }}. end.";
        let at = text.find("total").expect("a place");
        assert_eq!(name_at(text, at).map(|(_, name)| name), Some("ghg.total"));
        assert_eq!(name_at("energy.", 3), Some((0, "energy")));
        assert_eq!(name_at("，。", 1), None);
    }

    #[test]
    fn a_name_is_used_where_it_stands_alone() {
        let text = "a: energy # energy\nb: [energy.total, energy, x-energy]\nc: my energy.\n";
        assert_eq!(uses("metrics/a.yaml", text, "energy"), [3, 37, 61]);
        let prose = "Our energy is {{ energy@2024 }}.\n\n```chart\nmetric: energy\n```\n";
        assert_eq!(uses("narrative/a.en.md", prose, "energy"), [17, 51]);
    }
}
