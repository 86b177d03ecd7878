//! `cloudauth`: results of Alibaba Cloud ID Verification, from a shell.

#![allow(clippy::doc_markdown, reason = "arguments' comments are the text of --help, where backticks are noise")]

mod cli;
mod client;
mod commands;
mod exit;
mod folder;
mod input;
mod log;
mod output;
mod summary;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let command = match cli::Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(end) => return exit::without_command(&end),
    };
    match log::start().and_then(|()| command.run()) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => failure.report(),
    }
}
