//! `core/schema/operations.toml` as Rust tables and as a page.

pub(crate) mod model;
mod page;
mod samples;
mod table;

use crate::output::Generated;
use crate::tree;

/// The file, read.
pub(crate) fn read() -> Result<model::File, String> {
    model::parse(&tree::read(model::SOURCE)?).map_err(|message| format!("{}: {message}", model::SOURCE))
}

/// What follows from the operations. `typed` is what the page says of the typed ones.
pub(crate) fn files(typed: &str) -> Result<Vec<Generated>, String> {
    let file = read()?;
    Ok(vec![
        Generated { name: "core/src/operations/table.rs".to_owned(), text: table::table(&file)? },
        Generated { name: "core/src/operations/descriptions.rs".to_owned(), text: table::descriptions(&file)? },
        Generated { name: "core/src/operations/names.rs".to_owned(), text: table::names(&file)? },
        Generated { name: "emulator/src/samples/table.rs".to_owned(), text: samples::samples(&file)? },
        Generated { name: "docs/operations.md".to_owned(), text: page::page(&file, typed) },
    ])
}
