//! What the Markdown files name in code exists: targets of make, tasks, commands and their options, variables, files.
//! Findings K3, K4 and K9.

use std::collections::BTreeSet;

use crate::tree;
use crate::usage::USAGE;

/// Where variables may be read or set.
const SOURCES: [&str; 10] = ["rs", "py", "go", "java", "c", "h", "hpp", "sh", "toml", "mk"];

pub(crate) fn run() -> Result<String, String> {
    let facts = Facts::read()?;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in tree::files(&["md"])? {
        let name = path.strip_prefix(tree::root()).unwrap_or(&path).display().to_string();
        // The changelog may name what is gone.
        if name == "CHANGELOG.md" {
            continue;
        }
        for (line, code) in codes(&tree::read(&name)?) {
            for mention in mentions(&code, &facts.folders) {
                count += 1;
                if !facts.hold(&mention) {
                    wrong.push(format!("{name}:{line}: {mention:?} is not there"));
                }
            }
        }
    }
    if wrong.is_empty() { Ok(format!("{count} names in code are there")) } else { Err(format!("\n{}", wrong.join("\n"))) }
}

#[derive(Debug, PartialEq, Eq)]
enum Mention {
    Target(String),
    Task(String),
    Command(String),
    /// A command and an option of it.
    Flag(String, String),
    Variable(String),
    File(String),
}

struct Facts {
    makefile: String,
    usage: String,
    sources: String,
    /// The root's folders, those that hold sources.
    folders: BTreeSet<String>,
}

impl Facts {
    fn read() -> Result<Self, String> {
        let files = tree::files(&SOURCES)?;
        let texts: Result<Vec<String>, _> = files.iter().map(std::fs::read_to_string).collect();
        let sources = texts.map_err(|error| format!("sources: {error}"))?.join("\n");
        let folders = files.iter().filter_map(|path| path.strip_prefix(tree::root()).ok()?.iter().next()?.to_str());
        Ok(Self {
            makefile: tree::read("Makefile")?,
            usage: USAGE.to_owned(),
            folders: folders.map(str::to_owned).collect(),
            sources,
        })
    }

    fn hold(&self, mention: &Mention) -> bool {
        match mention {
            Mention::Target(name) => self.makefile.lines().any(|line| {
                let names = line.split_once(':').map_or("", |(names, _)| names);
                names
                    .split(' ')
                    .any(|target| target == name || target.strip_suffix('%').is_some_and(|start| name.starts_with(start)))
            }),
            Mention::Task(name) => self.usage.lines().any(|line| line.trim_start().split(' ').next() == Some(name)),
            Mention::Command(name) => name == "help" || page(name).is_some(),
            Mention::Flag(command, flag) => page(command).is_some_and(|page| page.contains(&format!("\\fB{flag}\\fR"))),
            Mention::Variable(name) => self.sources.contains(name.as_str()),
            Mention::File(name) => tree::root().join(name).exists(),
        }
    }
}

/// The manual's page of a command, with plain hyphens.
fn page(command: &str) -> Option<String> {
    Some(tree::read(&format!("cli/man/cloudauth-{command}.1")).ok()?.replace("\\-", "-"))
}

/// The code spans and the lines of shell of a text, with the line each stands on.
fn codes(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fence: Option<bool> = None;
    for (line, text) in (1..).zip(text.lines()) {
        match (text.trim_start().strip_prefix("```"), fence) {
            (Some(_), Some(_)) => fence = None,
            (Some(language), None) => fence = Some(language == "sh"),
            (None, Some(true)) => found.push((line, text.split(" # ").next().unwrap_or(text).to_owned())),
            (None, Some(false)) => {}
            (None, None) => found.extend(text.split('`').skip(1).step_by(2).map(|code| (line, code.to_owned()))),
        }
    }
    found
}

