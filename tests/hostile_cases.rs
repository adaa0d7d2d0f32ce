//! One test for each kind of hostile input, under its name. `docs/hostile-input.md` lists them with the limits.
#![allow(clippy::expect_used)]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{as_of, copy_folder, lines, memory, program, repository, scratch, text};
use esgreport::bundle::read_pdf;
use esgreport::command::{Options, load};
use esgreport::lint::Tier;
use esgreport::source::{Disk, Files};

/// Findings of the smallest project with some files laid over it, one a line.
fn found(files: &[(&str, &[u8])]) -> Vec<String> {
    let mut all = memory("tests/rules/minimal");
    files.iter().for_each(|(path, bytes)| all.insert(path, *bytes));
    of(&all)
}

fn of(files: &dyn Files) -> Vec<String> {
    lines(&load(files, Options { tier: Tier::Default, as_of: as_of() }).expect("a project"))
}

/// The same where a file of metrics holds a text.
fn of_metrics(text: &str) -> Vec<String> {
    found(&[("metrics/more.yaml", text.as_bytes())])
}

/// The same where a narrative does.
fn of_prose(text: &str) -> Vec<String> {
    found(&[("narrative/overview.en.md", text.as_bytes())])
}

fn has(found: &[String], words: &[&str]) {
    let whole = |line: &String| words.iter().all(|word| line.contains(word));
    let shown: String = found.iter().take(8).map(|line| format!("{line:.300}\n")).collect();
    assert!(found.iter().any(whole), "{words:?} in\n{shown}");
}

/// A metric with a value.
fn metric(id: &str, value: &str) -> String {
    format!("metrics:\n  {id}: {{label: {{en: A}}, unit: t, values: {{2024: \"{value}\"}}}}\n")
}

/// The smallest project in a folder of its own.
fn on_disk(name: &str) -> std::path::PathBuf {
    let folder = scratch(name).join("project");
    copy_folder(&repository("tests/rules/minimal"), &folder);
    folder
}

fn of_disk(folder: &Path) -> Vec<String> {
    of(&Disk::open(folder).expect("a folder"))
}

#[test]
fn yaml_bombs_of_aliases_do_not_unfold() {
    let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (one, other) in
        ["b", "c", "d", "e", "f", "g", "h", "i", "j"].iter().zip("abcdefghi".chars())
    {
        let _ = writeln!(text, "{one}: &{one} [{}]", vec![format!("*{other}"); 9].join(", "));
    }
    has(&of_metrics(&text), &["metrics/more.yaml:1:", "yaml-alias"]);
    has(
        &of_metrics("metrics:\n  base.one: &x {label: {en: A}, unit: t}\n  base.two: {<<: *x}\n"),
        &["yaml-alias"],
    );
}

#[test]
fn yaml_tags_build_no_objects() {
    has(&of_metrics("metrics: !!python/object/apply:os.system ['true']\n"), &["yaml-tag"]);
}

#[test]
fn yaml_of_several_documents_is_refused() {
    has(&of_metrics("metrics: {}\n---\nmetrics: {}\n"), &["2:1", "several-documents"]);
}

#[test]
fn deep_nesting_of_yaml_is_refused() {
    for text in ["[".repeat(100_000), "{a: ".repeat(50_000), format!("{}a", "- ".repeat(50_000))] {
        has(&of_metrics(&text), &["metrics/more.yaml:1", "invalid-yaml"]);
    }
}

#[test]
fn deep_nesting_of_markdown_is_refused() {
    has(&of_prose(&format!("# A\n\n{}x\n", "> ".repeat(50_000))), &["deep-nesting"]);
    has(&of_prose(&format!("# A\n\n{}x\n", "- ".repeat(1_000))), &["deep-nesting"]);
}

#[test]
fn deep_nesting_of_expressions_is_refused() {
    let deep = format!("{}1{}", "(".repeat(1000), ")".repeat(1000));
    has(&of_prose(&format!("# A\n\n{{{{ {deep} }}}}\n")), &["3:", "invalid-expression"]);
    has(&of_prose(&format!("# A\n\n{{{{ {}1 }}}}\n", "-".repeat(3000))), &["invalid-expression"]);
}

#[test]
fn long_expressions_are_refused() {
    let long = "1+".repeat(5_000);
    has(&of_prose(&format!("# A\n\n{{{{ {long}1 }}}}\n")), &["longer than 4096 bytes"]);
}

