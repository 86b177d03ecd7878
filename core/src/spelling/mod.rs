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

/// A name in every language, a row of the table: the schema's, then Rust's, C's, Python's, Go's, Java's and the command's, with a `|`
/// between them. One that is the schema's own is left empty. Texts of their own would each need a pointer that is relocated.
#[derive(Clone, Copy, Debug)]
struct Spelling(&'static str);

impl Spelling {
    /// That of the schema's `name`.
    fn of(name: &str) -> Option<Self> {
        table::SPELLINGS.lines().map(Self).find(|spelling| spelling.name() == name)
    }

    fn name(self) -> &'static str {
        self.0.split_once('|').map_or(self.0, |(name, _)| name)
    }

    fn for_language(self, language: Language) -> &'static str {
        let place = match language {
            Language::Rust => 1,
            Language::C => 2,
            Language::Python => 3,
            Language::Go => 4,
            Language::Java => 5,
            Language::Command => 6,
        };
        self.0.split('|').nth(place).filter(|name| !name.is_empty()).unwrap_or_else(|| self.name())
    }
}
