//! Parts to a bundle.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::content::AssuranceLevel;
use crate::diag::{Phrase, say};
use crate::lint::Judged;
use crate::locale::{Date, Lang};
use crate::report::Report;
use crate::source::zip::{name_clash, name_fault, pack};
use crate::source::{Sources, sha256};

use crate::bundle::bag;
use crate::bundle::crossings::Crossings;
use crate::bundle::envelope::{SecretKey, sign};
use crate::bundle::evidence::evidence_json;
use crate::bundle::links::Links;
use crate::bundle::metric_sheet::Desk;
use crate::bundle::overview::{restatements_json, suppressions_json};
use crate::bundle::pages::Pages;
use crate::bundle::research_object::METADATA;
use crate::bundle::research_object::ro_crate;
use crate::bundle::statement::statement;
use crate::bundle::{ENVELOPE, FRAMEWORKS, INPUT, PAYLOAD, ROOT, STATEMENT, Tree};

/// What a bundle is made from.
pub struct Made<'a> {
    /// The report.
    pub report: &'a Report,
    /// Places in its files.
    pub sources: &'a Sources,
    /// Findings.
    pub judged: &'a Judged,
    /// Files of the project, by their paths in it.
    pub inputs: Tree,
    /// Catalogs of the program that judged it, by their paths under `frameworks/`.
    pub frameworks: Tree,
    /// What was printed and written, by paths inside the payload.
    pub products: Tree,
    /// Evidence files that are left out.
    pub withheld: BTreeSet<String>,
    /// The day for which findings were judged.
    pub as_of: Date,
}

/// Why there is no bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleFault {
    /// A page could not be written, which only a developer can cause.
    Page(String),
    /// A file has a name that not every system can hold, or that meets another.
    Name(Phrase),
    /// The files are too many or too large for the archive.
    Size,
}

impl BundleFault {
    /// Why, in words.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Page(message) => {
                say!("a page of the bundle cannot be written: {message}", message)
            }
            Self::Name(message) => message.clone(),
            Self::Size => {
                say!("the bundle is larger than 4 GiB or has more than 65,534 files")
            }
        }
    }
}

/// The archive of a bundle, and the digest of its statement.
pub fn assemble(made: Made<'_>, key: Option<&SecretKey>) -> Result<(Vec<u8>, String), BundleFault> {
    let mut made = made;
    let mut tree = Tree::new();
    let place = |tree: &mut Tree, folder: &str, files: Tree| {
        tree.extend(files.into_iter().map(|(path, bytes)| (format!("{folder}{path}"), bytes)));
    };
    let products: Vec<String> = made.products.keys().cloned().collect();
    place(&mut tree, INPUT, std::mem::take(&mut made.inputs));
    place(&mut tree, FRAMEWORKS, std::mem::take(&mut made.frameworks));
    place(&mut tree, PAYLOAD, std::mem::take(&mut made.products));
    place(&mut tree, PAYLOAD, pages(&made, products)?);
    let metadata = ro_crate(made.report, &tree, made.as_of);
    tree.insert(METADATA.to_owned(), json_bytes(&metadata));
    let statement = json_bytes(&statement(&made, &tree));
    let digest = sha256(&statement);
    if let Some(key) = key {
        tree.insert(ENVELOPE.to_owned(), json_bytes(&sign(&statement, key)));
    }
    tree.insert(STATEMENT.to_owned(), statement);
    let head = &made.report.content.head;
    let english = |text: &crate::content::Text| {
        text.get(Lang::En).map(|words| words.value.clone()).unwrap_or_default()
    };
    bag::close(&mut tree, &english(&head.name), &english(&head.title));
    let files: Vec<(String, Vec<u8>)> =
        tree.into_iter().map(|(path, bytes)| (format!("{ROOT}{path}"), bytes)).collect();
    check_names(files.iter().map(|(path, _)| path.as_str()))?;
    Ok((pack(&files).ok_or(BundleFault::Size)?, digest))
}

