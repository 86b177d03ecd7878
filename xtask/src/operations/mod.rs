//! `core/schema/operations.toml` as a Rust table and as a page.

mod model;
mod page;
mod table;

use crate::output::Generated;
use crate::tree;

/// What follows from the operations.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(model::SOURCE)?).map_err(|message| format!("{}: {message}", model::SOURCE))?;
    Ok(vec![
        Generated { name: "core/src/operations/table.rs".to_owned(), text: table::table(&file)? },
        Generated { name: "core/src/operations/names.rs".to_owned(), text: table::names(&file)? },
        Generated { name: "docs/operations.md".to_owned(), text: page::page(&file) },
    ])
}
