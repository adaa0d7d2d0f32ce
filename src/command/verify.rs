//! `verify`: whether a bundle or a PDF is what it says.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::bundle::{
    Opened, PublicKey, Verdict, compare_pdf, compare_printed, compare_rebuilt, open, origin,
    read_pdf, verify,
};

use crate::command::assembly::{Assembled, make};
use crate::command::bundle::read_text;
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
        let pdf =
            read_pdf(&bytes).map_err(|why| Error::Argument(named(&args.file, &why).into()))?;
        let (faults, note) = compare_pdf(&pdf);
        Verdict { faults, notes: vec![note, "the PDF itself is not signed".into()] }
    } else {
        match open(&bytes) {
            Ok(opened) => bundle(&opened, key.as_ref(), args.rebuild, io)?,
            Err(refusal) => Verdict { faults: vec![refusal.to_string()], notes: Vec::new() },
        }
    };
    for fault in &verdict.faults {
        writeln!(io.out, "fault: {fault}")?;
    }
    for note in &verdict.notes {
        writeln!(io.err, "{note}")?;
    }
    let shown = args.file.display();
    match verdict.faults.len() {
        0 => writeln!(io.out, "{shown}: nothing was changed")?,
        1 => writeln!(io.out, "{shown}: 1 fault")?,
        n => writeln!(io.out, "{shown}: {n} faults")?,
    }
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
        writeln!(io.out, "digest {digest}")?;
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
fn rebuilt(opened: &Opened, notes: &mut Vec<String>) -> Result<Vec<String>, Error> {
    let origin = origin(&opened.tree);
    let Some((origin, as_of)) = origin.and_then(|o| o.as_of.map(|day| (o, day))) else {
        return Ok(vec!["the statement does not say how the bundle was made".into()]);
    };
    let version = env!("CARGO_PKG_VERSION");
    if origin.version != version {
        let why = format!(
            "the bundle was made with version {} and cannot be made again with {version}",
            origin.version
        );
        return Ok(vec![why]);
    }
    let made = make(&opened.inputs(), origin.withheld, as_of, None, &Watch::quiet());
    match made {
        Ok(Assembled::Archive(archive, _)) => {
            let again =
                open(&archive).map_err(|refusal| Error::Print(refusal.to_string().into()))?;
            notes.push("everything was made again from the inputs".into());
            Ok(compare_rebuilt(&opened.tree, &again.tree))
        }
        Ok(Assembled::Errors(loaded)) => {
            let first = loaded.judged.findings.first().map(|found| found.message.to_string());
            Ok(vec![format!("the inputs have errors: {}", first.unwrap_or_default())])
        }
        Err(error) => Ok(vec![format!("the inputs cannot be read: {error}")]),
    }
}

/// The bytes of a file that an argument names.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let fault = |error: std::io::Error| Error::Argument(named(path, &error.to_string()).into());
    let size = fs::metadata(path).map_err(fault)?.len();
    if size > LARGEST {
        return Err(Error::Argument(named(path, "larger than 4 GiB").into()));
    }
    fs::read(path).map_err(fault)
}

fn read_key(path: &Path) -> Result<PublicKey, Error> {
    PublicKey::read(&read_text(path)?)
        .map_err(|fault| Error::Argument(named(path, &fault.to_string()).into()))
}

fn named(path: &Path, why: &str) -> String {
    format!("{}: {why}", path.display())
}
