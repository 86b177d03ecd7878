//! `core/schema/options.toml` as a Rust table and as a page.

mod model;
mod page;
mod table;

use crate::output::Generated;
use crate::tree;

const SOURCE: &str = "core/schema/options.toml";

/// What follows from the options.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/options/table.rs".to_owned(), text: table::table(&file)? },
        Generated { name: "docs/options.md".to_owned(), text: page::page(&file) },
    ])
}
