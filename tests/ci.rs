//! What build servers read: SARIF, JUnit, annotations, baselines, several projects, the Action.
#![allow(clippy::expect_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{check, copy_folder, memory, program, repository, scratch, text};
use esgreport::lint::Tier;
use serde_json::Value;

/// A project with one total that is wrong, one that is wrong and accepted, and a numeral in prose.
fn project(name: &str) -> PathBuf {
    let folder = scratch(name);
    write_project(&folder);
    folder
}

fn write_project(folder: &Path) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        "report.yaml",
        "entity: {name: {en: Example Ltd}}\ntitle: {en: Report}\n\
         period: {start: 2024-01-01, end: 2024-12-31}\nyears: [2024]\nlanguages: [en]\n\
         outline: [section: about]\nsuppressions:\n  - rule: total-mismatch\n    at: waste.total@2024\n\
         \x20   reason: \"One ticket is lost: 50% <sure>\"\n    approver: A. Bell\n    expires: 2999-12-31\n",
    );
    write("metrics/totals.yaml", TOTALS);
    write(
        "narrative/about.en.md",
        "# About\n\nWe used {{ energy.total@2024 }}. In 2024 we spent 12,345 tonnes on waste.\n",
    );
}

const TOTALS: &str = "metrics:\n\
    \x20 part.one: {label: {en: One}, unit: t, values: {2024: \"1\"}}\n\
    \x20 part.two: {label: {en: Two}, unit: t, values: {2024: \"2\"}}\n\
    \x20 waste.total: {label: {en: Waste}, unit: t, values: {2024: \"9\"}, parts: [part.one, part.two]}\n\
    \x20 energy.total: {label: {en: Energy}, unit: t, values: {2024: \"8\"}, parts: [part.one, part.two]}\n";

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

fn strings<'v>(list: &'v Value, pointer: &str) -> Vec<&'v str> {
    let items = list.as_array().expect("a list").iter();
    items.map(|item| item.pointer(pointer).and_then(Value::as_str).unwrap_or_default()).collect()
}

#[test]
fn sarif_has_places_rules_and_suppressions() {
    let folder = project("ci-sarif");
    let output = program(&folder, &["check", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "");
    let log = json(&output.stdout);
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["exitCode"], 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = &run["results"];
    assert_eq!(
        strings(results, "/ruleId"),
        ["total-mismatch", "total-mismatch", "unbound-numeral"],
        "{results:#}"
    );
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results.as_array().expect("results") {
        let rule = &rules
            [usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("an index")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().expect("a page").contains("## What it checks"));
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"],
            "SRCROOT"
        );
        assert!(result["message"]["text"].as_str().expect("a message").ends_with('.'));
    }
    let accepted = &results[0];
    assert_eq!(
        accepted["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        "waste.total@2024"
    );
    let suppression = &accepted["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "One ticket is lost: 50% <sure>");
    assert_eq!(suppression["properties"]["approver"], "A. Bell");
    assert_eq!(suppression["properties"]["expires"], "2999-12-31");
    let place = &suppression["location"]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "report.yaml");
    assert_eq!(place["region"]["startLine"], 8);
    let standing = &results[1];
    assert_eq!(standing["suppressions"], Value::Array(Vec::new()));
    let region = &standing["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["snippet"]["text"]), (&5.into(), &"\"8\"".into()));
    assert_eq!(standing["relatedLocations"].as_array().map(Vec::len), Some(2));
    assert_eq!(standing["properties"]["difference"], "-5 t");
}

