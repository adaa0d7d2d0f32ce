//! Completions of shells and pages of `man`, made from the same arguments and helps.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::command;
use crate::command::{Error, Exit, Io};
use crate::source::write_beside;

/// Print a script that completes commands and options.
#[derive(Debug, ClapArgs)]
pub struct Completions {
    /// Shell
    #[arg(value_enum)]
    pub shell: Kind,
}

/// Shells that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Elvish
    Elvish,
}

/// Write the manual pages.
#[derive(Debug, ClapArgs)]
pub struct Manual {
    /// Folder that they are written to
    #[arg(short, long, default_value = "man")]
    pub out: PathBuf,
}

/// Prints the script of a shell.
pub fn completions(args: &Completions, io: &mut Io<'_>) -> Result<Exit, Error> {
    let shell = match args.shell {
        Kind::Bash => Shell::Bash,
        Kind::Zsh => Shell::Zsh,
        Kind::Fish => Shell::Fish,
        Kind::Powershell => Shell::PowerShell,
        Kind::Elvish => Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(io.interface), "esgreport", &mut script);
    io.out.write_all(&script)?;
    Ok(Exit::Clean)
}

/// Writes a page for the program and one for each of its commands.
pub fn manual(args: &Manual, io: &mut Io<'_>) -> Result<Exit, Error> {
    let mut root = command(io.interface).disable_help_subcommand(true);
    root.build();
    let inner = root.get_subcommands().filter(|inner| !inner.is_hide_set());
    let mut pages = vec![("esgreport".to_owned(), root.clone())];
    pages.extend(inner.map(|inner| {
        let name = format!("esgreport-{}", inner.get_name());
        (name.clone(), inner.clone().name(name))
    }));
    for (name, page) in pages {
        let mut text = Vec::new();
        Man::new(page).render(&mut text)?;
        let path = args.out.join(format!("{name}.1"));
        write_beside(&path, &text)?;
        writeln!(io.out, "{}", path.display())?;
    }
    Ok(Exit::Clean)
}
