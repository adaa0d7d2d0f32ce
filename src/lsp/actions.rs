//! Changes that settle a finding.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, TextEdit, Uri, WorkspaceEdit};

use crate::diag::{Diagnostic, Wording, say};
use crate::source::Sources;

use crate::lsp::position::Encoding;
use crate::lsp::project::Project;

/// The changes that findings between two bytes of a file offer.
pub fn actions(
    project: &Project,
    path: &str,
    between: (usize, usize),
    encoding: Encoding,
    wording: &Wording,
) -> Vec<CodeAction> {
    let Some(analysis) = &project.analysis else { return Vec::new() };
    let mut found = Vec::new();
    for finding in &analysis.judged.findings {
        let Some((file, start, end)) = project.place(finding.primary.span) else { continue };
        if file != path || start > between.1 || end < between.0 {
            continue;
        }
        let Some(url) = project.url(path) else { continue };
        let changes = finding.edits.iter().map(|edit| {
            let (start, end) = (edit.span.start as usize, edit.span.end as usize);
            (start, end, edit.text.clone())
        });
        let changes: Vec<_> =
            likely(finding, &analysis.sources).into_iter().chain(changes).collect();
        let only = changes.len() == 1;
        let text = analysis.sources.get(finding.primary.span.source).map(|file| &file.text);
        let Some(text) = text else { continue };
        for (start, end, new) in changes {
            let title = wording.of(&say!("write `{new}`", new));
            let edit = TextEdit { range: encoding.range(text, start, end), new_text: new };
            found.push(action(title, url.clone(), edit, only));
        }
    }
    found
}

fn action(title: String, url: Uri, edit: TextEdit, preferred: bool) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(WorkspaceEdit {
            changes: Some(HashMap::from([(url, vec![edit])])),
            ..WorkspaceEdit::default()
        }),
        is_preferred: Some(preferred),
        ..CodeAction::default()
    }
}

/// The name that was probably meant, in the place of the one that was written.
fn likely(finding: &Diagnostic, sources: &Sources) -> Option<(usize, usize, String)> {
    let near = finding.help.as_ref()?.gap("did you mean `{near}`?", "near")?;
    let span = finding.primary.span;
    let written = sources.text(span);
    let inner = written.trim_matches(['"', '\'']);
    let base = span.start as usize;
    // The finding may stand at a whole expression, of which one name is wrong.
    let named = finding.message.gaps().find_map(|gap| {
        let at = inner.find(gap.as_str()).filter(|_| !gap.is_empty() && gap.as_str() != inner)?;
        let start = base + written.find(inner).unwrap_or_default() + at;
        Some((start, start + gap.len(), near.to_string()))
    });
    let whole = || {
        let one = !inner.is_empty() && !inner.contains(char::is_whitespace);
        let start = base + written.find(inner).unwrap_or_default();
        one.then(|| (start, start + inner.len(), near.to_string()))
    };
    let exact = finding.message.gaps().any(|gap| gap.as_str() == inner);
    if exact { whole() } else { named.or_else(whole) }
}