#[test]
fn fingerprints_do_not_depend_on_lines_or_the_language() {
    let folder = project("ci-fingerprints");
    let identities = |arguments: &[&str]| {
        let log = json(&program(&folder, arguments).stdout);
        let results = log["runs"][0]["results"].clone();
        let found = strings(&results, "/partialFingerprints/findingIdentity~1v1");
        let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
        assert!(found.iter().all(|identity| identity.len() == 32), "{found:?}");
        found
    };
    let before = identities(&["check", "--format", "sarif"]);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 3);
    assert_eq!(before, identities(&["check", "--format", "sarif", "--ui", "zh"]));
    let change = |path: &str, from: &str, to: &str| {
        let path = folder.join(path);
        let written = fs::read_to_string(&path).expect("a file");
        assert!(written.contains(from));
        fs::write(path, written.replacen(from, to, 1)).expect("a change");
    };
    change("metrics/totals.yaml", "metrics:\n", "# One more line.\n\nmetrics:\n");
    change("narrative/about.en.md", "# About\n", "# About\n\nA new paragraph.\n");
    change("report.yaml", "years: [2024]\n", "# A line.\nyears: [2024]\n");
    assert_eq!(before, identities(&["check", "--format", "sarif"]));
    change("metrics/totals.yaml", "\"8\"", "\"7\"");
    let after = identities(&["check", "--format", "sarif"]);
    assert_ne!(before[1], after[1], "other figures are another finding");
    assert_eq!((&before[0], &before[2]), (&after[0], &after[2]));
}

#[test]
fn paths_start_where_the_command_runs() {
    let folder = project("ci-paths");
    let parent = folder.parent().expect("a folder");
    let uris = |from: &Path, dir: &str| {
        let log = json(&program(from, &["check", dir, "--format", "sarif"]).stdout);
        let results = log["runs"][0]["results"].clone();
        let place = "/locations/0/physicalLocation/artifactLocation";
        let uri = strings(&results, &format!("{place}/uri"))[0].to_owned();
        (uri, strings(&results, &format!("{place}/uriBaseId"))[0].to_owned())
    };
    let whole = folder.to_str().expect("a path");
    let expected = |uri: &str, base: &str| (uri.to_owned(), base.to_owned());
    assert_eq!(uris(&folder, "."), expected("metrics/totals.yaml", "SRCROOT"));
    assert_eq!(uris(parent, "ci-paths"), expected("ci-paths/metrics/totals.yaml", "SRCROOT"));
    assert_eq!(uris(parent, "./ci-paths/"), expected("ci-paths/metrics/totals.yaml", "SRCROOT"));
    assert_eq!(uris(parent, whole), expected("ci-paths/metrics/totals.yaml", "SRCROOT"));
    let elsewhere = scratch("ci-paths-elsewhere");
    assert_eq!(uris(&elsewhere, whole), expected("metrics/totals.yaml", "PROJECT1"));
}

#[test]
fn files_of_the_program_and_of_others_are_no_files_of_the_project() {
    let log = program(
        &repository("."),
        &["check", "tests/projects/bad/dangling", "--format", "sarif", "--strict"],
    );
    let log = json(&log.stdout);
    let mut bases = BTreeSet::new();
    collect_bases(&log["runs"][0]["results"], &mut bases);
    for (base, uri) in &bases {
        let own = repository(uri).exists();
        assert_eq!(own && base == "SRCROOT", base == "SRCROOT", "{base} {uri}");
        assert!(base == "SRCROOT" || base == "ESGREPORT" && uri.starts_with("frameworks/"));
    }
    let declared = log["runs"][0]["originalUriBaseIds"].as_object().expect("bases");
    assert!(bases.iter().all(|(base, _)| declared.contains_key(base)));
}

fn collect_bases(value: &Value, bases: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_bases(item, bases)),
        Value::Object(map) => {
            if let (Some(base), Some(uri)) = (map.get("uriBaseId"), map.get("uri")) {
                let text = |value: &Value| value.as_str().expect("a text").to_owned();
                bases.insert((text(base), text(uri)));
            }
            map.values().for_each(|item| collect_bases(item, bases));
        }
        _ => {}
    }
}

