//! The program: hands the process's arguments and streams to the command line.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use esgreport::cli::{Refusal, interface, parse, run};
use esgreport::command::{Io, colour, progress};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // The words of the interface are a part of the program; without them it speaks English.
    let interface = interface(&arguments).unwrap_or_default();
    let cli = match parse(&arguments, &interface) {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    // Not locked: a thread that works for a command must be able to say why it ended.
    let mut err = io::stderr();
    let mut io = Io {
        out: &mut out,
        err: &mut err,
        colour: colour(io::stdout().is_terminal()),
        interface: &interface,
        progress: progress(io::stderr().is_terminal()),
    };
    let code = run(&cli, &mut io);
    // A reader that has gone away, such as `head`, is no fault.
    let _ = out.flush();
    ExitCode::from(code)
}

/// Helps that were asked for are results, everything else is a message.
fn refuse(refusal: &Refusal) -> ExitCode {
    let _ = match refusal.code {
        0 => io::stdout().write_all(refusal.text.as_bytes()),
        _ => io::stderr().write_all(refusal.text.as_bytes()),
    };
    ExitCode::from(refusal.code)
}
