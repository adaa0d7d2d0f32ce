//! The language server, driven as an editor drives it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods
)]

mod common;

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use common::{as_of, repository, scratch};
use esgreport::command::{Options, load};
use esgreport::emit::Interface;
use esgreport::lint::Tier;
use esgreport::lsp::{Analysis, Depth, serve};
use esgreport::source::Files;
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

/// An editor with the server on the other end.
struct Editor {
    connection: Connection,
    root: PathBuf,
    next: i32,
    version: i32,
    shown: Vec<(String, Vec<Value>)>,
}

impl Editor {
    fn start(root: &Path, encodings: &[&str]) -> (Self, thread::JoinHandle<()>) {
        let (server, client) = Connection::memory();
        let thread = thread::spawn(move || {
            let analyse = |files: &dyn Files, depth: Depth| {
                let tier = if depth == Depth::Quick { Tier::Always } else { Tier::Default };
                let options = Options { tier, as_of: as_of() };
                let loaded = load(files, options).map_err(|error| error.phrase())?;
                let (sources, report, judged) = (loaded.sources, loaded.report, loaded.judged);
                Ok(Analysis { sources, report, judged })
            };
            serve(&server, &analyse, &Interface::default()).expect("a session without faults");
        });
        let mut editor = Self {
            connection: client,
            root: root.to_path_buf(),
            next: 0,
            version: 1,
            shown: Vec::new(),
        };
        let capabilities = json!({"general": {"positionEncodings": encodings}});
        let answer = editor.ask("initialize", json!({"capabilities": capabilities}));
        let kind = if encodings.contains(&"utf-8") { "utf-8" } else { "utf-16" };
        assert_eq!(answer["capabilities"]["positionEncoding"], kind);
        editor.tell("initialized", json!({}));
        (editor, thread)
    }

    fn url(&self, path: &str) -> String {
        format!("file://{}", self.root.join(path).display())
    }

    fn tell(&self, method: &str, params: Value) {
        let message = Notification { method: method.to_owned(), params };
        self.connection.sender.send(message.into()).expect("the server listens");
    }

    /// The answer to a request. What is published meanwhile is kept.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next.into();
        let request = Request { id, method: method.to_owned(), params };
        self.connection.sender.send(request.into()).expect("the server listens");
        loop {
            match self.receive() {
                Message::Response(response) => {
                    return response.result.unwrap_or_else(|| json!({"error": response.error}));
                }
                other => self.keep(other),
            }
        }
    }

    fn receive(&self) -> Message {
        self.connection.receiver.recv_timeout(Duration::from_secs(120)).expect("an answer")
    }

    fn keep(&mut self, message: Message) {
        if let Message::Notification(shown) = message {
            let uri = shown.params["uri"].as_str().expect("an address").to_owned();
            let found = shown.params["diagnostics"].as_array().expect("a list").clone();
            // What is said of an older text comes too late.
            let version = shown.params["version"].as_i64();
            if version.is_none_or(|version| version == i64::from(self.version)) {
                self.shown.push((uri, found));
            }
        }
    }

    fn open(&self, path: &str) -> String {
        let text = std::fs::read_to_string(self.root.join(path)).expect("a file");
        let document =
            json!({"uri": self.url(path), "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
        text
    }

    fn change(&mut self, path: &str, changes: Value) {
        self.version += 1;
        let document = json!({"uri": self.url(path), "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.tell("textDocument/didChange", params);
    }

    /// The findings that a file has once the server has told them anew.
    fn findings(&mut self, path: &str) -> Vec<Value> {
        let uri = self.url(path);
        self.shown.clear();
        loop {
            let message = self.receive();
            self.keep(message);
            if let Some(at) = self.shown.iter().rposition(|(shown, _)| *shown == uri) {
                let mut found = self.shown.remove(at).1;
                // The sign of two units, which the texts hold on purpose, is in no font.
                found.retain(|found| found["code"] != "missing-glyph");
                return found;
            }
        }
    }

    /// A request about the place of a word in a text, so many characters into it.
    fn at(&mut self, method: &str, path: &str, text: &str, word: &str, into: usize) -> Value {
        let byte = text.find(word).expect("the word") + into;
        let line = text[..byte].matches('\n').count();
        let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let column = text[start..byte].encode_utf16().count();
        let params = json!({
            "textDocument": {"uri": self.url(path)},
            "position": {"line": line, "character": column},
            "range": {
                "start": {"line": line, "character": column},
                "end": {"line": line, "character": column},
            },
            "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1},
        });
        self.ask(method, params)
    }

    fn stop(mut self, thread: thread::JoinHandle<()>) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        thread.join().expect("the server ends");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).expect("a copy")),
        }
    }
}

