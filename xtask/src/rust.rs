//! Small pieces of Rust source, and rustfmt.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::tree;

/// `source` as rustfmt lays it out, so that generated files pass `cargo fmt --check`.
pub(crate) fn formatted(source: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        // rustfmt.toml is looked up from here.
        .current_dir(tree::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // rustfmt reads all of its input before it writes, and so neither side waits for the other.
    // The pipe closes at the end of the statement, which tells it that the input is whole.
    child.stdin.take().expect("stdin is piped").write_all(source.as_bytes()).map_err(failed)?;
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err("rustfmt did not take the generated source".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}"))
}

/// `connect_timeout` or `once_new_time` as `ConnectTimeout`, `OnceNewTime`.
pub(crate) fn pascal(snake: &str) -> String {
    snake
        .split('_')
        .flat_map(|part| {
            let mut letters = part.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

/// How long a line of a list of words may become.
const WIDTH: usize = 118;

/// Words as one sorted text, a blank after each, which takes lines rather than pages.
pub(crate) fn word_list(doc: &str, name: &str, words: &BTreeSet<impl AsRef<str>>) -> String {
    let mut text = format!("/// {doc}\npub(super) static {name}: &str = \"");
    let mut width = WIDTH;
    for word in words {
        let word = word.as_ref();
        if width + word.len() >= WIDTH {
            text.push_str("\\\n    ");
            width = 4;
        }
        text.extend([word, " "]);
        width += word.len() + 1;
    }
    text + "\";\n"
}

/// `Some(…)` or `None`, of an already written value.
pub(crate) fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}

/// A text as a string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use super::{formatted, option, pascal};

    #[test]
    fn names_and_options() {
        assert_eq!(pascal("once_new_time"), "OnceNewTime");
        assert_eq!(pascal("io"), "Io");
        assert_eq!(option(Some("3".to_owned())), "Some(3)");
        assert_eq!(option(None), "None");
    }

    #[test]
    fn rustfmt_lays_out_or_refuses() {
        assert_eq!(formatted("fn a( ){}").as_deref(), Ok("fn a() {}\n"));
        assert!(formatted("fn a( {").is_err());
    }
}
