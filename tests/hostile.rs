//! No input makes the tool panic: a seeded storm of damage to real files, and texts that are known
//! to be nasty.
#![allow(clippy::expect_used)]

mod common;

use common::{as_of, memory};
use esgreport::command::{Options, load};
use esgreport::diag::Wording;
use esgreport::emit::{Colour, to_json, to_text};
use esgreport::lint::Tier;
use esgreport::source::{Embedded, Files, Memory, Overlay};
use esgreport::view::{self, Purpose, Theme, Words};

/// Numbers that follow from a seed, so that a run can be repeated (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }
}

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

/// Reads, checks, prints and views what can be viewed; nothing here may panic.
fn use_all(files: &Memory) {
    let Ok(loaded) = load(files, Options { tier: Tier::Strict, as_of: as_of() }) else { return };
    let _ = to_text(&loaded.judged, &loaded.sources, Colour::Off, &Wording::default());
    let _ = to_json(&loaded.judged, &loaded.sources).to_string();
    let Some(report) = &loaded.report else { return };
    let overlay = Overlay::new(files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    for &lang in &report.content.head.languages {
        let words = Words::read(&overlay, lang).expect("words");
        let _ = view::build(report, lang, &words, &theme, Purpose::Draft);
    }
}

#[test]
fn damaged_files_are_findings_and_never_a_panic() {
    for project in
        ["tests/projects/ok/harbour-ferries", "tests/projects/ok/pearl-bank", "tests/rules/minimal"]
    {
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
