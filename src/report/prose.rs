//! Names in prose: figures, links, footnotes and blocks.

use std::collections::BTreeSet;

use crate::content::{Block, BlockKind, Inline, InlineKind, Insert};
use crate::diag::{Diagnostic, say};
use crate::formula::{FaultKind, dimension_of};
use crate::locale::Lang;
use crate::report::figures::InYear;
use crate::report::resolve::References;
use crate::report::visit::Visitor;
use crate::source::Spanned;

/// Looks at figures, links, footnotes and blocks in prose.
pub struct Prose<'r, 'a> {
    references: &'r mut References<'a>,
    footnotes: BTreeSet<String>,
}

impl<'r, 'a> Prose<'r, 'a> {
    /// A look at prose that reports through `references`.
    pub fn new(references: &'r mut References<'a>) -> Self {
        Self { references, footnotes: BTreeSet::new() }
    }
}

impl Visitor for Prose<'_, '_> {
    fn section(&mut self, id: Option<&str>, lang: Option<Lang>) {
        self.footnotes.clear();
        let key = id.zip(lang).map(|(id, lang)| (id.to_owned(), lang));
        let section = key.and_then(|key| self.references.report.content.narrative.get(&key));
        for (label, _) in section.map(|s| s.footnotes.as_slice()).unwrap_or_default() {
            self.footnotes.insert(label.value.clone());
        }
    }

    fn block(&mut self, block: &Block) {
        let report = self.references.report;
        match &block.kind {
            BlockKind::KpiTable(kpi) => {
                if let Some(table) = &kpi.table
                    && report.table(&table.value).is_none()
                {
                    let known = report.content.tables.iter().map(|t| t.id.value.as_str());
                    let declare = say!("declare it in `tables.yaml`");
                    self.references.unknown(table, say!("table"), known, declare);
                }
                for metric in &kpi.metrics {
                    self.references.metric(metric);
                }
                if let Some(split) = &kpi.split
                    && report.dimension(&split.dimension.value).is_none()
                {
                    let known = report.content.dimensions.iter().map(|d| d.id.value.as_str());
                    let declare = say!("declare it in `dimensions.yaml`");
                    self.references.unknown(&split.dimension, say!("dimension"), known, declare);
                }
            }
            BlockKind::Chart(chart) => {
                for metric in &chart.series {
                    let found = self.references.metric(metric);
                    let Some(by) = &chart.by else { continue };
                    let names = found.map(|m| m.by.iter().map(|b| b.name.value.clone()).collect());
                    let names: Vec<String> = names.unwrap_or_default();
                    if found.is_some() && !names.contains(&by.value) {
                        let what = say!("breakdown of `{metric}`", metric = metric.value);
                        let known = names.iter().map(String::as_str);
                        self.references.unknown(by, what, known, say!("add it under `by:`"));
                    }
                }
            }
            BlockKind::Targets { select } => {
                for id in select {
                    if report.target(&id.value).is_none() {
                        let known = report.content.targets.iter().map(|t| t.id.value.as_str());
                        let declare = say!("declare it in `targets.yaml`");
                        self.references.unknown(id, say!("target"), known, declare);
                    }
                }
            }
            BlockKind::Index(index) if !report.catalogs.contains_key(&index.framework.value) => {
                let known = report.catalogs.keys().map(String::as_str);
                let declare = say!("claim it under `frameworks` in `report.yaml`");
                let what = say!("claimed framework");
                self.references.unknown(&index.framework, what, known, declare);
            }
            BlockKind::Heading { id: Some(id), .. } if !is_kebab(&id.value) => {
                let message = say!("expected an id in kebab-case, found `{id}`", id = id.value);
                self.references.sink.push(Diagnostic::error("invalid-key", id.span, message));
            }
            BlockKind::Heading { id: None, .. } => {
                let message = say!("the heading has no id");
                let help = say!("add an id that is the same in every language: `{{#inventory}}`");
                let found = Diagnostic::error("missing-id", block.span, message).help(help);
                self.references.sink.push(found);
            }
            _ => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Footnote(label) if !self.footnotes.contains(&label.value) => {
                let message = say!("the footnote `{label}` has no text", label = label.value);
                let found = Diagnostic::error("unknown-footnote", label.span, message);
                self.references
                    .sink
                    .push(found.help(say!("add `[^{label}]: …`", label = label.value)));
            }
            InlineKind::Link(href, _) => {
                let target = href.strip_prefix('#');
                if let Some(name) =
                    target.filter(|name| self.references.report.places.get(name).is_none())
                {
                    let name = Spanned::new(name.to_owned(), inline.span);
                    let known = self.references.report.places.names();
                    let declare = say!("a link is `#section` or `#section.heading`");
                    self.references.unknown(&name, say!("place"), known, declare);
                }
            }
            _ => {}
        }
    }

    fn insert(&mut self, insert: &Insert) {
        let report = self.references.report;
        let fault = match dimension_of(&insert.expr, report) {
            Ok(dimension) => match &insert.unit {
                Some(unit) if unit.dimension != dimension => {
                    let message = say!(
                        "{dimension} cannot be printed in {unit} ({wanted})",
                        dimension,
                        unit = unit.text,
                        wanted = unit.dimension
                    );
                    self.references.sink.push(Diagnostic::error(
                        "dimension-mismatch",
                        insert.span,
                        message,
                    ));
                    return;
                }
                _ => {
                    let lookup = InYear { year: report.year(), inner: report };
                    crate::formula::evaluate(&insert.expr, &lookup).err()
                }
            },
            Err(fault) => Some(fault),
        };
        let Some(fault) = fault else { return };
        let rule = match fault.kind {
            FaultKind::Unknown => "unknown-reference",
            FaultKind::Dimension => "dimension-mismatch",
            FaultKind::Missing | FaultKind::Arithmetic => "missing-value",
        };
        let span = insert.inside(fault.range.start, fault.range.end);
        let found = Diagnostic::error(rule, span, fault.message);
        let unread = &report.content.unread;
        if insert.expr.paths().iter().any(|path| unread.contains(&path.metric)) {
            return;
        }
        let near = report.near(&insert.expr);
        self.references.sink.push(match near {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found,
        });
    }
}

/// Lower-case letters and digits, with single hyphens between them.
fn is_kebab(id: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    id.split('-').all(plain)
}
