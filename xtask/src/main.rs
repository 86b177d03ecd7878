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
mod usage;
mod version;

use std::process::ExitCode;

use usage::USAGE;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|argument| argument == "--check");
    let names: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| *argument != "--check").collect();
    let (name, file) = match names[..] {
        [name @ ("symbols" | "instructions"), file] => (name, file),
        ["symbols" | "instructions"] => return misused("symbols and instructions take one file"),
        [name] => (name, ""),
        _ => return misused("give exactly one task"),
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
        other => return misused(&format!("no task is called {other:?}")),
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

fn misused(why: &str) -> ExitCode {
    eprintln!("xtask: {why}\n\n{USAGE}");
    ExitCode::from(2)
}
