//! The program: hands the process's arguments and streams to the command line.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::thread;

use esgreport::cli::{Refusal, failed, interface, parse, run};
use esgreport::command::{Io, colour, progress};
use esgreport::emit::Interface;
use mimalloc::MiMalloc;

/// Reading and typesetting make many small pieces on several threads, which this allocator is good at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // The words of the interface are a part of the program; without them it speaks English.
    let interface = interface(&arguments).unwrap_or_default();
    let cli = match parse(&arguments, &interface) {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal),
    };
    // Not locked: threads of the language server write there themselves.
    let mut out = BufWriter::new(io::stdout());
    // Not locked either: a thread that works for a command must be able to say why it ended.
    let mut err = io::stderr();
    let mut io = Io {
        out: &mut out,
        err: &mut err,
        colour: colour(io::stdout().is_terminal()),
        interface: &interface,
        progress: progress(io::stderr().is_terminal()),
    };
    tell_failures(interface.clone());
    // What is half done is dropped, and nothing that a failure left behind is used.
    let code = panic::catch_unwind(AssertUnwindSafe(|| run(&cli, &mut io))).unwrap_or(2);
    // A reader that has gone away, such as `head`, is no fault.
    let _ = out.flush();
    ExitCode::from(code)
}

/// Says of a failure of the program itself that it is one, and where. The reader of PDF runs on a thread
/// of its own whose failures are findings about the file.
fn tell_failures(interface: Interface) {
    panic::set_hook(Box::new(move |failure| {
        if thread::current().name() == Some("pdf") {
            return;
        }
        let place = failure.location().map(ToString::to_string).unwrap_or_default();
        let why = failure.payload_as_str().unwrap_or_default();
        let line = interface.wording.of(&failed(&place, why));
        let _ = writeln!(io::stderr(), "{line}");
    }));
}

/// Helps that were asked for are results, everything else is a message.
fn refuse(refusal: &Refusal) -> ExitCode {
    let _ = match refusal.code {
        0 => io::stdout().write_all(refusal.text.as_bytes()),
        _ => io::stderr().write_all(refusal.text.as_bytes()),
    };
    ExitCode::from(refusal.code)
}
