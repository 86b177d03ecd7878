//! `core/options.toml` as a Rust table and as a page.

mod model;
mod page;
mod table;

use crate::output::{self, Generated};
use crate::tree;

/// Generates the options' files, or checks that they are up to date.
pub(crate) fn run(check: bool) -> Result<String, String> {
    let file = model::parse(&tree::read("core/options.toml")?).map_err(|message| format!("core/options.toml: {message}"))?;
    let files = [
        Generated { name: "core/src/options/table.rs", text: table::table(&file)? },
        Generated { name: "docs/options.md", text: page::page(&file) },
    ];
    output::settle("options", &files, check)
}
