//! Reads all files of a project.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::diag::{Diagnostic, Sink, say};
use crate::framework::{self, Library, Units, disclosures_schema};
use crate::locale::Lang;
use crate::quantity::Decimal;
use crate::schema::{SchemaFault, Schemas, nearest};
use crate::source::{FileError, Files, Sources, Span};
use crate::spread::{beside_if, spread_if};
use crate::syntax::markdown;
use crate::syntax::yaml::Node;

use crate::content::converted::Scripts;
use crate::content::narrative::Section;
use crate::content::reader::{Reader, raw_text};
use crate::content::trees::{MANY, ROOT_FILES, Trees, text_of};
use crate::content::written::Written;
use crate::content::{
    Content, Dimension, Text, conclusion, disclosure, evidence, head, metric, own_check, review,
    table, tabular, target, theme, topic,
};

/// Why a project could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadFault {
    /// There is no `report.yaml`.
    NoReport(FileError),
    /// The folder could not be listed.
    Files(FileError),
    /// A schema of the tool is wrong.
    Schema(SchemaFault),
    /// The tables of Chinese characters are wrong.
    Tables(String),
}

impl fmt::Display for LoadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReport(error) => write!(f, "not a report project: {error}"),
            Self::Files(error) => write!(f, "{error}"),
            Self::Schema(fault) => write!(f, "{fault}"),
            Self::Tables(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for LoadFault {}

/// Reads a project from its files as they were `written`. Without a readable `report.yaml` there is no
/// content, only findings.
pub fn load(
    (files, written): (&dyn Files, Written),
    library: &Library<'_>,
    scripts: Scripts<'_>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Option<Content>, LoadFault> {
    let many = written.size() >= MANY;
    let Written { paths, texts } = written;
    let read = || Trees::read(texts, sources, sink);
    let (mut trees, schemas) = beside_if(many, read, || prepare(&paths));
    let schemas = schemas.map_err(LoadFault::Schema)?;
    let mut units = library.units(sources, sink);
    report_strays(&paths, &trees, sources, sink);
    let known = match trees.yaml.get("units.yaml") {
        Some(tree) => {
            let mut known = (*units).clone();
            known.extend(tree);
            Cow::Owned(known)
        }
        None => Cow::Borrowed(&*units),
    };
    tabular::merge(&mut trees.yaml, files, &known, sources, sink);
    check_own_frameworks(&paths, files, library, schemas, sources, sink)?;
    check_shapes(&trees, library, schemas, sources, sink)?;
    let declared = trees.yaml.get("report.yaml").map(head::languages).unwrap_or_default();
    let languages = scripts.languages(declared);
    let converted = match languages.contains(&Lang::ZhHant) {
        true => scripts.complete(&mut trees, sources)?,
        false => Vec::new(),
    };
    if let Some(tree) = trees.yaml.get("units.yaml") {
        check_units(tree, &units, sink);
        Arc::make_mut(&mut units).extend(tree);
    }
    let reasons = trees.yaml.get("reasons.yaml").map(read_reasons).unwrap_or_default();
    let Some(report) = trees.yaml.remove("report.yaml") else { return Ok(None) };
    let mut reader = Reader {
        sources,
        units: &units,
        languages: &languages,
        reasons: &reasons,
        schemas,
        unread: Vec::new(),
        fault: None,
        sink,
    };
    let content = read_parts(trees, &report, &mut reader);
    if let Some(fault) = reader.fault {
        return Err(LoadFault::Schema(fault));
    }
    let Some(mut content) = content else { return Ok(None) };
    evidence::inspect(&mut content.evidence, files);
    Ok(Some(Content { units, converted, ..content }))
}

/// Makes ready what the files of a project need, before what stands in them is known.
fn prepare(paths: &[String]) -> Result<&'static Schemas, SchemaFault> {
    let schemas = Schemas::embedded()?;
    framework::prepare();
    // Answers are checked against what is derived from their catalog.
    let kinds = paths.iter().map(|path| schema_of(path)).filter(|kind| *kind != "disclosures");
    let kinds: BTreeSet<&str> = kinds.collect();
    kinds.into_iter().for_each(|kind| schemas.prepare(kind));
    Ok(schemas)
}

