//! `bundle`: everything that an auditor needs, in one file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::bundle::SecretKey;
use crate::diag::{Phrase, say};
use crate::locale::Date;
use crate::source::{Disk, shown, write_beside};

use crate::command::assembly::{Assembled, Gathered, gather, make};
use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, Monitor, Timings};

/// Write the evidence bundle for assurance.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// File that is written
    #[arg(short, long, default_value = "evidence-bundle.zip")]
    pub out: PathBuf,
    /// File with the Ed25519 private key that signs the bundle
    #[arg(long)]
    pub sign: Option<PathBuf>,
    /// Day for which suppressions hold, as YYYY-MM-DD; the day of publication by default
    #[arg(long, value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Print how long each phase took
    #[arg(long)]
    pub timings: bool,
}

/// Runs the command. Nothing is written where there are errors.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let key = args.sign.as_deref().map(read_key).transpose()?;
    let disk = Disk::open(&args.dir)?;
    let mut monitor = Monitor::new(Timings::from(args.timings));
    let gathered = monitor
        .run(io, |watch| watch.phase(say!("gathering files"), || gather(&disk, args.as_of)))??;
    for fault in &gathered.faults {
        let line = io.say(&say!("error: {message}", message = fault.told()));
        writeln!(io.err, "{line}")?;
    }
    if !gathered.faults.is_empty() {
        let line = io.say(&say!("not bundled: correct the register, or put the right files back"));
        writeln!(io.err, "{line}")?;
        return Ok(Exit::Findings);
    }
    let Gathered { inputs, withheld, as_of, .. } = gathered;
    let made = monitor.run(io, |watch| make(&inputs, withheld, as_of, key.as_ref(), watch))??;
    let exit = finish(made, args, key.as_ref(), io)?;
    monitor.report(io)?;
    Ok(exit)
}

/// Writes the archive, or says why there is none.
fn finish(
    made: Assembled,
    args: &Args,
    key: Option<&SecretKey>,
    io: &mut Io<'_>,
) -> Result<Exit, Error> {
    match made {
        Assembled::Errors(loaded) => {
            io.refused(&loaded, &say!("not bundled: correct the errors first"))
        }
        Assembled::Archive(archive, digest) => {
            write_beside(&args.out, &archive)?;
            writeln!(io.out, "{}", shown(&args.out))?;
            let line = io.say(&say!("digest {digest}", digest));
            writeln!(io.out, "{line}")?;
            if let Some(key) = key {
                let line = io.say(&say!("signed by key {key}", key = key.public().id()));
                writeln!(io.out, "{line}")?;
            }
            Ok(Exit::Clean)
        }
    }
}

fn read_key(path: &Path) -> Result<SecretKey, Error> {
    let text = read_text(path)?;
    SecretKey::read(&text).map_err(|fault| named(path, &fault))
}

/// The text of a small file that an argument names.
pub fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => named(path, &say!("it is no text in UTF-8")),
        _ => named(path, &error.to_string().into()),
    })
}

/// A fault of a file that an argument names.
pub fn named(path: &Path, reason: &Phrase) -> Error {
    Error::Argument(say!("{path}: {reason}", path = shown(path), reason))
}
