//! What is written to stdout, for people and for programs.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

use crate::exit::Failure;

/// How to write a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For programs: one line.
    Json,
}

impl Format {
    /// The one asked for; else a table for a terminal, and JSON for anything else.
    pub(crate) fn or_fitting(asked: Option<Self>) -> Self {
        asked.unwrap_or_else(|| if io::stdout().is_terminal() { Self::Table } else { Self::Json })
    }
}

/// Writes to stdout. A reader that went away, such as `head`, is no failure.
pub(crate) fn emit(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::io("stdout", &error)),
        _ => Ok(()),
    }
}

/// Writes a line to stderr, beside the output proper.
pub(crate) fn note(line: &str) {
    // A note is not worth failing for.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Colours where stdout is a terminal and nobody asked for none.
    pub(crate) fn for_stdout() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self(!unwanted && io::stdout().is_terminal())
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.with("1;32", text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(crate) fn unsure(self, text: &str) -> String {
        self.with("1;33", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Lines of a label and a value, the values under each other.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<(String, String)>);

impl Rows {
    pub(crate) fn push(&mut self, label: impl Into<String>, value: impl Into<String>) {
        self.0.push((label.into(), value.into()));
    }

    /// One value on several lines: the label stands on the first alone. No line, no label.
    pub(crate) fn push_lines(&mut self, label: &str, lines: impl IntoIterator<Item = String>) {
        for (number, line) in lines.into_iter().enumerate() {
            self.push(if number == 0 { label } else { "" }, line);
        }
    }

    pub(crate) fn append(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }

    /// All lines, each behind `indent`.
    pub(crate) fn render(&self, indent: &str) -> String {
        let width = self.0.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
        let mut out = String::new();
        for (label, value) in &self.0 {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{}", format!("{indent}{label:width$}  {value}").trim_end());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_under_each_other() {
        let mut rows = Rows::default();
        rows.push("verdict", "PASSED");
        rows.push_lines("files", ["a".to_owned(), "b".to_owned()]);
        rows.push_lines("none", []);
        rows.push("end", "");
        assert_eq!(rows.render("  "), "  verdict  PASSED\n  files    a\n           b\n  end\n");
    }
}
