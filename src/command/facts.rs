//! `facts`: figures listed, filtered and exported, and workbooks in which new ones are collected.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use crate::content::AssuranceLevel;
use crate::diag::{Phrase, say};
use crate::emit::{
    Selection, facts_csv, facts_json_of, facts_table, facts_xlsx, xbrl_json, xbrl_taxonomy,
};
use crate::lint::Tier;
use crate::locale::Lang;
use crate::report::Report;
use crate::source::{Disk, Sources, shown, write_beside};

use crate::command::collecting::collect;
use crate::command::{Error, Exit, Io, Options, completed, load, today};

/// List, filter and export figures, or write workbooks in which new ones are collected.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Metric ids, or how they start; `*` stands for any letters, and `@2024` narrows to a year
    pub query: Vec<String>,
    /// Folder of the project
    #[arg(long, default_value = ".")]
    pub project: PathBuf,
    /// Topic: the name of a file under `metrics/`
    #[arg(long)]
    pub topic: Vec<String>,
    /// Unit, as it is written in the project
    #[arg(long)]
    pub unit: Vec<String>,
    /// Year
    #[arg(long)]
    pub year: Vec<u16>,
    /// Owner of the evidence, or a part of the name
    #[arg(long)]
    pub owner: Vec<String>,
    /// Words of a label, in any language
    #[arg(long, value_name = "WORDS")]
    pub text: Vec<String>,
    /// Member of a breakdown as `gender=female`, or the breakdown alone
    #[arg(long)]
    pub member: Vec<String>,
    /// Level of assurance
    #[arg(long, value_enum)]
    pub assurance: Vec<Level>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// File that is written, or folder where there are several; the standard output by default
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    /// Languages of labels: zh, zh-Hans, zh-Hant or en; the prevailing one by default
    #[arg(long, value_delimiter = ',')]
    pub lang: Vec<String>,
    /// Write workbooks in which the figures of a year are collected, one for each topic or owner
    #[arg(long, value_enum, value_name = "BY")]
    pub collect: Option<By>,
}

/// What a workbook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// One for each file under `metrics/`
    Topic,
    /// One for each owner of evidence
    Owner,
}

/// Levels of assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// None
    None,
    /// Limited
    Limited,
    /// Reasonable
    Reasonable,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a terminal
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// A workbook
    Xlsx,
    /// Facts as xBRL-JSON
    XbrlJson,
    /// The taxonomy that xBRL-JSON refers to, as files in a folder
    XbrlTaxonomy,
}

/// Runs the command. It ends with findings where no figure fits.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let files = Disk::open(&args.project)?;
    let loaded = load(&files, Options { tier: Tier::Always, as_of: today() })?;
    let Some(report) = &loaded.report else {
        return Err(Error::Argument(say!(
            "`report.yaml` cannot be read; `esgreport check` says why"
        )));
    };
    let langs = languages(&args.lang, report)?;
    let lang = langs.first().copied().unwrap_or(Lang::En);
    let selection = selection(args);
    if let Some(by) = args.collect {
        return collect(args, by, &loaded, report, &langs, io);
    }
    if args.format == Format::XbrlTaxonomy {
        return taxonomy(args, &files, report, &loaded.sources, io);
    }
    let rows = selection.rows(report, &loaded.sources);
    let computed = selection.computed(report, &loaded.sources);
    if rows.is_empty() && (computed.is_empty() || args.format != Format::Table) {
        let line = io.say(&say!("no figure fits"));
        writeln!(io.err, "{line}")?;
        return Ok(Exit::Findings);
    }
    let bytes = match args.format {
        Format::Table => facts_table(&rows, &computed, lang, &io.interface.wording).into_bytes(),
        Format::Csv => facts_csv(&rows, lang).into_bytes(),
        Format::Json => format!("{:#}\n", facts_json_of(report, &rows)).into_bytes(),
        Format::XbrlJson | Format::XbrlTaxonomy => {
            format!("{:#}\n", xbrl_json(report, &rows, &loaded.sources)).into_bytes()
        }
        Format::Xlsx => facts_xlsx(report, &rows, lang)
            .ok_or_else(|| Error::Print(say!("the figures are too many for a workbook")))?,
    };
    match &args.out {
        Some(path) => write(path, &bytes, io)?,
        None if args.format == Format::Xlsx => {
            return Err(Error::Argument(say!("a workbook needs a file: `-o FILE.xlsx`")));
        }
        None => io.out.write_all(&bytes)?,
    }
    Ok(Exit::Clean)
}

/// Writes the files of the taxonomy. It covers the whole project, so that every selection of facts
/// fits it.
fn taxonomy(
    args: &Args,
    disk: &Disk,
    report: &Report,
    sources: &Sources,
    io: &mut Io<'_>,
) -> Result<Exit, Error> {
    let Some(folder) = &args.out else {
        return Err(Error::Argument(say!("a taxonomy needs a folder: `-o DIR`")));
    };
    let completed = completed(disk)?;
    for (name, text) in xbrl_taxonomy(report, completed.as_ref().unwrap_or(report), sources) {
        write(&folder.join(name), text.as_bytes(), io)?;
    }
    Ok(Exit::Clean)
}

fn write(path: &Path, bytes: &[u8], io: &mut Io<'_>) -> Result<(), Error> {
    write_beside(path, bytes)?;
    writeln!(io.out, "{}", shown(path))?;
    Ok(())
}

/// What the arguments ask for.
pub fn selection(args: &Args) -> Selection {
    let levels = args.assurance.iter().map(|level| match level {
        Level::None => AssuranceLevel::None,
        Level::Limited => AssuranceLevel::Limited,
        Level::Reasonable => AssuranceLevel::Reasonable,
    });
    Selection {
        ids: args.query.clone(),
        topics: args.topic.clone(),
        units: args.unit.clone(),
        years: args.year.clone(),
        owners: args.owner.clone(),
        words: args.text.clone(),
        members: args.member.clone(),
        levels: levels.collect(),
    }
}

/// The languages that are asked for, each once; the prevailing one where none is.
fn languages(wanted: &[String], report: &Report) -> Result<Vec<Lang>, Error> {
    let own = &report.content.head.languages;
    if wanted.is_empty() {
        return Ok(own.first().copied().into_iter().collect());
    }
    let mut langs = Vec::new();
    for name in wanted {
        let found = match name.as_str() {
            "zh" => own.iter().copied().find(|lang| lang.is_chinese()),
            // Labels in traditional Chinese that are not written fall back to simplified ones.
            tag => {
                Lang::parse(tag).filter(|lang| own.iter().any(|o| o.primary() == lang.primary()))
            }
        };
        let Some(lang) = found else {
            let message = say!(
                "the report has no language `{wanted}`; it has {tags}",
                wanted = name,
                tags = Phrase::list(own)
            );
            return Err(Error::Argument(message));
        };
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    Ok(langs)
}
