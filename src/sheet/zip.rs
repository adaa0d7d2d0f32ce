//! The parts of a ZIP archive, read with limits.
//!
//! Our own few lines and not a library, since a limit on what comes out is the point here, and the
//! list of parts with an inflater is all that a workbook needs.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

/// Largest part that is read, in bytes, once it is inflated.
const LARGEST_PART: u64 = 32 * 1024 * 1024;

/// Most parts of an archive.
const MOST_PARTS: usize = 4096;

/// A ZIP archive.
pub struct Archive<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
}

struct Part {
    method: u16,
    packed: usize,
    header: usize,
}

impl<'a> Archive<'a> {
    /// Reads the list of parts.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let broken = || "it is damaged: its list of parts cannot be read".to_owned();
        let end = find_end(bytes).ok_or_else(broken)?;
        let count = usize::from(u16_at(bytes, end + 10).ok_or_else(broken)?);
        let mut at = u32_at(bytes, end + 16).ok_or_else(broken)? as usize;
        if count > MOST_PARTS {
            return Err(format!("it has {count} parts, more than a workbook needs"));
        }
        let mut parts = BTreeMap::new();
        for _ in 0..count {
            let (name, part, next) = entry(bytes, at).ok_or_else(broken)?;
            parts.insert(name, part);
            at = next;
        }
        Ok(Self { bytes, parts })
    }

    /// The text of a part; nothing if there is no such part.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        let Some(part) = self.parts.get(name) else { return Ok(None) };
        let broken = || format!("it is damaged: `{name}` cannot be read");
        let name_length = u16_at(self.bytes, part.header + 26).ok_or_else(broken)?;
        let extra_length = u16_at(self.bytes, part.header + 28).ok_or_else(broken)?;
        let start = part.header + 30 + usize::from(name_length) + usize::from(extra_length);
        let packed = start.checked_add(part.packed).and_then(|end| self.bytes.get(start..end));
        let packed = packed.ok_or_else(broken)?;
        let mut inflated = Vec::new();
        let read = match part.method {
            0 => packed.take(LARGEST_PART + 1).read_to_end(&mut inflated),
            8 => DeflateDecoder::new(packed).take(LARGEST_PART + 1).read_to_end(&mut inflated),
            other => {
                return Err(format!("`{name}` is packed by method {other}, which is not read"));
            }
        };
        read.map_err(|_| broken())?;
        if inflated.len() as u64 > LARGEST_PART {
            let most = LARGEST_PART / 1024 / 1024;
            return Err(format!("`{name}` is larger than {most} MiB once it is unpacked"));
        }
        String::from_utf8(inflated).map(Some).map_err(|_| broken())
    }
}

/// The record at the end that says where the list of parts is; a comment may follow it.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06"))
}

/// Name and place of the part that the list names at a byte, and the byte of the next one.
fn entry(bytes: &[u8], at: usize) -> Option<(String, Part, usize)> {
    if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
        return None;
    }
    let length = |offset: usize| u16_at(bytes, at + offset).map(usize::from);
    let name = bytes.get(at + 46..at + 46 + length(28)?)?;
    let part = Part {
        method: u16_at(bytes, at + 10)?,
        packed: u32_at(bytes, at + 20)? as usize,
        header: u32_at(bytes, at + 42)? as usize,
    };
    let next = at + 46 + length(28)? + length(30)? + length(32)?;
    Some((String::from_utf8_lossy(name).into_owned(), part, next))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
