//! The options that a client was given, as a Rust type.

use std::fmt::Write as _;

use super::model::{File, Kind};
use crate::rust::formatted;

const HEADER: &str = "// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.\n\n";

/// `core/src/options/given.rs`.
pub(super) fn given(File { options, .. }: &File) -> Result<String, String> {
    let (mut fields, mut arms) = (String::new(), String::new());
    for entry in options {
        let (sort, read) = match entry.kind {
            Kind::Text | Kind::Choice => ("Zeroizing<String>", "text"),
            Kind::Path => ("PathBuf", "path"),
            Kind::Flag => ("bool", "flag"),
            Kind::DurationMs => ("Duration", "duration"),
            Kind::Bytes | Kind::Count => ("usize", "number"),
        };
        let field = entry.plain();
        let _ = writeln!(fields, "pub(crate) {field}: Option<{sort}>,");
        let _ = writeln!(arms, "{:?} => self.{field} = value.{read}(name)?,", entry.name);
    }
    formatted(&format!(
        "{HEADER}use std::path::PathBuf;\nuse std::time::Duration;\n\nuse zeroize::Zeroizing;\n\n\
         use super::{{Value, unknown}};\nuse crate::error::Result;\n\n\
         /// The options that a client was given; `None` leaves the choice to the library.\n\
         #[derive(Clone, Default)]\npub(crate) struct Given {{\n{fields}}}\n\n\
         impl Given {{\n\
         /// Takes `value` for the option of that name, if it is one of its kind.\n\
         pub(crate) fn set(&mut self, name: &str, value: Value) -> Result<()> {{\n\
         match name {{\n{arms}_ => return Err(unknown(name)),\n}}\nOk(())\n}}\n}}\n"
    ))
}
