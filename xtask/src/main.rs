//! Generators and gates of the repository; `cargo xtask` without arguments lists them.

mod circles;
mod codes;
mod counters;
mod enumeration;
mod events;
mod generate;
mod header;
mod instructions;
mod links;
mod markdown;
mod mentions;
mod names;
mod notices;
mod operations;
mod options;
mod output;
mod prose;
mod result;
mod rust;
mod symbols;
mod tree;
mod typed;
mod version;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task> [--check] [file]

  circles       no module of a crate leads back to itself
  generate      core/schema/*.toml -> core's tables, each binding's types, docs/{codes,options,operations,result,telemetry}.md
  header        ffi-c/src -> include/cloudauth.{h,json}
  instructions  what a call costs, counted with the program `file` -> bench/instructions.toml
  links         every link in the Markdown files leads to a file and heading that exist
  mentions      what the Markdown files name in code exists
  notices       what is linked in, with its licences -> THIRD-PARTY-NOTICES.txt
  symbols       what the shared library `file` exports is what include/cloudauth.h declares
  version       the workspace's version is the newest one in CHANGELOG.md

With --check nothing is written: a file that would change is an error.
`circles`, `links`, `mentions`, `symbols` and `version` only ever check.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|argument| argument == "--check");
    let names: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| *argument != "--check").collect();
    let (name, file) = match names[..] {
        [name @ ("symbols" | "instructions"), file] => (name, file),
        ["symbols" | "instructions"] => return usage("symbols and instructions take one file"),
        [name] => (name, ""),
        _ => return usage("give exactly one task"),
    };
    let done = match name {
        "circles" => circles::run(),
        "generate" => generate::run(check),
        "header" => header::run(check),
        "instructions" => instructions::run(file, check),
        "links" => links::run(),
        "mentions" => mentions::run(),
        "notices" => notices::run(check),
        "symbols" => symbols::run(file),
        "version" => version::run(),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => return usage(&format!("no task is called {other:?}")),
    };
    match done {
        Ok(line) => {
            println!("{name}: {line}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("xtask {name}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn usage(why: &str) -> ExitCode {
    eprintln!("xtask: {why}\n\n{USAGE}");
    ExitCode::from(2)
}
