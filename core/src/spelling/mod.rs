//! Names of options and arguments in the spelling of each language: in what a caller reads stand the names that the caller wrote.
//!
//! Messages and advice of core name an option in backquotes, as `core/schema/options.toml` has it; `table.rs` is generated from
//! there.

mod table;
mod text;

pub use text::spell;

pub(crate) use text::{Text, of};

/// Who reads a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    Rust,
    C,
    Python,
    Go,
    Java,
    /// The command line of `cloudauth`.
    Command,
}

/// A name in every language.
#[derive(Debug)]
struct Spelling {
    /// As the schema has it.
    name: &'static str,
    rust: &'static str,
    c: &'static str,
    python: &'static str,
    go: &'static str,
    java: &'static str,
    command: &'static str,
}

impl Spelling {
    fn for_language(&self, language: Language) -> &'static str {
        match language {
            Language::Rust => self.rust,
            Language::C => self.c,
            Language::Python => self.python,
            Language::Go => self.go,
            Language::Java => self.java,
            Language::Command => self.command,
        }
    }
}
