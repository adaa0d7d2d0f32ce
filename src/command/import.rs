//! `import`: figures from a filled workbook or a CSV file into the YAML of a project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::content::MissingKind;
use crate::diag::{Severity, Sink, say};
use crate::emit::{summary, to_text};
use crate::import::{Changed, Plan, Project, apply, difference, plan, tables_of, unintended};
use crate::lint::{Judged, Tier};
use crate::locale::Lang;
use crate::report::Report;
use crate::source::{Disk, Embedded, Files, Memory, Overlay, Sources, shown, write_beside};
use crate::view::Words;

use crate::command::{Error, Exit, Io, Options, load, today};

/// Take figures from a filled workbook or a CSV file into the project.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Workbook that `facts --collect` wrote, or a CSV file with the columns id, member, year, value
    pub file: PathBuf,
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take over figures of this year alone; also the year of rows that have none
    #[arg(long)]
    pub year: Option<u16>,
}

/// Bytes that some programs put before a text in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Runs the command. Nothing is written where anything cannot be taken over.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let disk = Disk::open(&args.dir)?;
    let bytes = read(&args.file)?;
    let options = Options { tier: Tier::Always, as_of: today() };
    let mut loaded = load(&disk, options)?;
    let Some(report) = loaded.report.take() else {
        return Err(Error::Argument(say!(
            "`report.yaml` cannot be read; `esgreport check` says why"
        )));
    };
    let mut sink = Sink::default();
    let name = shown(&args.file);
    let tables = tables_of(&name, bytes, &mut loaded.sources, &mut sink);
    let kinds = kinds_of_absence(&Overlay::new(&disk, &Embedded))?;
    let (sources, year) = (&loaded.sources, args.year);
    let plan = plan(&tables, &Project { report: &report, sources, kinds: &kinds, year }, &mut sink);
    let judged = Judged { findings: sink.finish(), ..Judged::default() };
    write!(io.err, "{}", to_text(&judged, sources, io.colour, &io.interface.wording))?;
    tell_notes(&plan, sources, io)?;
    if judged.count(Severity::Error) > 0 {
        let line = io.say(&say!(
            "nothing was written: {summary}; correct the cells first",
            summary = summary(&judged)
        ));
        writeln!(io.err, "{line}")?;
        return Ok(Exit::Findings);
    }
    let edits: Vec<_> = plan.changes.iter().map(|change| change.edit.clone()).collect();
    let files = apply(&edits, sources);
    prove(&disk, &files, &report, &plan)?;
    for file in &files {
        if args.dry_run {
            write!(io.out, "{}", difference(file))?;
            continue;
        }
        let target = disk.root().join(&file.path);
        let mut bytes = Vec::new();
        if disk.read(&file.path)?.starts_with(MARK) {
            bytes.extend_from_slice(MARK);
        }
        bytes.extend_from_slice(file.after.as_bytes());
        write_beside(&target, &bytes)?;
        writeln!(io.out, "{}", file.path)?;
    }
    conclude(&plan, &files, args, io)?;
    Ok(Exit::Clean)
}

/// Reads the project again with the changes in memory: every figure is as it was meant, and no
/// other has changed.
fn prove(disk: &Disk, files: &[Changed], before: &Report, plan: &Plan) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let mut changed = Memory::default();
    files.iter().for_each(|file| changed.insert(&file.path, file.after.as_bytes()));
    let options = Options { tier: Tier::Always, as_of: today() };
    let after = load(&Overlay::new(&changed, disk), options)?.report;
    let wrong = match &after {
        Some(after) => unintended(before, after, plan),
        None => plan.changes.iter().map(|change| change.path.clone()).collect(),
    };
    match wrong.first() {
        None => Ok(()),
        Some(path) => Err(Error::Print(say!(
            "`{path}` could not be written without changing more than the figure; nothing was written, change it by hand",
            path
        ))),
    }
}

/// What people wrote beside their figures.
fn tell_notes(plan: &Plan, sources: &Sources, io: &mut Io<'_>) -> Result<(), Error> {
    for (span, name, note) in &plan.notes {
        let place = sources.place(*span);
        let line = say!("note on {name} ({place}): {note}", name, place, note);
        let line = io.say(&line);
        writeln!(io.err, "{line}")?;
    }
    Ok(())
}

fn conclude(plan: &Plan, files: &[Changed], args: &Args, io: &mut Io<'_>) -> Result<(), Error> {
    let added = plan.changes.iter().filter(|change| change.added).count();
    let (changed, files) = (plan.changes.len() - added, files.len());
    let kept = plan.kept;
    let line = if args.dry_run {
        say!(
            "would change {changed} figures and add {added} in {files} files; {kept} stay as they are",
            changed,
            added,
            files,
            kept
        )
    } else {
        say!(
            "changed {changed} figures and added {added} in {files} files; {kept} stay as they are",
            changed,
            added,
            files,
            kept
        )
    };
    let line = io.say(&line);
    writeln!(io.err, "{line}")?;
    if plan.passed_over > 0 {
        let line = io.say(&say!("{n} rows of other years were passed over", n = plan.passed_over));
        writeln!(io.err, "{line}")?;
    }
    if !args.dry_run && changed + added > 0 {
        let line = io.say(&say!("run `esgreport check` to see what follows from the new figures"));
        writeln!(io.err, "{line}")?;
    }
    Ok(())
}

/// The bytes of a file that an argument names, within the limits of a project's files.
fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let shown = shown(file);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().and_then(|name| name.to_str());
    let Some(name) = name else {
        return Err(Error::Argument(say!("{path} is no file", path = shown)));
    };
    let bytes = Disk::open(folder.unwrap_or(Path::new(".")))?.read(name);
    bytes.map_err(|error| crate::source::FileError { path: shown, ..error }.into())
}

/// Words for kinds of absence in every language, in lower case.
pub fn kinds_of_absence(files: &dyn Files) -> Result<BTreeMap<String, MissingKind>, Error> {
    let mut kinds = BTreeMap::new();
    let all = [
        MissingKind::NotApplicable,
        MissingKind::NotAvailable,
        MissingKind::NotMaterial,
        MissingKind::Pending,
    ];
    for lang in Lang::ALL {
        let words = Words::of_workbooks(files, lang)?;
        let named = all.map(|kind| (words.get(&format!("missing.{}", kind.word())), kind));
        kinds.extend(named.map(|(word, kind)| (word.to_lowercase(), kind)));
    }
    Ok(kinds)
}
