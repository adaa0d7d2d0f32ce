//! What is left when something goes wrong outside the program: outputs are whole, and the message says what it was.
#![allow(clippy::expect_used)]

mod common;

use std::cell::Cell;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{as_of, copy_folder, lines, memory, program, repository, scratch, text};
use esgreport::command::{Options, load};
use esgreport::lint::Tier;
use esgreport::source::{FileError, Files, Memory, OnDisk, Store, write_through};

/// A disk that stops for good at one of its steps, in the middle of what it does there.
struct Stopping {
    left: Cell<usize>,
    how: ErrorKind,
}

impl Stopping {
    fn step(&self) -> io::Result<()> {
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.how.into()),
        }
    }
}

impl Store for Stopping {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        OnDisk.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // Each half of the file is a step of its own.
        let half = bytes.len() / 2;
        self.step()?;
        OnDisk.write(path, bytes.get(..half).unwrap_or_default())?;
        self.step()?;
        OnDisk.write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        OnDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        OnDisk.remove(path)
    }
}

#[test]
fn a_stop_at_any_step_of_writing_leaves_the_old_or_the_new_file_whole() {
    let folder = scratch("faults-steps");
    let target = folder.join("out/report.html");
    let (old, new) = (b"old bytes".as_slice(), b"the new bytes".as_slice());
    for steps in 0..=4 {
        let _ = fs::remove_dir_all(folder.join("out"));
        write_through(&OnDisk, &target, old).expect("a disk that works");
        let store = Stopping { left: Cell::new(steps), how: ErrorKind::Interrupted };
        let written = write_through(&store, &target, new);
        let there = fs::read(&target).expect("a file");
        assert_eq!(written.is_ok(), steps == 4, "after {steps} steps");
        assert_eq!(there, if steps == 4 { new } else { old }, "after {steps} steps");
        // What was left behind is in nobody's way.
        write_through(&OnDisk, &target, new).expect("a disk that works");
        assert_eq!(fs::read(&target).expect("a file"), new);
    }
}

/// A disk that fails one of its steps and works again after that.
struct Failing(ErrorKind);

impl Store for Failing {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        OnDisk.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OnDisk.write(path, bytes.get(..bytes.len() / 2).unwrap_or_default())?;
        Err(self.0.into())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        OnDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        OnDisk.remove(path)
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_whole_and_is_named() {
    let folder = scratch("faults-full");
    let target = folder.join("report.html");
    fs::write(&target, "old").expect("a file");
    for (kind, words) in [
        (ErrorKind::StorageFull, "the disk is full"),
        (ErrorKind::ReadOnlyFilesystem, "the disk can only be read"),
        (ErrorKind::PermissionDenied, "permission denied"),
    ] {
        let error = write_through(&Failing(kind), &target, b"the new bytes").expect_err("a fault");
        assert_eq!(error.reason, words);
        assert_eq!(fs::read(&target).expect("a file"), b"old");
        assert_eq!(
            fs::read_dir(&folder).expect("a folder").count(),
            1,
            "half a file was left behind"
        );
    }
}

/// The smallest project in a folder of its own.
fn project(name: &str) -> PathBuf {
    let folder = scratch(name).join("project");
    copy_folder(&repository("tests/rules/minimal"), &folder);
    folder
}

const BUILD: [&str; 5] = ["build", "--format", "html", "-o", "out"];

fn start(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esgreport"));
    command.env("LC_ALL", "C").args(BUILD).current_dir(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program runs")
}

#[test]
fn an_output_folder_that_cannot_be_written_to_is_named() {
    let folder = project("faults-read-only");
    fs::write(folder.join("out"), "a file").expect("a file");
    let output = program(&folder, &BUILD);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("out"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(folder.join("out")).expect("a file"), "a file");
}

#[test]
fn a_build_that_is_killed_leaves_the_old_or_the_new_report_whole() {
    let folder = project("faults-killed");
    let built = program(&folder, &BUILD);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    let page = folder.join("out/report.en.html");
    let old = fs::read(&page).expect("a page");
    let report = fs::read_to_string(folder.join("report.yaml")).expect("a file");
    fs::write(folder.join("report.yaml"), report.replace("Example Ltd", "Other Example Ltd"))
        .expect("a file");
    let mut delay = Duration::from_millis(1);
    for _ in 0..9 {
        let mut child = start(&folder);
        thread::sleep(delay);
        let _ = child.kill();
        child.wait().expect("the program ends");
        let there = fs::read(&page).expect("a page");
        let ends = there.trim_ascii_end().ends_with(b"</html>");
        assert!(there == old || ends && text(&there).contains("Other Example Ltd"), "half a page");
        delay = delay.saturating_mul(2);
    }
    let built = program(&folder, &BUILD);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(text(&fs::read(&page).expect("a page")).contains("Other Example Ltd"));
}

#[test]
fn a_file_that_changes_during_a_build_stops_it() {
    let folder = project("faults-changed");
    let file = folder.join("metrics/base.yaml");
    let metrics = fs::read_to_string(&file).expect("a file");
    let mut child = start(&folder);
    let mut times = 0_u32;
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program runs") {
            break status;
        }
        times = times.saturating_add(1);
        // The same text, but for the length of a comment.
        let more = "#".repeat(1 + usize::try_from(times % 50).expect("a number"));
        let beside = folder.join("metrics/base.yaml.new");
        fs::write(&beside, format!("{metrics}{more}\n")).expect("a file");
        fs::rename(&beside, &file).expect("a file");
        thread::sleep(Duration::from_millis(1));
    };
    let output = child.wait_with_output().expect("the program ends");
    let told = text(&output.stderr);
    assert_eq!(status.code(), Some(2), "{told}");
    assert!(told.contains("`metrics/base.yaml` was changed while the report was built"), "{told}");
    assert!(!folder.join("out/report.en.html").exists(), "nothing is written");
}