/// A small project with Chinese text before what is looked for.
fn small(name: &str) -> PathBuf {
    let folder = scratch(name);
    let put = |path: &str, text: &str| {
        let target = folder.join(path);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        std::fs::write(target, text).expect("written");
    };
    put(
        "report.yaml",
        "entity: {name: {zh-Hans: 示例, en: Example}}\ntitle: {zh-Hans: 报告, en: Report}\n\
         period: {start: 2024-01-01, end: 2024-12-31}\nyears: [2024, 2023]\nlanguages: [zh-Hans, en]\n\
         frameworks:\n  - {edition: demo/2024, claim: complies}\noutline:\n  - section: water\n",
    );
    put(
        "metrics/water.yaml",
        "metrics:\n  water.used:\n    label: {zh-Hans: 耗水量, en: Water used}\n    unit: m3\n    \
         values: {2024: \"400\", 2023: \"410\"}\n  water.bought:\n    label: {zh-Hans: 外购水🌊, en: Water bought}\n    \
         unit: m3\n    values: {2024: \"300\", 2023: \"310\"}\n    part-of: water.used\n",
    );
    put(
        "frameworks/demo/2024.yaml",
        "framework: demo\nedition: \"2024\"\ntitle: {en: Demo, zh-Hans: 示范}\nclaims: [complies]\nitems:\n  \
         - code: E1\n    kind: disclosure\n    level: mandatory\n    title: {en: Water, zh-Hans: 用水}\n  \
         - code: E2\n    kind: disclosure\n    level: mandatory\n    title: {en: Waste, zh-Hans: 废弃物}\n",
    );
    put(
        "disclosures/demo.yaml",
        "framework: demo/2024\nanswers:\n  E1: {reported: [water], facts: [water.used]}\n  E2: {not-applicable: {en: None, zh-Hans: 无}}\n",
    );
    put("narrative/water.en.md", "# Water\n\n## Use {#use}\n\nWe used {{ water.used@2024 }}.\n");
    put("narrative/water.zh-Hans.md", "# 水\n\n## 使用 {#use}\n\n用水🌊{{ water.used@2024 }}。\n");
    folder
}

#[test]
fn findings_follow_what_is_typed() {
    let root = small("lsp-findings");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "metrics/water.yaml";
    let text = editor.open(path);
    // Nothing is wrong, so nothing is published until something is.
    let at = text.find("part-of: water.used").expect("a place") + "part-of: ".len();
    let line = text[..at].matches('\n').count();
    let change = |from: usize, to: usize, new: &str| json!([{"range": {"start": {"line": line, "character": from}, "end": {"line": line, "character": to}}, "text": new}]);
    editor.change(path, change(13, 23, "water.usd"));
    let found = editor.findings(path);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "unknown-reference");
    assert_eq!(found[0]["range"]["start"], json!({"line": line, "character": 13}));
    assert_eq!(found[0]["range"]["end"], json!({"line": line, "character": 22}));
    // The quick fix writes the name that was meant.
    let typed = text.replace("part-of: water.used", "part-of: water.usd");
    let offered = editor.at("textDocument/codeAction", path, &typed, "water.usd\n", 3);
    let edit = &offered[0]["edit"]["changes"][editor.url(path)][0];
    assert_eq!(edit["newText"], "water.used", "{offered}");
    assert_eq!(edit["range"], found[0]["range"]);
    editor.change(path, change(13, 22, "water.used"));
    assert_eq!(editor.findings(path), Vec::<Value>::new());
    editor.stop(thread);
}

