//! `cloudauth`: results of Alibaba Cloud ID Verification, from a shell.

#![allow(clippy::doc_markdown, reason = "arguments' comments are the text of --help, where backticks are noise")]

mod archive_place;
mod archive_root;
#[cfg(feature = "ledger")]
mod bulk;
mod cli;
mod client;
mod commands;
mod deletion;
mod destination;
mod exit;
#[cfg(feature = "opentelemetry")]
mod export;
#[cfg(feature = "ledger")]
mod fetching;
mod filed;
#[cfg(feature = "ledger")]
mod filing;
mod folder;
mod input;
#[cfg(feature = "ledger")]
mod listen;
mod log;
#[cfg(test)]
mod manual;
#[cfg(feature = "objects")]
mod objects;
mod output;
mod plain;
mod readable_archive;
mod report;
mod started;
mod stop;
mod summary;
mod typed;

use std::ffi::OsString;

use clap::Parser;

/// Runs the command line `arguments`, the program's name first, to its end, and gives the exit code. Here so that packages of
/// other languages bring the same command.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let [_, help, call, action] = &arguments[..]
        && (help, call) == (&OsString::from("help"), &OsString::from("call"))
    {
        return commands::call::help(&action.to_string_lossy()).unwrap_or_else(|failure| failure.report());
    }
    let command = match cli::Cli::try_parse_from(arguments) {
        Ok(cli) => cli.command,
        Err(end) => return exit::without_command(&end),
    };
    let code = match log::start().and_then(|()| command.run()) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    };
    #[cfg(feature = "opentelemetry")]
    export::finish();
    code
}
