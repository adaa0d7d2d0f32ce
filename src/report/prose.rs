//! Names in prose: figures, links, footnotes and blocks.

use std::collections::BTreeSet;

use crate::content::{
    Block, BlockKind, ChartBlock, ChartKind, GovernanceBlock, Inline, InlineKind, Insert, Metric,
};
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
            BlockKind::Chart(chart) if chart.kind == ChartKind::Flow => self.flow(chart),
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
            BlockKind::Stakeholders { select } => self.selection(select, Select::Stakeholders),
            BlockKind::Topics { select } => self.selection(select, Select::Topics),
            BlockKind::Materiality(block) => self.selection(&block.select, Select::Topics),
            BlockKind::Glossary { select } => self.selection(select, Select::Glossary),
            BlockKind::Governance(block) => self.organisation(block),
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
                _ if insert.counter.is_some() && !self.counts(insert) => {
                    let message =
                        say!("`unit` renames what is counted, and nothing is counted here");
                    let found = Diagnostic::error("invalid-option", insert.span, message);
                    let help = say!("convert with `in`, or leave `unit` out");
                    self.references.sink.push(found.help(help));
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
        if insert.expr.paths().iter().any(|path| report.content.is_unread(&path.metric)) {
            return;
        }
        let near = report.near(&insert.expr);
        self.references.sink.push(match near {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found,
        });
    }
}

/// What a block selects from.
#[derive(Debug, Clone, Copy)]
enum Select {
    Stakeholders,
    Topics,
    Glossary,
}

impl Prose<'_, '_> {
    /// Whether a figure is a number of things.
    fn counts(&self, insert: &Insert) -> bool {
        let report = self.references.report;
        let lookup = InYear { year: report.year(), inner: report };
        let unit = crate::formula::evaluate(&insert.expr, &lookup).map(|step| step.result.unit);
        unit.is_ok_and(|unit| insert.unit.as_ref().unwrap_or(&unit).counting)
    }

    /// Reports a flow of nothing: the breakdown may be that of the metric, of its parts or of theirs.
    fn flow(&mut self, chart: &ChartBlock) {
        let report = self.references.report;
        for metric in &chart.series {
            if self.references.metric(metric).is_none() {
                continue;
            }
            let Some(found) = report.metric(&metric.value) else { continue };
            let mut all = vec![found];
            for _ in 0..2 {
                let parts = all.iter().flat_map(|one| &one.parts);
                let parts: Vec<&Metric> =
                    parts.filter_map(|part| report.metric(&part.value)).collect();
                all.extend(parts);
            }
            let names: BTreeSet<&str> =
                all.iter().flat_map(|one| &one.by).map(|by| by.name.value.as_str()).collect();
            let Some(by) = &chart.by else {
                if found.parts.is_empty() {
                    let message = say!(
                        "`{metric}` has no parts that could flow together",
                        metric = metric.value
                    );
                    let found = Diagnostic::error("unknown-reference", metric.span, message);
                    let help = say!("add `parts:` to the metric, or `by:`");
                    self.references.sink.push(found.help(help));
                }
                continue;
            };
            if !names.contains(by.value.as_str()) {
                let what = say!("breakdown of `{metric}` or its parts", metric = metric.value);
                let help = say!("add it under `by:`");
                self.references.unknown(by, what, names.into_iter(), help);
            }
        }
    }

    /// Reports what a block selects and no file declares.
    fn selection(&mut self, select: &[Spanned<String>], from: Select) {
        let content = &self.references.report.content;
        let (what, file, known): (_, _, Vec<&str>) = match from {
            Select::Stakeholders => {
                let groups = content.stakeholders.iter().map(|group| group.id.value.as_str());
                let file = say!("declare it in `stakeholders.yaml`");
                (say!("group of stakeholders"), file, groups.collect())
            }
            Select::Topics => {
                let topics = content.topics.iter().map(|topic| topic.id.value.as_str());
                (say!("topic"), say!("declare it in `topics.yaml`"), topics.collect())
            }
            Select::Glossary => {
                let terms = content.glossary.iter().map(|term| term.id.value.as_str());
                (say!("term"), say!("declare it in `glossary.yaml`"), terms.collect())
            }
        };
        for id in select.iter().filter(|id| !known.contains(&id.value.as_str())) {
            self.references.unknown(id, what.clone(), known.iter().copied(), file.clone());
        }
    }

    /// Reports boxes that are named twice, and lines to boxes that there are not.
    fn organisation(&mut self, block: &GovernanceBlock) {
        let mut known: Vec<&str> = Vec::new();
        for one in &block.boxes {
            if known.contains(&one.id.value.as_str()) {
                let message = say!("the box `{id}` is declared twice", id = one.id.value);
                let found = Diagnostic::error("duplicate-id", one.id.span, message);
                self.references.sink.push(found.help(say!("give one of them another id")));
            }
            if let Some(under) = one.under.as_ref().filter(|u| !known.contains(&u.value.as_str())) {
                let declare = say!("name the box above before the ones under it");
                let what = say!("box before this one");
                self.references.unknown(under, what, known.iter().copied(), declare);
            }
            known.push(&one.id.value);
        }
        for end in block.lines.iter().flat_map(|line| [&line.from, &line.to]) {
            if !known.contains(&end.value.as_str()) {
                let (what, help) = (say!("box"), say!("add it to `boxes`"));
                self.references.unknown(end, what, known.iter().copied(), help);
            }
        }
    }
}

/// Lower-case letters and digits, with single hyphens between them.
fn is_kebab(id: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    id.split('-').all(plain)
}
