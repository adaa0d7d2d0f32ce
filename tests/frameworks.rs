//! Frameworks as data: every edition reads, its codes are kept, its links have ends, and its levels
//! follow the truth tables in `tests/applicability`.
#![allow(clippy::expect_used)]

mod common;

use std::fs;
use std::sync::Arc;

use common::{check, lines, memory, repository};
use esgreport::diag::Sink;
use esgreport::framework::{Asked, Catalog, Level, Library, Profile};
use esgreport::lint::Tier;
use esgreport::locale::Date;
use esgreport::source::{Embedded, Files, Memory, Sources};
use esgreport::syntax::yaml::{Node, parse};

fn catalog(edition: &str) -> Arc<Catalog> {
    let mut sink = Sink::default();
    let catalog = Library::new(&Embedded).catalog(edition, &mut Sources::default(), &mut sink);
    assert_eq!(sink.finish().len(), 0, "{edition}");
    catalog.expect("an edition that can be read")
}

#[test]
fn the_codes_of_every_edition_are_kept() {
    let mut text = String::new();
    for edition in Library::new(&Embedded).editions() {
        let catalog = catalog(&edition);
        let codes: Vec<&str> = catalog.codes().collect();
        text.push_str(&format!("{edition} ({}): {}\n", codes.len(), codes.join(" | ")));
    }
    insta::assert_snapshot!("codes", text);
}

