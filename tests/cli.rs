//! The program as its users meet it: standard output, standard error, exit code, files.
#![allow(clippy::expect_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{copy_folder, program, repository, scratch, text};
use serde_json::Value;

/// A copy of a project that a test may change.
fn copy(project: &str, name: &str) -> PathBuf {
    let folder = scratch(name);
    copy_folder(&repository(project), &folder);
    folder
}

#[test]
fn a_clean_project_exits_with_0() {
    let output = program(&repository("tests/projects/ok/smallest"), &["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(text(&output.stderr), "0 errors, 0 warnings, 0 notes\n");
}

#[test]
fn findings_exit_with_1_and_are_data_on_request() {
    let folder = repository("tests/projects/bad/wrong-sums");
    let output = program(&folder, &["lint", "--format", "json", "--as-of", "2025-06-30"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "");
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let findings = object["findings"].as_array().expect("a list");
    assert!(!findings.is_empty());
    for finding in findings {
        for key in [
            "rule",
            "severity",
            "message",
            "help",
            "primary",
            "related",
            "stated",
            "computed",
            "difference",
        ] {
            assert!(finding.get(key).is_some(), "{key} in {finding}");
        }
        for key in ["file", "line", "column", "end_line", "end_column"] {
            assert!(finding["primary"].get(key).is_some(), "{key} in {finding}");
        }
        let file = finding["primary"]["file"].as_str().expect("a path");
        assert!(folder.join(file).exists(), "{file} is relative to the project");
    }
    let count = |severity: &str| {
        let same = findings.iter().filter(|finding| finding["severity"] == severity).count();
        assert_eq!(object["summary"][severity], same, "{severity}");
    };
    ["error", "warning", "note"].into_iter().for_each(count);
}

#[test]
fn what_cannot_run_exits_with_2() {
    let folder = scratch("cli-nothing");
    for arguments in [&["check"][..], &["build"], &["check", "nowhere"], &["build", "--lang", "xx"]]
    {
        let output = program(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
    let output = program(&repository("tests/projects/ok/smallest"), &["build", "--lang", "zh"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: the report has no language `zh`; it has en\n");
}

#[test]
fn errors_stop_a_build_and_leave_earlier_output_whole() {
    let folder = copy("tests/projects/ok/smallest", "cli-build");
    let first = program(&folder, &["build"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let pdf = folder.join("out/report.en.pdf");
    let html = folder.join("out/report.en.html");
    let before = (fs::read(&pdf).expect("a PDF"), fs::read(&html).expect("a page"));
    let path = folder.join("narrative/about.en.md");
    let prose = fs::read_to_string(&path).expect("prose");
    fs::write(&path, format!("{prose}\n{{{{ no.such-metric@2024 }}}}\n")).expect("a change");
    let second = program(&folder, &["build"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("not built: 1 error;"), "{}", text(&second.stderr));
    assert_eq!(text(&second.stdout), "");
    assert_eq!((fs::read(&pdf).expect("a PDF"), fs::read(&html).expect("a page")), before);
    let names: Vec<_> = fs::read_dir(folder.join("out")).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 2, "no part of a file is left behind");
}

#[test]
fn a_draft_is_built_with_errors_and_marks_every_page() {
    let folder = copy("tests/projects/ok/smallest", "cli-draft");
    let path = folder.join("narrative/about.en.md");
    let prose = fs::read_to_string(&path).expect("prose");
    fs::write(&path, format!("{prose}\n{{{{ no.such-metric@2024 }}}}\n")).expect("a change");
    let output = program(&folder, &["build", "--draft"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = fs::read_to_string(folder.join("out/report.en.html")).expect("a page");
    assert!(page.contains("Draft"));
    let bytes = fs::read(folder.join("out/report.en.pdf")).expect("a PDF");
    let pages = common::pdf::pages(&bytes);
    assert!(!pages.is_empty());
    for (number, page) in pages.iter().enumerate() {
        assert!(page.contains("Draft"), "page {} has no mark: {page}", number + 1);
    }
}

#[test]
fn two_builds_give_the_same_bytes() {
    let project = repository("tests/projects/ok/smallest");
    let project = project.to_str().expect("a path");
    let (one, two) = (scratch("cli-bytes-one"), scratch("cli-bytes-two"));
    for folder in [&one, &two] {
        let output = program(folder, &["build", project, "-o", "printed"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    for name in ["report.en.pdf", "report.en.html"] {
        let read = |folder: &Path| fs::read(folder.join("printed").join(name)).expect("a file");
        assert!(read(&one) == read(&two), "{name}");
    }
}

#[test]
fn emitted_typst_source_is_complete() {
    let folder = copy("tests/projects/ok/smallest", "cli-emit");
    let output = program(&folder, &["build", "--format", "html", "--emit", "typst"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for path in [
        "typst/main.typ",
        "typst/system.typ",
        "data/view.json",
        "data/tokens.json",
        "data/facts.json",
    ] {
        assert!(folder.join("out/typst.en").join(path).exists(), "{path}");
    }
}

#[test]
fn diff_tells_what_changed_and_whether_it_is_explained() {
    let new = repository("tests/projects/bad/silent-changes");
    let old = new.join("prior/2023");
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let output = program(&repository("."), &["diff", &old, &new]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    insta::assert_snapshot!("diff-text", text(&output.stdout));
    let output = program(&repository("."), &["diff", &old, &new, "--format", "markdown"]);
    insta::assert_snapshot!("diff-markdown", text(&output.stdout));
    let output = program(&repository("."), &["diff", &old, &new, "--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(object["summary"]["unexplained"], 3);
    assert_eq!(object["metrics"]["dropped"], serde_json::json!(["energy.coal"]));
    let staff = &object["facts"].as_array().expect("a list")[3];
    assert_eq!(staff["name"], "staff@2023");
    assert_eq!(staff["explained"], true);
}

#[test]
fn diff_of_equal_projects_is_empty_and_of_none_an_error() {
    let folder = repository("tests/projects/ok/harbour-ferries").display().to_string();
    let output = program(&repository("."), &["diff", &folder, &folder]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "no changes\n");
    let output = program(&repository("."), &["diff", "tests", &folder]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_report_before_can_be_named_on_the_command_line() {
    let folder = copy("tests/projects/bad/silent-changes", "named-prior");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("the file");
    let without = report.replace("prior: {project: prior/2023}\n", "");
    fs::write(folder.join("report.yaml"), without).expect("the file");
    let prior = scratch("named-prior-2023");
    copy_folder(&folder.join("prior/2023"), &prior);
    fs::remove_dir_all(folder.join("prior")).expect("the folder");
    let check = ["check", "--as-of", "2025-06-30", "--format", "json"];
    let rules = |arguments: &[&str]| -> Vec<String> {
        let output = program(&folder, arguments);
        let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        let findings = object["findings"].as_array().expect("a list");
        findings.iter().map(|f| f["rule"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(!rules(&check).iter().any(|rule| rule == "silent-restatement"));
    let named = [&check[..], &["--prior", prior.to_str().expect("a path")]].concat();
    assert!(rules(&named).iter().any(|rule| rule == "silent-restatement"));
    let wrong = [&check[..], &["--prior", "nowhere"]].concat();
    assert_eq!(program(&folder, &wrong).status.code(), Some(2));
}

#[test]
fn the_lineage_of_a_metric_reaches_intervals_inputs_and_their_evidence() {
    let folder = repository("content/xiaomi-2024");
    let output = program(&folder, &["explain", "ghg.intensity.revenue@2024"]);
    let told = text(&output.stdout);
    for part in [
        "[0.565, 0.575]",
        "ghg.total = 209,714.77 tCO2e [209,714.765, 209,714.775]",
        "finance.revenue = ",
        "evidence of ghg.total, ",
        "evidence of finance.revenue, ",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn an_evidence_bundle_stands_in_for_the_report_before() {
    let folder = copy("tests/projects/bad/silent-changes", "bundled-prior");
    let (prior, bundle) = (folder.join("prior/2023"), folder.join("prior/2023.zip"));
    let name = bundle.display().to_string();
    let made = program(&prior, &["bundle", "-o", &name, "--as-of", "2025-06-30"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let messages = |arguments: &[&str]| -> Vec<String> {
        let output = program(&folder, arguments);
        let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        let findings = object["findings"].as_array().expect("a list");
        findings.iter().map(|f| f["message"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let check = ["check", "--as-of", "2025-06-30", "--format", "json"];
    let by_folder = messages(&check);
    let of_folder = program(&folder, &["diff", "prior/2023", "."]);
    let of_bundle = program(&folder, &["diff", "prior/2023.zip", "."]);
    assert_eq!(text(&of_folder.stdout), text(&of_bundle.stdout));
    fs::remove_dir_all(&prior).expect("the folder");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("the file");
    let moved = report.replace("prior/2023", "prior/2023.zip");
    fs::write(folder.join("report.yaml"), moved).expect("the file");
    assert_eq!(messages(&check), by_folder);
    // A changed byte of the published facts must not become the figure to compare with.
    let mut bytes = fs::read(&bundle).expect("the bundle");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&bundle, bytes).expect("the bundle");
    assert!(messages(&check).iter().any(|m| m.starts_with("no evidence bundle can be read")));
    let refused = program(&folder, &["diff", "prior/2023.zip", "."]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stdout));
}

#[test]
fn a_report_before_outside_the_project_is_not_read() {
    let folder = copy("tests/projects/bad/silent-changes", "outside-prior");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("the file");
    for place in ["../named-prior", "/etc", "prior/../../named-prior"] {
        let moved = report.replace("prior/2023", place);
        fs::write(folder.join("report.yaml"), moved).expect("the file");
        let output = program(&folder, &["check", "--format", "json"]);
        let found = text(&output.stdout);
        assert!(!found.contains("silent-restatement\""), "{place}: {found}");
        assert!(found.contains("unreadable-file"), "{place}: {found}");
    }
}

#[test]
fn findings_in_a_workbook_name_file_sheet_and_cell() {
    let folder = copy("tests/projects/ok/spreadsheets", "cells");
    let metrics = fs::read_to_string(folder.join("metrics/energy.yaml")).expect("the file");
    let changed = metrics.replace("parts: [energy.gas, energy.electricity]", "parts: [energy.gas]");
    fs::write(folder.join("metrics/energy.yaml"), changed).expect("the file");
    let output = program(&folder, &["check"]);
    assert!(
        text(&output.stdout).contains("--> data/energy.xlsx:能源!E4\n"),
        "{}",
        text(&output.stdout)
    );
    let output = program(&folder, &["check", "--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let place = &object["findings"][0]["primary"];
    assert_eq!(place["file"], "data/energy.xlsx");
    assert_eq!(place["sheet"], "能源");
    assert_eq!(place["cell"], "E4");
    assert_eq!((place["line"].as_u64(), place["column"].as_u64()), (Some(4), Some(5)));
}

#[test]
fn figures_are_bound_where_one_fact_prints_the_same() {
    let folder = copy("tests/projects/ok/smallest", "fix");
    let section = folder.join("narrative/about.en.md");
    let metrics = folder.join("metrics/fix.yaml");
    let facts = "metrics:\n  sites.all:\n    label: {en: Sites open}\n    unit: site\n    values: {2024: \"1,234\"}\n  \
                 gas.burnt:\n    label: {en: Gas burnt}\n    unit: MWh\n    values: {2024: \"56.70\"}\n  \
                 visitors.all:\n    label: {en: Visitors}\n    unit: person\n    values: {2024: \"over 42,000\"}\n";
    fs::create_dir_all(folder.join("metrics")).expect("a folder");
    fs::write(&metrics, facts).expect("written");
    let before = fs::read_to_string(&section).expect("a section");
    let added = "\nWe burnt 56.70 MWh of gas, 56,700 kWh in all, and 56.7 MWh by rounding.\n\n\
                 - Over 42,000 people came; some say over 42,000 people.\n- There were 1234 sites. In 2023 there were 1,234 sites.\n";
    fs::write(&section, format!("{before}{added}")).expect("written");
    let output = program(&folder, &["check", "--fix"]);
    let after = fs::read_to_string(&section).expect("a section");
    let changed = after.strip_prefix(&before).expect("nothing before it changed");
    assert_eq!(
        changed,
        "\nWe burnt {{ gas.burnt@2024 }} of gas, {{ gas.burnt@2024 | in kWh, dp 0 }} in all, and {{ gas.burnt@2024 | in MWh, dp 1 }} by rounding.\n\n\
         - Over 42,000 people came; some say {{ visitors.all@2024 }}.\n- There were {{ sites.all@2024 }}. In 2023 there were 1,234 sites.\n"
    );
    assert!(
        text(&output.stderr).contains("bound 5 figures in 1 files"),
        "{}",
        text(&output.stderr)
    );
    let again = program(&folder, &["check", "--fix"]);
    assert!(text(&again.stderr).contains("bound 0 figures in 0 files"));
}
