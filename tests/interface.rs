//! The interface in two languages: every message has a translation, and nothing is left in English
//! where Chinese was asked for.
#![allow(clippy::expect_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{check, memory, program, repository, text};
use esgreport::cli;
use esgreport::diag::Wording;
use esgreport::emit::{Colour, Interface, to_text};
use esgreport::lint::{Tier, registry};
use esgreport::locale::Lang;
use esgreport::source::{SourceId, Sources};
use esgreport::syntax::yaml;

const CATALOG: &str = "templates/shared/messages.zh-Hans.yaml";

/// The entries of a part of the catalog of messages, as it is written.
fn entries(part: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(repository(CATALOG)).expect("the catalog");
    let mut sink = esgreport::diag::Sink::default();
    let id: SourceId = Sources::default().add(CATALOG, &text);
    let tree = yaml::parse(id, &text, 0, &mut sink).expect("YAML");
    assert_eq!(sink.finish(), Vec::new());
    let entries = tree.get(part).expect("a part").entries().iter();
    entries.map(|e| (e.key.value.clone(), e.value.text().expect("a text").to_owned())).collect()
}

/// The templates of every `say!` in the sources.
fn templates() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&repository("src"), &mut found);
    assert!(found.len() > 300, "the sources are searched");
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> =
                code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let code = code.join("\n");
            for part in code.split("say!(").skip(1) {
                found.extend(part.trim_start().strip_prefix('"').map(literal));
            }
        }
    }
}

/// A string literal up to its closing quote, unescaped.
fn literal(text: &str) -> String {
    let mut literal = String::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => break,
            '\\' => match signs.next() {
                Some('\n') => {
                    while signs.peek().is_some_and(|c| c.is_whitespace()) {
                        signs.next();
                    }
                }
                Some('n') => literal.push('\n'),
                Some(other) => literal.push(other),
                None => {}
            },
            other => literal.push(other),
        }
    }
    literal
}

/// Names of the gaps of a template, sorted.
fn gaps(template: &str) -> Vec<String> {
    let plain = template.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut names: Vec<String> = plain
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names
}

