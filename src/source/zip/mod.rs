//! Zip archives whose files are stored as they are, in one form only.
//!
//! An archive of the same files has the same bytes: no clock, no compression, no owner, nothing
//! between the records. Reading accepts this form and no other, so that what is refused needs no
//! care later: a stored file cannot unfold into more than it weighs.
//!
//! **Invariant:** every name that [`unpack`] gives back is a relative path that stays below its
//! root on every file system, and no two of them meet.

mod name;
mod read;
mod write;

pub use self::name::{name_clash, name_fault};
pub use self::read::{Refusal, Unpacked, unpack};
pub use self::write::pack;

/// A file of an archive: its name and its bytes.
pub type Packed = (String, Vec<u8>);

/// First bytes of the record before a file.
const LOCAL: u32 = 0x0403_4b50;
/// First bytes of a record in the directory at the end.
const CENTRAL: u32 = 0x0201_4b50;
/// First bytes of the record that ends an archive.
const END: u32 = 0x0605_4b50;
/// Version needed to read: 2.0.
const VERSION: u16 = 20;
/// Written by version 2.0 of the format on Unix, so that permissions count.
const MADE_BY: u16 = 0x0314;
/// Names are UTF-8.
const UTF8: u16 = 0x0800;
/// 1 January 1980, the first day that the format knows.
const DATE: u16 = 0x0021;
/// A plain file that everyone may read and its owner may write.
const MODE: u32 = 0o100_644 << 16;

#[cfg(test)]
mod tests;
