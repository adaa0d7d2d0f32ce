//! `schema`: the JSON Schemas of project files, for editors.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::command::{Error, Exit, Io};
use crate::diag::{Phrase, Sink, say};
use crate::framework::{Library, disclosures_schema};
use crate::schema::Described;
use crate::schema::Schemas;
use crate::source::{Disk, Embedded, Overlay, Sources, shown, write_beside};

/// Print or write the JSON Schemas of project files.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Name of a schema, such as `metrics`; all names are listed without one
    pub name: Option<String>,
    /// For `disclosures`: the edition whose codes it knows
    #[arg(long)]
    pub framework: Option<String>,
    /// Write all schemas into this folder
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    /// Folder of the project, whose own frameworks are known too
    #[arg(long, default_value = ".")]
    pub project: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let schemas = Schemas::embedded()?;
    let described = match io.interface.is_english() {
        true => Described::English,
        false => Described::Chinese,
    };
    if let Some(folder) = &args.out {
        for name in schemas.names() {
            let Some(document) = schemas.document(name).filter(|_| name != "common") else {
                continue;
            };
            let text = format!("{:#}\n", schemas.exported(document, described));
            let path = folder.join(format!("{name}.json"));
            write_beside(&path, text.as_bytes())?;
            writeln!(io.out, "{}", shown(&path))?;
        }
        return Ok(Exit::Clean);
    }
    let Some(name) = &args.name else {
        for name in schemas.names() {
            writeln!(io.out, "{name}")?;
        }
        return Ok(Exit::Clean);
    };
    let Some(document) = schemas.document(name) else {
        let names: Vec<&str> = schemas.names().collect();
        return Err(Error::Argument(say!(
            "no schema is called `{name}`; there are {names}",
            name,
            names = Phrase::list(names)
        )));
    };
    let document = match &args.framework {
        None => document.clone(),
        Some(edition) => {
            let disk = Disk::open(&args.project)?;
            let overlay = Overlay::new(&disk, &Embedded);
            let mut sink = Sink::default();
            let catalog =
                Library::new(&overlay).catalog(edition, &mut Sources::default(), &mut sink);
            let catalog = catalog.ok_or_else(|| {
                Error::Argument(say!("no framework edition is called `{edition}`", edition))
            })?;
            disclosures_schema(document, &catalog)
        }
    };
    writeln!(io.out, "{:#}", schemas.exported(&document, described))?;
    Ok(Exit::Clean)
}
