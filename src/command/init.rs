//! `init`: a new project, from nothing or from last year's.

mod ask;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args as ClapArgs;

use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, today};
use crate::diag::{Phrase, Sink, say};
use crate::framework::{Catalog, Library};
use crate::locale::{Date, Lang, Localized};
use crate::scaffold::{
    CarryFault, Issuer, Listing, Texts, Written, carry, fresh, period_from, pick,
};
use crate::source::{Disk, Embedded, Sources, write_beside};

/// Write a new report project, or last year's for the next year.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// Folder of the new project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Folder of last year's project, which is carried over
    #[arg(long, value_name = "DIR", conflicts_with_all = ["name", "languages", "year", "start", "comparatives", "board", "code", "index_tier", "framework", "currency"])]
    pub from: Option<PathBuf>,
    /// Name of the entity, in all languages or as LANG=NAME in one
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// Languages, the prevailing one first
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    pub languages: Vec<String>,
    /// Reported year; the last one that is over by default
    #[arg(long)]
    pub year: Option<u16>,
    /// First day of the financial year, where it is not 1 January
    #[arg(long, value_parser = parse_date, conflicts_with = "year", value_name = "DATE")]
    pub start: Option<Date>,
    /// Earlier years that tables print; 0 for a first report
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(0..=9))]
    pub comparatives: u16,
    /// Board that the entity is listed on: main, gem, or none
    #[arg(long)]
    pub board: Option<String>,
    /// Stock code
    #[arg(long)]
    pub code: Option<String>,
    /// Index tier held throughout the year before, such as largecap
    #[arg(long, value_name = "TIER")]
    pub index_tier: Option<String>,
    /// Frameworks, each as FRAMEWORK or EDITION, with =CLAIM where there are several
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub framework: Vec<String>,
    /// Currency of the report
    #[arg(long, default_value = "CNY")]
    pub currency: String,
    /// Day until which figures and answers are planned, as YYYY-MM-DD
    #[arg(long, value_parser = parse_date, value_name = "DATE")]
    pub due: Option<Date>,
}

/// Runs the command. Nothing is written where a file of the same name is there already.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let texts = Texts::read(&Embedded, &io.interface.wording);
    let library = Library::new(&Embedded);
    let written = match &args.from {
        Some(from) => carried(from, args, &texts)?,
        None => {
            let stdin = io::stdin();
            let talks = stdin.is_terminal() && io::stderr().is_terminal() && says_nothing(args);
            let args = match talks {
                true => ask::ask(args, &library, &texts, &mut stdin.lock(), io)?,
                false => args.clone(),
            };
            let issuer = issuer(&args, &library, &texts)?;
            let units = library.units(&mut Sources::default(), &mut Sink::default());
            fresh(&issuer, &units, &texts)
        }
    };
    write_all(&args.dir, &written)?;
    let project = args.dir.display().to_string();
    for path in written.keys().filter(|path| !path.starts_with("prior/")) {
        writeln!(io.out, "{}", args.dir.join(path).display())?;
    }
    let line = say!(
        "{count} files written; `esgreport check {project}` lists what is to be done, `esgreport build {project}` prints a draft",
        count = written.len(),
        project
    );
    writeln!(io.err, "{}", io.interface.wording.of(&line))?;
    Ok(Exit::Clean)
}

/// Whether no argument says anything of the issuer.
fn says_nothing(args: &Args) -> bool {
    args.name.is_empty()
        && args.languages.is_empty()
        && args.framework.is_empty()
        && args.year.is_none()
        && args.start.is_none()
        && args.board.is_none()
}

/// Last year's project for the next year.
fn carried(from: &Path, args: &Args, texts: &Texts) -> Result<Written, Error> {
    let disk = Disk::open(from)?;
    carry(&disk, args.due, texts).map_err(|fault| match fault {
        CarryFault::File(error) => Error::File(error),
        CarryFault::Content(message) => Error::Argument(message),
    })
}

/// Writes the files, or none of them.
fn write_all(dir: &Path, written: &Written) -> Result<(), Error> {
    let there = written.keys().filter(|path| dir.join(path).symlink_metadata().is_ok());
    let there: Vec<&str> = there.map(String::as_str).collect();
    if !there.is_empty() {
        let message = say!(
            "nothing written: {files} would be overwritten",
            files = Phrase::list(there.into_iter().take(5))
        );
        return Err(Error::Argument(message));
    }
    for (path, bytes) in written {
        write_beside(&dir.join(path), bytes)?;
    }
    Ok(())
}

/// The issuer that arguments describe.
fn issuer(args: &Args, library: &Library<'_>, texts: &Texts) -> Result<Issuer, Error> {
    let languages = languages(&args.languages)?;
    let last = today().year.saturating_sub(1);
    let first = |year| Date { year, month: 1, day: 1 };
    let start = args.start.unwrap_or_else(|| first(args.year.unwrap_or(last)));
    if !(1990..=2200).contains(&start.year) {
        let year = start.year;
        return Err(Error::Argument(say!("no report is about the year {year}", year)));
    }
    let (start, end) = period_from(start);
    let listing = listing(args, library, start)?;
    let claims = claims(args, library, listing.as_ref(), start)?;
    if !(args.currency.len() == 3 && args.currency.chars().all(|c| c.is_ascii_uppercase())) {
        let currency = &args.currency;
        return Err(Error::Argument(say!(
            "`{currency}` is no currency code of three letters",
            currency
        )));
    }
    Ok(Issuer {
        names: names(&args.name, &languages, texts)?,
        languages,
        period: (start, end),
        comparatives: args.comparatives,
        listing,
        claims,
        currency: args.currency.clone(),
        due: args.due.unwrap_or_else(|| Issuer::usual_due(end)),
    })
}

