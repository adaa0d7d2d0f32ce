//! Names that are paths below their root on every file system.

use std::collections::BTreeMap;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a name cannot be a path below its root; nothing if it can.
pub fn name_fault(name: &str) -> Option<&'static str> {
    if name.starts_with('/') || name.starts_with('\\') || name.get(1..2) == Some(":") {
        return Some("is an absolute path");
    }
    if name.contains('\\') {
        return Some("has a backslash, which some systems read as a folder");
    }
    if name.ends_with('/') {
        return Some("is a folder; folders follow from the files in them");
    }
    if name.chars().any(char::is_control) {
        return Some("has a control character");
    }
    if name.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) {
        return Some("has a character that changes the direction of the text");
    }
    let mut parts = name.split('/');
    parts.find_map(|part| match part {
        "" => Some("has an empty folder name"),
        "." | ".." => Some("leads out of its folder"),
        _ if part.trim() != part => Some("has white space around a name"),
        _ if part.ends_with('.') => Some("has a name that ends with a full stop"),
        _ if part.starts_with('~') => Some("has a name that starts with a tilde"),
        _ if is_device(part) => Some("has a name that Windows keeps for a device"),
        _ => None,
    })
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_lowercase();
    let port = stem.strip_suffix(|c: char| c.is_ascii_digit());
    DEVICES.contains(&stem.as_str()) || matches!(port, Some("com" | "lpt"))
}

/// Two of the names that meet, and how: the same, the same but for case, or a file where another
/// name has a folder.
pub fn name_clash<'n>(
    names: impl Iterator<Item = &'n str>,
) -> Option<(&'n str, &'n str, &'static str)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut folders: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let all: Vec<&str> = names.collect();
    for name in &all {
        if let Some(other) = seen.insert(name.to_lowercase(), name) {
            let how = if other == *name { "stands twice" } else { "differs in case alone from" };
            return Some((name, other, how));
        }
        for (at, _) in name.match_indices('/') {
            let folder = name.get(..at).unwrap_or_default();
            let first = folders.entry(folder.to_lowercase()).or_insert((folder, name));
            if first.0 != folder {
                return Some((
                    name,
                    first.1,
                    "has a folder that differs in case alone from that of",
                ));
            }
        }
    }
    let found = all.iter().find_map(|name| Some((*name, folders.get(&name.to_lowercase())?.1)));
    let (name, inner) = found?;
    Some((name, inner, "is a file, and a folder of"))
}
