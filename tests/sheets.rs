//! Figures out to workbooks and tables, and back again.
//!
//! Cases stand in `tests/import/<name>.md`: files that are laid over `tests/rules/minimal`, a table
//! `figures.…`, the difference that `import --dry-run` must show, and what it must say. Then the
//! import is done, and done again, which must change nothing.
#![allow(clippy::expect_used)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::workbook::{Part, archive, packed_archive, workbook};
use common::{check, program, repository, scratch, text};
use esgreport::command::import::kinds_of_absence;
use esgreport::diag::Sink;
use esgreport::import::{Project, plan, tables_of};
use esgreport::lint::Tier;
use esgreport::source::{Disk, Embedded};

/// Paths and bytes of the files of a folder, and of the folders in it.
fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_of(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).expect("a file"));
        }
    }
    found
}

/// A copy of a project of the repository, in a folder of its own.
fn copy(project: &str, name: &str) -> PathBuf {
    let (from, to) = (repository(project), scratch(name));
    for (path, bytes) in files_of(&from) {
        let target = to.join(path.strip_prefix(&from).expect("a path inside"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, bytes).expect("a copy");
    }
    to
}

/// The fences of a page: what stands behind the opening, and what is inside.
fn fences(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.split_inclusive('\n') {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(title)) => open = Some((title.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, inside)), None) => inside.push_str(line),
            (None, None) => {}
        }
    }
    found
}