#[test]
fn a_finding_elsewhere_is_told_too() {
    let root = small("lsp-elsewhere");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let text = editor.open("metrics/water.yaml");
    let renamed = text.replace("  water.used:", "  water.total:");
    editor.change("metrics/water.yaml", json!([{"text": renamed}]));
    let found = editor.findings("narrative/water.zh-Hans.md");
    assert_eq!(found.len(), 1, "{found:?}");
    // 用水 and an emoji of two units stand before the figure.
    assert_eq!(found[0]["range"]["start"]["line"], 4);
    let column = found[0]["range"]["start"]["character"].as_u64().expect("a column");
    assert!((4..=7).contains(&column), "{column}");
    editor.stop(thread);
}

#[test]
fn columns_are_bytes_where_the_editor_counts_bytes() {
    let root = small("lsp-bytes");
    let (mut editor, thread) = Editor::start(&root, &["utf-8", "utf-16"]);
    let path = "narrative/water.zh-Hans.md";
    let text = editor.open(path);
    let wrong = text.replace("water.used@2024", "water.usd@2024");
    editor.change(path, json!([{"text": wrong}]));
    let found = editor.findings(path);
    let line = wrong.lines().nth(4).expect("the line");
    let start = found[0]["range"]["start"]["character"].as_u64().expect("a column");
    let hole = line.find("{{").expect("a hole") as u64;
    assert!(start >= hole && start <= hole + 3, "{start} {hole}");
    editor.stop(thread);
}

#[test]
fn every_rule_has_its_say_once_one_stops_typing() {
    let root = small("lsp-slow");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "narrative/water.en.md";
    let text = editor.open(path);
    // A figure that is bound to nothing is told by a rule that takes its time.
    editor.change(path, json!([{"text": format!("{text}\nIn total 4,217 cases.\n")}]));
    let found = editor.findings(path);
    assert!(found.iter().any(|found| found["code"] == "unbound-numeral"), "{found:?}");
    // It stays while another file is being changed.
    let other = "metrics/water.yaml";
    let metrics = editor.open(other);
    editor.change(
        other,
        json!([{"text": metrics.replace("part-of: water.used", "part-of: nothing")}]),
    );
    assert_eq!(editor.findings(other).len(), 1);
    editor.stop(thread);
}

fn labels(answer: &Value) -> Vec<String> {
    let items = answer.as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["label"].as_str().map(str::to_owned)).collect()
}

#[test]
fn names_are_completed_where_they_belong() {
    let root = small("lsp-completion");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "narrative/water.zh-Hans.md";
    let text = editor.open(path);
    let typed = format!("{text}\n另有🌊{{{{ water.b\n\n见[此处](#wa\n");
    editor.change(path, json!([{"text": typed}]));
    let metrics = editor.at("textDocument/completion", path, &typed, "water.b\n", 7);
    assert_eq!(labels(&metrics), ["water.used", "water.bought"]);
    // The whole id is replaced, the part before the dot as well.
    let edit = &metrics[1]["textEdit"]["range"];
    assert_eq!(edit["start"]["character"], 7, "{edit}");
    assert_eq!(edit["end"]["character"], 14);
    let links = editor.at("textDocument/completion", path, &typed, "(#wa", 4);
    assert_eq!(labels(&links), ["water", "water.use"]);
    let path = "disclosures/demo.yaml";
    let text = editor.open(path);
    let typed =
        format!("{}  E\n", text.replace("  E2: {not-applicable: {en: None, zh-Hans: 无}}\n", ""));
    editor.change(path, json!([{"text": typed}]));
    let codes = editor.at("textDocument/completion", path, &typed, "  E\n", 3);
    assert_eq!(labels(&codes), ["E2"], "those that are answered are not offered");
    assert_eq!(codes[0]["detail"], "废弃物 · mandatory");
    let path = "metrics/water.yaml";
    let text = editor.open(path);
    let units = editor.at("textDocument/completion", path, &text, "unit: m3", 7);
    assert!(labels(&units).contains(&"tCO2e".to_owned()));
    editor.stop(thread);
}

