//! Addresses of files, `file:///…`, to paths and back.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The path of an address; nothing for addresses of something else than a file on this machine.
pub fn path_of(address: &Uri) -> Option<PathBuf> {
    let rest = address.as_str().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().filter(|rest| rest.starts_with('/'))?;
    let decoded = decoded(rest)?;
    // `/c:/reports` is a path of Windows, whose drive comes first.
    let drive = decoded.get(1..3).is_some_and(|drive| {
        drive.starts_with(|c: char| c.is_ascii_alphabetic()) && drive.ends_with(':')
    });
    let plain = if drive { decoded.get(1..).unwrap_or_default() } else { &decoded };
    Some(PathBuf::from(plain))
}

/// The address of an absolute path.
pub fn of_path(path: &Path) -> Option<Uri> {
    let path = path.to_str()?.replace('\\', "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri::from_str(&address).ok()
}

/// A text whose `%xx` are the bytes that they stand for.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_as_they_were() {
        for path in ["/a/b.yaml", "/with blank/单位#1.md", "/100%/a?b.yaml"] {
            let address = of_path(Path::new(path)).expect("an address");
            assert!(address.as_str().is_ascii());
            assert_eq!(path_of(&address).as_deref(), Some(Path::new(path)));
        }
    }

    #[test]
    fn only_files_have_paths() {
        let path = |text: &str| path_of(&Uri::from_str(text).expect("an address"));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("https://example.org/a"), None);
        assert_eq!(path("file:///c%3A/a.yaml"), Some(PathBuf::from("c:/a.yaml")));
        assert_eq!(path("file://localhost/a"), Some(PathBuf::from("/a")));
        assert!(Uri::from_str("file:///%zz").is_err(), "not an address at all");
        assert_eq!(path("file:///%E5"), None);
    }
}
