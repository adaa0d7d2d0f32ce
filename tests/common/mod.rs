//! What tests share.
#![allow(dead_code, clippy::expect_used, clippy::missing_panics_doc)]

pub mod pdf;
pub mod workbook;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use esgreport::command::{Loaded, Options, load};
use esgreport::lint::Tier;
use esgreport::locale::Date;
use esgreport::source::{Disk, Files, Memory};

/// A path inside the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The day for which tests judge suppressions.
pub fn as_of() -> Date {
    Date { year: 2025, month: 6, day: 30 }
}

/// Reads and checks files with the rules of a tier.
pub fn check(files: &dyn Files, tier: Tier) -> Loaded {
    load(files, Options { tier, as_of: as_of() }).expect("a project that can be read")
}

/// A folder of the repository, copied into memory.
pub fn memory(path: &str) -> Memory {
    let disk = Disk::open(&repository(path)).expect("a folder");
    Memory::copy(&disk).expect("files")
}

/// Findings as one line each.
pub fn lines(loaded: &Loaded) -> Vec<String> {
    let lines = loaded.judged.findings.iter().map(|found| {
        format!(
            "{} {}[{}] {}",
            loaded.sources.place(found.primary.span),
            found.severity.word(),
            found.rule,
            found.message
        )
    });
    lines.collect()
}

/// Runs the program in a folder.
pub fn program(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esgreport"));
    // The locale of the machine would choose the language of messages.
    command.env("LC_ALL", "C");
    command.args(arguments).current_dir(folder).output().expect("the program runs")
}

/// An empty folder of its own for a test.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The bytes of a stream as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Numbers that follow from a seed, so that a run can be repeated (Knuth's MMIX constants).
pub struct Dice(pub u64);

impl Dice {
    /// The next one, from zero to below the number of sides.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }
}
