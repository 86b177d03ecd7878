//! The manual's pages, `cli/man/*.1`: made from the command's own definition, and compared with it. `make manual` writes them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

#[test]
fn the_pages_are_what_the_command_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let pages = pages();
    if std::env::var_os("CLOUDAUTH_WRITE_MANUAL").is_some() {
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let committed: BTreeMap<PathBuf, String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|page| page.unwrap().path())
        .map(|page| (page.file_name().unwrap().into(), std::fs::read_to_string(page).unwrap()))
        .collect();
    assert!(committed == pages, "cli/man is out of date: run `make manual`");
}

/// A page for the command and one for each of its subcommands, and of theirs, by file name.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut command = crate::cli::Cli::command().disable_help_subcommand(true);
    command.build();
    with_subcommands(command).into_iter().map(page).collect()
}

fn with_subcommands(command: Command) -> Vec<Command> {
    let below: Vec<Command> = command.get_subcommands().cloned().flat_map(with_subcommands).collect();
    std::iter::once(command).chain(below).collect()
}

fn page(command: Command) -> (PathBuf, String) {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let more = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let man = Man::new(command.after_help(Resettable::Reset).after_long_help(Resettable::Reset))
        .source(format!("cloudauth {version}"))
        .manual("libcloudauth");
    let mut text = Vec::new();
    man.render(&mut text).unwrap();
    sections(&more).to_writer(&mut text).unwrap();
    (format!("{name}.1").into(), String::from_utf8(text).unwrap())
}

/// What follows the options in `--help`, its lines as they stand there: a part that begins with `Examples:` is a section of
/// that name.
fn sections(help: &str) -> Roff {
    let mut roff = Roff::new();
    for part in help.split("\n\n").filter(|part| !part.trim().is_empty()) {
        let (first, rest) = part.trim_matches('\n').split_once('\n').unwrap_or((part, ""));
        let (title, body) = first.strip_suffix(':').map_or(("notes", part), |title| (title, rest));
        roff.control("SH", [title.to_uppercase().as_str()]).control("nf", []);
        for line in body.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff
}
