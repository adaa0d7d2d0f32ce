//! An archive to files, or why not.

use std::fmt;

use crate::source::zip::name::{name_clash, name_fault};
use crate::source::zip::{CENTRAL, END, LOCAL, Packed, UTF8, pack};

/// Why an archive is refused, or what is wrong with it: a reason about the archive, about the file
/// with a name, or about that and another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file that the reason is about; nothing if it is the archive.
    pub name: Option<String>,
    /// The reason, which follows the name and stands before the other.
    pub reason: &'static str,
    /// What else the reason names.
    pub other: Option<String>,
}

impl Refusal {
    fn of(name: &str, reason: &'static str) -> Self {
        Self { name: Some(name.to_owned()), reason, other: None }
    }

    fn between(name: &str, reason: &'static str, other: impl ToString) -> Self {
        Self { other: Some(other.to_string()), ..Self::of(name, reason) }
    }
}

impl From<&'static str> for Refusal {
    fn from(reason: &'static str) -> Self {
        Self { name: None, reason, other: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, reason, other } = self;
        name.iter().try_for_each(|name| write!(f, "`{name}` "))?;
        f.write_str(reason)?;
        other.iter().try_for_each(|other| write!(f, " `{other}`"))
    }
}

impl std::error::Error for Refusal {}

/// An archive that is safe to read.
#[derive(Debug, Clone, Default)]
pub struct Unpacked {
    /// Its files, in its order.
    pub files: Vec<Packed>,
    /// What is not as the program writes it: a checksum, a date, bytes between records.
    pub faults: Vec<Refusal>,
}

/// Length of the record that ends an archive.
const END_LENGTH: usize = 22;
/// Length of a record in the directory, without its name.
const CENTRAL_LENGTH: usize = 46;
/// Length of the record before a file, without its name.
const LOCAL_LENGTH: usize = 30;

/// Flag of a file whose sizes stand behind its bytes.
const DESCRIPTOR: u16 = 0x0008;

/// One record of the directory.
struct Found {
    name: String,
    offset: usize,
    /// One past the last byte of the file.
    end: usize,
    start: usize,
    checksum: u32,
}

/// Reads an archive. What could do harm is refused before any byte of a file is looked at.
pub fn unpack(archive: &[u8]) -> Result<Unpacked, Refusal> {
    let (count, start, end) = directory(archive)?;
    let mut found = Vec::new();
    let mut at = start;
    for _ in 0..count {
        let (record, next) = central(archive, at, start)?;
        found.push(record);
        at = next;
    }
    if at != end {
        return refuse("the directory of the archive has another length than it says");
    }
    check_names(&found)?;
    check_places(&found)?;
    let mut unpacked = Unpacked::default();
    for record in found {
        let bytes = archive.get(record.start..record.end).unwrap_or_default().to_vec();
        if crc32fast::hash(&bytes) != record.checksum {
            unpacked.faults.push(Refusal::of(&record.name, "does not have its checksum"));
        }
        unpacked.files.push((record.name, bytes));
    }
    if unpacked.faults.is_empty() && pack(&unpacked.files).as_deref() != Some(archive) {
        unpacked.faults.push(strayed(&unpacked.files, archive));
    }
    Ok(unpacked)
}

/// Number of records, and where the directory starts and ends.
fn directory(archive: &[u8]) -> Result<(usize, usize, usize), Refusal> {
    let Some(last) = archive.len().checked_sub(END_LENGTH) else {
        return refuse("this is not a zip archive");
    };
    if number_32(archive, last) != Some(END) {
        let zip = archive.starts_with(&LOCAL.to_le_bytes());
        return refuse(if zip {
            "the archive is cut off, or something follows its end"
        } else {
            "this is not a zip archive"
        });
    }
    let half = |at: usize| number_16(archive, last + at).map(usize::from);
    let word = |at: usize| number_32(archive, last + at).and_then(|n| usize::try_from(n).ok());
    let (count, length, start) = match (half(10), word(12), word(16)) {
        (Some(count), Some(length), Some(start)) => (count, length, start),
        _ => return refuse("the archive is cut off"),
    };
    if count == usize::from(u16::MAX) || [length, start].contains(&(u32::MAX as usize)) {
        return refuse("the archive is in the zip64 form, which no bundle needs");
    }
    if half(4) != Some(0) || half(6) != Some(0) || half(8) != Some(count) {
        return refuse("the archive is spread over several files");
    }
    if start.checked_add(length) != Some(last) {
        return refuse("the directory of the archive is not where it says");
    }
    Ok((count, start, last))
}

