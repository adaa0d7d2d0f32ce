//! `serve` as a program: pages, what follows a change, and who is answered.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{copy_folder, repository, scratch};
use serde_json::Value;

/// A running preview, which ends with the test.
struct Preview {
    child: Child,
    address: String,
    folder: PathBuf,
}

impl Preview {
    fn start(name: &str) -> Self {
        let folder = scratch(name);
        copy_folder(&repository("tests/projects/ok/smallest"), &folder);
        let mut child = Command::new(env!("CARGO_BIN_EXE_esgreport"))
            .args(["--ui", "en", "serve", "--port", "0"])
            .arg(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("an output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let rest = line.strip_prefix("http://").expect("an address");
        let address = rest.split('/').next().expect("an address").to_owned();
        Self { child, address, folder }
    }

    fn ask(&self, head: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        stream.write_all(head.as_bytes()).expect("a request");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address))
    }

    /// The first state after a version.
    fn state(&self, after: u64) -> Value {
        for _ in 0..20 {
            let (_, body) = self.get(&format!("/state?after={after}"));
            let state: Value = serde_json::from_str(&body).expect("JSON");
            if state["version"].as_u64().is_some_and(|version| version > after) {
                return state;
            }
        }
        panic!("no build after {after}");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{text}");
        fs::write(&path, text.replace(from, to)).expect("written");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_is_shown_and_a_fault_leaves_the_last_good_page() {
    let preview = Preview::start("serve-change");
    let first = preview.state(0);
    assert_eq!(first["stale"], false, "{first}");
    assert_eq!(first["languages"][0]["lang"], "en");
    let (status, page) = preview.get("/report.html");
    assert_eq!(status, 200);
    assert!(page.contains("About") && !page.contains("A new sentence"), "{page}");

    preview.edit("narrative/about.en.md", "# About", "# About\n\nA new sentence.");
    let second = preview.state(1);
    assert_eq!(second["stale"], false, "{second}");
    assert!(preview.get("/report.html").1.contains("A new sentence"));

    preview.edit("report.yaml", "languages:", "languages: [");
    let third = preview.state(2);
    assert_eq!(third["stale"], true, "{third}");
    assert!(third["report"]["summary"]["error"].as_u64() > Some(0), "{third}");
    assert!(preview.get("/report.html").1.contains("A new sentence"), "the page stays");
}

#[test]
fn only_this_machine_and_only_what_was_built_is_answered() {
    let preview = Preview::start("serve-refusals");
    preview.state(0);
    assert!(preview.get("/").1.contains("<iframe"));
    assert_eq!(preview.ask("GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n").0, 403);
    assert_eq!(preview.ask("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n").0, 405);
    for path in ["/report.yaml", "/../report.yaml", "/narrative/about.en.md", "/report.fr.pdf"] {
        assert_eq!(preview.get(path).0, 404, "{path}");
    }
}
