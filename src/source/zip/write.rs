//! Files to an archive.

use crate::source::zip::{CENTRAL, DATE, END, LOCAL, MADE_BY, MODE, Packed, UTF8, VERSION};

/// An archive of some files in the order given; nothing if they are too many or too large for the
/// plain format (65,534 files, 4 GiB together).
pub fn pack(files: &[Packed]) -> Option<Vec<u8>> {
    let weight: usize = files.iter().map(|(name, bytes)| name.len() + bytes.len() + 128).sum();
    let mut archive = Vec::with_capacity(weight);
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let offset = u32::try_from(archive.len()).ok()?;
        let record = Record::of(name, bytes)?;
        put_32(&mut archive, LOCAL);
        record.put(&mut archive);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(bytes);
        put_32(&mut directory, CENTRAL);
        put_16(&mut directory, MADE_BY);
        record.put(&mut directory);
        // No comment, first disk, no internal attributes.
        [0, 0, 0].into_iter().for_each(|zero| put_16(&mut directory, zero));
        put_32(&mut directory, MODE);
        put_32(&mut directory, offset);
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).ok().filter(|count| *count < u16::MAX)?;
    let start = u32::try_from(archive.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    archive.extend_from_slice(&directory);
    put_32(&mut archive, END);
    [0, 0, count, count].into_iter().for_each(|number| put_16(&mut archive, number));
    put_32(&mut archive, length);
    put_32(&mut archive, start);
    put_16(&mut archive, 0);
    u32::try_from(archive.len()).ok().filter(|length| *length < u32::MAX)?;
    Some(archive)
}

/// What the two records of a file have in common.
struct Record {
    checksum: u32,
    size: u32,
    name: u16,
}

impl Record {
    fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let size = u32::try_from(bytes.len()).ok()?;
        let name = u16::try_from(name.len()).ok()?;
        Some(Self { checksum: crc32fast::hash(bytes), size, name })
    }

    fn put(&self, out: &mut Vec<u8>) {
        // Version, flags, method (stored), time, date.
        [VERSION, UTF8, 0, 0, DATE].into_iter().for_each(|number| put_16(out, number));
        [self.checksum, self.size, self.size].into_iter().for_each(|number| put_32(out, number));
        put_16(out, self.name);
        put_16(out, 0);
    }
}

fn put_16(out: &mut Vec<u8>, number: u16) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}
