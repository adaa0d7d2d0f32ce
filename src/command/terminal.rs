//! What the surroundings say about the terminal. With the language of the user it is all that is
//! read of the environment.

use crate::command::watch::Progress;
use crate::emit::Colour;

/// Whether progress is shown: on a terminal, and not on a build server, whose log keeps every line.
pub fn progress(is_terminal: bool) -> Progress {
    let quiet = is_set("CI") || value("TERM").is_some_and(|kind| kind == "dumb");
    if is_terminal && !quiet { Progress::Shown } else { Progress::Quiet }
}

/// Whether findings are coloured: on a terminal, unless `NO_COLOR` is set.
pub fn colour(is_terminal: bool) -> Colour {
    // Whatever its value, as https://no-color.org has it.
    let plain = value("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_terminal && !plain { Colour::On } else { Colour::Off }
}

fn is_set(name: &str) -> bool {
    value(name).is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

#[expect(clippy::disallowed_methods, reason = "the command floor may read the environment")]
fn value(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
