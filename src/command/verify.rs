//! `verify`: whether a bundle or a PDF is what it says.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::bundle::{
    Opened, PublicKey, Verdict, compare_pdf, compare_printed, compare_rebuilt, open, origin,
    read_pdf, verify,
};
use crate::diag::{Phrase, Severity, say};
use crate::source::shown;

use crate::command::assembly::{Assembled, make};
use crate::command::bundle::{named, read_text};
use crate::command::{Error, Exit, Io, Watch};

/// Check an evidence bundle or a printed PDF.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The bundle, or a PDF with its facts attached
    pub file: PathBuf,
    /// File with the Ed25519 public key that must have signed the bundle
    #[arg(long)]
    pub key: Option<PathBuf>,
    /// Make everything again from the inputs and compare every byte
    #[arg(long)]
    pub rebuild: bool,
}

/// Largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let key = args.key.as_deref().map(read_key).transpose()?;
    let bytes = read(&args.file)?;
    let verdict = if bytes.starts_with(b"%PDF-") {
        let pdf = read_pdf(&bytes).map_err(|why| named(&args.file, &why))?;
        let (faults, note) = compare_pdf(&pdf);
        let unsigned = say!(
            "the PDF is compared with what is attached to it; whoever replaces both is found by its checksum in a signed bundle alone"
        );
        Verdict { faults, notes: vec![note, unsigned] }
    } else {
        match open(&bytes) {
            Ok(opened) => bundle(&opened, key.as_ref(), args.rebuild, io)?,
            Err(refusal) => Verdict { faults: vec![refusal], notes: Vec::new() },
        }
    };
    for fault in &verdict.faults {
        let line = io.say(&say!("fault: {fault}", fault));
        writeln!(io.out, "{line}")?;
    }
    for note in &verdict.notes {
        let line = io.say(note);
        writeln!(io.err, "{line}")?;
    }
    let path = shown(&args.file);
    let line = match verdict.faults.len() {
        0 => say!("{path}: nothing was changed", path),
        1 => say!("{path}: 1 fault", path),
        count => say!("{path}: {count} faults", path, count),
    };
    let line = io.say(&line);
    writeln!(io.out, "{line}")?;
    Ok(if verdict.faults.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn bundle(
    opened: &Opened,
    key: Option<&PublicKey>,
    rebuild: bool,
    io: &mut Io<'_>,
) -> Result<Verdict, Error> {
    let mut verdict = verify(opened, key);
    if let Some(digest) = opened.digest() {
        let line = io.say(&say!("digest {digest}", digest));
        writeln!(io.out, "{line}")?;
    }
    let (faults, notes) = compare_printed(&opened.tree);
    verdict.faults.extend(faults);
    verdict.notes.extend(notes);
    if rebuild {
        verdict.faults.extend(rebuilt(opened, &mut verdict.notes)?);
    }
    Ok(verdict)
}

/// What differs when the bundle is made again.
fn rebuilt(opened: &Opened, notes: &mut Vec<Phrase>) -> Result<Vec<Phrase>, Error> {
    let origin = origin(&opened.tree);
    let Some((origin, as_of)) = origin.and_then(|o| o.as_of.map(|day| (o, day))) else {
        return Ok(vec![say!("the statement does not say how the bundle was made")]);
    };
    let own = env!("CARGO_PKG_VERSION");
    if origin.version != own {
        let version = origin.version;
        return Ok(vec![say!(
            "the bundle was made with version {version} and cannot be made again with {own}",
            version,
            own
        )]);
    }
    let made = make(&opened.inputs(), origin.withheld, as_of, None, &Watch::quiet());
    match made {
        Ok(Assembled::Archive(archive, _)) => {
            let again = open(&archive).map_err(Error::Print)?;
            notes.push(say!("everything was made again from the inputs"));
            Ok(compare_rebuilt(&opened.tree, &again.tree))
        }
        Ok(Assembled::Errors(loaded)) => {
            let errors = loaded.judged.findings.iter();
            let first = errors.filter(|found| found.severity == Severity::Error);
            let first = first.map(|found| found.message.clone()).next().unwrap_or_default();
            Ok(vec![say!("the inputs have errors: {first}", first)])
        }
        Err(error) => Ok(vec![say!("the inputs cannot be read: {error}", error = error.phrase())]),
    }
}

/// The bytes of a file that an argument names.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let fault = |error: std::io::Error| named(path, &error.to_string().into());
    let size = fs::metadata(path).map_err(fault)?.len();
    if size > LARGEST {
        return Err(named(path, &say!("larger than 4 GiB")));
    }
    fs::read(path).map_err(fault)
}

fn read_key(path: &Path) -> Result<PublicKey, Error> {
    PublicKey::read(&read_text(path)?).map_err(|fault| named(path, &fault))
}