fn mentions(code: &str, folders: &BTreeSet<String>) -> Vec<Mention> {
    let mut found = Vec::new();
    let words: Vec<&str> = code.split_whitespace().collect();
    for (place, word) in words.iter().enumerate() {
        let next = words[place + 1..].iter();
        match *word {
            "make" => found.extend(next.take_while(|name| is_name(name)).map(|name| Mention::Target((*name).to_owned()))),
            "xtask" => found.extend(next.take(1).filter(|name| is_name(name)).map(|name| Mention::Task((*name).to_owned()))),
            _ if word.rsplit('/').next() == Some("cloudauth") => {
                let Some(command) = words.get(place + 1).filter(|name| is_name(name)) else { continue };
                found.push(Mention::Command((*command).to_owned()));
                // A command of a command has a page, too: `emulator finish`.
                let nested = words.get(place + 2).filter(|name| is_name(name)).map(|name| format!("{command}-{name}"));
                let command = nested.filter(|nested| page(nested).is_some()).unwrap_or_else(|| (*command).to_owned());
                let flags =
                    next.take_while(|word| !matches!(**word, "|" | "&&" | "&" | ";")).filter(|word| word.starts_with("--"));
                found.extend(flags.map(|flag| {
                    let flag = flag.split(['=', ']']).next().unwrap_or(flag);
                    Mention::Flag(command.clone(), flag.to_owned())
                }));
            }
            _ => {}
        }
    }
    for word in code.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        let named = word.starts_with("CLOUDAUTH_") || word.starts_with("ALIBABA_CLOUD_");
        if named && !word.ends_with('_') {
            found.push(Mention::Variable(word.to_owned()));
        }
    }
    for word in code.split(|letter: char| !letter.is_ascii_alphanumeric() && !"._/-*<>…$".contains(letter)) {
        let plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "._/-".contains(letter));
        // What a build makes is not there yet.
        if plain
            && !word.split('/').any(|part| part == "target")
            && word.split_once('/').is_some_and(|(folder, _)| folders.contains(folder))
        {
            found.push(Mention::File(word.trim_end_matches('.').to_owned()));
        }
    }
    found
}

/// What targets, tasks and commands are called.
fn is_name(word: &str) -> bool {
    !word.is_empty() && !word.starts_with('-') && word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Facts, Mention, codes, mentions};

    #[test]
    fn spans_and_shell_are_code_and_comments_are_not() {
        let text = "a `b` c `d e`\n```sh\nmake x # make y\n```\n```rust\nmake z\n```\n";
        let expected = [(1, "b"), (1, "d e"), (3, "make x")].map(|(line, code)| (line, code.to_owned()));
        assert_eq!(codes(text), expected);
    }

    #[test]
    fn what_is_named_is_looked_up() {
        let facts = Facts {
            makefile: "lint test: x\nfuzz-%:\n".to_owned(),
            usage: "  links  x\n".to_owned(),
            sources: "CLOUDAUTH_LOG".to_owned(),
            folders: BTreeSet::from(["xtask".to_owned()]),
        };
        let verdicts =
            |code: &str| -> Vec<bool> { mentions(code, &facts.folders).iter().map(|mention| facts.hold(mention)).collect() };
        for (code, expected) in [
            ("make lint test FUZZ=1", vec![true, true]),
            ("make fuzz-decode nothing", vec![true, false]),
            ("cargo xtask links --check", vec![true]),
            ("cargo xtask nothing", vec![false]),
            ("x/cloudauth check --biz ID --nothing | cloudauth nothing", vec![true, true, false, false]),
            ("cloudauth emulator abandon $ID --page FACE --listen", vec![true, true, false]),
            ("CLOUDAUTH_LOG=debug $CLOUDAUTH_NOTHING", vec![true, false]),
            ("xtask/src/main.rs, xtask/nothing.rs xtask/src/*.rs other/x xtask/target/x xtask/target", vec![true, false]),
            ("pkg-config --libs cloudauth", vec![]),
        ] {
            assert_eq!(verdicts(code), expected, "{code}");
        }
        assert_eq!(mentions("make lint", &facts.folders), [Mention::Target("lint".to_owned())]);
    }
}
