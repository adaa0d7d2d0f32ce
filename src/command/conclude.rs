//! `conclude`: what an auditor concluded, put into the project as it is.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::diag::{Severity, say};
use crate::emit::{summary, to_text};
use crate::lint::{Judged, Tier};
use crate::source::{Disk, Files, Memory, Overlay, write_beside};

use crate::command::{Error, Exit, Io, Loaded, Options, load, today};

/// Check an auditor's conclusions and put them into the project.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The auditor's file
    pub file: PathBuf,
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Put it in the place of an earlier file of the same name
    #[arg(long)]
    pub replace: bool,
}

/// Runs the command. The file is kept byte for byte: it is the auditor's word.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let name = args.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !name.ends_with(".yaml") || name.starts_with('.') {
        return Err(Error::Argument(say!("the file must be called `<name>.yaml`")));
    }
    let bytes = crate::command::verify::read(&args.file)?;
    let disk = Disk::open(&args.dir)?;
    let path = format!("conclusions/{name}");
    if disk.read(&path).is_ok_and(|there| there != bytes) && !args.replace {
        let message = say!(
            "{path} is there already with other content; use --replace, or another name",
            path
        );
        return Err(Error::Argument(message));
    }
    let mut memory = Memory::default();
    memory.insert(&path, bytes.clone());
    let loaded =
        load(&Overlay::new(&memory, &disk), Options { tier: Tier::Default, as_of: today() })?;
    let own = about(&loaded, &path);
    write!(io.err, "{}", to_text(&own, &loaded.sources, io.colour, &io.interface.wording))?;
    // A figure that has changed since is a finding of the project, not a fault of the file.
    let wrong = own.findings.iter().any(|found| {
        let conflict =
            matches!(found.rule, "changed-after-conclusion" | "assurance-beyond-conclusion");
        found.severity == Severity::Error && !conflict
    });
    if wrong {
        let line = io.say(&summary(&own));
        writeln!(io.err, "{line}")?;
        let line = io.say(&say!("not merged: the file must be corrected first"));
        writeln!(io.err, "{line}")?;
        return Ok(Exit::Findings);
    }
    write_beside(&Path::new(&args.dir).join(&path), &bytes)?;
    writeln!(io.out, "{path}")?;
    Ok(if own.findings.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The findings in one file.
fn about(loaded: &Loaded, path: &str) -> Judged {
    let all = loaded.judged.findings.iter();
    let own = all.filter(|found| {
        let related = found.related.iter().map(|label| label.span);
        let mut spans = std::iter::once(found.primary.span).chain(related);
        spans.any(|span| loaded.sources.path(span) == path)
    });
    Judged { findings: own.cloned().collect(), ..Judged::default() }
}