/// Refuses names that `verify` would refuse.
fn check_names<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Result<(), BundleFault> {
    let short = |name: &str| name.strip_prefix(ROOT).unwrap_or(name).to_owned();
    for name in names.clone() {
        if let Some(fault) = name_fault(name) {
            let (name, reason) = (short(name).escape_debug().to_string(), Phrase::word(fault));
            return Err(BundleFault::Name(say!("`{name}` {reason}", name, reason)));
        }
    }
    match name_clash(names) {
        Some((name, other, how)) => {
            let (name, reason, other) = (short(name), Phrase::word(how), short(other));
            Err(BundleFault::Name(say!("`{name}` {reason} `{other}`", name, reason, other)))
        }
        None => Ok(()),
    }
}

/// Audit sheets, the index, and what is told about the bundle itself.
fn pages(made: &Made<'_>, mut products: Vec<String>) -> Result<Tree, BundleFault> {
    let report = made.report;
    let links = Links::new(report);
    let derivations = report.derivations();
    let (sources, judged) = (made.sources, made.judged);
    let crossings = &Crossings::new(report, judged, &derivations);
    let desk =
        Desk { report, sources, judged, links: &links, derivations: &derivations, crossings };
    let templates = Pages::new()?;
    let mut tree = Tree::new();
    for metric in &report.content.metrics {
        let Some(path) = links.metric(&metric.id.value) else { continue };
        let page = templates.render("metric.html", "../../index.html", &desk.metric(metric))?;
        tree.insert(path.to_owned(), page);
    }
    for verdict in report.claimed_verdicts() {
        for judgement in &verdict.items {
            let path = links.disclosure(&verdict.catalog.name, &judgement.item.code.value);
            let sheet = desk.disclosure(&verdict, judgement);
            if let (Some(path), Some(sheet)) = (path, sheet) {
                let page = templates.render("disclosure.html", "../../../index.html", &sheet)?;
                tree.insert(path.to_owned(), page);
            }
        }
    }
    let limits = include_bytes!("../../templates/bundle/limits.txt");
    let written = [
        ("LIMITS.txt", limits.to_vec()),
        ("conclusions-form.yaml", form(report, made.sources).into_bytes()),
        ("evidence.json", json_bytes(&evidence_json(report, &links))),
        ("restatements.json", json_bytes(&restatements_json(report))),
        ("findings/suppressions.json", json_bytes(&suppressions_json(&desk))),
    ];
    for (path, bytes) in written {
        products.push(path.to_owned());
        tree.insert(path.to_owned(), bytes);
    }
    products.sort();
    let overview = desk.overview(&made.as_of.to_string(), &products);
    tree.insert("index.html".to_owned(), templates.render("index.html", "index.html", &overview)?);
    Ok(tree)
}

/// A form for conclusions: one entry for each assured figure of the reported year, to be filled in.
fn form(report: &Report, sources: &Sources) -> String {
    let year = report.year();
    let mut text = String::from(
        "# A form for conclusions. Copy it, fill in what was looked at, delete the rest, and hand it back:\n\
         # `esgreport conclude FILE DIR` checks it and puts it into the project.\n\
         # procedure: inspection, observation, confirmation, recalculation, reperformance, analysis, inquiry\n\
         # result: satisfactory, exception (then say which under `exception`), not-concluded\n\
         # level: none, limited, reasonable\n\
         auditor: \"\"      # firm or body\n\
         bundle: \"\"       # the digest that `esgreport verify` prints\n\
         population: \"\"   # the hash that `esgreport sample` prints; delete the line if no sample was drawn\n\
         conclusions:\n",
    );
    for metric in &report.content.metrics {
        let level = metric.assurance.get(&year).copied().unwrap_or(AssuranceLevel::None);
        let Some(datum) = metric.values.get(&year).filter(|datum| datum.figure().is_some()) else {
            continue;
        };
        if level == AssuranceLevel::None {
            continue;
        }
        let _ = write!(
            text,
            "  - item: {}@{year}\n    stated: \"{}\"\n    procedure: \n    sample: \n    result: \n    level: {}\n    by: \n    on: \n",
            metric.id.value,
            format!(
                "{} {}",
                sources.text(datum.span).trim_matches(['"', '\'']),
                metric.unit.value.text
            )
            .trim(),
            level.word()
        );
    }
    text
}

fn json_bytes(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
