//! The program: hands the process's streams to the command line.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use esgreport::cli::{Cli, run};
use esgreport::command::Io;
use esgreport::emit::Colour;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let colour = if io::stdout().is_terminal() { Colour::On } else { Colour::Off };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let code = run(&cli, &mut Io { out: &mut out, err: &mut err, colour });
    // A reader that has gone away, such as `head`, is no fault.
    let _ = out.flush();
    ExitCode::from(code)
}