#[test]
fn a_fix_is_a_replacement() {
    let folder = project("ci-fix");
    let prose = "# About\n\nIn 2024 we used 8 t of energy and {{ energy.total@2024 }}.\n";
    fs::write(folder.join("narrative/about.en.md"), prose).expect("prose");
    let log = json(&program(&folder, &["check", "--format", "sarif"]).stdout);
    let results = log["runs"][0]["results"].as_array().expect("results").clone();
    let numeral = results.iter().find(|result| result["ruleId"] == "unbound-numeral");
    let change = &numeral.expect("the numeral")["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "narrative/about.en.md");
    let replacement = &change["replacements"][0];
    let region = &replacement["deletedRegion"];
    let number =
        |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("a size");
    assert_eq!((number("startLine"), number("endLine")), (3, 3));
    let line = prose.lines().nth(2).expect("a line");
    let written = replacement["insertedContent"]["text"].as_str().expect("a text");
    assert!(written.contains("energy.total@2024"), "{written}");
    let deleted: String = line
        .chars()
        .skip(number("startColumn") - 1)
        .take(number("endColumn") - number("startColumn"))
        .collect();
    assert!(deleted.starts_with('8'), "{deleted}");
}

/// Attributes of the test with a name.
fn case<'d>(document: &'d roxmltree::Document<'_>, name: &str) -> roxmltree::Node<'d, 'd> {
    let found = document.descendants().find(|node| node.attribute("name") == Some(name));
    found.expect(name)
}

#[test]
fn junit_fails_where_the_check_fails() {
    let folder = project("ci-junit");
    for (fail_on, failures) in [("error", 1), ("warning", 2)] {
        let output = program(&folder, &["check", "--format", "junit", "--fail-on", fail_on]);
        assert_eq!(output.status.code(), Some(1));
        let xml = text(&output.stdout);
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
        let names: Vec<&str> = cases.filter_map(|node| node.attribute("name")).collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "names are unique");
        let count =
            |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
        let suite = document.descendants().find(|node| node.has_tag_name("testsuite"));
        let suite = suite.expect("a suite");
        assert_eq!(suite.attribute("name"), Some("."));
        assert_eq!(suite.attribute("tests"), Some(names.len().to_string().as_str()));
        assert_eq!(suite.attribute("failures"), Some(failures.to_string().as_str()));
        assert_eq!((count("failure"), count("skipped"), count("error")), (failures, 1, 0));
        let failed = case(&document, "total-mismatch: energy.total@2024");
        assert_eq!(failed.attribute("file"), Some("metrics/totals.yaml"));
        assert_eq!(failed.attribute("classname"), Some("consistency"));
        let failure = failed.first_element_child().expect("a failure");
        assert!(failure.text().expect("details").contains("metrics/totals.yaml:5:"), "{xml}");
        let accepted = case(&document, "total-mismatch: waste.total@2024");
        let skipped = accepted.first_element_child().expect("a reason");
        assert_eq!(
            skipped.attribute("message"),
            Some("accepted by A. Bell until 2999-12-31: One ticket is lost: 50% <sure>")
        );
        assert!(case(&document, "mean-mismatch").first_element_child().is_none());
    }
}