#[test]
fn long_chains_of_operators_are_refused() {
    for sign in ["+", "-", "*", "/"] {
        let long = format!("1 {sign} ").repeat(900);
        has(&of_prose(&format!("# A\n\n{{{{ {long}1 }}}}\n")), &["3:", "expected fewer operators"]);
    }
    let most = "1+".repeat(256);
    let found = of_prose(&format!("# A\n\n{{{{ {most}1 }}}}\n"));
    assert!(!found.iter().any(|line| line.contains("invalid-expression")), "{found:?}");
}

#[test]
fn enormous_numbers_are_refused() {
    let long = "9".repeat(100_000);
    for value in [long.as_str(), "12345678901234567890123456789", "0.00000000000000000000000000001"]
    {
        has(&of_metrics(&metric("h.a", value)), &["metrics/more.yaml:2:", "invalid-figure"]);
    }
}

#[test]
fn exponents_are_no_figures() {
    for value in ["1e9999", "1E400", "1e-400", "0x10", "Infinity", "NaN", ".inf", "1_000", "١٢٣"]
    {
        has(&of_metrics(&metric("h.a", value)), &["metrics/more.yaml:2:", "invalid-"]);
    }
}

#[test]
fn arithmetic_that_overflows_gives_no_figure() {
    let text = "metrics:\n  h.a: {label: {en: A}, unit: t, values: {2024: \"9999999999999999999999999999\"}}\n  \
                h.b: {label: {en: B}, unit: t, formula: h.a * 1000000000}\n  \
                h.c: {label: {en: C}, unit: t, formula: h.a + h.a + h.a + h.a + h.a + h.a + h.a + h.a + h.a}\n";
    let found = of_metrics(text);
    has(&found, &["more.yaml:3:", "more digits than can be computed with"]);
    has(&found, &["more.yaml:4:", "more digits than can be computed with"]);
}

#[test]
fn other_encodings_are_named() {
    let cases: [(&[u8], &str); 5] = [
        (b"\xff\xfem\0e\0", "UTF-16 (little endian)"),
        (b"\xfe\xff\0m\0e", "UTF-16 (big endian)"),
        (b"m\0e\0t\0", "UTF-16 or binary data"),
        (b"# \xb5\xa5\xce\xbb\n", "GBK"),
        (b"# \xb3\xe6\xa6\xec\xa4\x40\xa4\x48\n", "Big5"),
    ];
    for (bytes, name) in cases {
        has(&found(&[("metrics/more.yaml", bytes)]), &["wrong-encoding", name]);
        has(&found(&[("narrative/overview.en.md", bytes)]), &["wrong-encoding", name]);
    }
}

#[test]
fn invalid_utf8_is_refused_with_its_byte() {
    has(
        &found(&[("metrics/more.yaml", b"metrics: {}\n# \xc3\x28\n")]),
        &["wrong-encoding", "from byte 14 on"],
    );
    // An overlong form, and half of a surrogate pair.
    has(&found(&[("metrics/more.yaml", b"# \xc0\xaf\n")]), &["wrong-encoding"]);
    has(&found(&[("metrics/more.yaml", b"# \xed\xa0\x80\n")]), &["wrong-encoding"]);
}

#[test]
fn nul_bytes_are_no_text() {
    has(
        &found(&[("metrics/more.yaml", b"metrics: {}\n# \0\n")]),
        &["wrong-encoding", "from byte 14 on"],
    );
    has(&of_metrics(&metric("h.a", "1\\0")), &["more.yaml:2:"]);
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let plain = metric("h.a", "1");
    assert_eq!(of_metrics(&format!("\u{feff}{plain}")), of_metrics(&plain));
    assert_eq!(of_prose("\u{feff}# A\n\nText.\n"), of_prose("# A\n\nText.\n"));
    // A second one is a character like any other that nobody sees.
    has(&of_metrics(&format!("\u{feff}\u{feff}{plain}")), &["control-character", "U+FEFF"]);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let mut files = memory("tests/rules/minimal");
    let expected = of(&files);
    for path in files.list().expect("paths") {
        let text = String::from_utf8(files.read(&path).expect("a file")).expect("UTF-8");
        files.insert(&path, text.replace('\n', "\r\n").into_bytes());
    }
    assert_eq!(of(&files), expected);
    let bad = "metrics:\r\n  h.a: {label: {en: A}, unit: t, values: {2024: \"x\"}}\r\n";
    assert_eq!(of_metrics(bad), of_metrics(&bad.replace('\r', "")));
}

