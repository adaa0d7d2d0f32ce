//! `translate`: converted narratives as files that someone can review.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::convert::{Vocabulary, terms};
use crate::diag::Sink;
use crate::diag::say;
use crate::locale::Lang;
use crate::source::{Disk, Embedded, Files, Overlay, Sources, decode, shown, write_beside};
use crate::syntax::yaml::parse;

use crate::command::{Error, Exit, Io, converter};

/// Write narratives in traditional Chinese, converted from simplified.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Language to write: zh-Hant
    #[arg(long)]
    pub to: String,
    /// Folder that `narrative/` is written into; that of the project by default
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    /// Overwrite narratives that are there
    #[arg(long)]
    pub force: bool,
}

/// Runs the command. Nothing is written before every file has been converted.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let lang = Lang::ZhHant;
    if args.to != lang.tag() {
        let (to, lang) = (args.to.as_str(), lang.tag());
        let message = say!("`{to}` cannot be converted to; `{lang}` can", to, lang);
        return Err(Error::Argument(message));
    }
    let disk = Disk::open(&args.dir)?;
    let folder = args.out.as_ref().unwrap_or(&args.dir);
    let glossary = glossary(&disk);
    let vocabulary = Vocabulary::read(&Overlay::new(&disk, &Embedded))?;
    let converter = converter(&vocabulary)?.with_terms(&glossary);
    let mut written = Vec::new();
    let mut kept = 0;
    for path in disk.list()? {
        let Some(section) = section_of(&path) else { continue };
        let name = format!("narrative/{section}.{lang}.md");
        let target = folder.join(&name);
        if !args.force && (target.exists() || disk.read(&name).is_ok()) {
            kept += 1;
            continue;
        }
        let Ok(text) = decode(disk.read(&path)?) else {
            return Err(Error::Argument(say!(
                "{path} is not UTF-8; `esgreport check` says more",
                path
            )));
        };
        written.push((target, converter.markdown(&text)));
    }
    for (target, text) in &written {
        write_beside(target, text.as_bytes())?;
        writeln!(io.out, "{}", shown(target))?;
    }
    let files = |count: usize| format!("{count} {}", if count == 1 { "file" } else { "files" });
    writeln!(io.err, "{} written, {} left as they are", files(written.len()), files(kept))?;
    Ok(Exit::Clean)
}

/// The terms of the project that have both scripts.
fn glossary(files: &dyn Files) -> Vec<(String, String)> {
    let text = files.read("glossary.yaml").ok().and_then(|bytes| decode(bytes).ok());
    let Some(text) = text else { return Vec::new() };
    let id = Sources::default().add("glossary.yaml", &text);
    terms(parse(id, &text, 0, &mut Sink::default()).as_ref())
}

/// The section of a narrative in simplified Chinese.
fn section_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("narrative/")?;
    name.strip_suffix(".md")?.strip_suffix(Lang::ZhHans.tag())?.strip_suffix('.')
}