/// The lines of messages, without the excerpts between them.
fn said(stderr: &str) -> String {
    let excerpt = |line: &&str| {
        let line = line.trim_start();
        line.is_empty()
            || line.starts_with(|c: char| c.is_ascii_digit() && line.contains(" |"))
            || ["|", "-->", "=", "...", ":::", "╭", "⸬"].iter().any(|sign| line.starts_with(sign))
    };
    stderr.lines().filter(|line| !excerpt(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn tables_change_what_they_say_and_nothing_else() {
    insta::glob!("import/*.md", |path| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let folder = copy("tests/rules/minimal", &format!("import-{name}"));
        let (mut table, mut arguments) = (String::new(), Vec::new());
        let (mut difference, mut messages) = (String::new(), String::new());
        for (title, inside) in fences(&fs::read_to_string(path).expect("a case")) {
            let (kind, file) = title.split_once(' ').unwrap_or((&title, ""));
            match (kind, file) {
                ("diff", _) => difference = inside,
                ("text", "messages") => messages = inside,
                ("text", "arguments") => {
                    arguments = inside.split_whitespace().map(str::to_owned).collect();
                }
                (_, file) => {
                    let target = folder.join(file);
                    fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
                    let bytes = if kind == "workbook" { workbook(&inside) } else { inside.into() };
                    fs::write(target, bytes).expect("a file");
                    if file.starts_with("figures.") {
                        table = file.to_owned();
                    }
                }
            }
        }
        let before = files_of(&folder);
        let run = |more: &[&str]| {
            let mut all = vec!["import", table.as_str()];
            all.extend(arguments.iter().map(String::as_str));
            all.extend(more);
            program(&folder, &all)
        };
        let dry = run(&["--dry-run"]);
        assert_eq!(text(&dry.stdout), difference, "{name}");
        assert_eq!(said(&text(&dry.stderr)), messages, "{name}");
        assert_eq!(files_of(&folder), before, "{name}: a dry run writes nothing");
        let done = run(&[]);
        assert_eq!(done.status.code(), dry.status.code(), "{name}");
        if done.status.code() == Some(0) {
            assert_ne!(files_of(&folder), before, "{name}");
            let again = run(&["--dry-run"]);
            assert_eq!(text(&again.stdout), "", "{name}: all was taken over");
            assert_eq!(again.status.code(), Some(0), "{name}: {}", text(&again.stderr));
        } else {
            assert_eq!(files_of(&folder), before, "{name}: with an error nothing is written");
        }
    });
}

/// Projects whose figures go out and come back.
const PROJECTS: [&str; 6] = [
    "content/xiaomi-2024",
    "tests/projects/ok/pearl-bank",
    "tests/projects/ok/harbour-ferries",
    "tests/projects/ok/own-framework",
    "tests/projects/ok/spreadsheets",
    "tests/projects/ok/two-scripts",
];

/// Writes workbooks of a project and gives their paths.
fn collect(folder: &Path, more: &[&str]) -> Vec<PathBuf> {
    let mut arguments = vec!["facts", "--collect", "topic", "-o", "collected"];
    arguments.extend(more);
    let output = program(folder, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout).lines().map(|line| folder.join(line)).collect()
}

#[test]
fn what_goes_out_comes_back_without_a_change() {
    let mut compared = 0;
    let kinds = kinds_of_absence(&Embedded).expect("words");
    for (number, project) in PROJECTS.iter().enumerate() {
        let folder = copy(project, &format!("sheets-back-{number}"));
        let before = files_of(&folder);
        let mut books = collect(&folder, &[]);
        let csv = program(&folder, &["facts", "--format", "csv", "-o", "collected/all.csv"]);
        assert_eq!(csv.status.code(), Some(0), "{}", text(&csv.stderr));
        books.push(folder.join("collected/all.csv"));
        let disk = Disk::open(&folder).expect("a folder");
        let mut loaded = check(&disk, Tier::Always);
        let report = loaded.report.take().expect("a report");
        for book in &books {
            let (mut sink, bytes) = (Sink::default(), fs::read(book).expect("a file"));
            let name = book.display().to_string();
            let tables = tables_of(&name, bytes, &mut loaded.sources, &mut sink);
            let (sources, year) = (&loaded.sources, None);
            let all = Project { report: &report, sources, kinds: &kinds, year };
            let plan = plan(&tables, &all, &mut sink);
            assert_eq!(sink.finish(), Vec::new(), "{project} {name}");
            assert_eq!(plan.changes, Vec::new(), "{project} {name}");
            compared += plan.kept;
        }
        let last = books.first().expect("a workbook").to_str().expect("a path");
        let output = program(&folder, &["import", last]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let mut after = files_of(&folder);
        after.retain(|path, _| !path.starts_with(folder.join("collected")));
        assert_eq!(after, before, "{project}");
    }
    assert!(compared > 1500, "{compared}");
}

#[test]
fn workbooks_have_the_same_bytes_and_hold_what_people_need() {
    let (one, two) = (
        copy("tests/projects/ok/pearl-bank", "sheets-one"),
        copy("tests/projects/ok/pearl-bank", "sheets-two"),
    );
    let (first, second) =
        (collect(&one, &["--lang", "zh,en"]), collect(&two, &["--lang", "zh,en"]));
    assert_eq!(first.len(), 2);
    for (a, b) in first.iter().zip(&second) {
        assert!(fs::read(a).expect("a file") == fs::read(b).expect("a file"), "{}", a.display());
    }
    let parts = unpacked(first.first().expect("a workbook"));
    let sheet = parts.get("xl/worksheets/sheet1.xml").expect("the sheet of figures");
    for piece in [
        "<sheetProtection sheet=\"1\"",
        "<row r=\"1\" hidden=\"1\">",
        "hidden=\"1\" customWidth=\"1\"",
        "type=\"decimal\"",
        "type=\"list\"",
        "<f>IF(COUNT(",
    ] {
        assert!(sheet.contains(piece), "{piece}");
    }
    assert!(parts.get("xl/workbook.xml").expect("the book").contains("state=\"hidden\""));
    let styles = parts.get("xl/styles.xml").expect("styles");
    assert!(styles.contains("<protection locked=\"0\"/>"));
}

/// The parts of a workbook that the program wrote, which are stored as they are.
fn unpacked(path: &Path) -> BTreeMap<String, String> {
    let bytes = fs::read(path).expect("a workbook");
    let files = esgreport::source::zip::unpack(&bytes).expect("an archive").files;
    let pairs = files.into_iter().map(|(name, bytes)| (name, text(&bytes)));
    pairs.collect()
}

/// The cell of a sheet as XML, by its name.
fn cell<'s>(sheet: &'s str, name: &str) -> &'s str {
    let start = sheet.find(&format!("<c r=\"{name}\"")).expect("a cell");
    let rest = &sheet[start..];
    let whole = rest.find('>').expect("an end");
    let end = if rest[..whole].ends_with('/') {
        whole + 1
    } else {
        rest.find("</c>").expect("an end") + 4
    };
    &rest[..end]
}

/// Changes cells of a workbook: their names, with what stands between `<c …>` and `</c>`.
fn edit(path: &Path, cells: &[(&str, &str)]) {
    let mut parts = unpacked(path);
    let sheet = parts.get_mut("xl/worksheets/sheet1.xml").expect("the sheet of figures");
    for (name, inside) in cells {
        let old = cell(sheet, name).to_owned();
        let style = old.split("s=\"").nth(1).and_then(|rest| rest.split('"').next());
        let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let kind = if inside.starts_with("<is>") { " t=\"inlineStr\"" } else { "" };
        let new = format!("<c r=\"{name}\"{style}{kind}>{inside}</c>");
        *sheet = sheet.replacen(&old, &new, 1);
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    fs::write(path, archive(&parts)).expect("a workbook");
}

/// A project with one metric of each kind, and its workbook.
fn small(name: &str) -> (PathBuf, PathBuf) {
    let folder = copy("tests/rules/minimal", name);
    let metrics = "metrics:\n  \
        energy.gas: {label: {en: Gas}, unit: MWh, values: {2024: \"12.5\", 2023: \"11.0\"}}\n  \
        energy.oil: {label: {en: Oil}, unit: MWh, values: {2024: \"over 80\", 2023: \"75\"}}\n  \
        energy.all: {label: {en: All}, unit: MWh, values: {2024: \"93\"}, parts: [energy.gas, energy.oil]}\n  \
        energy.twice: {label: {en: Twice}, unit: MWh, formula: 2 * energy.gas}\n";
    fs::write(folder.join("metrics/energy.yaml"), metrics).expect("a file");
    let books = collect(&folder, &["--topic", "energy"]);
    (folder, books.first().expect("a workbook").clone())
}

/// Columns of a workbook with one language: the label is G, and the figure K.
#[test]
fn only_what_was_typed_is_changed() {
    let (folder, book) = small("sheets-typed");
    let before = fs::read_to_string(folder.join("metrics/energy.yaml")).expect("a file");
    edit(&book, &[("K3", "<v>12.7</v>"), ("K4", "<v>85</v>"), ("P4", "<is><t>new tank</t></is>")]);
    let output = program(&folder, &["import", book.to_str().expect("a path")]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("note on energy.oil@2024"), "{said}");
    assert!(said.contains("changed 2 figures and added 0 in 1 files; 2 stay"), "{said}");
    let after = fs::read_to_string(folder.join("metrics/energy.yaml")).expect("a file");
    assert_eq!(after, before.replace("12.5", "12.7").replace("over 80", "over 85"));
}

#[test]
fn a_figure_that_was_changed_meanwhile_is_not_overwritten() {
    let (folder, book) = small("sheets-meanwhile");
    let path = folder.join("metrics/energy.yaml");
    let before = fs::read_to_string(&path).expect("a file");
    fs::write(&path, before.replace("12.5", "12.6").replace("over 80", "over 81")).expect("a file");
    let untouched = program(&folder, &["import", book.to_str().expect("a path"), "--dry-run"]);
    assert_eq!(untouched.status.code(), Some(0), "{}", text(&untouched.stderr));
    assert_eq!(text(&untouched.stdout), "", "an untouched cell brings back no old figure");
    edit(&book, &[("K3", "<v>12.7</v>")]);
    let output = program(&folder, &["import", book.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("`energy.gas@2024` was changed in the project since"), "{said}");
    assert!(said.contains("collected/energy.xlsx:Figures!K3"), "{said}");
    assert!(fs::read_to_string(&path).expect("a file").contains("12.6"));
}

#[test]
fn cells_that_say_what_a_row_is_about_are_not_to_be_changed() {
    for (name, cells, expected) in [
        ("label", ("G3", "<is><t>Oil</t></is>"), "a cell of the row of `energy.gas` was changed"),
        ("prior", ("J3", "<v>99</v>"), "a cell of the row of `energy.gas` was changed"),
        (
            "id",
            ("A3", "<is><t>energy.oil</t></is>"),
            "a cell of the row of `energy.oil` was changed",
        ),
        ("unknown", ("A3", "<is><t>energy.gaz</t></is>"), "did you mean `energy.gas`?"),
        (
            "unit",
            ("D3", "<is><t>kWh</t></is>"),
            "the row is in `kWh`, and `energy.gas` is in `MWh`",
        ),
        ("derived", ("K6", "<v>7</v>"), "`energy.twice@2024` follows from its formula"),
        ("emptied", ("K3", ""), "`energy.gas@2024` has a value in the project"),
    ] {
        let (folder, book) = small(&format!("sheets-changed-{name}"));
        let before = files_of(&folder.join("metrics"));
        edit(&book, &[cells]);
        let output = program(&folder, &["import", book.to_str().expect("a path")]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
        assert_eq!(files_of(&folder.join("metrics")), before, "{name}");
    }
}

#[test]
fn a_new_year_is_collected_before_anything_is_known() {
    let (folder, _) = small("sheets-new-year");
    let books = collect(&folder, &["--topic", "energy", "--year", "2025"]);
    let book = books.first().expect("a workbook");
    let sheet = unpacked(book).remove("xl/worksheets/sheet1.xml").expect("the sheet");
    // The total follows from its parts as it did in the year before.
    assert!(sheet.contains("<f>IF(COUNT(K3,K4)=2,SUM(K3,K4),&quot;&quot;)</f>"), "{sheet}");
    edit(
        book,
        &[
            ("K3", "<v>13</v>"),
            ("M4", "<is><t>not available</t></is>"),
            ("N4", "<is><t>not-metered</t></is>"),
        ],
    );
    let output = program(&folder, &["import", book.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let after = fs::read_to_string(folder.join("metrics/energy.yaml")).expect("a file");
    assert!(after.contains("values: {2025: \"13.0\", 2024: \"12.5\", 2023: \"11.0\"}"), "{after}");
    let missing = "values: {2025: {not-available: not-metered}, 2024: \"over 80\"";
    assert!(after.contains(missing), "{after}");
}

#[test]
fn marks_and_line_ends_of_a_file_stay() {
    let (folder, _) = small("sheets-crlf");
    let path = folder.join("metrics/energy.yaml");
    let text_before = fs::read_to_string(&path).expect("a file");
    let dos = format!("\u{feff}{}", text_before.replace('\n', "\r\n"));
    fs::write(&path, &dos).expect("a file");
    fs::write(folder.join("f.csv"), "id,year,value\nenergy.gas,2024,12.7\n").expect("a file");
    let output = program(&folder, &["import", "f.csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&path).expect("a file"), dos.replace("12.5", "12.7"));
}

#[test]
fn hostile_files_are_findings_and_change_nothing() {
    let (folder, _) = small("sheets-hostile");
    let before = files_of(&folder.join("metrics"));
    let book =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" r:id=\"r0\"/></sheets></workbook>";
    let relations =
        "<Relationships><Relationship Id=\"r0\" Target=\"worksheets/a.xml\"/></Relationships>";
    let with = |sheet: &[u8], method: u16| {
        packed_archive(&[
            Part { name: "xl/workbook.xml", method: 0, bytes: book.as_bytes() },
            Part { name: "xl/_rels/workbook.xml.rels", method: 0, bytes: relations.as_bytes() },
            Part { name: "xl/worksheets/a.xml", method, bytes: sheet },
        ])
    };
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..40 {
        std::io::Write::write_all(&mut encoder, &vec![b' '; 1 << 20]).expect("bytes in memory");
    }
    let bomb = encoder.finish().expect("bytes in memory");
    let rows = "<row><c><v>1</v></c></row>".repeat(500_100);
    let wide = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    for (name, bytes, expected) in [
        ("bomb.xlsx", with(&bomb, 8), "larger than 32 MiB once it is unpacked"),
        ("wide.xlsx", with(wide.as_bytes(), 0), "more than 500000 cells"),
        ("broken.xlsx", with(b"<worksheet><sheetData><row>", 0), "it is damaged"),
        (
            "entity.xlsx",
            with(b"<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>", 0),
            "it is damaged",
        ),
        ("old.xlsx", vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0], "old `.xls` form"),
        ("no.xlsx", b"hello".to_vec(), "no workbook"),
        ("empty.csv", Vec::new(), "names the columns `id` and `value`"),
        ("other.csv", b"a,b\n1,2\n".to_vec(), "names the columns `id` and `value`"),
        ("quote.csv", b"id,value\n\"a,1\n".to_vec(), "never closed"),
        ("gbk.csv", vec![b'i', b'd', b',', 0xB5, 0xA5, 0xCE, 0xBB], "expected UTF-8, found GBK"),
    ] {
        fs::write(folder.join(name), bytes).expect("a file");
        let output = program(&folder, &["import", name]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
        assert_eq!(text(&output.stdout), "", "{name}");
    }
    assert_eq!(files_of(&folder.join("metrics")), before);
    let none = program(&folder, &["import", "nowhere.xlsx"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn findings_of_an_import_are_said_in_chinese() {
    let (folder, book) = small("sheets-chinese");
    edit(
        &book,
        &[
            ("G3", "<is><t>Oil</t></is>"),
            ("K4", "<is><t>many</t></is>"),
            ("P4", "<is><t>x</t></is>"),
        ],
    );
    let output = program(&folder, &["import", book.to_str().expect("a path"), "--ui", "zh"]);
    let said = text(&output.stderr);
    for piece in ["不应改动的单元格", "此处应为数字", "的说明（", "没有写入任何文件：2 个错误"]
    {
        assert!(said.contains(piece), "{piece}: {said}");
    }
}

#[test]
fn workbooks_have_the_same_words_in_every_language() {
    use esgreport::locale::Lang;
    use esgreport::view::Words;
    let keys = |lang| -> Vec<String> {
        let words = Words::of_workbooks(&Embedded, lang).expect("words");
        words.all().keys().cloned().collect()
    };
    let english = keys(Lang::En);
    assert!(english.len() > 30);
    assert_eq!(english, keys(Lang::ZhHans));
    assert_eq!(english, keys(Lang::ZhHant));
}

#[test]
fn figures_are_found_by_what_they_are() {
    let folder = repository("tests/projects/ok/harbour-ferries");
    let found = |arguments: &[&str]| {
        let mut all = vec!["facts", "--format", "csv"];
        all.extend(arguments);
        let output = program(&folder, &all);
        let lines: Vec<String> = text(&output.stdout).lines().skip(1).map(str::to_owned).collect();
        (output.status.code(), lines)
    };
    let (_, all) = found(&[]);
    let (code, years) = found(&["--year", "2023"]);
    assert_eq!(code, Some(0));
    assert!(!years.is_empty() && years.len() < all.len());
    assert!(years.iter().all(|line| line.contains("@2023")), "{years:?}");
    let first = all.first().and_then(|line| line.split(['@', '[', ',']).next()).expect("an id");
    let (_, one) = found(&[first]);
    assert!(one.iter().all(|line| line.starts_with(first)), "{one:?}");
    let (_, pattern) = found(&[&format!("*{}@2023", &first[1..])]);
    assert!(
        !pattern.is_empty() && pattern.iter().all(|line| line.contains("@2023")),
        "{pattern:?}"
    );
    let (_, topic) = found(&["--topic", "people"]);
    let (_, other) = found(&["--topic", "energy"]);
    assert!(!topic.is_empty() && !other.is_empty() && topic.len() + other.len() < all.len());
    let (_, members) = found(&["--member", "gender"]);
    assert!(!members.is_empty() && members.iter().all(|line| line.contains("gender=")));
    let (code, none) = found(&["no.such.metric"]);
    assert_eq!((code, none.len()), (Some(1), 0));
}

#[test]
fn facts_as_xbrl_fit_their_taxonomy() {
    let folder = copy("tests/projects/ok/pearl-bank", "sheets-xbrl");
    let json = program(&folder, &["facts", "--format", "xbrl-json"]);
    assert_eq!(json.status.code(), Some(0), "{}", text(&json.stderr));
    let written = program(&folder, &["facts", "--format", "xbrl-taxonomy", "-o", "taxonomy"]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let again = program(&folder, &["facts", "--format", "xbrl-json"]);
    assert!(json.stdout == again.stdout, "the same bytes");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let name = report["documentInfo"]["taxonomy"][0].as_str().expect("a name");
    let schema = fs::read_to_string(folder.join("taxonomy").join(name)).expect("the schema");
    let document = roxmltree::Document::parse(&schema).expect("XML");
    let declared: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2001/XMLSchema", "element")))
        .filter_map(|node| node.attribute("name"))
        .collect();
    let facts = report["facts"].as_object().expect("facts");
    let mut compared = 0;
    for (id, fact) in facts {
        for (key, value) in fact["dimensions"].as_object().expect("dimensions") {
            for name in [key.as_str(), value.as_str().unwrap_or_default()] {
                if let Some(name) = name.strip_prefix("esg:") {
                    assert!(declared.contains(&name), "{id}: {name}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 50, "{compared}");
    for lang in ["en", "zh-Hans", "zh-Hant"] {
        let labels = folder.join(format!("taxonomy/label-{lang}.xml"));
        let labels = fs::read_to_string(labels).expect("labels");
        roxmltree::Document::parse(&labels).expect("XML");
        assert!(labels.matches("<link:label ").count() > 20, "{lang}");
    }
}