#[test]
fn annotations_name_the_line_and_escape_what_commands_are_made_of() {
    let folder = project("ci-github");
    let output = program(&folder, &["check", "--format", "github"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 5, "{lines:#?}");
    let start = "::error file=metrics/totals.yaml,line=5,endLine=5,col=63,endColumn=66,title=total-mismatch::stated total of 2024";
    assert!(lines[0].starts_with(start), "{}", lines[0]);
    assert!(lines[0].contains("%0A  help: "), "{}", lines[0]);
    assert!(lines[1].starts_with("::warning file=narrative/about.en.md,line=3,"), "{}", lines[1]);
    assert_eq!(lines[2], "::group::accepted or recorded findings: 1");
    assert!(
        lines[3].starts_with("- metrics/totals.yaml:4:")
            && lines[3].ends_with(
                "; accepted by A. Bell until 2999-12-31: One ticket is lost: 50% <sure>"
            ),
        "{}",
        lines[3]
    );
    assert_eq!(lines[4], "::endgroup::");
    assert!(text(&output.stderr).starts_with("1 error, 1 warning, 0 notes, 1 accepted"));
}

#[test]
fn no_text_of_a_report_becomes_a_command() {
    let folder = project("ci-injection");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("a report");
    let reason = r#""a\n::error::b\r\n##[set-output name=c]d""#;
    let report = report.replace("\"One ticket is lost: 50% <sure>\"", reason);
    fs::write(folder.join("report.yaml"), report).expect("a change");
    let totals =
        TOTALS.replace("energy.total:", "\"x\\n::error::y\": {label: {en: Bad}}\n  energy.total:");
    fs::write(folder.join("metrics/totals.yaml"), totals).expect("a change");
    let output = text(&program(&folder, &["check", "--format", "github"]).stdout);
    assert!(output.contains("accepted by A. Bell"), "{output}");
    assert!(!output.contains("##["), "{output}");
    for line in output.lines().filter(|line| line.starts_with("::")) {
        let known = ["::error ", "::warning ", "::notice ", "::group::", "::endgroup::"];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line}");
    }
}

#[test]
fn what_is_accepted_shows_in_every_form() {
    let folder = project("ci-accepted");
    let plain = text(&program(&folder, &["check"]).stdout);
    assert!(!plain.contains("A. Bell"), "{plain}");
    let wanted = ["--accepted"];
    for format in ["text", "json", "sarif", "junit", "github"] {
        let mut arguments = vec!["check", "--format", format];
        arguments.extend(wanted);
        let output = text(&program(&folder, &arguments).stdout);
        for part in ["A. Bell", "2999-12-31", "One ticket is lost"] {
            assert!(output.contains(part), "{format} does not say {part}: {output}");
        }
    }
}

#[test]
fn a_suppression_holds_until_its_last_day() {
    let folder = project("ci-expiry");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("a report");
    fs::write(folder.join("report.yaml"), report.replace("2999-12-31", "2025-03-31"))
        .expect("a change");
    for (day, accepted) in [("2025-03-31", 1), ("2025-04-01", 0)] {
        let object = json(&program(&folder, &["check", "--format", "json", "--as-of", day]).stdout);
        assert_eq!(object["suppressed"].as_array().map(Vec::len), Some(accepted), "{day}");
        let rules = strings(&object["findings"], "/rule");
        assert_eq!(rules.contains(&"expired-suppression"), accepted == 0, "{day}");
    }
}

