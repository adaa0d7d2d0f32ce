//! Documents against what they describe.
#![allow(clippy::expect_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use common::repository;
use esgreport::emit::Interface;
use esgreport::lint::registry::RULES;
use esgreport::locale::Lang;
use esgreport::source::Embedded;
use esgreport::view::Words;

/// `RULES.md`, from the registry and the first sentences of the pages.
fn rules_page() -> String {
    let mut text = String::from(
        "# Rules\n\nGenerated from the pages beside the rules; `esgreport explain NAME` prints a page.\n",
    );
    let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group.name()).collect();
    groups.sort_unstable();
    groups.dedup();
    let chinese = Interface::read(Lang::ZhHans).expect("the words of the interface");
    for group in groups {
        let _ = write!(
            text,
            "\n## {group}\n\n| rule | in Chinese | severity | tier | what it checks |\n|---|---|---|---|---|\n"
        );
        for rule in RULES.iter().filter(|rule| rule.group.name() == group) {
            let page = format!("src/lint/rules/{group}/{}.md", rule.name.replace('-', "_"));
            let _ = writeln!(
                text,
                "| [`{}`]({page}) | {} | {} | {} | {} |",
                rule.name,
                chinese.title(rule.name).unwrap_or_default(),
                rule.severity.word(),
                rule.tier.name(),
                first_sentence(rule.doc)
            );
        }
    }
    text
}

/// The first sentence under "What it checks".
fn first_sentence(page: &str) -> String {
    let after = page.split("## What it checks").nth(1).unwrap_or_default().trim();
    let paragraph = after.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph.get(..end).unwrap_or_default().replace('|', "\\|")
}

#[test]
fn the_list_of_rules_is_up_to_date() {
    let path = repository("RULES.md");
    let written = fs::read_to_string(&path).unwrap_or_default();
    let generated = rules_page();
    if written != generated {
        // The file is put right, so that the next run passes and the change can be reviewed.
        fs::write(&path, &generated).expect("RULES.md can be written");
    }
    assert_eq!(written, generated, "RULES.md was out of date and has been written anew");
}

/// `FINDINGS.md` of the real report: what the rules find when nothing is accepted.
fn findings_page() -> String {
    let mut files = common::memory("content/xiaomi-2024");
    let report = String::from_utf8(files.remove("report.yaml").expect("the file")).expect("UTF-8");
    let before = report.split("\nsuppressions:").next().unwrap_or_default();
    files.insert("report.yaml", before.as_bytes());
    let loaded = common::check(&files, esgreport::lint::Tier::Default);
    let mut text = String::from(
        "# Findings\n\nWhat the rules find in the figures as they were published, when no finding is accepted. A difference may come from \\\n\
         the published report, from its text as it was extracted, or from how it is modelled here; the last column says what would explain it.\n\n\
         | rule | about | stated | computed | difference | place | what it says |\n|---|---|---|---|---|---|---|\n",
    )
    .replace(" \\\n", " ");
    for found in &loaded.judged.findings {
        let at = loaded.sources.start(found.primary.span);
        let place = format!("{}:{}", loaded.sources.path(found.primary.span), at.line);
        let cell = |value: &Option<String>| value.clone().unwrap_or_default();
        let help = found.help.as_deref().unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {place} | {}; {help} |",
            found.rule,
            cell(&found.subject),
            cell(&found.stated),
            cell(&found.computed),
            cell(&found.difference),
            found.message.replace('|', "\\|"),
        );
    }
    text
}

#[test]
fn the_list_of_findings_is_up_to_date() {
    let path = repository("content/xiaomi-2024/FINDINGS.md");
    let written = fs::read_to_string(&path).unwrap_or_default();
    let generated = findings_page();
    if written != generated {
        fs::write(&path, &generated).expect("FINDINGS.md can be written");
    }
    assert!(written == generated, "FINDINGS.md was out of date and has been written anew");
}

#[test]
fn every_language_has_the_same_words() {
    let read = |lang| -> BTreeSet<String> {
        let words = Words::read(&Embedded, lang).expect("words");
        words.all().keys().cloned().collect()
    };
    let english = read(Lang::En);
    for lang in [Lang::ZhHans, Lang::ZhHant] {
        let other = read(lang);
        assert_eq!(
            english.symmetric_difference(&other).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{lang}"
        );
    }
}

#[test]
fn paths_in_documents_exist() {
    let mut faults = Vec::new();
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "DECISIONS.md",
        "CHANGELOG.md",
        "docs/formats.md",
        "docs/expressions.md",
        "docs/auditor.md",
        "docs/editors.md",
        "docs/guide.md",
        "docs/spreadsheets.md",
        "docs/xbrl.md",
    ] {
        let text = fs::read_to_string(repository(document)).unwrap_or_default();
        if text.is_empty() {
            faults.push(format!("{document} is missing"));
        }
        for word in text.split('`').skip(1).step_by(2) {
            let starts =
                ["src/", "docs/", "tests/", "templates/", "frameworks/", "content/", ".ci/"];
            let plain = !word.contains(['<', '*', '{', ' ', '…']);
            if plain
                && starts.iter().any(|start| word.starts_with(start))
                && !repository(word).exists()
            {
                faults.push(format!("{document} names {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
