//! What the fuzz targets do, for some seconds: every seed, and some hundred damaged copies of each target's seeds.
//!
//! `fuzz/README.md` says how to run them for longer.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

#[path = "../fuzz/targets.rs"]
mod targets;

mod common;

use std::fs;

use common::{Dice, repository};

/// Pieces that have a meaning somewhere.
const PIECES: [&[u8]; 24] = [
    b"{{",
    b"}}",
    b"[",
    b"]",
    b"{",
    b"}",
    b": ",
    b"\n",
    b"\t",
    b"- ",
    b"&a",
    b"*a",
    b"!!x",
    b"\"",
    b"#",
    b"%",
    b"@2024",
    b"1e9999",
    b"99999999999999999999999999999",
    "：".as_bytes(),
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"```",
    b"/Kids[3 0 R]",
];

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = repository(&format!("fuzz/corpus/{target}"));
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .expect("a folder of seeds")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("a seed");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    found.sort();
    assert!(found.len() >= 3, "{target} has seeds: {found:?}");
    found
}

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(bytes.len());
    match dice.roll(5) {
        0 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied())),
        1 => drop(bytes.drain(at..bytes.len().min(at + 1 + dice.roll(16)))),
        2 => bytes.truncate(at),
        3 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(dice.roll(256)).expect("a byte");
            }
        }
        _ => {
            let end = bytes.len().min(at + 1 + dice.roll(24));
            let piece = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, piece));
        }
    }
}

fn storm(target: &str, run: fn(&[u8]), copies: usize) {
    let mut dice = Dice(2024);
    let seeds = seeds(target);
    for (_, bytes) in &seeds {
        run(bytes);
    }
    for _ in 0..copies {
        let mut bytes = seeds[dice.roll(seeds.len())].1.clone();
        for _ in 0..=dice.roll(4) {
            damage(&mut bytes, &mut dice);
        }
        run(&bytes);
    }
}

#[test]
fn yaml_is_read_or_refused() {
    storm("yaml", targets::yaml, 200);
}

#[test]
fn markdown_is_read_or_refused() {
    storm("markdown", targets::markdown, 200);
}

#[test]
fn expressions_are_computed_or_refused() {
    storm("expression", targets::expression, 2_000);
}

#[test]
fn sheets_are_read_or_refused() {
    storm("sheet", targets::sheet, 120);
}

#[test]
fn bundles_are_checked_or_refused() {
    storm("bundle", targets::bundle, 300);
}

#[test]
fn pdfs_are_checked_or_refused() {
    storm("pdf", targets::pdf, 200);
}

#[test]
fn conclusions_are_read_or_refused() {
    storm("conclusion", targets::conclusion, 200);
}
