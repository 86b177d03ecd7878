//! `core/schema/codes.toml` as Rust tables and as a page.

mod model;
mod page;
mod table;

use crate::output::Generated;
use crate::tree;

const SOURCE: &str = "core/schema/codes.toml";

/// What follows from the codes.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let catalogue = model::Catalogue::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/catalogue/kinds.rs".to_owned(), text: table::kinds(&catalogue)? },
        Generated { name: "core/src/catalogue/table.rs".to_owned(), text: table::table(&catalogue)? },
        Generated { name: "core/src/catalogue/words.rs".to_owned(), text: table::words(&catalogue)? },
        Generated { name: "docs/codes.md".to_owned(), text: page::page(&catalogue) },
    ])
}