#[test]
fn marks_that_turn_the_direction_of_a_text_are_told_with_their_place() {
    for c in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200f}', '\u{61c}'] {
        let code = format!("U+{:04X}", u32::from(c));
        has(
            &of_metrics(&metric("h.a", &format!("1{c}"))),
            &["more.yaml:2:51", "control-character", &code],
        );
        has(
            &of_prose(&format!("# A\n\nab{c}c\n")),
            &["overview.en.md:3:3", "control-character", &code],
        );
    }
    has(
        &of_metrics("metrics:\n  h.a: {label: {en: \"a\\u202Eb\"}, unit: t}\n"),
        &["control-character", "U+202E"],
    );
}

#[test]
fn control_characters_are_told_with_their_place() {
    has(
        &of_prose("# A\n\nab\u{1b}[31mc\n"),
        &["overview.en.md:3:3", "control-character", "U+001B"],
    );
    has(&of_prose("# A\n\nab\u{7f}\n"), &["control-character", "U+007F"]);
}

#[test]
fn private_characters_are_refused() {
    has(&of_prose("# A\n\nab\u{e000}\n"), &["private-character"]);
    has(&of_metrics(&metric("h.a", "\u{e000}")), &["more.yaml:2:"]);
}

#[test]
fn ids_that_only_look_alike_are_not_the_same() {
    // The first letter of the reference is Cyrillic.
    let found = of_prose("# A\n\n{{ b\u{430}se.energy@2024 }}\n");
    has(&found, &["overview.en.md:3:", "unknown-reference"]);
    has(&of_metrics(&metric("h.\u{430}", "1")), &["more.yaml:2:"]);
}

#[test]
fn names_that_differ_in_case_are_not_the_same() {
    has(&of_prose("# A\n\n{{ Base.Energy@2024 }}\n"), &["unknown-reference"]);
    has(&of_metrics("Metrics: {}\n"), &["unknown-key", "Metrics"]);
}

#[test]
fn duplicate_keys_are_refused() {
    has(&of_metrics("metrics: {}\nmetrics: {}\n"), &["2:1", "duplicate-key"]);
    has(
        &of_metrics(
            "metrics:\n  h.a: {label: {en: A}, unit: t, values: {2024: \"1\", 2024: \"2\"}}\n",
        ),
        &["2:", "duplicate-key"],
    );
    has(&of_metrics(&metric("base.energy", "1")), &["duplicate-id"]);
}

#[test]
fn long_lines_are_read_and_shown_in_part() {
    let long = "x".repeat(2_000_000);
    let folder = on_disk("hostile-long-lines");
    let text = format!("metrics:\n  h.a: {{label: {{en: \"{long}\"}}, unit: nonsense}}\n");
    fs::write(folder.join("metrics/more.yaml"), text).expect("a file");
    let output = program(&folder, &["check"]);
    let told = common::text(&output.stderr) + &common::text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told:.500}");
    assert!(told.contains("unknown-unit") && told.len() < 20_000, "{} bytes", told.len());
}

#[test]
fn patterns_of_schemas_do_not_blow_up() {
    // Texts over which a pattern with nested repetitions would never end.
    for text in
        ["a".repeat(200_000), "a.".repeat(100_000), "a-".repeat(100_000), "1.".repeat(100_000)]
    {
        let id = format!("{text}!");
        has(&of_metrics(&metric(&id, "1")), &["more.yaml:2:"]);
        let report = memory("tests/rules/minimal").read("report.yaml").expect("a file");
        let report = String::from_utf8(report).expect("UTF-8");
        let report = report.replace("start: 2024-01-01", &format!("start: \"{id}\""));
        has(&found(&[("report.yaml", report.as_bytes())]), &["report.yaml:"]);
    }
}

#[test]
fn many_items_are_read_in_a_time_that_grows_with_their_number() {
    // All of one label, so that each could be compared with each.
    let mut text = String::from("metrics:\n");
    for n in 0..1_000 {
        let _ =
            writeln!(text, "  m.n{n}: {{label: {{en: A}}, unit: t, values: {{2024: \"{n}\"}}}}");
    }
    let found = of_metrics(&text);
    assert!(!found.iter().any(|line| line.contains("error[")), "{:?}", found.first());
    assert!(found.len() <= 10_000, "{} findings", found.len());
}

