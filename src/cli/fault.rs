//! Arguments that cannot be read, and helps that were asked for.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diag::{Phrase, say};
use crate::emit::Interface;

/// Why no command runs: a help was asked for, or an argument cannot be read.
#[derive(Debug)]
pub struct Refusal {
    /// What is said.
    pub text: String,
    /// Exit code: 0 where a help was asked for, 2 otherwise.
    pub code: u8,
}

impl Refusal {
    /// What is said of an error, in the language of the interface.
    pub fn new(error: clap::Error, interface: &Interface) -> Self {
        let code = u8::try_from(error.exit_code()).unwrap_or(2);
        let shown = matches!(
            error.kind(),
            ErrorKind::DisplayHelp
                | ErrorKind::DisplayVersion
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        );
        if shown || interface.is_english() {
            return Self { text: error.render().to_string(), code };
        }
        let mut text = interface.wording.of(&say!("error: {message}", message = message(&error)));
        let near = [
            ContextKind::SuggestedArg,
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedValue,
        ];
        let near = near.into_iter().map(|kind| all(&error, kind)).find(|near| !near.is_empty());
        if let Some(near) = near {
            let near = Phrase::joined("` or `", near);
            text.push_str("\n  ");
            text.push_str(&interface.wording.of(&say!("did you mean `{near}`?", near)));
        }
        text.push_str("\n\n");
        text.push_str(&interface.wording.of(&say!("`--help` says more")));
        text.push('\n');
        Self { text, code }
    }
}

/// What is said where the program itself fails. That is never the fault of a report, and nothing that was
/// computed is printed.
pub fn failed(place: &str, why: &str) -> Phrase {
    say!(
        "error: the program failed at {place} ({why}); this is a fault of the program, please report this line",
        place,
        why
    )
}

/// What is wrong with the arguments.
fn message(error: &clap::Error) -> Phrase {
    let argument = first(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = first(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => say!("unexpected argument `{argument}`", argument),
        ErrorKind::InvalidSubcommand => {
            let name = first(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            say!("no command is called `{name}`", name)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say!("`{argument}` needs a value", argument)
        }
        ErrorKind::InvalidValue => {
            let values = Phrase::list(all(error, ContextKind::ValidValue));
            say!(
                "`{value}` is no value of `{argument}`; there are {values}",
                value,
                argument,
                values
            )
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let reason = Phrase::word(reason.unwrap_or_default());
            say!("`{value}` is no value of `{argument}`: {reason}", value, argument, reason)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = Phrase::list(all(error, ContextKind::InvalidArg));
            say!("missing: {missing}", missing)
        }
        ErrorKind::MissingSubcommand => say!("no command is named"),
        ErrorKind::ArgumentConflict => {
            let others = Phrase::list(all(error, ContextKind::PriorArg));
            say!("`{argument}` cannot be given together with {others}", argument, others)
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("`{argument}` has too many values or too few", argument)
        }
        ErrorKind::InvalidUtf8 => say!("an argument is not UTF-8"),
        _ => say!("the arguments cannot be read"),
    }
}

fn first(error: &clap::Error, kind: ContextKind) -> Option<String> {
    all(error, kind).into_iter().next()
}

fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
