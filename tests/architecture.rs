//! Holds the floors of `ARCHITECTURE.md`: a module names only lower floors; and other rules of how things are built.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor, lowest first. Those on one floor do not name each other.
const FLOORS: [&[&str]; 11] = [
    &["source", "spread"],
    &["diag", "page_text"],
    &["syntax", "quantity", "locale"],
    &["schema", "framework", "formula", "sheet", "convert"],
    &["content"],
    &["report"],
    &["lint", "view", "compare", "import", "scaffold"],
    &["render", "emit", "proof", "bundle", "preview"],
    &["lsp"],
    &["command"],
    &["cli"],
];

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            found.push((path, text));
        }
    }
}

/// Folder or file name right under `src/`.
fn module_of(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inner = path.strip_prefix(&root).unwrap_or(path);
    let first =
        inner.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// Code without tests and comments.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_name_only_lower_floors() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some(floor) = floor_of(&module) else {
            faults.push(format!("{}: the module `{module}` is on no floor", path.display()));
            continue;
        };
        let code = code(&text);
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let named: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if named.is_empty() {
                faults.push(format!("{}: `crate::{{` hides what is named", path.display()));
            } else if named != module && floor_of(&named).is_none_or(|other| other >= floor) {
                faults.push(format!("{}: names `{named}`", path.display()));
            }
        }
        if code.contains("super::") {
            faults.push(format!("{}: `super::` hides what is named", path.display()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines >= 500 {
            faults.push(format!("{}: {lines} lines", path.display()));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!(") {
            faults.push(format!("{}: does not say what it is for", path.display()));
        }
        for (name, length) in functions(&text) {
            if length > 75 {
                faults.push(format!("{}: `{name}` has {length} lines", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Names and lengths of functions, by the indentation that rustfmt gives them.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let starts = ["fn ", "pub fn ", "pub(super) fn ", "const fn ", "pub const fn "];
        if !starts.iter().any(|word| trimmed.starts_with(word)) {
            continue;
        }
        let indent = line.len() - trimmed.len();
        let close = format!("{}}}", " ".repeat(indent));
        let end = lines.iter().skip(start).position(|other| *other == close);
        found.push((trimmed.to_owned(), end.unwrap_or_default()));
    }
    found
}

#[test]
fn no_code_knows_a_company_or_a_clause() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let code = code(&text).to_lowercase();
        for word in ["xiaomi", "小米", "hkex", "appendix27", "gri/20", "ifrs-s"] {
            if code.contains(word) {
                faults.push(format!("{}: names {word}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn figures_are_never_floats() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        if words.into_iter().any(|word| word == "f32" || word == "f64") {
            faults.push(path.display().to_string());
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Names of modules that a piece of code uses.
fn named_modules(text: &str) -> BTreeSet<String> {
    let after = text.split("use crate::").skip(1);
    let names = after.map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next());
    names.flatten().map(str::to_owned).collect()
}

#[test]
fn what_fuzz_targets_take_of_the_program_is_whole() {
    let list = include_str!("../fuzz/floors/lib.rs");
    let taken: BTreeSet<String> = list
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    assert!(taken.len() > 10, "{taken:?}");
    for (path, text) in sources() {
        if taken.contains(&module_of(&path)) {
            let missing: Vec<String> =
                named_modules(&code(&text)).into_iter().filter(|m| !taken.contains(m)).collect();
            assert!(missing.is_empty(), "{}: fuzz/floors/lib.rs lacks {missing:?}", path.display());
        }
    }
}

/// The part of a text up to the brace that closes the first one.
fn block(text: &str) -> &str {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return &text[..at],
            '}' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// What a context names, Typst compares as a whole for each place it stands at: the time of printing
/// would grow with the square of the report.
#[test]
fn contexts_of_print_templates_name_nothing_that_grows_with_the_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/typst");
    let mut contexts = 0;
    for folder in ["", "components", "sections"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder").flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|end| end != "typ") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a template");
            for inside in text.split("context {").skip(1) {
                contexts += 1;
                let inside = format!("{{{inside}");
                let inside = block(&inside);
                for name in ["view.", "answers.", "answers {", "rows-of-facts", "sections."] {
                    assert!(!inside.contains(name), "{}: `{name}` in a context", path.display());
                }
            }
        }
    }
    assert!(contexts > 4, "{contexts}");
}
