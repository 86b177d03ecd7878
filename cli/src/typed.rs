//! The arguments of a typed operation as options of a command, one for each, from core's table.

use std::marker::PhantomData;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};
use cloudauth_core::spelling::{Language, spell};
use cloudauth_core::typed::{ArgumentKind, ArgumentSpec, TypedRequest, TypedSpec, typed};

use crate::exit::Failure;
use crate::input;

const LARGEST_VALUE: u64 = 16 << 20;

/// A typed operation that has a command.
pub(crate) trait Operation {
    const NAME: &'static str;
    /// Arguments that the command is given in another way.
    const OTHERS: &'static [&'static str] = &[];
}

/// The arguments of an operation, as they were given.
pub(crate) struct TypedArgs<O> {
    given: Vec<(&'static ArgumentSpec, Vec<String>)>,
    of: PhantomData<O>,
}

impl<O: Operation> TypedArgs<O> {
    /// The request. Files that values come from are read now.
    pub(crate) fn request(&self) -> Result<TypedRequest, Failure> {
        let mut request = TypedRequest::new(O::NAME)?;
        for (argument, given) in &self.given {
            let (name, option) = (argument.name, option(argument));
            let text = || given.first().map(String::as_str).unwrap_or_default();
            let value = |text: &String| input::value(&option, text, LARGEST_VALUE);
            match argument.kind {
                ArgumentKind::Flag { .. } => request.set(name, text() == "true"),
                ArgumentKind::Integer => {
                    let number = text().parse::<i64>().map_err(|_| Failure::usage(&option, "must be a whole number"))?;
                    request.set(name, number);
                }
                ArgumentKind::List => request.set(name, given.iter().map(value).collect::<Result<Vec<_>, _>>()?),
                ArgumentKind::Picture => request.set(name, input::read(Path::new(text()), LARGEST_VALUE)?),
                _ => request.set(name, given.first().map(value).transpose()?),
            }
        }
        Ok(request)
    }
}

impl<O: Operation> clap::FromArgMatches for TypedArgs<O> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |argument: &'static ArgumentSpec| {
            matches.get_many::<String>(argument.name).map(|given| (argument, given.cloned().collect()))
        };
        let arguments = arguments::<O>().map(|(argument, _)| argument);
        Ok(Self { given: arguments.filter_map(given).collect(), of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<O: Operation> clap::Args for TypedArgs<O> {
    fn augment_args(command: Command) -> Command {
        arguments::<O>().fold(command, |command, described| command.arg(arg(described)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// Each with its meaning.
fn arguments<O: Operation>() -> impl Iterator<Item = (&'static ArgumentSpec, &'static str)> {
    let all = typed(O::NAME).into_iter().flat_map(TypedSpec::described_arguments);
    all.filter(|(argument, _)| !O::OTHERS.contains(&argument.name))
}

/// Its name, as messages have it.
fn option(argument: &ArgumentSpec) -> String {
    spell(&format!("`{}`", argument.name), Language::Command).into_owned()
}

fn arg((argument, meaning): (&'static ArgumentSpec, &str)) -> Arg {
    // The parser takes names that live as long as the process, and is made once.
    let option: &'static str = option(argument).leak();
    let value = match argument.kind {
        ArgumentKind::Flag { .. } => "true|false",
        ArgumentKind::Integer => "NUMBER",
        ArgumentKind::Picture => "FILE",
        ArgumentKind::Json => "JSON",
        _ if argument.values.is_empty() => "TEXT",
        _ => argument.values.join("|").leak(),
    };
    let long = option.strip_prefix("--").unwrap_or(option);
    let arg = Arg::new(argument.name).long(long).value_name(value).help(help(meaning)).required(argument.required);
    match argument.kind {
        ArgumentKind::Flag { .. } => arg.value_parser(["true", "false"]).hide_possible_values(true),
        ArgumentKind::List => arg.action(ArgAction::Append),
        _ => arg,
    }
    .help_heading("What")
}

/// Its meaning, without the marks of code.
fn help(meaning: &str) -> String {
    let meaning = spell(meaning, Language::Command).replace('`', "");
    let mut letters = meaning.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
