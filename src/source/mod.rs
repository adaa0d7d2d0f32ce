//! Files, texts and places in them.
//!
//! Everything the tool reads comes through [`Files`], so that tests, previews and bundles can
//! stand in for a disk. A text that was read gets a [`SourceId`]; a place in it is a [`Span`].
//!
//! **Invariant:** spans are byte offsets at character boundaries of a text held by [`Sources`].
//!
//! **Invariant:** no path given to [`Files`] leads out of its root.

mod decode;
mod disk;
mod embedded;
mod hash;
mod memory;
mod overlay;
mod record;
mod sources;
mod store;
mod within;
pub mod zip;

pub use self::decode::{EncodingFault, decode};
pub use self::disk::{Disk, Stamp, shown};
pub use self::embedded::Embedded;
pub use self::hash::sha256;
pub use self::memory::Memory;
pub use self::overlay::Overlay;
pub use self::record::Recorder;
pub use self::sources::{CellMark, Position, SourceFile, Sources};
pub use self::store::{OnDisk, Store, write_beside, write_through};
pub use self::within::Within;

use std::fmt;

/// A place that files are read from.
pub trait Files: Send + Sync {
    /// The bytes of a file, by its path relative to the root, with `/` between folders.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The paths of all files, sorted. Hidden files and folders are left out.
    fn list(&self) -> Result<Vec<String>, FileError>;
}

/// Why a file could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// Path as it was asked for.
    pub path: String,
    /// What went wrong, in words.
    pub reason: String,
    /// Whether the file does not exist, which is often not a fault.
    pub missing: MissingFile,
}

/// Whether a [`FileError`] is about a file that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingFile {
    /// There is no such file.
    Yes,
    /// There is one, but it could not be read or written.
    No,
}

impl FileError {
    /// An error for a file that does not exist.
    pub fn missing(path: &str) -> Self {
        Self { path: path.into(), reason: "no such file".into(), missing: MissingFile::Yes }
    }

    /// An error for a file that exists but cannot be used.
    pub fn unusable(path: &str, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into(), missing: MissingFile::No }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for FileError {}

/// Number of a text held by [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Text the range is in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of a text.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The part of this span that starts `start` bytes in and ends `end` bytes in.
    pub fn within(self, start: usize, end: usize) -> Self {
        let base = self.start as usize;
        Self::new(self.source, base.saturating_add(start), base.saturating_add(end))
    }

    /// The span from the start of this one to the end of `other`.
    pub fn to(self, other: Span) -> Self {
        Self { source: self.source, start: self.start, end: self.end.max(other.end) }
    }
}

/// A value with the place it was written at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Changes the value and keeps the place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}
