//! No input makes the tool panic: a seeded storm of damage to real files, and texts that are known
//! to be nasty.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::sync::OnceLock;
use std::thread;

use common::workbook::{Part, archive, packed_archive};
use common::{Dice, as_of, memory};
use esgreport::command::{Options, load};
use esgreport::diag::Wording;
use esgreport::emit::{Colour, to_json, to_text};
use esgreport::lint::Tier;
use esgreport::locale::Lang;
use esgreport::source::{Embedded, Files, Memory};
use esgreport::view::{self, Purpose, Theme, Words};

/// Pieces that have a meaning somewhere.
const PIECES: [&str; 30] = [
    "{{",
    "}}",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "\n",
    "\t",
    "- ",
    "&a",
    "*a",
    "!!x",
    "|",
    ">",
    "\"",
    "'",
    "#",
    "%",
    "@2024",
    "1e9999",
    "99999999999999999999999999999",
    "-",
    "，",
    "：",
    "\u{feff}",
    "\u{0}",
    "\u{e000}",
    "```",
    "[^1]",
];

/// What pages are made with. No project here brings templates of its own, so it is read once.
struct Printing {
    theme: Theme,
    words: Vec<(Lang, Words)>,
}

fn printing() -> &'static Printing {
    static READ: OnceLock<Printing> = OnceLock::new();
    READ.get_or_init(|| Printing {
        theme: Theme::read(&Embedded).expect("tokens"),
        words: Lang::ALL.map(|lang| (lang, Words::read(&Embedded, lang).expect("words"))).into(),
    })
}

/// Reads, checks, prints and views what can be viewed; nothing here may panic.
fn use_all(files: &Memory) {
    let Ok(loaded) = load(files, Options { tier: Tier::Strict, as_of: as_of() }) else { return };
    let _ = to_text(&loaded.judged, &loaded.sources, Colour::Off, &Wording::default());
    let _ = to_json(&loaded.judged, &loaded.sources, &Wording::default()).to_string();
    let Some(report) = &loaded.report else { return };
    let Printing { theme, words } = printing();
    for (lang, words) in words {
        if report.content.head.languages.contains(lang) {
            let _ = view::build(report, *lang, words, theme, Purpose::Draft);
        }
    }
}

#[test]
fn damaged_files_are_findings_and_never_a_panic() {
    thread::scope(|scope| {
        for project in [
            "tests/projects/ok/harbour-ferries",
            "tests/projects/ok/pearl-bank",
            "tests/projects/ok/spreadsheets",
            "tests/rules/minimal",
        ] {
            scope.spawn(move || storm(project));
        }
    });
}

/// Damages files of a project, again and again.
fn storm(project: &str) {
    let whole = memory(project);
    let paths: Vec<String> = whole.list().expect("paths");
    let mut dice = Dice(2024);
    for _ in 0..120 {
        let mut files = whole.clone();
        for _ in 0..=dice.roll(3) {
            let path = &paths[dice.roll(paths.len())];
            let mut bytes = files.read(path).expect("a file");
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
                1 => drop(bytes.drain(at..bytes.len().min(at + 1 + dice.roll(40)))),
                2 => bytes.truncate(at),
                _ => {
                    let piece = PIECES[dice.roll(PIECES.len())].as_bytes();
                    let end = bytes.len().min(at + piece.len());
                    bytes.splice(at..end, piece.iter().copied());
                }
            }
            files.insert(path, bytes);
        }
        use_all(&files);
    }
}

#[test]
fn nasty_texts_are_findings_and_never_a_panic() {
    let deep = "[".repeat(100_000);
    let wide = format!("a: [{}]", "x,".repeat(200_000));
    let quotes = format!("# A\n\n{}x\n", "> ".repeat(50_000));
    let stars = format!("# A\n\n{}x\n", "*_".repeat(20_000));
    let holes = format!("# A\n\n{}\n", "{{ ".repeat(20_000));
    let sums = format!("# A\n\n{{{{ {} }}}}\n", "1+".repeat(1_500));
    let parentheses = format!("# A\n\n{{{{ {} }}}}\n", "(".repeat(2_000));
    let yaml = [
        deep.as_str(),
        &wide,
        "&a [*a]",
        "a: !<x> 1",
        "\u{0}",
        "? ? ?",
        "- - - -",
        "%YAML 9.9\n---\n",
        "{",
        "\t",
    ];
    for text in yaml {
        let mut files = memory("tests/rules/minimal");
        files.insert("metrics/nasty.yaml", text.as_bytes());
        use_all(&files);
        files.insert("report.yaml", text.as_bytes());
        use_all(&files);
    }
    for text in [
        quotes.as_str(),
        &stars,
        &holes,
        &sums,
        &parentheses,
        "[^a][^a]\n\n[^a]: [^a]",
        "|a|\n|-|\n|{{x|y}}|",
        "{{}}",
    ] {
        let mut files = memory("tests/rules/minimal");
        files.insert("narrative/overview.en.md", text.as_bytes());
        use_all(&files);
    }
}

/// The findings of a project whose one table is a workbook of these parts.
fn findings_of_workbook(parts: &[(&str, &[u8])]) -> String {
    findings_of_table("data/book.xlsx", archive(parts))
}