/// Checks every file against its schema; answers against the schema derived from the catalog of the
/// edition that they answer.
fn check_shapes(
    trees: &Trees,
    library: &Library<'_>,
    schemas: &Schemas,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<(), LoadFault> {
    let mut files = Vec::new();
    for (path, tree) in &trees.yaml {
        let name = schema_of(path);
        let document = schemas.document(name).filter(|_| name == "disclosures");
        let edition = tree.get("framework").and_then(Node::text);
        let catalog = edition.and_then(|name| library.catalog(name, sources, sink));
        files.push((name, tree, document.zip(catalog)));
    }
    files.sort_by_key(|(_, tree, _)| Reverse(tree.span.end));
    let check = |at: usize| {
        let mut own = sink.beside();
        let (name, tree, answered) = files.get(at)?;
        let fits = match answered {
            Some((general, catalog)) => {
                let derived = disclosures_schema(general, catalog);
                schemas.check_derived(&derived, tree, &mut own)
            }
            None => schemas.check(name, tree, &mut own),
        };
        Some(fits.map(|()| own))
    };
    let checked = spread_if(trees.are_many(), files.len(), check);
    for own in checked.into_iter().flatten() {
        sink.append(own.map_err(LoadFault::Schema)?);
    }
    Ok(())
}

/// Checks the shape of the catalogs and crosswalks that a project brings itself.
fn check_own_frameworks(
    paths: &[String],
    files: &dyn Files,
    library: &Library<'_>,
    schemas: &Schemas,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<(), LoadFault> {
    for path in paths {
        let inner = path.strip_prefix("frameworks/").and_then(|p| p.strip_suffix(".yaml"));
        let Some((folder, _)) = inner.and_then(|inner| inner.split_once('/')) else { continue };
        let name = if folder == "crosswalk" { "crosswalk" } else { "catalog" };
        match library.tree(path, sources, sink) {
            Some(tree) => schemas.check(name, &tree, sink).map_err(LoadFault::Schema)?,
            // Says why, if it is not its YAML that is wrong.
            None => drop(text_of(path, files.read(path), sources, sink)),
        }
    }
    Ok(())
}

fn schema_of(path: &str) -> &str {
    match path.split_once('/') {
        Some(("metrics", _)) => "metrics",
        Some(("disclosures", _)) => "disclosures",
        Some(("conclusions", _)) => "conclusions",
        Some(("evidence", _)) => "register",
        _ => path.strip_suffix(".yaml").unwrap_or(path),
    }
}

/// A file that looks like a part of the report but is not read would be lost without a word.
fn report_strays(paths: &[String], trees: &Trees, sources: &mut Sources, sink: &mut Sink) {
    let prior = trees.yaml.get("report.yaml").and_then(head::prior);
    let prior = prior.map(|prior| format!("{}/", prior.value.trim_end_matches('/')));
    for path in paths {
        let folder = path.split('/').next().unwrap_or_default();
        let own = matches!(folder, "frameworks" | "templates" | "evidence" | "out");
        let written = [".yaml", ".yml", ".md"].iter().any(|end| path.ends_with(end));
        let readme = path.ends_with("README.md") || path.ends_with("FINDINGS.md");
        let earlier = prior.as_deref().is_some_and(|prior| path.starts_with(prior));
        if trees.seen.contains(path) || own || !written || readme || earlier {
            continue;
        }
        let span = Span::new(sources.add(path, ""), 0, 0);
        let found = Diagnostic::warning("unread-file", span, say!("the file is not read"));
        let help = match path.strip_suffix(".yml") {
            Some(stem) => say!("rename it to `{stem}.yaml`", stem),
            None if folder == "narrative" => {
                say!(
                    "name it `narrative/<section>.<language>.md`, the language being en, zh-Hans or zh-Hant"
                )
            }
            None => match nearest(path, ROOT_FILES.into_iter()) {
                Some(near) => say!("did you mean `{near}`?", near),
                None => say!("move it out of the project, or to one of the folders that are read"),
            },
        };
        sink.push(found.help(help));
    }
}

/// Reports units of a project that take the place of the tool's own, or have no size.
fn check_units(tree: &Node, units: &Units, sink: &mut Sink) {
    let mut own: BTreeSet<&str> = BTreeSet::new();
    for node in tree.get("units").map(Node::items).unwrap_or_default() {
        let Some(id) = node.get("id") else { continue };
        let name = id.text().unwrap_or_default();
        if units.table.get(name).is_some() || !own.insert(name) {
            let message = say!("the unit `{name}` exists already", name);
            let found = Diagnostic::error("duplicate-id", id.span, message);
            sink.push(found.help(say!("give it another id; a unit has one size in every report")));
        }
        let base = node.get("base");
        let base_name = base.and_then(Node::text).unwrap_or_default();
        let known = units.table.get(base_name).is_some() || own.contains(base_name);
        if let Some(base) = base.filter(|_| !known && base_name != name) {
            let message = say!("unknown unit `{name}`", name = base_name);
            let found = Diagnostic::error("unknown-unit", base.span, message);
            sink.push(match nearest(base_name, units.table.ids()) {
                Some(near) => found.help(say!("did you mean `{near}`?", near)),
                None => found.help(say!("the base is a unit of the same kind, or the unit itself")),
            });
        }
        let factor = node.get("factor");
        let size = factor.and_then(Node::text).and_then(|text| text.parse::<Decimal>().ok());
        if let Some(factor) = factor.filter(|_| size.is_none_or(|size| size <= Decimal::ZERO)) {
            let message = say!("expected a factor above zero");
            sink.push(Diagnostic::error("invalid-value", factor.span, message));
        }
    }
}

fn read_reasons(tree: &Node) -> BTreeMap<String, Text> {
    let entries = tree.get("reasons").map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.value.clone(), raw_text(&entry.value))).collect()
}