#[test]
fn every_message_has_a_translation_with_the_same_gaps() {
    let (templates, translated) = (templates(), entries("messages"));
    let mut faults = Vec::new();
    for template in &templates {
        match translated.get(template) {
            None => faults.push(format!("not translated: {template}")),
            Some(chinese) if gaps(chinese) != gaps(template) => {
                faults.push(format!("other gaps: {template} | {chinese}"));
            }
            Some(_) => {}
        }
    }
    for template in translated.keys().filter(|template| !templates.contains(*template)) {
        faults.push(format!("nothing says: {template}"));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_rule_has_a_title() {
    let names: BTreeSet<String> = registry::RULES.iter().map(|rule| rule.name.to_owned()).collect();
    let titled: BTreeSet<String> = entries("rules").into_keys().collect();
    let differing: Vec<&String> = names.symmetric_difference(&titled).collect();
    assert_eq!(differing, Vec::<&String>::new());
}

#[test]
fn every_kind_of_quantity_has_a_word() {
    let words = entries("words");
    let units = fs::read_to_string(repository("frameworks/units.yaml")).expect("units");
    let kinds = units.lines().filter_map(|line| line.trim().strip_prefix("kind: "));
    let missing: BTreeSet<&str> = kinds.filter(|kind| !words.contains_key(*kind)).collect();
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn every_command_and_argument_has_a_help() {
    let helps = entries("helps");
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for (own, shared) in cli::keys() {
        match [&own, &shared].into_iter().find(|key| helps.contains_key(*key)) {
            Some(key) => drop(used.insert(key.clone())),
            None => faults.push(format!("no help: {own}")),
        }
    }
    for key in helps.keys().filter(|key| !used.contains(*key)) {
        faults.push(format!("no argument: {key}"));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Words of English in a row that stand neither in backticks nor in the excerpt of a file, and are
/// longer than the names of units and standards.
fn english(line: &str) -> Option<String> {
    let outside: Vec<&str> = line.split('`').step_by(2).collect();
    let outside = outside.join("`");
    let runs = outside.split(|c: char| !(c.is_ascii_alphabetic() || c == ' '));
    let long = |run: &&str| {
        run.split_whitespace().filter(|word| word.len() > 1).count() >= 3
            && run.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
    };
    runs.into_iter().find(long).map(str::to_owned)
}

#[test]
fn findings_in_chinese_have_no_english_sentence() {
    let interface = Interface::read(Lang::ZhHans).expect("the words of the interface");
    let mut faults = Vec::new();
    let folder = repository("tests/projects/bad");
    for entry in fs::read_dir(folder).expect("the projects").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let files = memory(&format!("tests/projects/bad/{name}"));
        let loaded = check(&files, Tier::Strict);
        for found in loaded.judged.worded(&interface.wording).findings {
            let labels = found.related.iter().chain([&found.primary]).map(|l| &l.text);
            for said in labels.chain([&found.message]).chain(&found.help) {
                if let Some(english) = english(said) {
                    faults.push(format!("{name} [{}] {english}: {said}", found.rule));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn findings_in_chinese_are_those_of_their_snapshot() {
    let interface = Interface::read(Lang::ZhHans).expect("the words of the interface");
    for name in ["wrong-sums", "dangling", "units-and-dates"] {
        let files = memory(&format!("tests/projects/bad/{name}"));
        let loaded = check(&files, Tier::Strict);
        let text = to_text(&loaded.judged, &loaded.sources, Colour::Off, &interface.wording);
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("zh-{name}"), text);
        });
    }
}

#[test]
fn english_is_the_language_of_the_source() {
    let files = memory("tests/projects/bad/wrong-sums");
    let loaded = check(&files, Tier::Strict);
    let english = loaded.judged.worded(&Wording::default());
    assert_eq!(english.findings, loaded.judged.findings);
}

/// What the program prints with a locale.
fn with_locale(locale: &str, arguments: &[&str]) -> String {
    let folder = repository("tests/projects/ok/smallest");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esgreport"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", locale);
    let output = command.args(arguments).current_dir(folder).output().expect("the program runs");
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_locale_chooses_the_language_unless_an_argument_does() {
    let (chinese, english) = ("0 个错误、0 个警告、0 个提示\n", "0 errors, 0 warnings, 0 notes\n");
    assert_eq!(with_locale("zh_CN.UTF-8", &["check"]), chinese);
    assert_eq!(with_locale("en_GB.UTF-8", &["check"]), english);
    assert_eq!(with_locale("zh_CN.UTF-8", &["--ui", "en", "check"]), english);
    assert_eq!(with_locale("C", &["check", "--ui=zh"]), chinese);
}

#[test]
fn helps_and_faults_of_arguments_are_in_chinese() {
    let folder = repository("tests/projects/ok/smallest");
    let said = |arguments: &[&str]| {
        let output = program(&folder, arguments);
        let code = output.status.code().expect("a code");
        format!("{code}\n{}{}", text(&output.stdout), text(&output.stderr))
    };
    let all = [
        said(&["--ui", "zh", "--help"]),
        said(&["--ui", "zh", "check", "--help"]),
        said(&["--ui", "zh", "build", "-h"]),
        said(&["--ui", "zh"]),
        said(&["--ui", "zh", "chek"]),
        said(&["check", "--ui", "zh", "--strikt"]),
        said(&["check", "--ui", "zh", "--format", "xml"]),
        said(&["check", "--ui", "zh", "--format"]),
        said(&["check", "--ui", "zh", "--as-of", "yesterday"]),
        said(&["explain", "--ui", "zh"]),
        said(&["build", "--ui", "zh", "--lang", "zh"]),
        said(&["index", "--ui", "zh", "nowhere"]),
    ];
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("zh-arguments", all.join("\n────\n"));
    });
}

#[test]
fn pages_clauses_and_metrics_are_explained_in_chinese() {
    let folder = repository("content/xiaomi-2024");
    let said = |arguments: &[&str]| {
        let output = program(&folder, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let page = said(&["explain", "total-mismatch", "--ui", "zh"]);
    assert!(page.starts_with("# 合计与各项之和不符（total-mismatch）\n\n## 检查什么\n"), "{page}");
    let clause = said(&["explain", "gri/2021", "305-1", "--ui", "zh"]);
    let metric = said(&["explain", "ghg.scope1@2024", "--ui", "zh"]);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("zh-explained", format!("{clause}\n{metric}"));
    });
}

#[test]
fn findings_as_json_keep_their_keys_in_chinese() {
    let folder = repository("tests/projects/bad/wrong-sums");
    let output = program(&folder, &["check", "--ui", "zh", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &object["findings"][0];
    assert_eq!(first["severity"], "error");
    assert!(first["rule"].as_str().is_some_and(|rule| rule.is_ascii()));
    assert!(first["message"].as_str().is_some_and(|message| !message.is_ascii()));
}
