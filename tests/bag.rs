//! What `verify` refuses and names: the rules of bags, and archives that could do harm.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::process::Command;
use std::sync::OnceLock;

use common::{program, repository, scratch, text};
use esgreport::bundle::{open, verify};
use esgreport::source::zip::{Packed, pack, unpack};

/// A bundle of the small project.
fn archive() -> &'static [u8] {
    static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let folder = scratch("bag-shared");
        let project = repository("tests/bundle/project");
        let project = project.to_str().expect("a path");
        let output = program(&folder, &["bundle", project, "-o", "one.zip"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::read(folder.join("one.zip")).expect("a bundle")
    })
}

fn files() -> Vec<Packed> {
    unpack(archive()).expect("an archive").files
}

/// What is wrong with a bundle of these files.
fn faults(mut files: Vec<Packed>) -> String {
    files.sort();
    let archive = pack(&files).expect("an archive");
    match open(&archive) {
        Ok(opened) => {
            let faults = verify(&opened, None).faults;
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        Err(refusal) => refusal.to_string(),
    }
}

/// What is wrong when one file has other bytes.
fn changed(name: &str, edit: impl FnOnce(&str) -> String) -> String {
    let mut files = files();
    let file = files.iter_mut().find(|(path, _)| path == &format!("evidence-bundle/{name}"));
    let bytes = &mut file.expect("a file").1;
    *bytes = edit(&String::from_utf8_lossy(bytes)).into_bytes();
    faults(files)
}

/// What is wrong when there is one more file.
fn with(name: &str, bytes: &str) -> String {
    let mut files = files();
    files.push((format!("evidence-bundle/{name}"), bytes.as_bytes().to_vec()));
    faults(files)
}

const MANIFEST: &str = "manifest-sha256.txt";

fn first_line(text: &str) -> String {
    text.lines().next().expect("a line").to_owned()
}

#[test]
fn a_byte_order_mark_in_the_declaration_is_named() {
    let told = changed("bagit.txt", |text| format!("\u{feff}{text}"));
    assert!(told.contains("`bagit.txt` does not say what BagIt 1.0 asks"), "{told}");
}

#[test]
fn another_version_or_encoding_is_named() {
    for (from, to) in
        [("1.0", "0.97"), ("UTF-8", "UTF-16"), ("\n", "\r\n"), ("BagIt-V", " BagIt-V")]
    {
        let told = changed("bagit.txt", |text| text.replacen(from, to, 1));
        assert!(told.contains("`bagit.txt` does not say what BagIt 1.0 asks"), "{to}: {told}");
    }
}

#[test]
fn files_that_would_have_to_be_fetched_are_named() {
    let told = with("fetch.txt", "https://example.org/secret 10 data/secret\n");
    assert!(told.contains("`fetch.txt` was added"), "{told}");
}

#[test]
fn manifests_of_another_algorithm_are_named() {
    let told = with("manifest-md5.txt", "d41d8cd98f00b204e9800998ecf8427e  data/LIMITS.txt\n");
    assert!(told.contains("`manifest-md5.txt` was added"), "{told}");
}

#[test]
fn white_space_in_a_line_of_a_manifest_is_named() {
    for edit in [
        |text: &str| text.replacen('\n', " \n", 1),
        |text: &str| text.replacen("  ", "\t", 1),
        |text: &str| text.replacen("  ", "   ", 1),
        |text: &str| text.replacen("  ", " *", 1),
        |text: &str| format!(" {text}"),
        |text: &str| text.replacen('\n', "\r\n", 1),
    ] {
        let told = changed(MANIFEST, edit);
        assert!(told.contains("`manifest-sha256.txt`"), "{told}");
        assert!(told.contains("line 1") || told.contains("from line"), "{told}");
    }
    let blank = changed(MANIFEST, |text| format!("{text}\n"));
    assert!(blank.contains("is no checksum and path"), "{blank}");
}

#[test]
fn white_space_around_a_name_is_refused() {
    for name in ["data/ name.txt", "data/name.txt ", "data/folder /name.txt", "data/name\u{3000}"] {
        assert!(with(name, "x").contains("has white space around a name"), "{name:?}");
    }
    assert!(with("data/a name.txt", "x").contains("`data/a name.txt` was added"));
    assert!(with("data/two\nlines", "x").contains("has a control character"));
}

#[test]
fn lines_that_lead_out_of_the_bag_are_named() {
    for path in
        ["../outside", "data/../../outside", "/etc/passwd", "C:/x", "~/x", "data\\..\\x", "./x"]
    {
        let told = changed(MANIFEST, |text| format!("{}  {path}\n{text}", "0".repeat(64)));
        assert!(
            told.contains("line 1 of `manifest-sha256.txt` is no checksum and path"),
            "{path}: {told}"
        );
    }
}

#[test]
fn lines_that_stand_twice_are_named() {
    let told = changed(MANIFEST, |text| format!("{}\n{text}", first_line(text)));
    assert!(told.contains("twice"), "{told}");
    let other = changed(MANIFEST, |text| {
        format!(
            "{}  {}\n{text}",
            "0".repeat(64),
            first_line(text).split_once("  ").expect("a path").1
        )
    });
    assert!(other.contains("twice"), "{other}");
}

#[test]
fn lines_that_differ_in_case_or_in_form_are_named() {
    let upper = changed(MANIFEST, |text| first_line(text).to_uppercase() + "\n");
    assert!(upper.contains("line 1 of `manifest-sha256.txt`"), "{upper}");
    let path = changed(MANIFEST, |text| text.replacen("data/LIMITS", "data/Limits", 1));
    assert!(path.contains("`data/LIMITS.txt` was added"), "{path}");
    let short = changed(MANIFEST, |text| text.get(1..).expect("a text").to_owned());
    assert!(short.contains("line 1 of `manifest-sha256.txt`"), "{short}");
    let encoded = changed(MANIFEST, |text| text.replacen("data/L", "data/%4C", 1));
    assert!(encoded.contains("`manifest-sha256.txt`"), "{encoded}");
}

#[test]
fn names_that_meet_on_some_systems_are_refused() {
    assert!(with("data/limits.txt", "x").contains("differs in case alone from"));
    assert!(with("data/Input/x", "x").contains("has a folder that differs in case alone"));
    assert!(with("data/LIMITS.txt/x", "x").contains("is a file, and a folder of"));
    assert!(with("data/LIMITS.txt", "x").contains("stands twice"));
    assert!(with("data/aux.txt", "x").contains("Windows keeps for a device"));
}

#[test]
fn a_wrong_sum_of_bytes_is_named() {
    let told = changed("bag-info.txt", |text| text.replace("Payload-Oxum: ", "Payload-Oxum: 1"));
    assert!(told.contains("`bag-info.txt` gives another size or number of files"), "{told}");
}

#[test]
fn nothing_is_computed_or_drawn_from_a_bundle_that_was_changed() {
    let folder = scratch("bag-changed");
    let mut files = files();
    let file = files.iter_mut().find(|(path, _)| path.ends_with("input/metrics/energy.yaml"));
    let bytes = &mut file.expect("a file").1;
    *bytes = String::from_utf8_lossy(bytes).replace("1,250.50", "1,250.55").into_bytes();
    fs::write(folder.join("one.zip"), pack(&files).expect("an archive")).expect("a file");
    let commands: [&[&str]; 2] = [
        &["recalc", "one.zip"],
        &["sample", "one.zip", "--method", "random", "--size", "1", "--seed", "1"],
    ];
    for arguments in commands {
        let output = program(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(
            said.contains("the bundle is not whole: `data/input/metrics/energy.yaml` was changed"),
            "{said}"
        );
    }
}

/// What the program says in Chinese.
fn in_chinese(folder: &std::path::Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esgreport"));
    command.env("LC_ALL", "C").args(["--ui", "zh"]).args(arguments).current_dir(folder);
    let output = command.output().expect("the program runs");
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn what_is_said_of_bundles_is_said_in_chinese() {
    let folder = scratch("bag-chinese");
    fs::write(folder.join("one.zip"), archive()).expect("a copy");
    let mut other = files();
    other.retain(|(path, _)| !path.ends_with("LIMITS.txt"));
    other.push(("evidence-bundle/data/new.txt".into(), b"x".to_vec()));
    let middle = other.len() / 2;
    other[middle].1[0] ^= 1;
    fs::write(folder.join("other.zip"), pack(&other).expect("an archive")).expect("a file");
    let slip = vec![("evidence-bundle/../x".into(), b"x".to_vec())];
    fs::write(folder.join("slip.zip"), pack(&slip).expect("an archive")).expect("a file");
    fs::write(folder.join("no.pdf"), b"%PDF-1.7 nothing").expect("a file");
    let mus = ["--method", "mus", "--size", "3", "--seed", "7"];
    let said = [
        in_chinese(&folder, &["verify", "one.zip"]),
        in_chinese(&folder, &["verify", "other.zip"]),
        in_chinese(&folder, &["verify", "slip.zip"]),
        in_chinese(&folder, &["verify", "no.pdf"]),
        in_chinese(&folder, &["verify", "one.zip", "--key", "one.zip"]),
        in_chinese(&folder, &["recalc", "one.zip", "--all"]),
        in_chinese(&folder, &["recalc", "other.zip"]),
        in_chinese(&folder, &[&["sample", "one.zip"], mus.as_slice()].concat()),
        in_chinese(
            &folder,
            &[&["sample", "one.zip", "--evidence", "meters"], mus.as_slice()].concat(),
        ),
        in_chinese(
            &folder,
            &["sample", "one.zip", "--method", "random", "--size", "2", "--seed", "7"],
        ),
        in_chinese(&folder, &["bundle", "nowhere"]),
    ];
    for line in said.iter().flat_map(|text| text.lines()) {
        // What the system or a library says, and rows of evidence, stay as they are.
        if line.contains(", MWh") || line.contains("utf-8") || line.contains(".pdf：") {
            continue;
        }
        let outside: String = line.split('`').step_by(2).collect();
        let words = outside.split(|c: char| !(c.is_ascii_alphabetic() || c == ' '));
        let english =
            words.filter(|run| run.split_whitespace().filter(|w| w.len() > 1).count() >= 3);
        assert_eq!(english.collect::<Vec<_>>(), Vec::<&str>::new(), "{line}");
    }
    let all = said.join("\n");
    for words in ["没有任何改动", "缺少 `data/LIMITS.txt`", "指向文件夹之外", "抽样间隔"]
    {
        assert!(all.contains(words), "{words}: {all}");
    }
}
