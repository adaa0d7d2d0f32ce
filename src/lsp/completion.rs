//! What can be written at the cursor.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};

use crate::diag::Sink;
use crate::source::Sources;
use crate::syntax::yaml::{Node, parse};

use crate::lsp::candidates::{Candidate, Names};
use crate::lsp::context::{Wanted, context};
use crate::lsp::position::Encoding;
use crate::lsp::project::Project;

/// The names that can stand at a byte of a file.
pub fn completion(
    project: &Project,
    path: &str,
    text: &str,
    byte: usize,
    encoding: Encoding,
) -> Vec<CompletionItem> {
    let found = context(path, text, byte);
    let Some(report) = project.analysis.as_ref().and_then(|a| a.report.as_ref()) else {
        return Vec::new();
    };
    let names = Names::new(report);
    let candidates = match found.wanted {
        Wanted::Nothing => return Vec::new(),
        Wanted::Reason => keys(project, "reasons.yaml", "reasons"),
        Wanted::Code => {
            let mut codes = names.of(&Wanted::Code, edition_of(text).as_deref());
            // A file that is being written may not be readable as a whole.
            codes.retain(|code| !has_key(text, &code.name));
            codes
        }
        ref wanted => names.of(wanted, None),
    };
    let range = encoding.range(text, found.start, byte);
    let quoted =
        found.start > 0 && text.get(..found.start).is_some_and(|t| t.ends_with(['"', '\'']));
    let items = candidates.into_iter().map(|candidate| {
        let plain = quoted || found.wanted != Wanted::Code || !looks_like_number(&candidate.name);
        let new_text = match plain {
            true => candidate.name.clone(),
            false => format!("\"{}\"", candidate.name),
        };
        item(candidate, TextEdit { range, new_text }, &found.wanted)
    });
    items.collect()
}

/// Whether a line of a text begins with a key.
fn has_key(text: &str, key: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
    })
}

/// Whether YAML would read a code as something else than a text.
fn looks_like_number(code: &str) -> bool {
    code.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ':'))
}

fn item(candidate: Candidate, edit: TextEdit, wanted: &Wanted) -> CompletionItem {
    let kind = match wanted {
        Wanted::Metric => CompletionItemKind::VARIABLE,
        Wanted::Year(_) => CompletionItemKind::VALUE,
        Wanted::Unit => CompletionItemKind::UNIT,
        Wanted::Dimension(_) | Wanted::Member(_) => CompletionItemKind::ENUM_MEMBER,
        Wanted::Link | Wanted::Place | Wanted::Section => CompletionItemKind::REFERENCE,
        Wanted::Block => CompletionItemKind::KEYWORD,
        _ => CompletionItemKind::CONSTANT,
    };
    let parts = [candidate.meaning, candidate.detail];
    let detail: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    CompletionItem {
        label: candidate.name.clone(),
        filter_text: Some(candidate.name),
        kind: Some(kind),
        detail: Some(detail.join(" · ")).filter(|detail| !detail.is_empty()),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}

/// The edition that a file answers, as it is written.
fn edition_of(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("framework:"))?;
    let value = line.split(" #").next().unwrap_or_default().trim();
    Some(value.trim_matches(['"', '\'']).to_owned())
}

/// Keys of a map in a file of the project.
fn keys(project: &Project, path: &str, map: &str) -> Vec<Candidate> {
    let Some(text) = project.text(path) else { return Vec::new() };
    let id = Sources::default().add(path, &text);
    let tree = parse(id, &text, 0, &mut Sink::default());
    let map = tree.as_ref().and_then(|tree| tree.get(map)).map(Node::entries).unwrap_or_default();
    let named = map.iter().map(|entry| {
        let words = entry.value.entries().first().and_then(|first| first.value.text());
        Candidate {
            name: entry.key.value.clone(),
            meaning: words.unwrap_or_default().to_owned(),
            detail: String::new(),
        }
    });
    named.collect()
}