#[test]
fn every_parent_successor_and_link_has_an_end() {
    let library = Library::new(&Embedded);
    let mut faults = Vec::new();
    for edition in library.editions() {
        let catalog = catalog(&edition);
        for item in &catalog.items {
            let named = item.parent.iter().chain(&item.replaced_by);
            for code in named.filter(|code| catalog.item(code).is_none()) {
                faults.push(format!("{edition} {}: no {code}", item.code.value));
            }
        }
        let mut sink = Sink::default();
        for walk in library.crosswalks(&edition, &mut Sources::default(), &mut sink) {
            let other = self::catalog(if walk.from == edition { &walk.to } else { &walk.from });
            let (from, to) =
                if walk.from == edition { (&catalog, &other) } else { (&other, &catalog) };
            for link in &walk.links {
                if from.item(&link.from.value).is_none() || to.item(&link.to.value).is_none() {
                    faults.push(format!(
                        "{}--{}: {} → {}",
                        walk.from, walk.to, link.from.value, link.to.value
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn levels_follow_the_truth_tables() {
    let mut faults = Vec::new();
    let (mut tables, mut levels) = (Vec::new(), 0);
    for entry in fs::read_dir(repository("tests/applicability")).expect("a folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a table");
        let id = Sources::default().add("table.yaml", &text);
        let tree = parse(id, &text, 0, &mut Sink::default()).expect("a tree");
        let edition = tree.get("edition").and_then(Node::text).expect("an edition").to_owned();
        let catalog = catalog(&edition);
        for (at, case) in tree.get("cases").expect("cases").items().iter().enumerate() {
            levels += judge(&catalog, case, &format!("{edition} case {}", at + 1), &mut faults);
        }
        tables.push(edition);
    }
    tables.sort();
    assert_eq!(tables, Library::new(&Embedded).editions(), "every edition has a table");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(levels > 300, "{levels} levels");
}

/// Compares a case with the catalog and counts the levels it names.
fn judge(catalog: &Catalog, case: &Node, name: &str, faults: &mut Vec<String>) -> usize {
    let profile = case.get("profile").expect("a profile");
    let text = |key: &str| profile.get(key).and_then(Node::text);
    let list = |key: &str| -> Vec<String> {
        let items = profile.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
    };
    let (selected, conditions) = (list("selected"), list("conditions"));
    let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let known = Profile {
        board: text("board"),
        index_tier: text("index-tier"),
        year_start: text("year-start").and_then(Date::parse),
        published: text("published").and_then(Date::parse),
        claim: text("claim"),
        selected: &selected,
        conditions: &conditions,
    };
    let binds = case.get("binds").and_then(Node::text);
    if binds.is_some_and(|binds| catalog.binds(&known) != (binds == "true")) {
        faults.push(format!("{name}: binds is {}", catalog.binds(&known)));
    }
    let levels = case.get("levels").map(Node::entries).unwrap_or_default();
    for entry in levels {
        let Some(item) = catalog.item(&entry.key.value) else {
            faults.push(format!("{name}: no item {}", entry.key.value));
            continue;
        };
        let ruling = catalog.rule(item, &known);
        let asked = matches!(ruling.asked, Asked::Yes | Asked::Conditional(_));
        let found = ruling.level.filter(|_| asked).map(|level| level.word());
        if found != entry.value.text() {
            let wanted = entry.value.text();
            faults.push(format!("{name}: {} is {found:?}, expected {wanted:?}", entry.key.value));
        }
    }
    levels.len()
}

/// The real report with one of its answers taken out.
fn without(files: &Memory, path: &str, code: &str) -> Memory {
    let mut files = files.clone();
    let text = String::from_utf8(files.remove(path).expect("a file")).expect("UTF-8");
    let (plain, quoted) = (format!("  {code}:"), format!("  \"{code}\":"));
    let mut kept = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with(&plain) || line.starts_with(&quoted) {
            inside = true;
        } else if !line.starts_with("    ") {
            inside = false;
        }
        if !inside {
            kept.push(line);
        }
    }
    assert!(kept.len() < text.lines().count(), "{code} was there");
    files.insert(path, format!("{}\n", kept.join("\n")));
    files
}

/// A project without its second language.
fn in_one_language(mut files: Memory) -> Memory {
    let report = String::from_utf8(files.remove("report.yaml").expect("the file")).expect("UTF-8");
    assert!(report.contains("languages: [zh-Hans, en]"), "two languages");
    let report = report.replace("languages: [zh-Hans, en]", "languages: [zh-Hans]");
    files.insert("report.yaml", report.into_bytes());
    for path in files.list().expect("paths") {
        if path.ends_with(".en.md") {
            files.remove(&path);
        }
    }
    files
}

#[test]
fn an_answer_taken_out_is_one_finding_that_names_clause_level_and_day() {
    // In one language, since languages are compared at length and no answer depends on that. What is then said of
    // suppressions that have nothing to accept is said before and after.
    let files = in_one_language(memory("content/xiaomi-2024"));
    let whole = check(&files, Tier::Default);
    let before = lines(&whole);
    assert!(before.iter().all(|line| line.contains("[unused-suppression]")), "{before:?}");
    let report = whole.report.as_ref().expect("a report");
    let verdict = report.verdict("hkex/c2-2025").expect("a verdict");
    let mut tried = 0;
    for judgement in verdict.items.iter().filter(|j| j.answer.is_some() && j.item.kind.is_indexed())
    {
        let code = &judgement.item.code.value;
        let Some(level) = judgement.ruling.level else { continue };
        let binding = matches!(level, Level::Mandatory | Level::ComplyOrExplain);
        if judgement.ruling.asked != Asked::Yes || !binding {
            continue;
        }
        let less = check(&without(&files, "disclosures/hkex.yaml", code), Tier::Default);
        let mut found = lines(&less);
        found.retain(|line| !before.contains(line));
        let [line] = found.as_slice() else { panic!("{code}: {found:?}") };
        let word = level.word().replace('-', " ");
        assert!(line.contains("[unanswered-disclosure]"), "{code}: {line}");
        assert!(line.contains(code.as_str()) && line.contains(&word), "{code}: {line}");
        assert!(line.contains("since 2025-01-01"), "{code}: {line}");
        tried += 1;
    }
    assert!(tried > 60, "{tried} answers");
}

#[test]
fn a_stronger_claim_lists_what_is_lacking() {
    let mut files = memory("content/xiaomi-2024");
    let report = String::from_utf8(files.remove("report.yaml").expect("the file")).expect("UTF-8");
    files.insert(
        "report.yaml",
        report.replace("claim: with-reference", "claim: in-accordance").into_bytes(),
    );
    let loaded = check(&files, Tier::Default);
    let found = loaded.judged.findings.iter().find(|found| found.rule == "claim-not-earned");
    let help = found.and_then(|found| found.help.as_deref()).expect("a help");
    for code in ["2-11", "2-21", "2-30"] {
        assert!(help.contains(code), "{code} in {help}");
    }
    assert!(!help.contains("2-9,"), "{help}");
}
