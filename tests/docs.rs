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
use serde_json::Value as Json;

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

/// The keys that a schema knows, wherever they stand in it, each with the schema of its value.
fn properties<'a>(schema: &'a Json, found: &mut Vec<(&'a str, &'a Json)>) {
    match schema {
        Json::Object(map) => {
            for (key, inner) in map {
                // A condition names keys that are described where they are allowed.
                if ["if", "then", "else", "not"].contains(&key.as_str()) {
                    continue;
                }
                if key == "properties" {
                    let own = inner.as_object().into_iter().flatten();
                    found.extend(own.map(|(name, value)| (name.as_str(), value)));
                }
                properties(inner, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}

/// The schemas of all files, by name.
fn schemas() -> Vec<(String, Json)> {
    let folder = fs::read_dir(repository("frameworks/schema")).expect("the schemas");
    let paths = folder.map(|entry| entry.expect("an entry").path());
    paths
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a schema");
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect()
}

#[test]
fn every_key_is_described_in_both_languages() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for (file, schema) in &schemas() {
        let mut found = Vec::new();
        properties(schema, &mut found);
        for (key, value) in found {
            seen += 1;
            let has = |word: &str| value.get(word).is_some_and(|word| word.is_string());
            let titled = has("title") && has("x-title-zh");
            let described = has("description") && has("x-zh");
            let even = has("title") == has("x-title-zh") && has("description") == has("x-zh");
            if !even || (!titled && !described) {
                faults.push(format!("{file}: {key}"));
            }
        }
    }
    assert!(seen > 300, "{seen} keys");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_key_stands_in_the_reference_of_formats() {
    let read = |path: &str| fs::read_to_string(repository(path)).expect("a document");
    let text = read("docs/formats.md") + &read("frameworks/README.md");
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '%';
    let words: BTreeSet<&str> = text.split(|c: char| !part(c)).collect();
    let mut faults = Vec::new();
    for (file, schema) in &schemas() {
        let mut found = Vec::new();
        properties(schema, &mut found);
        let missing = found.iter().filter(|(key, _)| !words.contains(key));
        faults.extend(missing.map(|(key, _)| format!("{file}: {key}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
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