/// Where the issuer is listed. Boards and index tiers are those that editions are made for, and the
/// exchange is the one that issues the edition.
fn listing(args: &Args, library: &Library<'_>, start: Date) -> Result<Option<Listing>, Error> {
    let board = args.board.as_deref().unwrap_or("main");
    if board == "none" {
        return Ok(None);
    }
    let mut listing = Listing {
        exchange: String::new(),
        board: board.to_owned(),
        code: args.code.clone(),
        index_tier: args.index_tier.clone(),
    };
    let catalog = pick(library, None, Some(&listing), start).ok_or_else(|| {
        Error::Argument(say!("no edition is made for the board `{board}` in that year", board))
    })?;
    let exchange = catalog.name.split('/').next().unwrap_or_default();
    exchange.clone_into(&mut listing.exchange);
    let plain = |text: &String| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    if let Some(code) = args.code.as_ref().filter(|code| code.is_empty() || !plain(code)) {
        return Err(Error::Argument(say!("`{code}` is no stock code", code)));
    }
    if let Some(tier) = args.index_tier.as_ref().filter(|tier| !catalog.tiers.contains(tier)) {
        let tiers = Phrase::list(&catalog.tiers);
        return Err(Error::Argument(say!(
            "`{tier}` is no index tier; there are {tiers}",
            tier,
            tiers
        )));
    }
    Ok(Some(listing))
}

/// The languages that arguments name.
fn languages(tags: &[String]) -> Result<Vec<Lang>, Error> {
    if tags.is_empty() {
        return Ok(vec![Lang::ZhHans, Lang::En]);
    }
    let mut found = Vec::new();
    for tag in tags {
        let lang = Lang::parse(tag.trim()).ok_or_else(|| {
            let known = Phrase::list(Lang::ALL.map(|lang| lang.tag()));
            Error::Argument(say!("no language is called `{tag}`; there are {known}", tag, known))
        })?;
        if !found.contains(&lang) {
            found.push(lang);
        }
    }
    Ok(found)
}

/// The name of the entity in every language.
fn names(given: &[String], languages: &[Lang], texts: &Texts) -> Result<Localized<String>, Error> {
    let mut names = Localized::default();
    for name in given {
        let tagged = name.split_once('=').and_then(|(tag, name)| Some((Lang::parse(tag)?, name)));
        let (lang, name) = match tagged {
            Some((lang, name)) => (Some(lang), name.trim()),
            None => (None, name.trim()),
        };
        if name.is_empty() || name.contains("{{") {
            return Err(Error::Argument(say!("a name must say something")));
        }
        for &other in languages.iter().filter(|other| lang.is_none_or(|lang| lang == **other)) {
            if lang.is_some() || names.exact(other).is_none() {
                names.insert(other, name.to_owned());
            }
        }
    }
    let (example, told) = (texts.all("names"), names.clone());
    for &lang in languages {
        if told.exact(lang).is_none() {
            // A Chinese name would stand as a stray word in an English text.
            let alike = languages.iter().filter(|other| other.is_chinese() == lang.is_chinese());
            let name = alike.copied().find_map(|other| told.exact(other));
            let name = name.or_else(|| example.get(lang)).cloned();
            names.insert(lang, name.unwrap_or_default());
        }
    }
    Ok(names)
}

/// The editions that arguments name, with what is claimed of each: the weakest claim that the
/// edition knows where none is given.
fn claims(
    args: &Args,
    library: &Library<'_>,
    listing: Option<&Listing>,
    start: Date,
) -> Result<Vec<(Arc<Catalog>, String)>, Error> {
    let mut found: Vec<(Arc<Catalog>, String)> = Vec::new();
    if args.framework.is_empty() {
        let catalog = pick(library, None, listing, start);
        let claim = |catalog: &Catalog| catalog.claims.last().cloned();
        found.extend(catalog.and_then(|catalog| Some((catalog.clone(), claim(&catalog)?))));
    }
    for written in &args.framework {
        let (name, claim) = match written.split_once('=') {
            Some((name, claim)) => (name.trim(), Some(claim.trim())),
            None => (written.trim(), None),
        };
        let catalog = pick(library, Some(name), listing, start).ok_or_else(|| {
            let known = Phrase::list(library.editions());
            Error::Argument(say!(
                "no framework edition is called `{name}`; editions are {known}",
                name,
                known
            ))
        })?;
        let claims = &catalog.claims;
        let claim = match claim {
            Some(claim) => claims.iter().find(|known| *known == claim),
            None => claims.last(),
        };
        let Some(claim) = claim.cloned() else {
            let (edition, claims) = (&catalog.name, Phrase::list(claims));
            return Err(Error::Argument(say!(
                "{edition} has no such claim; it knows {claims}",
                edition,
                claims
            )));
        };
        if found.iter().all(|(other, _)| other.name != catalog.name) {
            found.push((catalog, claim));
        }
    }
    Ok(found)
}