#[test]
fn hover_tells_what_a_name_stands_for() {
    let root = small("lsp-hover");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let told = |answer: Value| answer["contents"]["value"].as_str().unwrap_or_default().to_owned();
    let path = "narrative/water.zh-Hans.md";
    let text = editor.open(path);
    let metric = told(editor.at("textDocument/hover", path, &text, "water.used", 2));
    assert!(metric.contains("耗水量") && metric.contains("400 m3"), "{metric}");
    let path = "disclosures/demo.yaml";
    let text = editor.open(path);
    let clause = told(editor.at("textDocument/hover", path, &text, "E1", 1));
    assert!(clause.contains("mandatory") && clause.contains("reported in water"), "{clause}");
    let path = "metrics/water.yaml";
    let text = editor.open(path);
    let unit = told(editor.at("textDocument/hover", path, &text, "unit: m3", 7));
    assert!(unit.contains("cubic metre") && unit.contains("立方米"), "{unit}");
    let nothing = editor.at("textDocument/hover", path, &text, "values", 1);
    assert_eq!(nothing, Value::Null);
    editor.stop(thread);
}

#[test]
fn one_name_leads_to_the_other() {
    let root = small("lsp-navigation");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "narrative/water.zh-Hans.md";
    let text = editor.open(path);
    let declared = editor.at("textDocument/definition", path, &text, "water.used", 2);
    assert_eq!(declared["uri"], editor.url("metrics/water.yaml"));
    assert_eq!(declared["range"]["start"], json!({"line": 1, "character": 2}));
    let used = editor.at("textDocument/references", path, &text, "water.used", 2);
    let mut files: Vec<&str> =
        used.as_array().expect("places").iter().filter_map(|place| place["uri"].as_str()).collect();
    files.dedup();
    assert_eq!(used.as_array().map(Vec::len), Some(5), "{used}");
    assert_eq!(files.len(), 4, "{used}");
    let other = editor.at("textDocument/implementation", path, &text, "用水", 3);
    assert_eq!(other[0]["uri"], editor.url("narrative/water.en.md"));
    assert_eq!(other[0]["range"]["start"]["line"], 2, "the same heading");
    let path = "disclosures/demo.yaml";
    let text = editor.open(path);
    let section = editor.at("textDocument/definition", path, &text, "[water]", 3);
    assert_eq!(section["uri"], editor.url("narrative/water.zh-Hans.md"));
    editor.stop(thread);
}

