//! Runs every project under `tests/projects`: those under `ok` have no findings and print in every
//! language and format; those under `bad` have the findings of their snapshot.
#![allow(clippy::expect_used)]

mod common;

use std::path::Path;

use common::{check, lines};
use esgreport::command::{Loaded, completed};
use esgreport::diag::Wording;
use esgreport::emit::{Colour, facts_json, to_text};
use esgreport::lint::Tier;
use esgreport::locale::Lang;
use esgreport::proof::prove_html;
use esgreport::render::{html, html_of_both, pdf};
use esgreport::source::{Disk, Embedded, Memory, Overlay};
use esgreport::view::{self, Block, Purpose, Theme, View, Words};

/// A project on disk, copied into memory, with its name.
fn open(report: &Path) -> (String, Memory) {
    let folder = report.parent().expect("a folder");
    let name = folder.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
    let disk = Disk::open(folder).expect("a folder");
    (name, Memory::copy(&disk).expect("files"))
}

#[test]
fn good_projects_have_no_findings_and_print() {
    insta::glob!("projects/ok/*/report.yaml", |path| {
        let (name, files) = open(path);
        let loaded = check(&files, Tier::Strict);
        assert_eq!(lines(&loaded), Vec::<String>::new(), "{name}");
        for view in print(&files, &loaded) {
            let title = format!("{name} in {}", view.lang);
            insta::with_settings!({ description => title, omit_expression => true }, {
                insta::assert_snapshot!(format!("view-{}", view.lang), outline(&view));
            });
        }
    });
}

/// Prints a project in every language and format, and gives its views.
fn print(files: &Memory, loaded: &Loaded) -> Vec<View> {
    let written = loaded.report.as_ref().expect("a report");
    let traditional = completed(files).expect("a report").expect("a report");
    let overlay = Overlay::new(files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let facts = serde_json::to_vec(&facts_json(written)).expect("facts");
    let mut views = Vec::new();
    for &lang in &written.content.head.languages {
        let report = if lang == Lang::ZhHant { &traditional } else { written };
        let words = Words::read(&overlay, lang).expect("words");
        let view = view::build(report, lang, &words, &theme, Purpose::Publication);
        let printed = pdf(&view, &theme, &facts, &overlay).expect("PDF");
        assert_eq!(printed.warnings, Vec::<String>::new());
        assert!(printed.bytes.starts_with(b"%PDF-1.7") && printed.pages > 0);
        views.push(view);
    }
    let editions = view::editions(&views);
    let page = html(&editions, &theme, &overlay).expect("HTML");
    assert_eq!(prove_html(&editions, &page), Vec::<String>::new());
    for lang in &written.content.head.languages {
        let says = format!("lang=\"{}\" data-edition=\"{lang}\"", lang.locale());
        assert_eq!(page.matches(&says).count(), 1, "{says}");
    }
    assert!(!page.contains("<script>alert"), "no text of a report becomes a script");
    if let [first, second, ..] = views.as_slice() {
        let both = view::both(first.clone(), second.clone());
        let page = html_of_both(&both, &theme, &overlay).expect("both languages side by side");
        assert!(page.matches("<img ").count() >= images(&both.left) + images(&both.right));
    }
    views
}

/// Pictures in the text of a view.
fn images(view: &View) -> usize {
    let sections = view.parts.iter().flat_map(|part| &part.sections);
    sections.flat_map(|s| &s.blocks).filter(|block| matches!(block, Block::Image(_))).count()
}

/// What a view holds, short enough to read: headings, blocks, and the figures in their text.
fn outline(view: &View) -> String {
    let mut text = format!("{} | {} | {} | {}\n", view.entity, view.title, view.period, view.date);
    for part in &view.parts {
        text.push_str(&format!("{} {} [{}]\n", part.number, part.title, part.id));
        for headline in &part.headline {
            let change = headline.change.as_deref().unwrap_or("-");
            let (before, value, unit) = (&headline.qualifier, &headline.value, &headline.unit);
            text.push_str(&format!("  * {}: {before}{value} {unit} ({change})\n", headline.label));
        }
        for section in &part.sections {
            text.push_str(&format!("  {} {} [{}]\n", section.number, section.title, section.id));
            for block in &section.blocks {
                push_block(block, 2, &mut text);
            }
        }
    }
    text
}

fn push_block(block: &Block, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let json = serde_json::to_value(block).expect("a block");
    let kind = json.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
    match block {
        Block::KpiTable(table) => {
            text.push_str(&format!("{indent}{kind} {} [{}]\n", table.title, table.id));
            for row in table.groups.iter().flat_map(|group| &group.rows) {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                text.push_str(&format!(
                    "{indent}  {} | {} | {}\n",
                    row.label,
                    row.unit,
                    cells.join(" | ")
                ));
            }
        }
        Block::Index(index) => {
            text.push_str(&format!("{indent}{kind} {} [{}]\n", index.title, index.id));
            for row in index.groups.iter().flat_map(|group| &group.rows) {
                let places: Vec<&str> =
                    row.places.iter().map(|place| place.target.as_str()).collect();
                let places = places.join(", ");
                text.push_str(&format!(
                    "{indent}  {} {} {} [{places}]\n",
                    row.code, row.sign, row.outcome_text
                ));
            }
        }
        Block::Targets(targets) => {
            text.push_str(&format!("{indent}{kind}\n"));
            for row in &targets.rows {
                let bar = row.progress.as_ref().map_or("-", |progress| progress.text.as_str());
                text.push_str(&format!(
                    "{indent}  {} | {} | {} | {bar}\n",
                    row.base, row.due, row.status_text
                ));
            }
        }
        Block::Chart(chart) => {
            text.push_str(&format!("{indent}{kind} {} [{}]\n", chart.title, chart.id));
            for row in &chart.rows {
                text.push_str(&format!("{indent}  {}\n", row.join(" | ")));
            }
        }
        Block::Callout { figures } => {
            for figure in figures {
                text.push_str(&format!(
                    "{indent}{kind} {}: {}{} {}\n",
                    figure.label, figure.qualifier, figure.value, figure.unit
                ));
            }
        }
        _ => text.push_str(&format!("{indent}{kind} {}\n", words(&json))),
    }
}

/// The text of a block in one line.
fn words(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Object(map) => {
            let parts = map.iter().filter(|(key, _)| {
                matches!(
                    key.as_str(),
                    "content"
                        | "text"
                        | "blocks"
                        | "items"
                        | "title"
                        | "head"
                        | "rows"
                        | "name"
                        | "role"
                        | "term"
                        | "engagements"
                        | "levels"
                        | "metrics"
                        | "label"
                )
            });
            let parts: Vec<String> =
                parts.map(|(_, value)| words(value)).filter(|w| !w.is_empty()).collect();
            parts.join("")
        }
        serde_json::Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(" "),
        serde_json::Value::String(text) => text.clone(),
        _ => String::new(),
    }
}

#[test]
fn bad_projects_have_the_findings_of_their_snapshot() {
    insta::glob!("projects/bad/*/report.yaml", |path| {
        let (name, files) = open(path);
        let loaded = check(&files, Tier::Strict);
        assert!(
            loaded.judged.findings.iter().any(|found| found.severity.word() == "error"),
            "{name}"
        );
        let text = to_text(&loaded.judged, &loaded.sources, Colour::Off, &Wording::default());
        insta::with_settings!({ description => name.clone(), omit_expression => true }, {
            insta::assert_snapshot!("findings", text);
        });
    });
}
