//! The few questions that a terminal is asked.

use std::io::BufRead;

use crate::command::{Error, Io, today};
use crate::diag::{Phrase, say};
use crate::framework::Library;
use crate::locale::Date;
use crate::scaffold::Texts;
use crate::scaffold::pick;

use crate::command::init::{Args, languages, listing};

/// Asks what arguments do not say. An empty line takes what stands in brackets.
pub fn ask(
    args: &Args,
    library: &Library<'_>,
    texts: &Texts,
    input: &mut dyn BufRead,
    io: &mut Io<'_>,
) -> Result<Args, Error> {
    let mut args = args.clone();
    let mut asked = |question: Phrase, default: &str| -> Result<String, Error> {
        let question = io.say(&question);
        write!(io.err, "{question} [{default}]: ")?;
        io.err.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        let line = line.trim();
        Ok(if line.is_empty() { default.to_owned() } else { line.to_owned() })
    };
    let tags = asked(say!("languages, the prevailing one first"), "zh-Hans,en")?;
    args.languages = tags.split(',').map(|tag| tag.trim().to_owned()).collect();
    for lang in languages(&args.languages)? {
        let name = asked(say!("name of the entity in {lang}", lang), &texts.of("names", lang))?;
        args.name.push(format!("{lang}={name}"));
    }
    let last = today().year.saturating_sub(1).to_string();
    let year = asked(say!("reported year"), &last)?;
    let year = year.parse::<u16>();
    args.year = Some(year.map_err(|_| Error::Argument(say!("a year has four digits")))?);
    args.board = Some(asked(say!("board that it is listed on: main, gem, none"), "main")?);
    let start = Date { year: args.year.unwrap_or_default(), month: 1, day: 1 };
    let own = listing(&args, library, start)?;
    let own = own.and_then(|own| pick(library, None, Some(&own), start));
    let own = own.map_or("-".to_owned(), |own| own.name.clone());
    let frameworks = asked(say!("frameworks, such as {own},gri", own), &own)?;
    let names = frameworks.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "-"));
    args.framework = names.map(str::to_owned).collect();
    Ok(args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Progress;
    use crate::emit::{Colour, Interface};
    use crate::source::Embedded;
    use clap::Parser;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn empty_lines_take_what_is_proposed() {
        let args = Alone::parse_from(["init", "new"]).args;
        let interface = Interface::default();
        let texts = Texts::read(&Embedded, &interface.wording);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let (colour, progress) = (Colour::Off, Progress::Quiet);
        let mut io = Io { out: &mut out, err: &mut err, colour, progress, interface: &interface };
        let mut input = "en\nAcme & Sons\n2024\n\n\n".as_bytes();
        let asked =
            ask(&args, &Library::new(&Embedded), &texts, &mut input, &mut io).expect("answers");
        assert_eq!(asked.languages, ["en"]);
        assert_eq!(asked.name, ["en=Acme & Sons"]);
        assert_eq!(asked.year, Some(2024));
        assert_eq!(asked.board.as_deref(), Some("main"));
        assert_eq!(asked.framework.len(), 1, "the edition that binds the year");
        assert!(String::from_utf8_lossy(&err).contains("reported year ["));
    }
}
