//! Every byte of a bundle against what the bundle says about it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diag::{Phrase, say};
use crate::locale::Date;
use crate::source::sha256;

use crate::bundle::bag::{
    DECLARATION, INFO, MANIFEST, TAG_MANIFEST, decoded, manifest, oxum, tag_manifest,
};
use crate::bundle::envelope::{PublicKey, Signed, check};
use crate::bundle::open::Opened;
use crate::bundle::statement::{FORM, PREDICATE};
use crate::bundle::{ENVELOPE, PAYLOAD, STATEMENT, Tree};

/// What came of checking a bundle.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// What is wrong; nothing if the bundle is whole.
    pub faults: Vec<Phrase>,
    /// What was looked at, and what could not be.
    pub notes: Vec<Phrase>,
}

/// Checks archive, bag, statement and signature.
pub fn verify(opened: &Opened, key: Option<&PublicKey>) -> Verdict {
    let mut verdict = Verdict { faults: opened.faults.clone(), notes: Vec::new() };
    let tree = &opened.tree;
    let mut differences = Differences::default();
    for (name, own) in [(MANIFEST, manifest(tree)), (TAG_MANIFEST, tag_manifest(tree))] {
        check_manifest(tree, name, &own, &mut differences, &mut verdict.faults);
    }
    check_tags(tree, &mut verdict.faults);
    check_statement(tree, &mut differences, &mut verdict);
    check_signature(tree, key, &mut verdict);
    verdict.faults.extend(differences.words());
    let payload = tree.keys().filter(|path| path.starts_with(PAYLOAD)).count();
    verdict.notes.insert(
        0,
        say!("{payload} files of the payload were compared with their checksums", payload),
    );
    verdict
}