/// What a part of the content is read from.
enum Raw {
    /// All but the narratives.
    Facts(Trees),
    /// A narrative: section and language, start of the file, and what stands in it.
    Narrative((String, Lang), Span, markdown::Document),
}

/// A part of the content.
enum Part {
    Facts(Box<Content>),
    Narrative((String, Lang), Section),
}

/// Reads the narratives and all else, each part with a list of findings of its own.
fn read_parts(mut trees: Trees, report: &Node, reader: &mut Reader<'_>) -> Option<Content> {
    let many = trees.are_many();
    let size = |start: &Span| reader.sources.get(start.source).map_or(0, |file| file.text.len());
    let mut narratives: Vec<_> = std::mem::take(&mut trees.markdown).into_iter().collect();
    // The longest first, so that no thread is left with it when the others are done.
    narratives.sort_by_key(|(_, (start, _))| Reverse(size(start)));
    let narratives = narratives.into_iter();
    let narratives =
        narratives.map(|(name, (start, document))| Raw::Narrative(name, start, document));
    let raw = std::iter::once(Raw::Facts(trees)).chain(narratives);
    let raw: Vec<_> = raw.map(|raw| Mutex::new(Some(raw))).collect();
    let shared = &*reader;
    let read = |at: usize| {
        // It is taken, so that it is given back on the thread that reads it.
        let raw = raw.get(at)?.lock().ok()?.take()?;
        let mut sink = shared.sink.beside();
        let mut own = shared.beside(&mut sink);
        let part = match raw {
            Raw::Facts(trees) => Part::Facts(Box::new(read_facts(&trees, report, &mut own))),
            Raw::Narrative(name, start, document) => {
                Part::Narrative(name, Section::read(document, start, &mut own))
            }
        };
        let fault = own.fault.take();
        Some((part, fault, sink))
    };
    let parts = spread_if(many, raw.len(), read);
    let (mut facts, mut narrative) = (None, BTreeMap::new());
    for (part, fault, sink) in parts.into_iter().flatten() {
        reader.sink.append(sink);
        reader.fault = reader.fault.take().or(fault);
        match part {
            Part::Facts(content) => facts = Some(content),
            Part::Narrative(name, section) => drop(narrative.insert(name, section)),
        }
    }
    facts.map(|facts| Content { narrative, ..*facts })
}

