//! PDF through Typst.

use std::collections::BTreeMap;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::locale::Date;
use crate::source::Files;
use crate::view::{Block, Theme, View};

use crate::render::RenderFault;
use crate::render::world::Memory;

/// The template of two languages, which is of no use to one.
pub const BOTH: &str = "both.typ";

/// A printed report.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// What Typst had to say about the templates.
    pub warnings: Vec<String>,
}

/// Prints a view as PDF/A-3a and PDF/UA-1, with its facts attached.
pub fn pdf(
    view: &View,
    theme: &Theme,
    facts: &[u8],
    files: &dyn Files,
) -> Result<Pdf, RenderFault> {
    pdf_of(typst_files(view, theme, facts, files)?, view, &view.lang)
}

/// Prints the files of a compilation. `view` gives date and name of the document, `lang` what its
/// languages are called.
pub fn pdf_of(
    files: BTreeMap<String, Vec<u8>>,
    view: &View,
    lang: &str,
) -> Result<Pdf, RenderFault> {
    let date = Date::parse(&view.date).and_then(datetime);
    let world = Memory::new(files, &view.brand.fonts, date)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    let document = compiled.output.map_err(|errors| fault(&world, &errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| RenderFault(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}|{}|{}", view.entity, view.title, lang)),
        creator: Smart::Custom(Some(format!("esgreport {}", env!("CARGO_PKG_VERSION")))),
        timestamp: date.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| fault(&world, &errors))?;
    let warnings = compiled.warnings.iter().map(|warning| describe(&world, warning)).collect();
    Ok(Pdf { bytes, pages: document.pages().len(), warnings })
}

/// The files that Typst prints a view from: templates, data and drawings. Plain Typst compiles
/// them too.
pub fn typst_files(
    view: &View,
    theme: &Theme,
    facts: &[u8],
    files: &dyn Files,
) -> Result<BTreeMap<String, Vec<u8>>, RenderFault> {
    let fault = |error: &dyn std::fmt::Display| RenderFault(error.to_string());
    let mut found = BTreeMap::new();
    for path in files.list().map_err(|error| fault(&error))? {
        // Templates alone: a project's template must not bring a plugin, which is a program.
        let inner = path.strip_prefix("templates/typst/");
        let inner = inner.filter(|inner| inner.ends_with(".typ") && *inner != BOTH);
        if let Some(inner) = inner {
            let bytes = files.read(&path).map_err(|error| fault(&error))?;
            found.insert(format!("/typst/{inner}"), bytes);
        }
    }
    let json = serde_json::to_vec(view).map_err(|error| fault(&error))?;
    found.insert("/data/view.json".to_owned(), json);
    let tokens = serde_json::to_vec(&theme.tokens).map_err(|error| fault(&error))?;
    found.insert("/data/tokens.json".to_owned(), tokens);
    found.insert("/data/facts.json".to_owned(), facts.to_vec());
    if let Some(cover) = &view.cover {
        found.insert("/data/cover.svg".to_owned(), cover.svg.clone().into_bytes());
    }
    for image in &view.brand.images {
        found.insert(format!("/data/images/{}", image.file), image.bytes.clone());
    }
    for section in view.parts.iter().flat_map(|part| &part.sections) {
        collect_charts(&section.blocks, &mut found);
    }
    Ok(found)
}

fn collect_charts(blocks: &[Block], found: &mut BTreeMap<String, Vec<u8>>) {
    for block in blocks {
        match block {
            Block::Chart(chart) => insert_drawing(&chart.id, &chart.svg, found),
            Block::Governance(chart) => insert_drawing(&chart.id, &chart.svg, found),
            Block::Materiality(block) => {
                block.svg.iter().for_each(|svg| insert_drawing(&block.id, svg, found));
            }
            Block::Case { blocks, .. } | Block::Quote { blocks } => collect_charts(blocks, found),
            Block::List { items, .. } => items.iter().for_each(|item| collect_charts(item, found)),
            _ => {}
        }
    }
}

fn insert_drawing(id: &str, svg: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    found.insert(format!("/data/charts/{id}.svg"), svg.as_bytes().to_vec());
}

fn datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0)
}

fn fault(world: &Memory, errors: &[SourceDiagnostic]) -> RenderFault {
    let lines: Vec<String> = errors.iter().take(5).map(|error| describe(world, error)).collect();
    RenderFault(format!("the report cannot be printed:\n{}", lines.join("\n")))
}

fn describe(world: &Memory, found: &SourceDiagnostic) -> String {
    let id = found.span.id();
    let place = id.and_then(|id| {
        let source = world.source(id).ok()?;
        let range = world.range(found.span)?;
        let line = source.lines().byte_to_line(range.start)? + 1;
        Some(format!("{}:{line}: ", id.get().vpath().get_without_slash()))
    });
    let hints: Vec<String> = found.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
    format!("  {}{}{}", place.unwrap_or_default(), found.message, hints.join(""))
}