/// Runs `check` with a baseline and gives code, standard output and standard error.
fn with_baseline(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["check", "--baseline", "baseline.json"];
    arguments.extend(more);
    let output = program(folder, &arguments);
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_baseline_counts_what_is_new_and_only_shrinks() {
    let folder = project("ci-baseline");
    let totals = folder.join("metrics/totals.yaml");
    let file = folder.join("baseline.json");
    let (code, out, err) = with_baseline(&folder, &[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("error: there is no baseline `baseline.json`"), "{err}");
    assert!(!file.exists(), "nothing is created unless that is asked for");

    let (code, out, err) = with_baseline(&folder, &["--create-baseline", "--fail-on", "note"]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    assert!(err.contains("2 in the baseline\n"), "{err}");
    assert!(err.ends_with("findings recorded in `baseline.json`: 2\n"), "{err}");
    let first = fs::read_to_string(&file).expect("a baseline");
    assert!(first.contains("\"project\": \".\"") && !first.contains("waste.total"), "{first}");

    // What moves stays the same, and what is new counts.
    fs::write(&totals, format!("# A line.\n{TOTALS}")).expect("a change");
    assert_eq!(with_baseline(&folder, &["--fail-on", "note"]).0, Some(0));
    let more = "  water.total: {label: {en: Water}, unit: t, values: {2024: \"7\"}, parts: [part.one, part.two]}\n";
    fs::write(&totals, format!("{TOTALS}{more}")).expect("a change");
    let (code, out, _) = with_baseline(&folder, &["--update-baseline"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("metrics/totals.yaml:6:") && !out.contains("totals.yaml:5:"), "{out}");
    assert_eq!(fs::read_to_string(&file).expect("a baseline"), first, "it does not grow");
    let (code, _, err) = with_baseline(&folder, &["--create-baseline"]);
    assert_eq!(code, Some(2), "{err}");
    assert_eq!(fs::read_to_string(&file).expect("a baseline"), first, "it is recorded once");

    // What is gone is told, and taken out on request.
    fs::write(&totals, TOTALS.replace("\"8\"", "\"3\"")).expect("a correction");
    let (code, _, err) = with_baseline(&folder, &["--fail-on", "note"]);
    assert_eq!(code, Some(0));
    assert!(err.contains("findings that `baseline.json` records and that are gone: 1;"), "{err}");
    assert_eq!(fs::read_to_string(&file).expect("a baseline"), first);
    let (code, _, err) = with_baseline(&folder, &["--update-baseline", "--fail-on", "note"]);
    assert_eq!(code, Some(0));
    assert!(err.ends_with("findings that are gone, taken out of `baseline.json`: 1\n"), "{err}");
    let second = fs::read_to_string(&file).expect("a baseline");
    assert!(second.len() < first.len() && !second.contains("energy.total"), "{second}");

    // The same finding counts when it comes back.
    fs::write(&totals, TOTALS).expect("the old text");
    assert_eq!(with_baseline(&folder, &[]).0, Some(1));
}

#[test]
fn a_baseline_shows_in_every_form() {
    let folder = project("ci-baseline-forms");
    assert_eq!(with_baseline(&folder, &["--create-baseline"]).0, Some(0));
    fs::write(folder.join("narrative/about.en.md"), "# About\n\n{{ energy.total@2024 }}\n")
        .expect("prose");
    let (code, out, err) = with_baseline(&folder, &["--format", "json"]);
    assert_eq!(code, Some(0), "{err}");
    let object = json(out.as_bytes());
    assert_eq!(object["findings"], Value::Array(Vec::new()));
    assert_eq!(strings(&object["recorded"], "/rule"), ["total-mismatch"]);
    assert_eq!(strings(&object["gone"], "/rule"), ["unbound-numeral"]);
    let (_, out, _) = with_baseline(&folder, &["--format", "sarif"]);
    let log = json(out.as_bytes());
    let run = &log["runs"][0];
    assert_eq!(strings(&run["results"], "/baselineState"), ["new", "unchanged"]);
    assert_eq!(strings(&run["results"], "/suppressions/0/kind"), ["inSource", "external"]);
    let told = &run["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(strings(told, "/level"), ["warning"]);
    let (_, out, _) = with_baseline(&folder, &["--format", "junit"]);
    assert!(out.contains("failures=\"0\"") && out.contains("recorded in the baseline"), "{out}");
    let (_, out, _) = with_baseline(&folder, &["--format", "github"]);
    assert!(out.contains("; recorded in the baseline\n") && !out.contains("::error"), "{out}");
    let (_, out, _) = with_baseline(&folder, &["--accepted"]);
    assert!(out.contains("; recorded in the baseline\n"), "{out}");
}

#[test]
fn what_cannot_be_read_takes_nothing_out_of_a_baseline() {
    let folder = project("ci-baseline-broken");
    assert_eq!(with_baseline(&folder, &["--create-baseline"]).0, Some(0));
    let first = fs::read_to_string(folder.join("baseline.json")).expect("a baseline");
    for (path, broken) in [("metrics/totals.yaml", "metrics: [\n"), ("report.yaml", "entity: [\n")]
    {
        let whole = fs::read_to_string(folder.join(path)).expect("a file");
        fs::write(folder.join(path), broken).expect("a change");
        let (code, _, err) = with_baseline(&folder, &["--update-baseline"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(!err.contains("gone"), "{err}");
        assert_eq!(fs::read_to_string(folder.join("baseline.json")).expect("a baseline"), first);
        fs::write(folder.join(path), whole).expect("the old text");
    }
}

#[test]
fn a_damaged_baseline_is_refused() {
    let folder = project("ci-baseline-damaged");
    for damaged in ["", "[]", "{\"esgreport-baseline\": 9, \"projects\": []}"] {
        fs::write(folder.join("baseline.json"), damaged).expect("a file");
        for more in [&[][..], &["--update-baseline"], &["--create-baseline"]] {
            let (code, out, err) = with_baseline(&folder, more);
            assert_eq!((code, out.as_str()), (Some(2), ""), "{damaged} {more:?}");
            assert!(err.starts_with("error: baseline.json: it is "), "{err}");
        }
    }
}

/// A folder with three projects, of which the second cannot be read.
fn three(name: &str) -> PathBuf {
    let folder = scratch(name);
    write_project(&folder.join("one"));
    fs::create_dir_all(folder.join("two")).expect("a folder");
    copy_folder(&repository("tests/projects/ok/smallest"), &folder.join("three"));
    folder
}

#[test]
fn several_projects_have_one_summary_and_one_that_cannot_be_read_leaves_the_others() {
    let folder = three("ci-several");
    let output = program(&folder, &["check", "one", "two", "three"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).starts_with("── one\n\nerror[total-mismatch]"));
    assert_eq!(
        text(&output.stderr),
        "error: two: not a report project: report.yaml: no such file\n\
         one: 1 error, 1 warning, 0 notes, 1 accepted with a reason\n\
         three: 0 errors, 0 warnings, 0 notes\n\
         3 projects: 1 error, 1 warning, 0 notes, 1 not read\n"
    );
    let readable = program(&folder, &["check", "three", "one", "./one/"]);
    assert_eq!(readable.status.code(), Some(1));
    assert!(text(&readable.stderr).ends_with("2 projects: 1 error, 1 warning, 0 notes\n"));
    assert_eq!(program(&folder, &["check", "three", "three/"]).status.code(), Some(0));
    let absent = program(&folder, &["check", "three", "nowhere"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(
        text(&absent.stderr).starts_with("error: nowhere: no such file\n"),
        "{}",
        text(&absent.stderr)
    );
    let prior = program(&folder, &["check", "one", "three", "--prior", "three"]);
    assert_eq!(prior.status.code(), Some(2));
}

#[test]
fn several_projects_in_every_form() {
    let folder = three("ci-several-forms");
    let run = |format: &str| {
        let output = program(&folder, &["check", "one", "two", "three", "--format", format]);
        assert_eq!(output.status.code(), Some(2), "{format}");
        text(&output.stdout)
    };
    let object = json(run("json").as_bytes());
    assert_eq!(strings(&object["findings"], "/project"), ["one", "one"]);
    assert_eq!(object["findings"][0]["primary"]["file"], "metrics/totals.yaml");
    assert_eq!(strings(&object["projects"], "/project"), ["one", "two", "three"]);
    assert!(object["projects"][1]["fault"].as_str().expect("a fault").contains("report.yaml"));
    assert_eq!(object["projects"][0]["summary"]["error"], 1);
    assert_eq!(
        (&object["summary"]["error"], &object["summary"]["unreadable"]),
        (&1.into(), &1.into())
    );
    let log = json(run("sarif").as_bytes());
    let runs = log["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1, "code scanning takes one run of a program");
    assert_eq!(runs[0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(
        strings(&runs[0]["invocations"][0]["toolExecutionNotifications"], "/level"),
        ["error"]
    );
    let xml = run("junit");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let suites: Vec<_> =
        document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let names: Vec<_> = suites.iter().filter_map(|suite| suite.attribute("name")).collect();
    assert_eq!(names, ["one", "two", "three"]);
    assert_eq!(suites[1].attribute("errors"), Some("1"));
    assert_eq!(
        case(&document, "total-mismatch: energy.total@2024").attribute("file"),
        Some("one/metrics/totals.yaml")
    );
    let annotations = run("github");
    assert!(
        annotations.starts_with("::error file=one/metrics/totals.yaml,line=5,"),
        "{annotations}"
    );
    assert!(
        annotations.contains("::error title=esgreport::two: not a report project"),
        "{annotations}"
    );
}

#[test]
fn the_same_projects_give_the_same_bytes() {
    let dirs: Vec<String> = fs::read_dir(repository("tests/projects/bad"))
        .expect("projects")
        .flatten()
        .map(|entry| format!("tests/projects/bad/{}", entry.file_name().to_string_lossy()))
        .collect();
    let run = |format: &str| {
        let mut arguments = vec!["check", "--as-of", "2025-06-30", "--format", format];
        arguments.extend(dirs.iter().map(String::as_str));
        program(&repository("."), &arguments).stdout
    };
    for format in ["json", "sarif", "junit"] {
        assert!(run(format) == run(format), "{format}");
    }
    let object = json(&run("json"));
    let told = strings(&object["projects"], "/project");
    assert_eq!(told, dirs, "in the order in which they were named");
    let log = json(&run("sarif"));
    let xml = text(&run("junit"));
    roxmltree::Document::parse(&xml).expect("XML, whatever stands in the projects");
    let counted: usize = ["findings", "suppressed"]
        .into_iter()
        .map(|key| object[key].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(counted));
}

#[test]
fn further_forms_are_written_in_the_same_run() {
    let folder = project("ci-write");
    let arguments = [
        "check",
        "--write",
        "sarif=out/check.sarif",
        "--write",
        "json=check.json",
        "--write",
        "junit=a=b.xml",
    ];
    let output = program(&folder, &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).starts_with("error[total-mismatch]"));
    let read = |path: &str| fs::read(folder.join(path)).expect("a file");
    assert_eq!(read("out/check.sarif"), program(&folder, &["check", "--format", "sarif"]).stdout);
    assert_eq!(read("check.json"), program(&folder, &["check", "--format", "json"]).stdout);
    assert_eq!(read("a=b.xml"), program(&folder, &["check", "--format", "junit"]).stdout);
    for wrong in ["sarif", "sarif=", "xml=a"] {
        assert_eq!(
            program(&folder, &["check", "--write", wrong]).status.code(),
            Some(2),
            "{wrong}"
        );
    }
}

#[test]
fn times_are_told_on_request_and_progress_on_a_terminal_only() {
    let folder = project("ci-timings");
    let plain = program(&folder, &["check", "--format", "json"]);
    let timed = program(&folder, &["check", "--format", "json", "--timings"]);
    assert!(plain.stdout == timed.stdout, "times change no output");
    assert_eq!(text(&plain.stderr), "");
    let table = text(&timed.stderr);
    let names = ["reading files", "joining and computing", "running the rules", "time that passed"];
    for name in names {
        let line = table.lines().find(|line| line.starts_with(name)).expect("a line");
        assert!(line.ends_with(" s"), "{line}");
    }
    assert!(!table.contains('\u{1b}') && !table.contains('\r'), "{table:?}");
    let built = scratch("ci-timings-built");
    let small = repository("tests/projects/ok/smallest");
    let small = small.to_str().expect("a path");
    let output = program(&built, &["build", small, "--timings"]);
    assert!(text(&output.stderr).contains("printing report.en.pdf "), "{}", text(&output.stderr));
    let output = program(&built, &["bundle", small, "--timings"]);
    assert!(text(&output.stderr).contains("writing data "), "{}", text(&output.stderr));
}

#[test]
fn places_in_files_have_slashes_on_every_system() {
    let mut files = memory("tests/projects/ok/smallest");
    files.insert(
        "evidence/register.yaml",
        *b"items:\n  meter:\n    kind: invoice\n    title: {en: Meter}\n    file: evidence\\meter.csv\n",
    );
    let loaded = check(&files, Tier::Default);
    let found = common::lines(&loaded);
    assert!(
        found.iter().any(|line| line.starts_with("evidence/register.yaml:5:11 error[")),
        "{found:#?}"
    );
}

/// Runs the script of the Action as a workflow does.
fn action(folder: &Path, inputs: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let _ = fs::remove_file(folder.join("output"));
    let _ = fs::remove_file(folder.join("summary"));
    let mut command = Command::new("bash");
    command.arg(repository("ci/action.sh")).current_dir(folder);
    command.env("LC_ALL", "C").env("ESGREPORT_BINARY", env!("CARGO_BIN_EXE_esgreport"));
    command.env("GITHUB_OUTPUT", "output").env("GITHUB_STEP_SUMMARY", "summary");
    command.envs(inputs.iter().copied());
    let output = command.output().expect("bash runs");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
#[cfg(unix)]
fn the_script_of_the_action_annotates_and_ends_as_the_check_does() {
    let folder = three("ci-action");
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap_or_default();
    let (code, out, err) = action(&folder, &[("ESGREPORT_PROJECTS", "  one \n\nthree\n")]);
    assert_eq!(code, Some(1), "{err}");
    assert!(out.starts_with("::error file=one/metrics/totals.yaml,line=5,"), "{out}");
    assert!(read("output").contains("exit-code=1\nsarif=esgreport.sarif\n"));
    assert!(
        read("summary").contains("    2 projects: 1 error, 1 warning, 0 notes\n"),
        "{}",
        read("summary")
    );
    assert_eq!(json(read("esgreport.sarif").as_bytes())["version"], "2.1.0");

    let (code, out, _) =
        action(&folder, &[("ESGREPORT_PROJECTS", "three"), ("ESGREPORT_JUNIT", "a b.xml")]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(read("a b.xml").contains("<testsuite name=\"three\""));

    let strict = [
        ("ESGREPORT_PROJECTS", "one"),
        ("ESGREPORT_STRICT", "true"),
        ("ESGREPORT_FAIL_ON", "note"),
    ];
    assert_eq!(action(&folder, &strict).0, Some(1));
    assert_eq!(action(&folder, &[("ESGREPORT_STRICT", "yes")]).0, Some(2));

    // Nothing of an earlier run speaks for one that could not run, and no input is a command.
    let (code, _, err) = action(&folder, &[("ESGREPORT_PROJECTS", "$(touch made); `touch made`")]);
    assert_eq!(code, Some(2), "{err}");
    assert!(!folder.join("made").exists());
    assert_eq!(
        json(read("esgreport.sarif").as_bytes())["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
    let (code, _, _) = action(&folder, &[("ESGREPORT_FAIL_ON", "never")]);
    assert_eq!(code, Some(2));
    assert!(!folder.join("esgreport.sarif").exists());
    assert!(read("output").contains("exit-code=2"));
}

#[test]
fn the_action_names_every_variable_of_its_script() {
    let script = fs::read_to_string(repository("ci/action.sh")).expect("the script");
    let action = fs::read_to_string(repository("action.yml")).expect("the action");
    let words = script.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
    let used: BTreeSet<&str> = words.filter(|word| word.starts_with("ESGREPORT_")).collect();
    assert!(used.len() > 5);
    for name in used {
        let input = name.trim_start_matches("ESGREPORT_").to_lowercase().replace('_', "-");
        assert!(action.contains(&format!("{name}: ${{{{ inputs.{input} }}}}")), "{name}");
        assert!(action.contains(&format!("\n  {input}:\n")), "{input}");
    }
    for command in ["check", "--format github", "--write"] {
        assert!(script.contains(command));
    }
}
