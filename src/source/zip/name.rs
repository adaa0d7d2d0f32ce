//! Names that are paths below their root on every file system.

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Longest name, in bytes, and most folders in one; more serves nothing but to wear a reader out.
const LONGEST: usize = 1024;
const DEEPEST: usize = 64;

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
    if name.len() > LONGEST || name.matches('/').count() > DEEPEST {
        return Some("has a name that is too long, or too many folders");
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
    let mut all: Vec<(String, &str)> = names.map(|name| (name.to_lowercase(), name)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    // Names below one folder stand together, so that neighbours tell of all of them.
    for pair in all.windows(2) {
        let [(lower, name), (other_lower, other)] = pair else { continue };
        if lower == other_lower {
            let how = if name == other { "stands twice" } else { "differs in case alone from" };
            return Some((other, name, how));
        }
        if folders_clash(name, other) {
            let how = "has a folder that differs in case alone from that of";
            return Some((other, name, how));
        }
    }
    all.iter().find_map(|(lower, name)| {
        lower.match_indices('/').find_map(|(at, _)| {
            let folder = lower.get(..at)?;
            let file = all.binary_search_by(|(other, _)| other.as_str().cmp(folder)).ok()?;
            Some((all.get(file)?.1, *name, "is a file, and a folder of"))
        })
    })
}

/// Whether the folders that two names share are written in two ways.
fn folders_clash(name: &str, other: &str) -> bool {
    let folders = |name: &str| name.matches('/').count();
    let shared = folders(name).min(folders(other));
    let pairs = name.split('/').zip(other.split('/')).take(shared);
    let mut alike = pairs.take_while(|(a, b)| a.to_lowercase() == b.to_lowercase());
    alike.any(|(a, b)| a != b)
}