/// What differs, with the lists that say so.
#[derive(Default)]
struct Differences(BTreeMap<String, (Phrase, Vec<&'static str>)>);

impl Differences {
    fn push(&mut self, what: Phrase, by: &'static str) {
        self.0.entry(what.to_string()).or_insert((what, Vec::new())).1.push(by);
    }

    fn words(self) -> impl Iterator<Item = Phrase> {
        let all = self.0.into_values();
        all.map(|(what, by)| say!("{what} (by {lists})", what, lists = Phrase::list(by)))
    }
}

/// Names every file that is not what a manifest says, then whatever else the manifest is not.
fn check_manifest(
    tree: &Tree,
    name: &'static str,
    own: &str,
    differences: &mut Differences,
    faults: &mut Vec<Phrase>,
) {
    let Some(bytes) = tree.get(name) else {
        faults.push(say!("`{name}` is missing", name));
        return;
    };
    let stated = String::from_utf8_lossy(bytes);
    if stated == own {
        return;
    }
    let before = faults.len() + differences.0.len();
    let stated_sums = parsed(&stated, name, faults);
    compare(&stated_sums, &parsed(own, name, &mut Vec::new()), name, differences);
    if faults.len() + differences.0.len() == before {
        let line = stated.lines().zip(own.lines()).take_while(|(a, b)| a == b).count() + 1;
        faults.push(say!(
            "`{name}` is not written as this program writes it, from line {line} on",
            name,
            line
        ));
    }
}

/// Checksums by path. A line of another form, or one that leads out of the bag, is a fault.
fn parsed(text: &str, name: &str, faults: &mut Vec<Phrase>) -> BTreeMap<String, String> {
    let mut sums = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let entry = line.split_once("  ").and_then(|(sum, path)| {
            let hex =
                sum.len() == 64 && sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            let path = decoded(path).filter(|path| crate::source::zip::name_fault(path).is_none());
            path.filter(|_| hex).map(|path| (path, sum.to_owned()))
        });
        match entry {
            Some((path, sum)) => {
                if sums.insert(path.clone(), sum).is_some() {
                    faults.push(say!("`{name}` names `{path}` twice", name, path));
                }
            }
            None => faults.push(say!(
                "line {line} of `{name}` is no checksum and path",
                line = at + 1,
                name
            )),
        }
    }
    sums
}

/// Names what was changed, is missing, was added or has another name.
fn compare(
    stated: &BTreeMap<String, String>,
    own: &BTreeMap<String, String>,
    by: &'static str,
    differences: &mut Differences,
) {
    let mut added: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (path, sum) in own.iter().filter(|(path, _)| !stated.contains_key(*path)) {
        added.entry(sum).or_default().push(path);
    }
    for (path, sum) in stated {
        let what = match own.get(path) {
            Some(other) if other == sum => continue,
            Some(_) => say!("`{path}` was changed", path),
            None => match added.get_mut(sum.as_str()).and_then(Vec::pop) {
                Some(new) => {
                    say!("`{path}` is missing; `{new}` was added and has its bytes", path, new)
                }
                None => say!("`{path}` is missing", path),
            },
        };
        differences.push(what, by);
    }
    let rest = added.into_values().flatten();
    rest.for_each(|path| differences.push(say!("`{path}` was added", path), by));
}

/// The tag files whose content follows from the rest.
fn check_tags(tree: &Tree, faults: &mut Vec<Phrase>) {
    let name = DECLARATION.0;
    match tree.get(name) {
        Some(bytes) if bytes.as_slice() == DECLARATION.1.as_bytes() => {}
        Some(_) => faults.push(say!("`{name}` does not say what BagIt 1.0 asks", name)),
        None => faults.push(say!("`{name}` is missing", name)),
    }
    let Some(info) = tree.get(INFO) else {
        faults.push(say!("`{name}` is missing", name = INFO));
        return;
    };
    let wanted = format!("Payload-Oxum: {}", oxum(tree));
    if !String::from_utf8_lossy(info).lines().any(|line| line == wanted) {
        faults.push(say!(
            "`{name}` gives another size or number of files than there are",
            name = INFO
        ));
    }
    let known = [DECLARATION.0, MANIFEST, TAG_MANIFEST, INFO, STATEMENT, ENVELOPE];
    let strange =
        tree.keys().filter(|path| !path.starts_with(PAYLOAD) && !known.contains(&path.as_str()));
    faults.extend(strange.map(|path| say!("`{path}` was added", path)));
}

/// The statement lists every file of the payload, each once, with its checksum.
fn check_statement(tree: &Tree, differences: &mut Differences, verdict: &mut Verdict) {
    let Some(bytes) = tree.get(STATEMENT) else {
        verdict.faults.push(say!("`{name}` is missing", name = STATEMENT));
        return;
    };
    let Ok(statement) = serde_json::from_slice::<Value>(bytes) else {
        verdict.faults.push(say!("`{name}` is not JSON", name = STATEMENT));
        return;
    };
    let is = |key: &str, value: &str| statement.get(key).and_then(Value::as_str) == Some(value);
    if !is("_type", FORM) || !is("predicateType", PREDICATE) {
        verdict.faults.push(say!("`{name}` is a statement of another kind", name = STATEMENT));
        return;
    }
    let mut stated = BTreeMap::new();
    for pointer in ["/subject", "/predicate/inputs", "/predicate/frameworks"] {
        let list = statement.pointer(pointer).and_then(Value::as_array);
        for entry in list.into_iter().flatten() {
            let name = entry.get("name").and_then(Value::as_str);
            let sum = entry.pointer("/digest/sha256").and_then(Value::as_str);
            let (Some(name), Some(sum)) = (name, sum) else { continue };
            if stated.insert(name.to_owned(), sum.to_owned()).is_some() {
                verdict.faults.push(say!(
                    "`{name}` names `{path}` twice",
                    name = STATEMENT,
                    path = name
                ));
            }
        }
    }
    let payload = tree.iter().filter(|(path, _)| path.starts_with(PAYLOAD));
    let own = payload.map(|(path, bytes)| (path.clone(), sha256(bytes))).collect();
    compare(&stated, &own, STATEMENT, differences);
    let withheld = statement.pointer("/predicate/withheld").and_then(Value::as_array);
    let withheld = withheld.map(Vec::len).unwrap_or_default();
    if withheld > 0 {
        verdict.notes.push(say!(
            "{withheld} confidential evidence files are named by checksum and are not in the bundle",
            withheld
        ));
    }
}

fn check_signature(tree: &Tree, key: Option<&PublicKey>, verdict: &mut Verdict) {
    let statement = tree.get(STATEMENT).map(Vec::as_slice).unwrap_or_default();
    let Some(envelope) = tree.get(ENVELOPE) else {
        match key {
            Some(_) => verdict.faults.push(say!("the bundle is not signed")),
            None => verdict.notes.push(say!("the bundle is not signed: who made it is not proven")),
        }
        return;
    };
    match check(envelope, statement, key) {
        Signed::Good => {
            let id = key.map(PublicKey::id).unwrap_or_default();
            verdict.notes.push(say!("signed by the key {id}", id));
        }
        Signed::Unchecked(ids) => verdict.notes.push(say!(
            "the signature was not checked, for want of a key (--key); it names {ids}",
            ids = Phrase::list(ids)
        )),
        Signed::Bad(why) => verdict.faults.push(say!("`{path}`: {why}", path = ENVELOPE, why)),
    }
}

/// What a statement says about how a bundle was made.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Version of the program.
    pub version: String,
    /// The day for which findings were judged.
    pub as_of: Option<Date>,
    /// Evidence files that were left out.
    pub withheld: BTreeSet<String>,
}

/// Reads how a bundle was made.
pub fn origin(tree: &Tree) -> Option<Origin> {
    let statement: Value = serde_json::from_slice(tree.get(STATEMENT)?).ok()?;
    let text = |pointer: &str| statement.pointer(pointer).and_then(Value::as_str);
    let withheld = statement.pointer("/predicate/withheld").and_then(Value::as_array);
    let names = withheld.into_iter().flatten().filter_map(|entry| entry.get("name")?.as_str());
    Some(Origin {
        version: text("/predicate/tool/version")?.to_owned(),
        as_of: text("/predicate/asOf").and_then(Date::parse),
        withheld: names.map(str::to_owned).collect(),
    })
}

/// Compares a bundle with one that was made again from its inputs. Signatures are not made again.
pub fn compare_rebuilt(tree: &Tree, rebuilt: &Tree) -> Vec<Phrase> {
    let apart = [ENVELOPE, TAG_MANIFEST];
    let mut faults = Vec::new();
    for (path, bytes) in tree.iter().filter(|(path, _)| !apart.contains(&path.as_str())) {
        match rebuilt.get(path) {
            Some(other) if other == bytes => {}
            Some(_) => faults
                .push(say!("`{path}` is another one when it is made again from the inputs", path)),
            None => faults.push(say!("`{path}` is not made from the inputs", path)),
        }
    }
    let lost =
        rebuilt.keys().filter(|path| !tree.contains_key(*path) && !apart.contains(&path.as_str()));
    faults.extend(
        lost.map(|path| say!("`{path}` would be made from the inputs and is missing", path)),
    );
    faults
}
