//! Reads the frameworks when the program is built: every check needs some of them, and YAML takes its time.
//!
//! What is written here, `src/syntax/yaml/recorded.rs` reads; the tests of `framework` compare it with the YAML.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/syntax/yaml/events.rs"]
mod events;

use events::{Event, Events, Kind, Style};

// Where to read and write is told to a build script by its environment.
#[allow(clippy::disallowed_methods)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=frameworks");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    collect(&root.join("frameworks"), &mut paths)?;
    let mut names = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&root)?.to_str().ok_or("a path is not UTF-8")?;
        names.push(name.replace('\\', "/"));
    }
    // The program looks them up by their names.
    names.sort();
    let mut list = String::from("&[\n");
    for (number, name) in names.iter().enumerate() {
        let text = fs::read_to_string(root.join(name))?;
        let recorded = record(&text).map_err(|fault| format!("{name}: {fault}"))?;
        let file = out.join(format!("{number}.events"));
        fs::write(&file, recorded)?;
        writeln!(list, "    ({name:?}, include_bytes!({file:?})),")?;
    }
    list.push_str("]\n");
    fs::write(out.join("recorded.rs"), list)?;
    Ok(())
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
    Ok(())
}

/// The events of a document, written down.
fn record(text: &str) -> Result<Vec<u8>, String> {
    let events: Result<Vec<Event<'_>>, _> = Events::new(text).collect();
    let mut events = events.map_err(|fault| format!("byte {}: {}", fault.at, fault.info))?;
    count(&mut events);
    let (mut out, mut before) = (Vec::new(), 0);
    for Event { range, kind, anchored, tagged } in events {
        if anchored || tagged {
            return Err(format!("byte {}: an anchor or a tag", range.start));
        }
        let (mark, number, words) = match &kind {
            Kind::Document => (b'd', None, None),
            Kind::Alias => return Err(format!("byte {}: an alias", range.start)),
            Kind::End => (b'.', None, None),
            Kind::Seq(count) => (b'[', Some(*count), None),
            Kind::Map(count) => (b'{', Some(*count), None),
            Kind::Scalar(words, style) => scalar(words, *style, text.get(range.clone())),
        };
        out.push(mark);
        push(&mut out, range.start.checked_sub(before).ok_or("events are out of order")?);
        push(&mut out, range.len());
        number.into_iter().for_each(|number| push(&mut out, number));
        if let Some(words) = words {
            push(&mut out, words.len());
            out.extend(words.bytes());
        }
        before = range.start;
    }
    Ok(out)
}

/// The mark of a scalar, and its words where they do not stand in the document like this.
fn scalar<'w>(
    words: &'w str,
    style: Style,
    written: Option<&str>,
) -> (u8, Option<usize>, Option<&'w str>) {
    let inside = written.and_then(|written| written.get(1..written.len().checked_sub(1)?));
    match style {
        Style::Plain if written == Some(words) => (b'p', None, None),
        Style::Quoted if inside == Some(words) => (b'q', None, None),
        Style::Plain => (b'P', None, Some(words)),
        Style::Quoted => (b'Q', None, Some(words)),
    }
}

/// Tells lists and maps how much stands in them.
fn count(events: &mut [Event<'_>]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..events.len() {
        let kind = events.get(at).map(|event| &event.kind);
        let (opens, ends) = match kind {
            Some(Kind::Seq(_) | Kind::Map(_)) => (true, false),
            Some(Kind::End) => (false, true),
            Some(Kind::Scalar(..)) => (false, false),
            _ => continue,
        };
        if ends {
            let closed =
                open.pop().and_then(|(start, inside)| Some((events.get_mut(start)?, inside)));
            match closed {
                Some((Event { kind: Kind::Seq(count), .. }, inside)) => *count = inside,
                Some((Event { kind: Kind::Map(count), .. }, inside)) => *count = inside / 2,
                _ => {}
            }
            continue;
        }
        open.last_mut().into_iter().for_each(|(_, inside)| *inside += 1);
        if opens {
            open.push((at, 0));
        }
    }
}

/// A number in bytes of seven bits, the lowest first.
fn push(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let (low, more) = (number & 0x7F, number >> 7);
        let bit = if more > 0 { 0x80 } else { 0 };
        out.push(u8::try_from(low).unwrap_or(0) | bit);
        if more == 0 {
            return;
        }
        number = more;
    }
}