/// The record of the directory at a place, and where the next one starts.
fn central(archive: &[u8], at: usize, limit: usize) -> Result<(Found, usize), Refusal> {
    let half = |place: usize| number_16(archive, at + place).unwrap_or_default();
    let word = |place: usize| number_32(archive, at + place).unwrap_or_default();
    if number_32(archive, at) != Some(CENTRAL) {
        return refuse("the directory of the archive has a record that is none");
    }
    let lengths = [28, 30, 32].map(|place| usize::from(half(place)));
    let name_at = at + CENTRAL_LENGTH;
    let name = archive.get(name_at..name_at + lengths[0]).unwrap_or_default();
    let Ok(name) = std::str::from_utf8(name) else {
        return refuse(Refusal::of(&String::from_utf8_lossy(name), "has a name that is not UTF-8"));
    };
    let name = name.to_owned();
    let size = word(24) as usize;
    if half(8) & 1 != 0 {
        return refuse(Refusal::of(&name, "is encrypted"));
    }
    if half(8) & DESCRIPTOR != 0 {
        return refuse(Refusal::of(&name, "has its sizes behind its bytes, in a data descriptor"));
    }
    if half(10) != 0 {
        let reason =
            "is compressed; a bundle stores its files as they are, so none can unfold into more";
        return refuse(Refusal::of(&name, reason));
    }
    if word(20) as usize != size {
        return refuse(Refusal::of(&name, "says that it unfolds into another size"));
    }
    match (word(38) >> 16) & 0o170_000 {
        0 | 0o100_000 => {}
        0o120_000 => return refuse(Refusal::of(&name, "is a symbolic link")),
        _ => return refuse(Refusal::of(&name, "is not a plain file")),
    }
    let offset = word(42) as usize;
    let start = local(archive, offset, at, &name)?;
    let end = start.checked_add(size).filter(|end| *end <= limit);
    let Some(end) = end else {
        return refuse(Refusal::of(&name, "reaches into the directory of the archive"));
    };
    let next = name_at + lengths.iter().sum::<usize>();
    Ok((Found { name, offset, end, start, checksum: word(16) }, next))
}

/// Where the bytes of a file start, after the record before it, which must say the same as the
/// directory: a reader that trusts the one must not see another file than one that trusts the other.
fn local(archive: &[u8], offset: usize, central: usize, name: &str) -> Result<usize, Refusal> {
    if number_32(archive, offset) != Some(LOCAL) {
        return refuse(Refusal::of(name, "is not where the directory of the archive says"));
    }
    let half = |place: usize| number_16(archive, offset + place).unwrap_or_default();
    let start = offset + LOCAL_LENGTH;
    let own = archive.get(start..start + usize::from(half(26))).unwrap_or_default();
    if own != name.as_bytes() {
        let own = String::from_utf8_lossy(own);
        return refuse(Refusal::between(name, "has another name in the record before it:", own));
    }
    // Version, flags, method, time, date, checksum and both sizes, in the same order in both.
    let here = archive.get(offset + 4..offset + 26);
    if here != archive.get(central + 6..central + 28) || half(6) & !UTF8 != 0 {
        return refuse(Refusal::of(name, "has two records that do not say the same"));
    }
    Ok(start + usize::from(half(26)) + usize::from(half(28)))
}

fn check_names(found: &[Found]) -> Result<(), Refusal> {
    for record in found {
        if let Some(fault) = name_fault(&record.name) {
            return refuse(Refusal::of(&record.name.escape_debug().to_string(), fault));
        }
    }
    match name_clash(found.iter().map(|record| record.name.as_str())) {
        Some((name, other, how)) if name == other => refuse(Refusal::of(name, how)),
        Some((name, other, how)) => refuse(Refusal::between(name, how, other)),
        None => Ok(()),
    }
}

/// Refuses files that share bytes, with which a small archive can hold very much.
fn check_places(found: &[Found]) -> Result<(), Refusal> {
    let mut places: Vec<&Found> = found.iter().collect();
    places.sort_by_key(|record| (record.offset, record.end));
    for pair in places.windows(2) {
        if let [one, two] = pair
            && two.offset < one.end
        {
            return refuse(Refusal::between(&two.name, "overlaps", &one.name));
        }
    }
    Ok(())
}

/// The first file at whose records an archive differs from the form of this program.
fn strayed(files: &[Packed], archive: &[u8]) -> Refusal {
    let own = pack(files).unwrap_or_default();
    let same = own.iter().zip(archive).take_while(|(a, b)| a == b).count();
    let mut end = 0;
    for (name, bytes) in files {
        end += LOCAL_LENGTH + name.len() + bytes.len();
        if same < end {
            let reason = "is not stored as this program stores it, from this byte on:";
            return Refusal::between(name, reason, same);
        }
    }
    Refusal::from(
        "the directory at the end of the archive is not written as this program writes it",
    )
}

fn refuse<T>(refusal: impl Into<Refusal>) -> Result<T, Refusal> {
    Err(refusal.into())
}

fn number_16(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn number_32(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
