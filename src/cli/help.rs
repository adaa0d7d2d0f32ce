//! The helps of commands and arguments in the language of the interface.
//!
//! English stands in the code, where `clap` reads it. Other languages stand under `helps` in
//! `templates/shared/messages.zh-Hans.yaml`: by command and argument, such as `check.format`, or
//! by argument alone where it means the same in every command.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::cli::Cli;
use crate::diag::{Phrase, say};
use crate::emit::Interface;

/// The command line with its helps in the language of the interface.
pub fn command(interface: &Interface) -> Command {
    let command = Cli::command();
    if interface.is_english() {
        return command;
    }
    let help = |command: Command| {
        let flag = Arg::new("help").short('h').long("help").action(ArgAction::Help);
        command.disable_help_flag(true).arg(flag)
    };
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = help(command).disable_version_flag(true).arg(version);
    let mut command = command.mut_subcommands(help);
    command.build();
    let command = told(command, "", interface);
    command.mut_subcommands(|inner| {
        let name = inner.get_name().to_owned();
        told(inner, &name, interface)
    })
}

/// Every command, argument and value, as `helps` name them, with what else each may be named.
pub fn keys() -> Vec<(String, String)> {
    let mut found = vec![("esgreport".to_owned(), String::new())];
    let root = Cli::command();
    found.extend(["help", "version"].map(|name| (name.to_owned(), String::new())));
    found.extend(root.get_arguments().flat_map(|arg| names(arg, "")));
    for inner in root.get_subcommands() {
        found.push((inner.get_name().to_owned(), String::new()));
        found.extend(inner.get_arguments().flat_map(|arg| names(arg, inner.get_name())));
    }
    found
}

fn names(arg: &Arg, command: &str) -> Vec<(String, String)> {
    let id = arg.get_id().as_str();
    let mut found = vec![(key(command, id), id.to_owned())];
    for value in visible(arg) {
        let name = format!("{id}.{}", value.get_name());
        found.push((key(command, &name), name));
    }
    found
}

fn key(command: &str, name: &str) -> String {
    if command.is_empty() { name.to_owned() } else { format!("{command}.{name}") }
}

fn visible(arg: &Arg) -> Vec<PossibleValue> {
    let takes = arg.get_action().takes_values();
    let values = arg.get_possible_values().into_iter();
    values.filter(|value| takes && !value.is_hide_set()).collect()
}

/// A command with its own help and those of its arguments.
fn told(command: Command, name: &str, interface: &Interface) -> Command {
    let say = |phrase: Phrase| interface.wording.of(&phrase);
    let mut command = command;
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &say(say!("[OPTIONS]")));
    let usage = usage.replace("<COMMAND>", &say(say!("<COMMAND>")));
    let usage = usage.replace("[COMMAND]", &say(say!("[COMMAND]")));
    let about = interface.help(if name.is_empty() { "esgreport" } else { name });
    if let Some(about) = about {
        command = command.about(about.to_owned()).long_about(None::<&str>);
    }
    let heading = say(say!("usage"));
    let template = format!("{{about-with-newline}}\n{heading}: {{usage}}\n\n{{all-args}}");
    let (options, arguments) = (say(say!("options")), say(say!("arguments")));
    command
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(say(say!("commands")))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { &arguments } else { &options };
            argument(arg, name, interface).help_heading(heading.clone())
        })
}

/// An argument with its help, to which values and defaults belong: `clap` names them in English.
fn argument(arg: Arg, command: &str, interface: &Interface) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let find = |name: &str| interface.help(&key(command, name)).or_else(|| interface.help(name));
    let Some(help) = find(&id) else { return arg };
    let mut text = help.to_owned();
    let values = visible(&arg).into_iter().map(|value| {
        let name = value.get_name();
        match find(&format!("{id}.{name}")) {
            Some(meaning) => say!("{name} ({meaning})", name, meaning),
            None => Phrase::from(name),
        }
    });
    let values = Phrase::list(values);
    if !values.is_empty() {
        text.push_str(&interface.wording.of(&say!(" [values: {values}]", values)));
    }
    let defaults = arg.get_default_values().iter().filter_map(|value| value.to_str());
    let defaults = Phrase::list(defaults);
    if !defaults.is_empty() && arg.get_action().takes_values() {
        text.push_str(&interface.wording.of(&say!(" [default: {defaults}]", defaults)));
    }
    arg.help(text).long_help(None::<&str>).hide_possible_values(true).hide_default_value(true)
}
