//! Runs the examples in the documentation of every rule.
//!
//! Under **Fails**, the files before each `text diagnostics` fence are laid over the project in
//! `tests/rules/minimal` and must give exactly those findings. Under **Passes**, the files of each
//! `###` heading must give none. Further cases of the same form stand in `tests/rules/<name>.md`.
#![allow(clippy::expect_used)]

mod common;

use std::fs;
use std::path::Path;

use esgreport::command::{Options, load};
use esgreport::lint::{Group, Rule, Tier, registry};
use esgreport::locale::Date;
use esgreport::source::{Disk, Memory};
use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, Options as Markdown, Parser, Tag, TagEnd,
};

const HEADINGS: [&str; 5] = ["What it checks", "Why it matters", "Fails", "Passes", "References"];

/// One example: files, and the findings they must give.
struct Case {
    files: Vec<(String, Vec<u8>)>,
    expected: Vec<String>,
}

/// The examples of a page, and the headings it has.
#[derive(Default)]
struct Page {
    headings: Vec<String>,
    failing: Vec<Case>,
    passing: Vec<Case>,
    untitled_fences: usize,
}

#[test]
fn every_rule_has_a_page_whose_examples_hold() {
    let mut faults = Vec::new();
    for rule in registry::RULES {
        let page = read_page(rule.doc);
        if page.headings != HEADINGS {
            faults.push(format!("{}: headings are {:?}", rule.name, page.headings));
        }
        if page.untitled_fences > 0 {
            faults.push(format!("{}: a fence has no language", rule.name));
        }
        if page.failing.is_empty() || page.passing.is_empty() {
            faults.push(format!("{}: needs a failing and a passing example", rule.name));
        }
        run_page(rule, &page, &mut faults);
        let further = format!("{}/tests/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.name);
        if let Ok(text) = fs::read_to_string(further) {
            run_page(rule, &read_page(&text), &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn rules_are_in_order_and_well_named() {
    let names: Vec<&str> = registry::RULES.iter().map(|rule| rule.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted, "rules stand in alphabetical order, each once");
    for name in names {
        let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let commanding = ["no-", "must-", "check-"].iter().any(|start| name.starts_with(start));
        assert!(kebab && !commanding, "{name}");
    }
}

#[test]
fn further_cases_belong_to_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    for entry in fs::read_dir(folder).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "md") {
            let name = path.file_stem().and_then(|s| s.to_str()).expect("a name");
            assert!(registry::find(name).is_some(), "no rule is called {name}");
        }
    }
}

fn run_page(rule: &Rule, page: &Page, faults: &mut Vec<String>) {
    for case in &page.failing {
        let found = findings(rule, &case.files);
        if found != case.expected {
            faults.push(format!(
                "{}: expected\n  {}\nfound\n  {}",
                rule.name,
                case.expected.join("\n  "),
                found.join("\n  ")
            ));
        }
        let own = format!("[{}]", rule.name);
        if !found.iter().all(|line| line.contains(&own)) || found.is_empty() {
            faults.push(format!("{}: the example gives findings of other rules", rule.name));
        }
    }
    for case in &page.passing {
        let found = findings(rule, &case.files);
        if !found.is_empty() {
            faults.push(format!(
                "{}: a passing example gives\n  {}",
                rule.name,
                found.join("\n  ")
            ));
        }
    }
}

/// The findings of files laid over the minimal project, one line each. Rules of the strict tier
/// stay silent in the examples of others.
fn findings(rule: &Rule, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/minimal");
    let disk = Disk::open(&minimal).expect("the minimal project");
    let mut memory = Memory::copy(&disk).expect("the minimal project");
    for (path, bytes) in files {
        match path.strip_prefix("refused ") {
            Some(path) => memory.refuse(path, String::from_utf8_lossy(bytes).trim()),
            None if path.starts_with("removed ") => {
                let path = path.trim_start_matches("removed ");
                assert!(memory.remove(path).is_some(), "{path} is there to be removed");
            }
            None => memory.insert(path, bytes.clone()),
        }
    }
    let as_of = Date { year: 2025, month: 6, day: 30 };
    let options = Options { tier: rule.tier.max(Tier::Default), as_of };
    let loaded = load(&memory, options).expect("a project that can be read");
    // Examples of other rules write what they need of another language into the one file of the
    // minimal project, so rules about languages are only heard in their own.
    let foreign = |name: &str| {
        let group = registry::find(name).map(|other| other.group);
        group == Some(Group::Parity) && rule.group != Group::Parity
    };
    let heard = loaded.judged.findings.iter().filter(|found| !foreign(found.rule));
    let lines = heard.map(|found| {
        let place = loaded.sources.place(found.primary.span);
        let severity = found.severity.word();
        format!("{place} {severity}[{}] {}", found.rule, found.message)
    });
    lines.collect()
}

fn read_page(text: &str) -> Page {
    let mut page = Page::default();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    let mut heading: Option<(HeadingLevel, String)> = None;
    for event in Parser::new_ext(text, Markdown::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                let (level, words) = heading.take().unwrap_or((HeadingLevel::H1, String::new()));
                close_passing(&mut page, &mut files);
                if level == HeadingLevel::H2 {
                    page.headings.push(words);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some((info.to_string(), String::new()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => page.untitled_fences += 1,
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, body)) = fence.take() {
                    take_fence(&mut page, &mut files, &info, body);
                }
            }
            Event::Text(words) => {
                if let Some((_, body)) = &mut fence {
                    body.push_str(&words);
                } else if let Some((_, title)) = &mut heading {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    close_passing(&mut page, &mut files);
    page
}

fn take_fence(page: &mut Page, files: &mut Vec<(String, Vec<u8>)>, info: &str, body: String) {
    match info.split_once(' ') {
        Some(("text", "diagnostics")) => {
            let expected = body.lines().map(str::to_owned).collect();
            page.failing.push(Case { files: std::mem::take(files), expected });
        }
        Some(("removed", path)) => files.push((format!("removed {path}"), Vec::new())),
        Some(("refused", path)) => files.push((format!("refused {path}"), body.into_bytes())),
        Some(("xlsx", path)) => {
            files.push((path.to_owned(), common::workbook::workbook(&body)));
        }
        Some(("hex", path)) => files.push((path.to_owned(), bytes(&body))),
        Some((_, path)) => files.push((path.to_owned(), body.into_bytes())),
        None if info.is_empty() => page.untitled_fences += 1,
        None => {}
    }
}

/// Bytes written as pairs of hexadecimal digits.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.split_whitespace();
    digits.map(|pair| u8::from_str_radix(pair, 16).expect("two hexadecimal digits")).collect()
}

fn close_passing(page: &mut Page, files: &mut Vec<(String, Vec<u8>)>) {
    let in_passes = page.headings.last().is_some_and(|heading| heading == "Passes");
    if in_passes && !files.is_empty() {
        page.passing.push(Case { files: std::mem::take(files), expected: Vec::new() });
    }
}
