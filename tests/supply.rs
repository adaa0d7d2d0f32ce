//! What the program is built from: no part that speaks to a network, licences, versions.
#![allow(clippy::expect_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::repository;
use serde_json::Value;

/// Packages that open connections, or that exist for programs which do.
const NETWORK: &[&str] = &[
    "actix-http",
    "async-net",
    "async-std",
    "attohttpc",
    "awc",
    "aws-lc-rs",
    "axum",
    "boring",
    "curl",
    "curl-sys",
    "fetch",
    "ftp",
    "git2",
    "gix",
    "gix-transport",
    "gloo-net",
    "grpcio",
    "h2",
    "h3",
    "hickory-client",
    "hickory-proto",
    "hickory-resolver",
    "http",
    "http-body",
    "http-client",
    "httparse",
    "hyper",
    "hyper-rustls",
    "hyper-tls",
    "hyper-util",
    "isahc",
    "lettre",
    "libp2p",
    "libssh2-sys",
    "mio",
    "minreq",
    "native-tls",
    "nix",
    "object_store",
    "openssl",
    "openssl-sys",
    "opendal",
    "quinn",
    "quinn-proto",
    "reqwest",
    "ring",
    "rustls",
    "rustls-pki-types",
    "s2n-tls",
    "schannel",
    "security-framework",
    "sentry",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tiny_http",
    "tokio",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "typst-kit",
    "ureq",
    "warp",
    "webpki",
    "webpki-roots",
    "websocket",
    "wininet",
    "winhttp",
    "zmq",
];

/// Licences that let anybody use, change and pass on what is under them, in binaries too, without a
/// duty to publish sources.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).expect(path)
}

/// Every package of the lock file: those of all systems, of builds and of tests.
fn locked() -> BTreeSet<String> {
    let lock = text("Cargo.lock");
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.map(str::to_owned).collect()
}