fn findings_of_table(path: &str, bytes: Vec<u8>) -> String {
    let mut files = memory("tests/rules/minimal");
    files.insert(path, bytes);
    let metrics = format!(
        "from:\n  - {{file: {path}}}\nmetrics:\n  energy.gas: {{label: {{en: Gas}}, unit: MWh, values: {{2020: \"1\"}}}}\n"
    );
    files.insert("metrics/table.yaml", metrics.as_bytes());
    let options = Options { tier: Tier::Strict, as_of: as_of() };
    let loaded = load(&files, options).expect("a project that can be read");
    let found = loaded.judged.findings.iter();
    found.map(|found| format!("{} {}\n", found.rule, found.message)).collect()
}

const BOOK: &str =
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" r:id=\"r0\"/></sheets></workbook>";
const RELATIONS: &str =
    "<Relationships><Relationship Id=\"r0\" Target=\"worksheets/a.xml\"/></Relationships>";

fn sheet(xml: &str) -> String {
    findings_of_workbook(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/a.xml", xml.as_bytes()),
    ])
}

#[test]
fn a_small_workbook_that_unpacks_to_a_large_one_is_refused() {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..64 {
        std::io::Write::write_all(&mut encoder, &blank).expect("bytes in memory");
    }
    let bomb = encoder.finish().expect("bytes in memory");
    assert!(bomb.len() < 100_000, "the bomb is small");
    let parts = [
        Part { name: "xl/workbook.xml", method: 0, bytes: BOOK.as_bytes() },
        Part { name: "xl/_rels/workbook.xml.rels", method: 0, bytes: RELATIONS.as_bytes() },
        Part { name: "xl/worksheets/a.xml", method: 8, bytes: &bomb },
    ];
    let found = findings_of_table("data/bomb.xlsx", packed_archive(&parts));
    assert!(found.contains("is larger than 32 MiB once it is unpacked"), "{found}");
}

#[test]
fn nasty_workbooks_are_findings_and_never_a_panic() {
    let cells = |inner: &str| format!("<worksheet><sheetData>{inner}</sheetData></worksheet>");
    let head = "<row r=\"1\"><c t=\"str\"><v>metric</v></c><c><v>2024</v></c></row>";
    let row = |value: &str| {
        cells(&format!("{head}<row><c t=\"str\"><v>energy.gas</v></c><c>{value}</c></row>"))
    };
    assert_eq!(sheet(&row("<v>12</v>")), "");
    for (xml, expected) in [
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>".to_owned(), "it is damaged"),
        ("<worksheet".to_owned(), "it is damaged"),
        (cells(""), "the table is empty"),
        (row("<v>1E400</v>"), "invalid-"),
        (row("<v>1.0E-2</v>"), "uncertain-digits the cell holds 0.01"),
        (row("<v>0.30000000000000004</v>"), "uncertain-digits the cell holds 0.3 "),
        (row("<v>NaN</v>"), "invalid-"),
        (row("<v>99999999999999999999999999999999999999</v>"), ""),
        (cells("<row r=\"4294967295\"><c r=\"ZZZ9\"><v>1</v></c></row>"), "the table is empty"),
        (
            cells("<row r=\"x\"><c r=\"\" t=\"s\" s=\"99\"><v>7</v></c></row>"),
            "names a text that is not there",
        ),
    ] {
        let found = sheet(&xml);
        assert!(found.contains(expected), "{xml}: {found}");
    }
    let deep =
        format!("<worksheet>{}{}</worksheet>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    sheet(&deep);
    let wide = cells(&"<row><c><v>1</v></c></row>".repeat(500_100));
    assert!(sheet(&wide).contains("more than 500000 cells"));
    let far = cells(
        "<row r=\"1\"><c><v>2024</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    sheet(&far);
    assert!(findings_of_workbook(&[("a", b"b")]).contains("no workbook"));
    assert!(findings_of_workbook(&[("xl/workbook.xml", b"\xff\xfe")]).contains("it is damaged"));
}

#[test]
fn damaged_workbooks_and_tables_are_findings_and_never_a_panic() {
    let whole = memory("tests/projects/ok/spreadsheets");
    let mut dice = Dice(7);
    for path in ["data/energy.xlsx", "data/people.csv", "data/waste.csv"] {
        let bytes = whole.read(path).expect("a file");
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(damaged.len());
                match dice.roll(3) {
                    0 => damaged.truncate(at.max(1)),
                    1 => damaged[at] = u8::try_from(dice.roll(256)).expect("a byte"),
                    _ => drop(damaged.drain(at..damaged.len().min(at + 1 + dice.roll(9)))),
                }
                if damaged.is_empty() {
                    damaged.push(0);
                }
            }
            let mut files = whole.clone();
            files.insert(path, damaged);
            use_all(&files);
        }
    }
}

#[test]
fn large_tables_are_read_and_larger_ones_refused() {
    let mut csv = String::from("metric,year,value\n");
    for _ in 0..200_000 {
        csv.push_str("x,2024,1\n");
    }
    let found = findings_of_table("data/large.csv", csv.into_bytes());
    assert!(found.contains("more than 500000 cells"), "{}", found.lines().count());
}
