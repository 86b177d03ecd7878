//! `core/codes.toml` as Rust tables and as a page.

mod model;
mod page;
mod table;

use crate::output::{self, Generated};
use crate::tree;

/// Generates the catalogue's files, or checks that they are up to date.
pub(crate) fn run(check: bool) -> Result<String, String> {
    let catalogue =
        model::Catalogue::parse(&tree::read("core/codes.toml")?).map_err(|message| format!("core/codes.toml: {message}"))?;
    let files = [
        Generated { name: "core/src/catalogue/kinds.rs", text: table::kinds(&catalogue)? },
        Generated { name: "core/src/catalogue/table.rs", text: table::table(&catalogue)? },
        Generated { name: "core/src/catalogue/words.rs", text: table::words(&catalogue)? },
        Generated { name: "docs/codes.md", text: page::page(&catalogue) },
    ];
    output::settle("codes", &files, check)
}
