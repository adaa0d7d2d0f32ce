//! New projects: they build at once, and what is left to be done is told, all of it.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{lines, program, repository, scratch, text};
use esgreport::command::{Loaded, Options, load};
use esgreport::diag::Wording;
use esgreport::framework::{Asked, Level};
use esgreport::lint::Tier;
use esgreport::locale::Date;
use esgreport::scaffold::{Texts, Written, carry};
use esgreport::source::{Disk, Embedded, Memory};

/// What a project that was just written may have to say: nothing but what is left to be done.
const OPEN: [&str; 7] = [
    "claim-not-earned",
    "draft-report",
    "framework-without-index",
    "pending-figure",
    "unanswered-disclosure",
    "unanswered-topic",
    "unreviewed-content",
];

fn checked(files: &Memory) -> Loaded {
    let as_of = Date { year: 2026, month: 1, day: 31 };
    load(files, Options { tier: Tier::Default, as_of }).expect("a project")
}

fn in_folder(name: &str, arguments: &[&str]) -> (Loaded, std::path::PathBuf) {
    let folder = scratch(name);
    let ran = program(&folder, &[&["init"], arguments].concat());
    assert!(ran.status.success(), "{arguments:?}: {}", text(&ran.stderr));
    let files = Memory::copy(&Disk::open(&folder).expect("a folder")).expect("files");
    (checked(&files), folder)
}

/// The disclosures that bind a report and are indexed, by edition and code.
fn binding(loaded: &Loaded) -> BTreeSet<String> {
    let report = loaded.report.as_ref().expect("a report");
    let mut found = BTreeSet::new();
    for verdict in report.claimed_verdicts() {
        for judgement in &verdict.items {
            let level = judgement.ruling.level;
            let binds = matches!(level, Some(Level::Mandatory | Level::ComplyOrExplain));
            if binds && judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes {
                found.insert(format!("{} {}", verdict.catalog.name, judgement.item.code.value));
            }
        }
    }
    found
}

#[test]
fn every_issuer_gets_a_project_whose_findings_are_its_work() {
    let cases: [(&str, &[&str], usize); 8] = [
        ("init-default", &[], 40),
        ("init-largecap", &["--year", "2026", "--index-tier", "largecap", "--code", "0001"], 60),
        ("init-gem", &["--year", "2024", "--board", "gem", "--comparatives", "0"], 30),
        ("init-june", &["--start", "2024-07-01", "--languages", "en", "--currency", "HKD"], 30),
        ("init-hant", &["--languages", "zh-Hant,en", "--name", "zh-Hant=示例"], 40),
        ("init-gri", &["--framework", "gri=in-accordance", "--board", "none"], 20),
        ("init-many", &["--framework", "hkex,gri,ifrs-s2", "--year", "2025"], 60),
        ("init-none", &["--board", "none", "--name", "A \"quoted\": {name} # & *co*"], 0),
    ];
    for (name, arguments, least) in cases {
        let (loaded, _) = in_folder(name, arguments);
        let odd: Vec<String> = lines(&loaded)
            .into_iter()
            .filter(|line| !OPEN.iter().any(|rule| line.contains(&format!("[{rule}]"))))
            .collect();
        assert!(odd.is_empty(), "{name}:\n{}", odd.join("\n"));
        let told = loaded.judged.findings.iter().filter(|f| f.rule == "unanswered-disclosure");
        let told: BTreeSet<String> = told.filter_map(|found| found.subject.clone()).collect();
        let asked = binding(&loaded);
        assert_eq!(told, asked, "{name}: what binds is told, and nothing else");
        assert!(asked.len() >= least, "{name}: {} disclosures", asked.len());
    }
}