#[test]
fn nothing_that_an_editor_sends_ends_the_server() {
    let root = small("lsp-hostile");
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "narrative/water.en.md";
    let text = editor.open(path);
    for strange in ["{{", "{{ x@", "```kpi-table\nmetrics: [", "\u{feff}# \u{0}", "单\r\n\r\n", ""]
    {
        editor.change(path, json!([{"text": format!("{text}{strange}")}]));
        for method in ["hover", "completion", "definition", "references", "implementation"] {
            for (line, column) in [(0, 0), (0, 900), (6, 2), (7, 1), (9999, 3)] {
                let at = json!({
                    "textDocument": {"uri": editor.url(path)},
                    "position": {"line": line, "character": column},
                    "context": {"includeDeclaration": true, "triggerKind": 1},
                });
                editor.ask(&format!("textDocument/{method}"), at);
            }
        }
    }
    // Ranges that are turned round, files that are nowhere, parameters of another shape.
    let range = json!({"start": {"line": 5, "character": 9}, "end": {"line": 1, "character": 0}});
    editor.change(path, json!([{"range": range, "text": "x"}]));
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": "untitled:1", "languageId": "", "version": 0, "text": ""}}),
    );
    editor.tell("textDocument/didChange", json!([1, 2]));
    editor
        .tell("textDocument/didClose", json!({"textDocument": {"uri": "file:///nowhere/a.yaml"}}));
    let refused = editor.ask("textDocument/hover", json!({"position": "here"}));
    assert_eq!(refused["error"]["code"], -32602, "{refused}");
    let unknown = editor.ask("workspace/unheardOf", json!({}));
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    std::fs::remove_file(root.join("metrics/water.yaml")).expect("removed");
    editor.tell("textDocument/didSave", json!({"textDocument": {"uri": editor.url(path)}}));
    assert!(!editor.findings(path).is_empty());
    editor.stop(thread);
}

/// The time from a change to the findings, on the real report. It is printed and not judged, since
/// it depends on the machine; `cargo test --release --test lsp -- --nocapture` shows it.
#[test]
fn the_real_report_is_checked_while_one_types() {
    let root = scratch("lsp-real");
    copy(&repository("content/xiaomi-2024"), &root);
    let (mut editor, thread) = Editor::start(&root, &["utf-16"]);
    let path = "narrative/climate.zh-Hans.md";
    let text = editor.open(path);
    editor.change(path, json!([{"text": format!("{text}\n{{{{ no.such@2024 }}}}\n")}]));
    assert!(!editor.findings(path).is_empty());
    let mut times = Vec::new();
    for round in 0..5 {
        let started = Instant::now();
        editor.change(path, json!([{"text": format!("{text}\n{{{{ no.such{round}@2024 }}}}\n")}]));
        assert!(!editor.findings(path).is_empty());
        times.push(started.elapsed());
    }
    times.sort();
    eprintln!("from a change to its findings: median {:?}, slowest {:?}", times[2], times[4]);
    editor.stop(thread);
}

/// The server as editors start it: as a process, over its standard streams.
#[test]
fn the_program_answers_on_its_streams() {
    let root = scratch("lsp-process");
    copy(&repository("tests/rules/minimal"), &root);
    let mut server = Command::new(env!("CARGO_BIN_EXE_esgreport"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = server.stdin.take().expect("its input");
    let mut output = BufReader::new(server.stdout.take().expect("its output"));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(message)) = Message::read(&mut output) {
            let _ = sender.send(message);
        }
    });
    let mut say = |message: Message| message.write(&mut input).expect("the server listens");
    let next = || receiver.recv_timeout(Duration::from_secs(60)).expect("an answer");
    let request = |id: i32, method: &str, params: Value| {
        Message::from(Request { id: id.into(), method: method.to_owned(), params })
    };
    let tell = |method: &str, params: Value| {
        Message::from(Notification { method: method.to_owned(), params })
    };
    say(request(1, "initialize", json!({"capabilities": {}})));
    assert!(matches!(next(), Message::Response(answer) if answer.error.is_none()));
    say(tell("initialized", json!({})));
    let uri = format!("file://{}", root.join("narrative/overview.en.md").display());
    let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "# Overview\n\n{{ no.such@2024 }}\n"});
    say(tell("textDocument/didOpen", json!({"textDocument": document})));
    let Message::Notification(shown) = next() else { panic!("expected findings") };
    assert_eq!(shown.method, "textDocument/publishDiagnostics");
    say(request(2, "shutdown", Value::Null));
    while !matches!(next(), Message::Response(_)) {}
    say(tell("exit", Value::Null));
    assert!(server.wait().expect("an end").success());
}
