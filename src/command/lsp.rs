//! `lsp`: the language server over the standard streams.

use clap::Args as ClapArgs;
use lsp_server::Connection;

use crate::command::{Error, Exit, Io, Options, load, today};
use crate::diag::say;
use crate::lint::Tier;
use crate::lsp::{Analysis, Depth, Fault, serve};
use crate::source::Files;

/// Serve editors over the standard streams.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Run the strict rules too
    #[arg(long)]
    pub strict: bool,
    /// Accepted for editors that say so; there is no other way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Runs the command until the editor ends it.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let tier = if args.strict { Tier::Strict } else { Tier::Default };
    let (connection, threads) = Connection::stdio();
    let analyse = |files: &dyn Files, depth: Depth| {
        let tier = match depth {
            Depth::Quick => Tier::Always,
            Depth::Full => tier,
        };
        let loaded = load(files, Options { tier, as_of: today() });
        let loaded = loaded.map_err(|error| error.phrase())?;
        Ok(Analysis { sources: loaded.sources, report: loaded.report, judged: loaded.judged })
    };
    let served = serve(&connection, &analyse, io.interface);
    // The threads end when the connection is gone.
    drop(connection);
    match served {
        Err(Fault(message)) => Err(Error::Argument(message)),
        Ok(()) => {
            let ended = threads.join();
            let lost = |error: std::io::Error| {
                let error = error.to_string();
                Error::Argument(say!("the editor cannot be understood: {error}", error))
            };
            ended.map_err(lost)?;
            Ok(Exit::Clean)
        }
    }
}
