//! The guide, done step by step as it is written: every command runs, every file is written.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::PathBuf;

use common::{program, repository, scratch, text};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The fences of a page: what they are titled, and what stands in them.
fn fences(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(title))) => {
                open = Some((title.to_string(), String::new()));
            }
            Event::Text(words) => {
                if let Some((_, body)) = &mut open {
                    body.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// The words of a command; quotes keep blanks in one word.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("a word").push(c),
        }
    }
    words
}

/// Does what a line of a shell does.
fn step(folder: &mut PathBuf, line: &str, expected: i32) -> Option<String> {
    let words = words(line);
    let rest: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    match (words[0].as_str(), rest.as_slice()) {
        ("cd", [".."]) => assert!(folder.pop()),
        ("cd", [inner]) => folder.push(inner),
        ("rm", [file]) => fs::remove_file(folder.join(file)).expect("removed"),
        ("esgreport", rest) => {
            let ran = program(folder, rest);
            let said = format!("{}{}", text(&ran.stdout), text(&ran.stderr));
            if ran.status.code() != Some(expected) {
                return Some(format!("`{line}` ended with {:?}:\n{said}", ran.status.code()));
            }
        }
        other => return Some(format!("`{line}` is no command of the guide: {other:?}")),
    }
    None
}

#[test]
fn the_guide_is_true() {
    let page = fs::read_to_string(repository("docs/guide.md")).expect("the guide");
    let mut folder = scratch("guide");
    let root = folder.clone();
    let mut commands = 0;
    for (title, body) in fences(&page) {
        match title.split_once(' ').unwrap_or((&title, "")) {
            ("sh", exit) => {
                let expected = if exit == "exit=1" { 1 } else { 0 };
                for line in body.lines() {
                    commands += 1;
                    let fault = step(&mut folder, line, expected);
                    assert_eq!(fault, None);
                }
            }
            ("replace", path) => {
                let (old, new) = body.trim_end().split_once('\n').expect("two lines");
                let target = folder.join(path);
                let written = fs::read_to_string(&target).expect("a file that was written");
                assert!(written.contains(old), "{path} has no line\n{old}\nbut\n{written}");
                fs::write(target, written.replace(old, new)).expect("written");
            }
            ("yaml" | "markdown", path) if !path.is_empty() => {
                let target = folder.join(path);
                assert!(target.exists(), "`init` wrote {path}");
                fs::write(target, &body).expect("written");
            }
            ("text", _) => {}
            other => panic!("a fence that the guide does not know: {other:?}"),
        }
    }
    assert!(commands > 12, "{commands} commands");
    let project = root.join("report-2025");
    for file in ["report.en.pdf", "report.zh-Hans.pdf", "report.html"] {
        assert!(project.join("out").join(file).exists(), "{file} is printed");
    }
    // What the guide says of the list of work: two answers fewer, and no texts to review.
    let checked = text(&program(&project, &["check", "--format", "json"]).stdout);
    let checked: serde_json::Value = serde_json::from_str(&checked).expect("JSON");
    let findings = checked["findings"].as_array().expect("findings");
    let about = |rule: &str, what: &str| {
        findings.iter().any(|f| f["rule"] == rule && f["message"].to_string().contains(what))
    };
    assert!(about("unanswered-disclosure", "A1.1"));
    assert!(!about("unanswered-disclosure", "A2.1") && !about("unanswered-disclosure", "A2.2"));
    assert!(!about("unreviewed-content", ""));
    let other: Vec<&serde_json::Value> = findings
        .iter()
        .map(|found| &found["rule"])
        .filter(|rule| {
            !matches!(
                rule.as_str(),
                Some("unanswered-disclosure" | "pending-figure" | "draft-report")
            )
        })
        .collect();
    assert!(other.is_empty(), "{other:?}");
}