#[test]
fn files_that_are_too_large_are_refused() {
    let folder = on_disk("hostile-large");
    let file = fs::File::create(folder.join("metrics/more.yaml")).expect("a file");
    file.set_len(64 * 1024 * 1024 + 1).expect("a length");
    has(
        &of_disk(&folder),
        &["metrics/more.yaml:1:1", "unreadable-file", "larger than 67108864 bytes"],
    );
}

#[test]
fn folders_that_are_nested_too_deep_are_told() {
    let folder = on_disk("hostile-folders");
    let deep = (0..17).fold(folder.join("metrics"), |path, _| path.join("a"));
    fs::create_dir_all(&deep).expect("folders");
    fs::write(deep.join("more.yaml"), metric("h.a", "1")).expect("a file");
    let output = program(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("folders are nested more than 16 deep"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn paths_that_lead_out_of_the_project_are_refused() {
    let folder = on_disk("hostile-paths");
    fs::write(folder.join("../outside.csv"), "metric,2024\nh.b,1\n").expect("a file");
    for path in [
        "../outside.csv",
        "/etc/hostname",
        "data/../../outside.csv",
        "C:\\\\outside.csv",
        "file:///etc/hostname",
    ] {
        let from = format!(
            "from:\n  - {{file: \"{path}\"}}\nmetrics:\n  h.b: {{label: {{en: B}}, unit: t}}\n"
        );
        fs::write(folder.join("metrics/more.yaml"), from).expect("a file");
        has(&of_disk(&folder), &["metrics/more.yaml:2:"]);
    }
    for block in ["image\nfile: ../outside.svg", "image\nfile: /etc/hostname"] {
        fs::write(folder.join("metrics/more.yaml"), metric("h.a", "1")).expect("a file");
        fs::write(folder.join("narrative/overview.en.md"), format!("# A\n\n```{block}\n```\n"))
            .expect("a file");
        has(&of_disk(&folder), &["narrative/overview.en.md:"]);
    }
    let disk = Disk::open(&folder).expect("a folder");
    let error = disk.read("../outside.csv").expect_err("a path that is refused");
    assert_eq!(error.reason, "the path leads out of the project");
}

#[test]
fn frameworks_are_named_and_not_walked_to() {
    let report =
        String::from_utf8(memory("tests/rules/minimal").read("report.yaml").expect("a file"));
    let report = report.expect("UTF-8");
    for name in ["../../etc/passwd", "gri/../hkex", "gri/..", "/gri", "gri/2021.yaml/x"] {
        let text =
            format!("{report}frameworks:\n  - {{edition: \"{name}\", claim: with-reference}}\n");
        has(&found(&[("report.yaml", text.as_bytes())]), &["report.yaml:"]);
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_out_of_the_project_are_refused() {
    let folder = on_disk("hostile-links");
    fs::write(folder.join("../outside.yaml"), metric("h.a", "1")).expect("a file");
    let link =
        |from: &str, to: &str| std::os::unix::fs::symlink(from, folder.join(to)).expect("a link");
    link("../../outside.yaml", "metrics/link.yaml");
    link("/etc/passwd", "metrics/host.yaml");
    link("/dev/zero", "metrics/zero.yaml");
    link("loop.yaml", "metrics/loop.yaml");
    link("..", "metrics/folder.yaml");
    let found = of_disk(&folder);
    for name in ["link", "host", "zero"] {
        has(
            &found,
            &[&format!("metrics/{name}.yaml:1:1"), "unreadable-file", "leads out of the project"],
        );
    }
    has(&found, &["metrics/loop.yaml:1:1", "unreadable-file"]);
    has(&found, &["metrics/folder.yaml:1:1", "unreadable-file", "not a plain file"]);
}

#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    let folder = on_disk("hostile-pipes");
    let made = std::process::Command::new("mkfifo").arg(folder.join("metrics/pipe.yaml")).status();
    assert!(made.expect("mkfifo runs").success());
    has(&of_disk(&folder), &["metrics/pipe.yaml:1:1", "unreadable-file", "not a plain file"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = on_disk("hostile-names");
    let name = std::ffi::OsStr::from_bytes(b"\xc4\xdc\xd4\xb4.yaml");
    fs::write(folder.join("metrics").join(name), metric("h.a", "1")).expect("a file");
    has(&of_disk(&folder), &["unreadable-file", "its name is not UTF-8"]);
}

/// A PDF with one page whose content unfolds to so many bytes of blanks.
fn pdf_bomb(size: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..size / blank.len() {
        std::io::Write::write_all(&mut encoder, &blank).expect("bytes in memory");
    }
    let packed = encoder.finish().expect("bytes in memory");
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let stream = format!("<</Length {}/Filter/FlateDecode>>stream\n", packed.len()).into_bytes();
    let stream = [stream, packed, b"\nendstream".to_vec()].concat();
    let objects: [&[u8]; 4] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        &stream,
    ];
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        file.extend_from_slice(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(b"xref\n0 5\n0000000000 65535 f \n");
    places.iter().for_each(|at| file.extend(format!("{at:010} 00000 n \n").into_bytes()));
    file.extend(
        format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    file
}

#[test]
fn bombs_in_a_pdf_do_not_unfold() {
    let bomb = pdf_bomb(256 * 1024 * 1024);
    assert!(bomb.len() < 1024 * 1024, "the bomb is small");
    let before = peak();
    let _ = read_pdf(&bomb);
    if let Some((before, after)) = before.zip(peak()) {
        assert!(after.saturating_sub(before) < 300 * 1024, "{before} kB, then {after} kB");
    }
}

/// The most memory that this process has had, in kB; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn pages_of_a_pdf_that_name_themselves_end() {
    let seed = fs::read(repository("fuzz/corpus/pdf/loops.pdf")).expect("a seed");
    let _ = read_pdf(&seed);
}

#[test]
fn signs_of_templates_in_texts_are_texts() {
    let folder = on_disk("hostile-templates");
    let name = "{% for x in 1 %}{# c #}{%raw%} ${1234567*7654321} <%= x %> #{1234567*7654321}";
    let report = fs::read_to_string(folder.join("report.yaml")).expect("a file");
    let report = report.replace("Example Ltd", &format!("\"{name}\""));
    fs::write(folder.join("report.yaml"), report).expect("a file");
    let output = program(&folder, &["build", "--format", "html", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = fs::read_to_string(folder.join("out/report.en.html")).expect("a page");
    assert!(
        page.contains("{% for x in 1 %}{# c #}{%raw%} ${1234567*7654321} &lt;%= x %&gt;"),
        "the name stands as it was written"
    );
    assert!(!page.contains("9449772114007"), "nothing was computed");
}

#[test]
fn html_in_markdown_is_refused() {
    has(&of_prose("# A\n\n<script>alert(1)</script>\n"), &["3:1", "raw-html"]);
    has(&of_prose("# A\n\na <b onclick=x>b</b>\n"), &["3:3", "raw-html"]);
    has(&of_prose("# A\n\n[a](javascript:alert(1))\n"), &["3:", "invalid-link"]);
    has(&of_prose("# A\n\n[a](data:text/html,x)\n"), &["3:", "invalid-link"]);
}

#[test]
fn formulas_in_texts_stay_texts_in_tables() {
    let folder = scratch("hostile-formulas").join("project");
    copy_folder(&repository("tests/projects/ok/injection"), &folder);
    let output = program(&folder, &["facts", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let csv = text(&output.stdout);
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    for cell in csv.lines().flat_map(|line| line.split(',')) {
        let cell = cell.trim_start_matches('"');
        assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
    }
}

#[test]
fn a_page_of_the_list_names_every_test_that_there_is() {
    let page = fs::read_to_string(repository("docs/hostile-input.md")).expect("the page");
    let mut names = Vec::new();
    for file in ["tests/hostile.rs", "tests/hostile_cases.rs", "tests/faults.rs"] {
        let code = fs::read_to_string(repository(file)).expect("a test");
        let tests = code.split("#[test]\n").skip(1);
        names.extend(
            tests.filter_map(|rest| Some(rest.split_once("fn ")?.1.split_once('(')?.0.to_owned())),
        );
    }
    let missing: Vec<_> =
        names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/hostile-input.md does not name {missing:?}");
    // Every test that the page names is one, wherever it stands.
    let mut code = String::new();
    gather(&repository("tests"), &mut code);
    gather(&repository("src"), &mut code);
    for name in page.split('`').skip(1).step_by(2).filter(|word| word.matches('_').count() >= 2) {
        assert!(
            code.contains(&format!("fn {name}(")),
            "docs/hostile-input.md names `{name}`, which is no test"
        );
    }
}

fn gather(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, code);
        } else if path.extension().is_some_and(|end| end == "rs") {
            code.push_str(&fs::read_to_string(&path).expect("a file"));
        }
    }
}
