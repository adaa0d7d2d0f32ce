//! The evidence bundle: the same bytes everywhere, every change told, and a whole engagement.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{program, repository, scratch, text};
use esgreport::bundle::{Opened, PublicKey, SecretKey, compare_rebuilt, open, verify};
use esgreport::source::zip::{Packed, pack, unpack};

const PROJECT: &str = "tests/bundle/project";

/// A bundle of the small project, signed.
fn archive() -> &'static [u8] {
    static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let folder = scratch("bundle-shared");
        fs::write(folder.join("key"), "07".repeat(32)).expect("a key");
        let project = repository(PROJECT);
        let project = project.to_str().expect("a path");
        let output = program(&folder, &["bundle", project, "-o", "one.zip", "--sign", "key"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::read(folder.join("one.zip")).expect("a bundle")
    })
}

fn key() -> PublicKey {
    SecretKey::read(&"07".repeat(32)).expect("a key").public()
}

fn files() -> Vec<Packed> {
    unpack(archive()).expect("an archive").files
}

/// What is wrong with a bundle of these files.
fn faults(files: &[Packed]) -> String {
    let archive = pack(files).expect("an archive");
    match open(&archive) {
        Ok(opened) => {
            let faults = verify(&opened, Some(&key())).faults;
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn a_bundle_is_whole_and_rebuilds_to_the_same_bytes() {
    let opened = open(archive()).expect("a bundle");
    assert_eq!(verify(&opened, Some(&key())).faults, Vec::<String>::new());
    let folder = scratch("bundle-whole");
    fs::write(folder.join("one.zip"), archive()).expect("a copy");
    let output = program(&folder, &["verify", "one.zip", "--rebuild"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(
        text(&output.stderr).contains("made again from the inputs"),
        "{}",
        text(&output.stderr)
    );
    let output = program(&folder, &["recalc", "one.zip"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stdout),
        "6 figures computed again: 6 fit, 0 differ and are accepted, 0 differ\n"
    );
}

#[test]
fn folders_time_zones_and_locales_do_not_change_a_byte() {
    let project = repository(PROJECT);
    let places =
        [("UTC", "C", "bundle-place-a"), ("Asia/Shanghai", "zh_CN.UTF-8", "bundle-place-b")];
    let bundles = places.map(|(zone, locale, folder)| {
        let folder = scratch(folder);
        let copy = folder.join("a copy of the project");
        copy_folder(&project, &copy);
        let mut command = Command::new(env!("CARGO_BIN_EXE_esgreport"));
        command.args(["bundle", "-o", "../made.zip"]).current_dir(&copy);
        command.env("TZ", zone).env("LANG", locale).env("LC_ALL", locale);
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::read(folder.join("made.zip")).expect("a bundle")
    });
    assert!(bundles[0] == bundles[1]);
}

#[test]
fn confidential_files_stay_out_and_are_named() {
    let opened = open(archive()).expect("a bundle");
    let inside = opened.tree.keys().any(|path| path.contains("staff-list.csv"));
    assert!(!inside);
    let statement = String::from_utf8_lossy(&opened.tree["statement.json"]);
    assert!(statement.contains("evidence/staff-list.csv"), "{statement}");
    let words = b"Example person 1";
    let leaks = opened.tree.values().any(|bytes| bytes.windows(words.len()).any(|w| w == words));
    assert!(!leaks);
    assert!(opened.tree.contains_key("data/input/evidence/meters.csv"));
}

#[test]
fn every_file_that_is_changed_is_named() {
    for (at, (name, bytes)) in files().iter().enumerate() {
        let short = name.strip_prefix("evidence-bundle/").expect("inside the folder");
        let mut changed = files();
        let middle = bytes.len() / 2;
        changed[at].1[middle] ^= 1;
        let faults = faults(&changed);
        assert!(faults.contains(short), "{short}: {faults}");
    }
}

#[test]
fn every_file_that_is_removed_is_named() {
    for (at, (name, _)) in files().iter().enumerate() {
        let short = name.strip_prefix("evidence-bundle/").expect("inside the folder");
        let mut rest = files();
        rest.remove(at);
        let faults = faults(&rest);
        let signature = short == "statement.dsse.json" && faults.contains("not signed");
        assert!(
            faults.contains(&format!("`{short}` is missing")) || signature,
            "{short}: {faults}"
        );
    }
}

#[test]
fn every_file_that_is_renamed_is_named_with_its_new_name() {
    for (at, (name, _)) in files().iter().enumerate() {
        let short = name.strip_prefix("evidence-bundle/").expect("inside the folder");
        let mut renamed = files();
        renamed[at].0 = format!("{name}x");
        let faults = faults(&renamed);
        assert!(faults.contains(&format!("`{short}` is missing")), "{short}: {faults}");
        assert!(faults.contains(&format!("`{short}x`")), "{short}: {faults}");
    }
}

#[test]
fn every_file_that_is_added_is_named() {
    for (name, bytes) in files() {
        let mut more = files();
        let beside = format!("{name}.more");
        more.push((beside.clone(), bytes));
        more.sort();
        let short = beside.strip_prefix("evidence-bundle/").expect("inside the folder");
        let faults = faults(&more);
        assert!(faults.contains(&format!("`{short}` was added")), "{short}: {faults}");
    }
}

#[test]
fn files_in_another_order_are_named() {
    let mut files = files();
    for at in 0..files.len() - 1 {
        files.swap(at, at + 1);
        let faults = faults(&files);
        assert!(faults.contains("another order"), "{faults}");
        assert!(
            faults.contains(files[at].0.strip_prefix("evidence-bundle/").expect("inside")),
            "{faults}"
        );
        files.swap(at, at + 1);
    }
}

/// Changes a payload file and every checksum that names it, as somebody who knows the format would.
fn forged() -> Opened {
    let mut opened = open(archive()).expect("a bundle");
    let path = "data/input/metrics/energy.yaml";
    let old = esgreport::source::sha256(&opened.tree[path]);
    let text = String::from_utf8_lossy(&opened.tree[path]).replace("1,250.50", "1,250.51");
    opened.tree.insert(path.into(), text.clone().into_bytes());
    let new = esgreport::source::sha256(text.as_bytes());
    for list in ["manifest-sha256.txt", "statement.json", "tagmanifest-sha256.txt"] {
        let before = esgreport::source::sha256(&opened.tree[list]);
        let text = String::from_utf8_lossy(&opened.tree[list]).replace(&old, &new);
        let after = esgreport::source::sha256(text.as_bytes());
        opened.tree.insert(list.into(), text.into_bytes());
        let tags = String::from_utf8_lossy(&opened.tree["tagmanifest-sha256.txt"])
            .replace(&before, &after);
        opened.tree.insert("tagmanifest-sha256.txt".into(), tags.into_bytes());
    }
    opened
}

#[test]
fn a_forger_who_corrects_every_checksum_fails_at_the_signature() {
    let forged = forged();
    let faults = verify(&forged, Some(&key())).faults;
    assert_eq!(
        faults,
        ["`statement.dsse.json`: the envelope holds another statement than the bundle"]
    );
    let mut unsigned = forged.clone();
    unsigned.tree.remove("statement.dsse.json");
    let tags = String::from_utf8_lossy(&unsigned.tree["tagmanifest-sha256.txt"]).into_owned();
    let kept = tags.lines().filter(|line| !line.ends_with("statement.dsse.json"));
    let kept: String = kept.map(|line| format!("{line}\n")).collect();
    unsigned.tree.insert("tagmanifest-sha256.txt".into(), kept.into_bytes());
    assert_eq!(
        verify(&unsigned, None).faults,
        Vec::<String>::new(),
        "which is why LIMITS.txt says it"
    );
    assert_eq!(verify(&unsigned, Some(&key())).faults, ["the bundle is not signed"]);
    // What was printed from the old figure does not follow from the new one.
    let rebuilt = open(archive()).expect("a bundle");
    let differing = compare_rebuilt(&unsigned.tree, &rebuilt.tree);
    assert!(differing.iter().any(|fault| fault.contains("metrics/energy.yaml")));
}

#[test]
fn another_key_is_not_the_right_one() {
    let opened = open(archive()).expect("a bundle");
    let other = SecretKey::read(&"08".repeat(32)).expect("a key").public();
    assert_eq!(
        verify(&opened, Some(&other)).faults,
        ["`statement.dsse.json`: the key did not sign this statement"]
    );
}

#[test]
fn hostile_archives_are_refused_in_words_and_write_nothing() {
    let folder = scratch("bundle-hostile");
    let cases: [(&str, Vec<Packed>, &str); 4] = [
        (
            "slip",
            vec![("evidence-bundle/../../x".into(), b"x".to_vec())],
            "leads out of its folder",
        ),
        ("absolute", vec![("/x".into(), b"x".to_vec())], "is an absolute path"),
        (
            "case",
            vec![("evidence-bundle/a".into(), vec![]), ("evidence-bundle/A".into(), vec![])],
            "differs in case alone",
        ),
        ("other", vec![("some/file".into(), b"x".to_vec())], "this is no evidence bundle"),
    ];
    for (name, files, words) in cases {
        let path = folder.join(format!("{name}.zip"));
        fs::write(&path, pack(&files).expect("an archive")).expect("a file");
        for command in ["verify", "recalc"] {
            let output = program(&folder, &[command, path.to_str().expect("a path")]);
            assert_ne!(output.status.code(), Some(0), "{command} {name}");
            let said = text(&output.stdout) + &text(&output.stderr);
            assert!(said.contains(words), "{command} {name}: {said}");
        }
    }
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 4);
}

#[test]
fn damaged_bundles_are_told_and_never_stop_the_program() {
    let whole = archive();
    let mut seed = 1_u64;
    for _ in 0..300 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(seed >> 20).expect("a number") % whole.len();
        let mut bytes = whole.to_vec();
        bytes[at] ^= 1 + (seed >> 56) as u8 % 255;
        let told = open(&bytes).map_or(true, |opened| !verify(&opened, None).faults.is_empty());
        assert!(told, "byte {at}");
    }
}

#[test]
fn what_points_to_evidence_stands_in_the_index() {
    let opened = open(archive()).expect("a bundle");
    let register: serde_json::Value =
        serde_json::from_slice(&opened.tree["data/evidence.json"]).expect("JSON");
    let items = register["items"].as_array().expect("items");
    let cited = |id: &str| -> Vec<&str> {
        let item = items.iter().find(|item| item["id"] == id).expect("an item");
        let cited = item["cited"].as_array().expect("a list").iter();
        cited.map(|one| one["text"].as_str().expect("a text")).collect()
    };
    assert_eq!(cited("board-minutes"), ["target energy-2030", "claim gri/2021", "gri/2021 302-3"]);
    assert_eq!(cited("meters"), ["energy.total", "energy.electricity", "energy.intensity"]);
    let page = |path: &str| String::from_utf8_lossy(&opened.tree[path]).into_owned();
    assert!(page("data/index.html").contains("Evidence of the claim"));
    let sheet = page("data/sheets/disclosures/gri-2021/clause-302-3.html");
    assert!(sheet.contains("Minutes of the board") && sheet.contains("page 3-4"), "{sheet}");
}

#[test]
fn the_reports_of_a_bundle_are_those_that_are_built() {
    let folder = scratch("bundle-and-build");
    let project = repository(PROJECT);
    let output = program(&folder, &["build", project.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let opened = open(archive()).expect("a bundle");
    for name in ["report.en.pdf", "report.zh-Hans.pdf", "report.html"] {
        let built = fs::read(folder.join("out").join(name)).expect("a file");
        assert!(opened.tree[&format!("data/report/{name}")] == built, "{name}");
    }
}

#[test]
fn a_copy_of_a_confidential_file_is_not_bundled() {
    let folder = scratch("bundle-leak");
    copy_folder(&repository(PROJECT), &folder);
    let secret = fs::read(folder.join("evidence/staff-list.csv")).expect("a file");
    fs::write(folder.join("evidence/gas-bill.txt"), &secret).expect("a change");
    let register = fs::read_to_string(folder.join("evidence/register.yaml")).expect("a file");
    let old = "baa5510a4c489ad9e053046c7f50c9bcea70987fb6e0992dc306d8b9e95927b9";
    assert!(register.contains(old));
    let register = register.replace(old, &esgreport::source::sha256(&secret));
    fs::write(folder.join("evidence/register.yaml"), register).expect("a change");
    let output = program(&folder, &["bundle"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("evidence/gas-bill.txt has the bytes of evidence/staff-list.csv"),
        "{said}"
    );
    assert!(!folder.join("evidence-bundle.zip").exists());
}

#[test]
fn evidence_that_changed_is_not_bundled() {
    let folder = scratch("bundle-changed-evidence");
    copy_folder(&repository(PROJECT), &folder);
    fs::write(folder.join("evidence/meters.csv"), "another file").expect("a change");
    let output = program(&folder, &["bundle"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("meters"), "{said}");
    assert!(!folder.join("evidence-bundle.zip").exists());
}

#[test]
fn what_is_not_read_is_not_bundled() {
    let folder = scratch("bundle-strays");
    copy_folder(&repository(PROJECT), &folder);
    fs::write(folder.join("evidence/private-notes.txt"), "not registered").expect("a file");
    fs::write(folder.join("salaries.xlsx"), "not read").expect("a file");
    let output = program(&folder, &["bundle"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let bytes = fs::read(folder.join("evidence-bundle.zip")).expect("a bundle");
    let opened = open(&bytes).expect("a bundle");
    let strays = |path: &&String| path.contains("private-notes") || path.contains("salaries");
    assert_eq!(opened.tree.keys().filter(strays).count(), 0);
}

#[test]
fn samples_can_be_drawn_again() {
    let folder = scratch("bundle-sample");
    fs::write(folder.join("one.zip"), archive()).expect("a copy");
    let draw = |arguments: &[&str]| {
        let all = [&["sample", "one.zip"], arguments].concat();
        let output = program(&folder, &all);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let rows = ["--evidence", "meters", "--method", "mus", "--size", "3", "--seed", "7"];
    let (code, drawn) = draw(&rows);
    assert_eq!(code, Some(0), "{drawn}");
    assert_eq!(draw(&rows).1, drawn);
    assert!(drawn.contains("rows of evidence/meters.csv, 4 records"), "{drawn}");
    assert!(drawn.contains("size 3, seed 7, total 1000.25, interval 333.416666666667"), "{drawn}");
    assert!(drawn.contains("N-1, north, 350.10, MWh\tcertain: it reaches the interval"), "{drawn}");
    let (code, said) = draw(&["--method", "mus", "--size", "3", "--seed", "7"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) =
        draw(&["--evidence", "staff-list", "--method", "random", "--size", "1", "--seed", "7"]);
    assert_eq!((code, said.contains("is not in the bundle")), (Some(2), true), "{said}");
    let north = [
        "--evidence",
        "meters",
        "--where",
        "site=north",
        "--method",
        "random",
        "--size",
        "2",
        "--seed",
        "1",
    ];
    assert!(draw(&north).1.contains("N-1, north"), "{}", draw(&north).1);
}

/// An auditor's file about the small project.
fn conclusions(digest: &str, meters: &str, electricity: &str) -> String {
    format!(
        "auditor: Example Auditors\nbundle: {digest}\nconclusions:\n\
         \x20 - item: energy.total@2024\n    stated: \"1,250.50 MWh\"\n    procedure: recalculation\n    result: satisfactory\n    level: reasonable\n    by: A. Auditor\n    on: 2025-03-12\n\
         \x20 - item: evidence meters\n    stated: {meters}\n    procedure: inspection\n    sample: mus, size 3, seed 7\n    result: satisfactory\n    level: none\n    by: A. Auditor\n    on: 2025-03-12\n\
         \x20 - item: energy.electricity@2024\n{electricity}    by: A. Auditor\n    on: 2025-03-12\n"
    )
}

#[test]
fn a_whole_engagement() {
    let folder = scratch("bundle-engagement");
    let project = folder.join("project");
    copy_folder(&repository(PROJECT), &project);
    let run = |arguments: &[&str]| {
        let output = program(&project, arguments);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let must = |arguments: &[&str], code: i32, words: &str| {
        let (found, said) = run(arguments);
        assert_eq!(found, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        said
    };
    // The board approves, the auditor gets the bundle and draws a sample.
    must(&["seal", "--by", "The Board", "--on", "2025-03-10"], 0, "sealed ");
    must(&["check"], 0, "0 errors");
    must(&["bundle", "-o", "../first.zip"], 0, "digest ");
    let said = must(&["verify", "../first.zip", "--rebuild"], 0, "nothing was changed");
    let digest =
        said.lines().find_map(|line| line.strip_prefix("digest ")).expect("a digest").to_owned();
    must(
        &[
            "sample",
            "../first.zip",
            "--evidence",
            "meters",
            "--method",
            "mus",
            "--size",
            "3",
            "--seed",
            "7",
        ],
        0,
        "population ",
    );
    let meters = project.join("evidence/meters.csv");
    let old = esgreport::source::sha256(&fs::read(&meters).expect("a file"));
    // One exception. The file must be whole before it is taken, and say what it is on.
    let file = folder.join("auditor.yaml");
    let exception = "    stated: \"1,000.25\"\n    procedure: inspection\n    result: exception\n    exception: meter S-2 was read one day late\n    level: none\n";
    fs::write(
        &file,
        conclusions(
            &digest,
            &old,
            &exception.replace("    exception: meter S-2 was read one day late\n", ""),
        ),
    )
    .expect("a file");
    must(&["conclude", "../auditor.yaml"], 1, "the key `exception` is missing");
    let loose = exception.replace("    stated: \"1,000.25\"\n", "");
    fs::write(&file, conclusions(&digest, &old, &loose)).expect("a file");
    must(&["conclude", "../auditor.yaml"], 1, "is concluded on without what stood there");
    assert!(!project.join("conclusions").exists());
    fs::write(&file, conclusions(&digest, &old, exception)).expect("a file");
    must(&["conclude", "../auditor.yaml"], 1, "assurance-beyond-conclusion");
    assert!(project.join("conclusions/auditor.yaml").exists());
    // With the exception open there is no bundle that claims assurance for the figure.
    must(&["bundle", "-o", "../open.zip"], 1, "the auditor found an exception");
    assert!(!folder.join("open.zip").exists());
    // The company corrects the reading. The seal breaks, and the conclusions no longer hold.
    let edit = |path: &str, from: &str, to: &str| {
        let path = project.join(path);
        let before = fs::read_to_string(&path).expect("a file");
        assert!(before.contains(from), "{from}");
        fs::write(path, before.replace(from, to)).expect("a change");
    };
    edit("metrics/energy.yaml", "1,000.25", "1,000.15");
    edit("metrics/energy.yaml", "400.10", "400.00");
    edit("metrics/energy.yaml", "1,250.50", "1,250.40");
    edit("metrics/energy.yaml", "12.51", "12.50");
    let said = must(&["check"], 1, "changed-after-conclusion");
    assert!(
        said.contains(
            "`energy.electricity@2024` was approved as 1000.25 MWh and is now 1000.15 MWh"
        ),
        "{said}"
    );
    assert!(
        said.contains(
            "`energy.total@2024` was concluded on as 1,250.50 MWh and is now 1,250.40 MWh"
        ),
        "{said}"
    );
    // Explained: the evidence is corrected, the seal lifted with a reason, the conclusions are new.
    edit("evidence/meters.csv", "220.10", "220.00");
    let new = esgreport::source::sha256(&fs::read(&meters).expect("a file"));
    edit("evidence/register.yaml", &old, &new);
    let said = must(&["check"], 1, "changed-after-conclusion");
    assert!(
        said.contains(&format!("`evidence meters` was concluded on as {old} and is now {new}")),
        "{said}"
    );
    must(&["seal", "--by", "The Board"], 2, "lift the seal with a reason");
    must(
        &[
            "seal",
            "--lift",
            "--by",
            "The Board",
            "--on",
            "2025-03-14",
            "--reason",
            "meter S-2 was read again",
        ],
        0,
        "lifted",
    );
    let clean = "    stated: \"1,000.15\"\n    procedure: inspection\n    result: satisfactory\n    level: limited\n";
    let second = conclusions(&digest, &new, clean).replace("1,250.50", "1,250.40");
    fs::write(&file, second).expect("a file");
    must(&["conclude", "../auditor.yaml"], 2, "use --replace");
    must(&["conclude", "../auditor.yaml", "--replace"], 0, "conclusions/auditor.yaml");
    must(&["seal", "--by", "The Board", "--on", "2025-03-15"], 0, "sealed ");
    must(&["bundle", "-o", "../second.zip"], 0, "digest ");
    must(&["verify", "../second.zip", "--rebuild"], 0, "nothing was changed");
    // Conclusions, the lifted seal and its reason are in the second bundle.
    let opened = open(&fs::read(folder.join("second.zip")).expect("a bundle")).expect("a bundle");
    let page = |path: &str| String::from_utf8_lossy(&opened.tree[path]).into_owned();
    assert!(page("data/index.html").contains("A. Auditor"));
    assert!(page("data/sheets/metrics/metric-energy.total.html").contains("recalculation"));
    assert!(page("data/input/seal.yaml").contains("meter S-2 was read again"));
    let marks: BTreeMap<&str, bool> =
        ["●", "◐"].map(|sign| (sign, page("data/report/report.html").contains(sign))).into();
    assert!(marks.values().all(|there| *there), "{marks:?}");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target: PathBuf = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn example_files_add_up_to_the_published_figures() {
    use esgreport::quantity::Decimal;
    let loaded =
        common::check(&common::memory("content/xiaomi-2024"), esgreport::lint::Tier::Default);
    let report = loaded.report.expect("a report");
    let mut totals: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut segments: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    for name in ["energy", "greenhouse-gas", "emissions", "waste"] {
        let path = format!("content/xiaomi-2024/evidence/EXAMPLE-{name}-sites-2024.csv");
        let text = fs::read_to_string(repository(&path)).expect("a file");
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let value: Decimal = cells[3].parse().expect("a figure");
            *totals.entry(cells[0].to_owned()).or_default() += value;
            *segments.entry((cells[0].to_owned(), cells[1].to_owned())).or_default() += value;
            assert!(line.contains("EXAMPLE"), "{line}");
        }
    }
    let mut compared = 0;
    for (metric, total) in &totals {
        let figure = &report.metric(metric).expect("a metric").values[&2024];
        let printed = figure.figure().expect("a figure");
        assert_eq!(
            esgreport::quantity::rounded(*total, printed.decimals()),
            printed.value,
            "{metric}"
        );
        compared += 1;
    }
    for ((metric, segment), sum) in &segments {
        let metric = report.metric(metric).expect("a metric");
        let member = metric.by[0].member(segment).expect("a member");
        let printed = member.values[&2024].figure().expect("a figure");
        assert_eq!(
            esgreport::quantity::rounded(*sum, printed.decimals()),
            printed.value,
            "{segment}"
        );
    }
    assert_eq!(compared, 19);
}

#[test]
fn the_example_of_the_workforce_adds_up_to_the_published_figures() {
    let loaded =
        common::check(&common::memory("content/xiaomi-2024"), esgreport::lint::Tier::Default);
    let report = loaded.report.expect("a report");
    let path = "content/xiaomi-2024/evidence/EXAMPLE-workforce-sites-2024.csv";
    let text = fs::read_to_string(repository(path)).expect("a file");
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let people: u64 = cells[4].parse().expect("a number of people");
        let [kind, region, gender] = [cells[0], cells[1], cells[2]];
        let mut figures = vec![
            "workforce.total@2024".to_owned(),
            format!("workforce.total[employment-type={kind}]@2024"),
        ];
        if kind == "full-time" {
            figures.push("workforce.full-time@2024".into());
            figures.push(format!("workforce.full-time[region={region}]@2024"));
            figures.push(format!("workforce.full-time[gender={gender}]@2024"));
        }
        figures.into_iter().for_each(|figure| *sums.entry(figure).or_default() += people);
        assert!(line.contains("EXAMPLE"), "{line}");
    }
    let stated = report.sealed_figures();
    for (figure, sum) in &sums {
        let text = &stated.get(figure).unwrap_or_else(|| panic!("{figure}")).text;
        assert_eq!(*text, format!("{sum} person"), "{figure}");
    }
    assert!(sums.len() >= 11, "{sums:?}");
}
