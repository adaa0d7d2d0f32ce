//! Traditional Chinese converted from simplified, and two languages side by side.
#![allow(clippy::expect_used)]

mod common;

use std::fs;

use common::pdf::{pages, squeezed, structure};
use common::{check, memory, program, repository, scratch, text};
use esgreport::command::{completed, converter};
use esgreport::convert::Vocabulary;
use esgreport::lint::Tier;
use esgreport::locale::Lang;
use esgreport::render::{html_of_both, pdf_of, typst_files_of_both};
use esgreport::report::Report;
use esgreport::source::{Embedded, Files, Memory, Overlay};
use esgreport::view::{self, Both, Purpose, Theme, View, Words};

const REAL: &str = "content/xiaomi-2024";
const SMALL: &str = "tests/projects/ok/two-scripts";

fn view_of(files: &Memory, report: &Report, lang: Lang) -> View {
    let overlay = Overlay::new(files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let words = Words::read(&overlay, lang).expect("words");
    view::build(report, lang, &words, &theme, Purpose::Publication)
}

/// The traditional view, with everything converted that is not written.
fn traditional(files: &Memory) -> View {
    let report = completed(files).expect("a project").expect("a report");
    view_of(files, &report, Lang::ZhHant)
}

/// Narratives in simplified Chinese.
fn narratives(files: &Memory) -> Vec<(String, String)> {
    let paths = files.list().expect("paths").into_iter();
    let own = paths.filter(|path| path.ends_with(".zh-Hans.md"));
    let read = |path: String| {
        let bytes = files.read(&path).expect("a file");
        (path, String::from_utf8(bytes).expect("UTF-8"))
    };
    own.map(read).collect()
}

#[test]
fn translated_files_print_what_conversion_prints() {
    for project in [REAL, SMALL] {
        let folder = scratch(&format!("scripts-translate-{}", project.len()));
        let mut files = memory(project);
        let before = serde_json::to_string(&traditional(&files)).expect("a view");
        let project = repository(project);
        let project = project.to_str().expect("a path");
        let output = program(&folder, &["translate", project, "--to", "zh-Hant", "-o", "reviewed"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let written = text(&output.stdout);
        assert!(written.lines().count() > 0);
        for line in written.lines() {
            let path = line.strip_prefix("reviewed/").expect("a path in the folder");
            files.insert(path, fs::read(folder.join(line)).expect("a file"));
        }
        let after = serde_json::to_string(&traditional(&files)).expect("a view");
        assert!(before == after, "{project}");
    }
}

#[test]
fn translate_leaves_what_is_there() {
    let folder = scratch("scripts-force");
    let files = memory(SMALL);
    for path in files.list().expect("paths") {
        let target = folder.join(&path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, files.read(&path).expect("a file")).expect("a file");
    }
    let own = folder.join("narrative/about.zh-Hant.md");
    let before = fs::read_to_string(&own).expect("a file");
    let first = program(&folder, &["translate", "--to", "zh-Hant"]);
    assert_eq!(text(&first.stdout), "./narrative/climate.zh-Hant.md\n");
    assert_eq!(text(&first.stderr), "1 file written, 1 file left as they are\n");
    assert_eq!(fs::read_to_string(&own).expect("a file"), before);
    let checked = program(&folder, &["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(1), "the suppression of the narrative is unused now");
    assert!(text(&checked.stdout).contains("unused-suppression"));
    let forced = program(&folder, &["translate", "--to", "zh-Hant", "--force"]);
    assert_eq!(text(&forced.stdout).lines().count(), 2);
    assert_ne!(fs::read_to_string(&own).expect("a file"), before);
    let wrong = program(&folder, &["translate", "--to", "en"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn conversion_keeps_figures_ids_and_links() {
    let files = memory(REAL);
    let vocabulary = Vocabulary::read(&Overlay::new(&files, &Embedded)).expect("a vocabulary");
    let converter = converter(&vocabulary).expect("a converter");
    let kept = |text: &str| {
        let mut found: Vec<String> = Vec::new();
        for (start, end) in [("{{", "}}"), ("{#", "}"), ("](", ")"), ("```", "\n"), ("[^", "]")] {
            let pieces = text.split(start).skip(1);
            found
                .extend(pieces.map(|piece| piece.split(end).next().unwrap_or_default().to_owned()));
        }
        // Words that a figure prints in the place of its number are text.
        let plain = |piece: String| piece.chars().filter(char::is_ascii).collect::<String>();
        found.into_iter().map(plain).collect::<Vec<_>>()
    };
    let latin = |text: &str| -> String {
        let plain =
            text.replace("範圍1", "范围一").replace("範圍2", "范围二").replace("範圍3", "范围三");
        plain.chars().filter(char::is_ascii).collect()
    };
    for (path, source) in narratives(&files) {
        let converted = converter.markdown(&source);
        assert_eq!(kept(&source), kept(&converted), "{path}");
        assert_eq!(latin(&source), latin(&converted), "{path}");
        assert_eq!(source.lines().count(), converted.lines().count(), "{path}");
    }
}

#[test]
fn a_project_in_simplified_chinese_prints_in_traditional() {
    let mut files = memory(REAL);
    let report = files.read("report.yaml").expect("a report");
    let report = String::from_utf8(report).expect("UTF-8");
    let wider = report.replace("languages: [zh-Hans, en]", "languages: [zh-Hans, zh-Hant, en]");
    assert_ne!(report, wider);
    files.insert("report.yaml", wider);
    let loaded = check(&files, Tier::Default);
    let rules: Vec<&str> = loaded.judged.findings.iter().map(|found| found.rule).collect();
    assert!(!rules.contains(&"missing-glyph"), "every converted character has a glyph");
    assert!(!rules.contains(&"missing-language") && !rules.contains(&"missing-section"));
    let strict = check(&files, Tier::Strict);
    let notes = strict.judged.findings.iter().filter(|found| found.rule == "converted-text");
    let places: Vec<&str> = notes.map(|found| strict.sources.path(found.primary.span)).collect();
    let mut once = places.clone();
    once.dedup();
    assert_eq!(places, once, "one note for each file");
    assert!(places.len() > narratives(&files).len());
}

fn both(files: &Memory) -> Both {
    let loaded = check(files, Tier::Default);
    let report = loaded.report.as_ref().expect("a report");
    view::both(view_of(files, report, Lang::ZhHans), view_of(files, report, Lang::En))
}

#[test]
fn two_languages_stand_side_by_side_in_pdf_and_page() {
    let files = memory(SMALL);
    let both = both(&files);
    let overlay = Overlay::new(&files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let sources = typst_files_of_both(&both, &theme, b"{}", &overlay).expect("sources");
    let printed = pdf_of(sources.clone(), &both.left, "both").expect("PDF");
    assert_eq!(printed.warnings, Vec::<String>::new());
    let again = pdf_of(sources, &both.left, "both").expect("PDF");
    assert!(printed.bytes == again.bytes, "the same bytes");
    let all = squeezed(&pages(&printed.bytes).join("\n"));
    for words in ["应对气候变化", "Climate change", "1,204.50", "以此文本为准", "Officepaper"]
    {
        assert!(all.contains(&squeezed(words)), "{words}");
    }
    let found = structure(&printed.bytes);
    assert_eq!((found.silent_figures, found.headless_tables, found.foreign_fonts), (0, 0, 0));
    let page = html_of_both(&both, &theme, &overlay).expect("HTML");
    assert!(!page.contains("<script") && page.contains("default-src"));
    assert!(page.contains("<html lang=\"zh-Hans\">"));
    let sides = |lang: &str| page.matches(&format!("class=\"side\" lang=\"{lang}\"")).count();
    assert_eq!(sides("zh-Hans"), sides("en"));
    assert!(!page.contains("class=\"gap\""), "nothing is missing");
}

#[test]
fn what_one_language_lacks_is_a_marked_gap() {
    let mut files = memory(SMALL);
    let path = "narrative/climate.en.md";
    let prose = String::from_utf8(files.read(path).expect("a file")).expect("UTF-8");
    let shorter = prose.replace("The company talks with stakeholders about privacy and information security. Personal data stay in the company.\n\n", "").replace("- Drying uses waste heat.\n", "");
    assert_ne!(prose, shorter);
    files.insert(path, shorter);
    let both = both(&files);
    let pairs = both.parts.iter().flat_map(|part| &part.sections).flat_map(|s| &s.pairs);
    let gaps = pairs.filter(|pair| pair.right.is_none()).count();
    assert_eq!(gaps, 2, "a paragraph and an item of a list");
    let overlay = Overlay::new(&files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let page = html_of_both(&both, &theme, &overlay).expect("HTML");
    assert_eq!(page.matches("class=\"gap\"").count(), 2);
    let sources = typst_files_of_both(&both, &theme, b"{}", &overlay).expect("sources");
    let printed = pdf_of(sources, &both.left, "both").expect("PDF");
    let all = squeezed(&pages(&printed.bytes).join("\n"));
    assert_eq!(all.matches(&squeezed("No counterpart here")).count(), 2);
}

#[test]
fn build_names_what_it_prints() {
    let folder = scratch("scripts-build");
    let project = repository(SMALL);
    let project = project.to_str().expect("a path");
    let output = program(&folder, &["build", project, "--lang", "both"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        folder.join("out/report.both.pdf").exists() && folder.join("out/report.both.html").exists()
    );
    let output = program(&folder, &["build", project, "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = fs::read_to_string(folder.join("out/report.html")).expect("a page");
    let parts = ["", "zh-Hant_", "en_"].map(|side| format!("data-side=\"{side}\""));
    let places: Vec<Option<usize>> = parts.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert!(page.contains("<html lang=\"zh-Hans\"") && page.contains("lang=\"zh-Hant-HK\""));
    assert!(page.contains("溫室氣體排放量（範圍1）") && page.contains("辦公室用紙"));
    let english = repository("tests/projects/ok/smallest");
    let output = program(&english, &["build", "--lang", "both", "-o", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
}