#[test]
fn two_builds_at_once_leave_one_whole_report() {
    let folder = project("faults-two");
    let alone = program(&folder, &BUILD);
    assert_eq!(alone.status.code(), Some(0), "{}", text(&alone.stderr));
    let expected = fs::read(folder.join("out/report.en.html")).expect("a page");
    fs::remove_dir_all(folder.join("out")).expect("a folder");
    let children = [start(&folder), start(&folder), start(&folder)];
    for child in children {
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert_eq!(fs::read(folder.join("out/report.en.html")).expect("a page"), expected);
    assert_eq!(fs::read_dir(folder.join("out")).expect("a folder").count(), 1, "parts are left");
}

#[test]
fn fonts_that_are_damaged_or_missing_are_told() {
    let folder = project("faults-fonts");
    let theme = "font: {text: Our Sans, files: [fonts/missing.otf]}\n";
    fs::write(folder.join("theme.yaml"), theme).expect("a file");
    let output = program(&folder, &BUILD);
    assert_ne!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("theme.yaml:"), "{}", text(&output.stderr));
}

/// Files of which some vanish after they were listed.
struct Vanishing<'a>(&'a Memory, &'a str);

impl Files for Vanishing<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path == self.1 { Err(FileError::missing(path)) } else { self.0.read(path) }
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        self.0.list()
    }
}

#[test]
fn a_file_that_vanishes_while_it_is_read_is_told() {
    let whole = memory("tests/rules/minimal");
    let options = Options { tier: Tier::Default, as_of: as_of() };
    for path in whole.list().expect("paths").iter().filter(|path| *path != "report.yaml") {
        let loaded = load(&Vanishing(&whole, path), options).expect("a project");
        let found = lines(&loaded);
        let told = format!("{path}:1:1 error[unreadable-file]");
        assert!(found.iter().any(|line| line.starts_with(&told)), "{path}: {found:?}");
    }
    assert!(load(&Vanishing(&whole, "report.yaml"), options).is_err());
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let mut files = memory("tests/rules/minimal");
    files.refuse("metrics/base.yaml", "permission denied");
    let options = Options { tier: Tier::Default, as_of: as_of() };
    let found = lines(&load(&files, options).expect("a project"));
    let told =
        "metrics/base.yaml:1:1 error[unreadable-file] the file cannot be read: permission denied";
    assert!(found.iter().any(|line| line == told), "{found:?}");
}