/// Reads all but the narratives.
fn read_facts(trees: &Trees, report: &Node, reader: &mut Reader<'_>) -> Content {
    let head = head::read(report, reader);
    let tree = |path: &str| trees.yaml.get(path);
    let inside = |folder: &str| {
        let prefix = format!("{folder}/");
        trees.yaml.iter().filter(move |(path, _)| path.starts_with(&prefix)).map(|(_, tree)| tree)
    };
    let dimensions =
        tree("dimensions.yaml").map(|t| read_dimensions(t, reader)).unwrap_or_default();
    if let Some(tree) = tree("reasons.yaml") {
        for entry in tree.get("reasons").map(Node::entries).unwrap_or_default() {
            reader.text(&entry.value);
        }
    }
    let metrics = inside("metrics").flat_map(|tree| metric::read_all(tree, reader)).collect();
    let tables = tree("tables.yaml").map(|t| table::read_all(t, reader)).unwrap_or_default();
    let targets = tree("targets.yaml").map(|t| target::read_all(t, reader)).unwrap_or_default();
    let checks = tree("checks.yaml").map(|t| own_check::read_all(t, reader)).unwrap_or_default();
    let (topics, scale) =
        tree("topics.yaml").map(|t| topic::read_topics(t, reader)).unwrap_or_default();
    let stakeholders = tree("stakeholders.yaml").map(|t| topic::read_stakeholders(t, reader));
    let glossary = tree("glossary.yaml").map(|t| topic::read_glossary(t, reader));
    let disclosures =
        inside("disclosures").filter_map(|tree| disclosure::read(tree, reader)).collect();
    let evidence =
        tree("evidence/register.yaml").map(|t| evidence::read_all(t, reader)).unwrap_or_default();
    let conclusions =
        inside("conclusions").flat_map(|tree| conclusion::read_all(tree, reader)).collect();
    let seals = tree("seal.yaml").map(|t| conclusion::read_seals(t, reader)).unwrap_or_default();
    let review = tree("review.yaml").map(|t| review::read(t, reader)).unwrap_or_default();
    let start = Span::new(report.span.source, 0, 0);
    let units = Arc::default();
    let unread = std::mem::take(&mut reader.unread);
    let lost = |path: &String| path.starts_with("metrics/") && !trees.yaml.contains_key(path);
    let lost = trees.seen.iter().any(lost);
    Content {
        unread,
        lost,
        head,
        dimensions,
        metrics,
        reasons: reader.reasons.clone(),
        tables,
        targets,
        topics,
        checks,
        scale,
        stakeholders: stakeholders.unwrap_or_default(),
        glossary: glossary.unwrap_or_default(),
        disclosures,
        evidence,
        conclusions,
        review,
        seals,
        checksums: trees.checksums.clone(),
        narrative: BTreeMap::new(),
        theme: tree("theme.yaml").map(theme::read).unwrap_or_default(),
        units,
        converted: Vec::new(),
        start,
    }
}

fn read_dimensions(tree: &Node, reader: &mut Reader<'_>) -> Vec<Dimension> {
    let mut dimensions = Vec::new();
    for entry in tree.get("dimensions").map(Node::entries).unwrap_or_default() {
        let members = entry.value.get("members").map(Node::entries).unwrap_or_default();
        let members = members.iter().map(|m| (m.key.clone(), reader.text(&m.value))).collect();
        let label = reader.text_or_empty(&entry.value, "label");
        dimensions.push(Dimension { id: entry.key.clone(), label, members });
    }
    dimensions
}