#[test]
fn a_new_project_builds_and_is_marked() {
    let (_, folder) = in_folder("init-build", &["--name", "示例公司", "--year", "2025"]);
    let checked = program(&folder, &["check"]);
    assert_eq!(checked.status.code(), Some(1), "a project without answers is not fine");
    let built = program(&folder, &["build", "--format", "pdf,html"]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    assert!(text(&built.stderr).contains("status: draft"), "{}", text(&built.stderr));
    for file in ["report.zh-Hans.pdf", "report.en.pdf"] {
        assert!(folder.join("out").join(file).exists(), "{file}");
    }
    let html = fs::read_to_string(folder.join("out/report.html")).expect("the page");
    assert!(html.contains("Draft"), "every page says that it is a draft");
    for refused in [&["bundle", "-o", "b.zip"][..], &["seal", "--by", "A"]] {
        let ran = program(&folder, refused);
        assert_ne!(ran.status.code(), Some(0), "{refused:?}");
    }
    // Without the line, errors stop the build as ever.
    let report = fs::read_to_string(folder.join("report.yaml")).expect("the file");
    let finished: Vec<&str> = report.lines().filter(|line| !line.starts_with("status:")).collect();
    fs::write(folder.join("report.yaml"), finished.join("\n")).expect("written");
    assert_eq!(program(&folder, &["build"]).status.code(), Some(1));
}

#[test]
fn nothing_is_overwritten() {
    let folder = scratch("init-twice");
    fs::write(folder.join("reasons.yaml"), "mine\n").expect("written");
    let ran = program(&folder, &["init"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("reasons.yaml"), "{}", text(&ran.stderr));
    let left: Vec<_> = fs::read_dir(&folder).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "nothing else was written");
    assert_eq!(fs::read_to_string(folder.join("reasons.yaml")).expect("the file"), "mine\n");
}

#[test]
fn wrong_arguments_are_told() {
    let folder = scratch("init-wrong");
    let cases: [(&[&str], &str); 7] = [
        (&["--framework", "grx"], "gri/2021"),
        (&["--framework", "gri=complies"], "with-reference"),
        (&["--languages", "fr"], "zh-Hans"),
        (&["--board", "nyse"], "nyse"),
        (&["--year", "2025", "--index-tier", "small"], "largecap"),
        (&["--code", "00 01"], "00 01"),
        (&["--from", "nowhere"], "nowhere"),
    ];
    for (arguments, told) in cases {
        let ran = program(&folder, &[&["init", "new"], arguments].concat());
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        assert!(text(&ran.stderr).contains(told), "{arguments:?}: {}", text(&ran.stderr));
    }
    assert!(!folder.join("new").exists());
}

fn carried(folder: &str) -> (Memory, Written) {
    let source = Disk::open(&repository(folder)).expect("last year's project");
    let texts = Texts::read(&Embedded, &Wording::default());
    let written = carry(&source, None, &texts).expect("a project");
    let mut files = Memory::default();
    written.iter().for_each(|(path, bytes)| files.insert(path, bytes.clone()));
    (files, written)
}

#[test]
fn last_years_project_moves_on_a_year() {
    let (files, written) = carried("content/xiaomi-2024");
    let loaded = checked(&files);
    let report = loaded.report.as_ref().expect("a report");
    let before = common::memory("content/xiaomi-2024");
    let old = checked(&before);
    let old = old.report.as_ref().expect("last year's report");
    assert_eq!(report.content.head.years, [2025, 2024, 2023]);
    assert_eq!(report.content.head.period.start.value.to_string(), "2025-01-01");
    assert_eq!(report.content.head.period.end.value.to_string(), "2025-12-31");
    assert!(report.content.head.draft.is_some());
    assert!(report.content.head.period.published.is_none());
    assert_eq!(report.content.metrics.len(), old.content.metrics.len());
    for metric in &old.content.metrics {
        let now = report.metric(&metric.id.value).expect("the metric is still there");
        for (year, datum) in &metric.values {
            let kept = now.values.get(year).and_then(|datum| datum.figure());
            assert_eq!(kept, datum.figure(), "{} of {year}", metric.id.value);
        }
        let next = now.values.get(&2025);
        assert!(next.is_none_or(|datum| datum.figure().is_none()), "{}", metric.id.value);
        assert!(next.is_some() || metric.formula.is_some(), "{}", metric.id.value);
    }
    assert!(report.prior.is_some(), "figures are compared with those that were published");
    let count = |rule| loaded.judged.findings.iter().filter(|found| found.rule == rule).count();
    let answers: usize = old.content.disclosures.iter().map(|file| file.answers.len()).sum();
    let prose = written.keys().filter(|path| path.starts_with("narrative/")).count();
    assert!(count("unreviewed-content") >= answers + prose, "{}", count("unreviewed-content"));
    assert_eq!(count("silent-restatement"), 0, "nothing was restated");
    assert_eq!(count("misquoted-restatement"), 0);
    assert_eq!(count("unread-file"), 0);
    assert_eq!(count("unreadable-file"), 0);
    let broken = lines(&loaded).into_iter().filter(|line| line.contains("[invalid-")).count();
    assert_eq!(broken, 0, "{}", lines(&loaded).join("\n"));
}

#[test]
fn what_is_not_about_the_year_is_carried_over_byte_by_byte() {
    let (_, written) = carried("content/xiaomi-2024");
    let before = common::memory("content/xiaomi-2024");
    for path in ["dimensions.yaml", "narrative/climate.zh-Hans.md", "disclosures/hkex.yaml"] {
        let old = esgreport::source::Files::read(&before, path).expect("the file");
        assert_eq!(written.get(path), Some(&old), "{path}");
        assert_eq!(written.get(&format!("prior/2024/{path}")), Some(&old), "{path}");
    }
    // Lines of metrics change in nothing but the new year.
    let old = esgreport::source::Files::read(&before, "metrics/energy.yaml").expect("the file");
    let old = String::from_utf8(old).expect("UTF-8");
    let new = String::from_utf8(written["metrics/energy.yaml"].clone()).expect("UTF-8");
    let without = new.replace("2025: {pending: 2026-03-31, reason: to-be-collected}, ", "");
    assert_eq!(without, old);
}

#[test]
fn every_project_of_the_tests_can_be_carried_over() {
    for folder in fs::read_dir(repository("tests/projects/ok")).expect("projects").flatten() {
        let name = format!("tests/projects/ok/{}", folder.file_name().to_string_lossy());
        let (files, _) = carried(&name);
        let loaded = checked(&files);
        assert!(loaded.report.is_some(), "{name}: {}", lines(&loaded).join("\n"));
    }
}