/// What cargo knows about the packages, without a network where their sources are there.
fn metadata() -> Value {
    let run = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--locked", "--format-version", "1"]).args(more);
        cargo.current_dir(repository("")).output().expect("cargo runs")
    };
    let mut output = run(&["--offline"]);
    if !output.status.success() {
        output = run(&[]);
    }
    assert!(output.status.success(), "{}", common::text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Ids of the packages that the program is built from, on all systems: without those of tests.
fn of_the_program(metadata: &Value) -> BTreeSet<String> {
    let resolve = &metadata["resolve"];
    let nodes: BTreeMap<&str, &Value> =
        list(resolve, "nodes").iter().map(|node| (word(node, "id"), node)).collect();
    let mut found = BTreeSet::new();
    let mut open = vec![word(resolve, "root")];
    while let Some(id) = open.pop() {
        if !found.insert(id.to_owned()) {
            continue;
        }
        let node = nodes.get(id).expect("a node");
        for dependency in list(node, "deps") {
            let kinds = list(dependency, "dep_kinds");
            if kinds.iter().any(|kind| word(kind, "kind") != "dev") {
                open.push(word(dependency, "pkg"));
            }
        }
    }
    found
}

#[test]
fn no_package_of_the_tree_speaks_to_a_network() {
    let locked = locked();
    assert!(locked.len() > 100, "the lock file was not read: {}", locked.len());
    let found: Vec<_> = NETWORK.iter().filter(|name| locked.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
    // Packages about systems have parts that would open sockets.
    let metadata = metadata();
    let mut faults = Vec::new();
    for node in list(&metadata["resolve"], "nodes") {
        for feature in list(node, "features").iter().filter_map(Value::as_str) {
            // Bindings of Windows have a part of this name too, which is a list of declarations.
            if feature == "net" || feature.contains("resolve-http") {
                faults.push(format!("{}: {feature}", word(node, "id")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn the_only_socket_is_the_preview_on_this_machine() {
    let mut found = Vec::new();
    search(&repository("src"), &mut |path, code| {
        let name = path.strip_prefix(repository("src")).expect("a file of src").to_owned();
        let name = name.to_string_lossy().replace('\\', "/");
        for sign in [
            "TcpStream::connect",
            "UdpSocket",
            "UnixStream",
            "UnixListener",
            "ToSocketAddrs",
            "lookup_host",
            "process::Command",
            "Command::new(",
            "std::os::",
        ] {
            if code.contains(sign) {
                found.push(format!("{name}: {sign}"));
            }
        }
        let binds = code.matches("TcpListener::bind").count();
        let here = code.matches("TcpListener::bind((Ipv4Addr::LOCALHOST,").count();
        if binds != here || (binds > 0 && name != "preview/mod.rs") {
            found.push(format!("{name}: a listener that is not on this machine alone"));
        }
    });
    // What clap calls a command is no program that is started.
    found.retain(|fault| !(fault.starts_with("cli") && fault.ends_with("Command::new(")));
    assert!(found.is_empty(), "{found:#?}");
}

/// Hands every source file, without comments and tests, to a function.
fn search(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(&path, look);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let code = fs::read_to_string(&path).expect("a file");
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            look(&path, &lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

#[test]
fn every_direct_dependency_has_its_reason() {
    let decisions = text("DECISIONS.md");
    let table = decisions.split("## 2026-11-21 Dependencies").nth(1).expect("the entry");
    let table = table.split("\n## ").next().unwrap_or_default();
    let mut reasons = BTreeMap::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, names, purpose, reason, ..] = cells.as_slice() else { continue };
        for name in names.split('`').skip(1).step_by(2) {
            reasons.insert(name.to_owned(), format!("{purpose}{reason}"));
        }
    }
    let metadata = metadata();
    let own = list(&metadata, "packages").iter().find(|p| word(p, "name") == "esgreport");
    let direct: BTreeSet<String> = list(own.expect("the package"), "dependencies")
        .iter()
        .map(|dependency| word(dependency, "name").to_owned())
        .collect();
    assert!(direct.len() > 10, "{direct:?}");
    for name in &direct {
        let reason = reasons.get(name).map(String::as_str).unwrap_or_default();
        assert!(reason.len() > 20, "`{name}` has no reason in the table of DECISIONS.md");
    }
    let gone: Vec<_> = reasons.keys().filter(|name| !direct.contains(*name)).collect();
    assert!(gone.is_empty(), "the table of DECISIONS.md names what is not used: {gone:?}");
}

#[test]
fn the_lowest_version_of_rust_is_the_same_everywhere() {
    let manifest = text("Cargo.toml");
    let stated = manifest.lines().filter_map(|line| line.strip_prefix("rust-version = "));
    let stated: Vec<&str> = stated.map(|version| version.trim_matches('"')).collect();
    let [version] = stated.as_slice() else { panic!("rust-version: {stated:?}") };
    let readme = text("README.md");
    let wanted = format!("A Rust toolchain ({version} or newer)");
    assert!(readme.contains(&wanted), "README.md does not say: {wanted}");
    // No other file names a toolchain that could differ from the manifest.
    for path in ["action.yml", "ci/action.sh", "ci/gitlab.yml", ".ci/run", "docs/ci.md"] {
        let Ok(text) = fs::read_to_string(repository(path)) else { continue };
        for line in text.lines().filter(|line| line.contains("rust") || line.contains("cargo +")) {
            let words = line.split(|c: char| !c.is_ascii_digit() && c != '.');
            let named = words.filter(|word| word.starts_with("1.") && word.len() > 3);
            let other: Vec<_> = named.filter(|word| !word.starts_with(version)).collect();
            assert!(other.is_empty(), "{path}: {line}");
        }
    }
}

/// Whether a licence expression can be met with the licences of the list alone.
fn permitted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let mut tokens = Vec::new();
    for piece in expression.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        tokens.push(piece.to_owned());
    }
    let mut at = 0;
    let met = either(&tokens, &mut at);
    met && at == tokens.len()
}

fn either(tokens: &[String], at: &mut usize) -> bool {
    let mut met = both(tokens, at);
    while tokens.get(*at).is_some_and(|token| token == "OR") {
        *at += 1;
        let other = both(tokens, at);
        met = met || other;
    }
    met
}

fn both(tokens: &[String], at: &mut usize) -> bool {
    let mut met = single(tokens, at);
    while tokens.get(*at).is_some_and(|token| token == "AND") {
        *at += 1;
        let other = single(tokens, at);
        met = met && other;
    }
    met
}

fn single(tokens: &[String], at: &mut usize) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if token == "(" {
        let met = either(tokens, at);
        let closed = tokens.get(*at).is_some_and(|token| token == ")");
        *at += 1;
        return met && closed;
    }
    let mut name = token.clone();
    if tokens.get(*at).is_some_and(|token| token == "WITH") {
        let exception = tokens.get(*at + 1).map(String::as_str).unwrap_or_default();
        name = format!("{name} WITH {exception}");
        *at += 2;
    }
    LICENCES.contains(&name.as_str())
}

#[test]
fn licence_expressions_are_read() {
    for yes in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(Apache-2.0 OR GPL-2.0) AND MIT"] {
        assert!(permitted(yes), "{yes}");
    }
    for no in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "Apache-2.0 WITH Other", "AGPL-3.0 OR SSPL-1.0"]
    {
        assert!(!permitted(no), "{no}");
    }
}

#[test]
fn every_package_has_a_licence_that_is_listed() {
    let metadata = metadata();
    let used = of_the_program(&metadata);
    let mut page = String::from(
        "# Dependencies\n\nGenerated from `Cargo.lock`: every package that the program is built from, on any system, with its licence. Why \
         each direct\ndependency is there stands in [DECISIONS.md](../DECISIONS.md). Each licence is one of: ",
    );
    page.push_str(&LICENCES.join(", "));
    page.push_str(".\n\n| package | version | licence |\n|---|---|---|\n");
    let mut faults = Vec::new();
    let mut rows = BTreeSet::new();
    for package in list(&metadata, "packages") {
        let (name, version, licence) =
            (word(package, "name"), word(package, "version"), word(package, "license"));
        if !permitted(licence) {
            faults.push(format!("{name} {version}: {licence:?}"));
        }
        let registry = word(package, "source");
        let own = name == "esgreport";
        if !own && registry != "registry+https://github.com/rust-lang/crates.io-index" {
            faults.push(format!("{name} {version} comes from {registry:?}"));
        }
        if !own && used.contains(word(package, "id")) {
            rows.insert((name, version, licence));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, version, licence) in rows {
        let _ = writeln!(page, "| {name} | {version} | {licence} |");
    }
    let path = repository("docs/dependencies.md");
    let written = fs::read_to_string(&path).unwrap_or_default();
    if written != page {
        // The file is put right, so that the next run passes and the change can be reviewed.
        fs::write(&path, &page).expect("the page can be written");
    }
    assert!(written == page, "docs/dependencies.md was out of date and has been written anew");
}
