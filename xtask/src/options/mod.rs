//! `core/schema/options.toml` as Rust tables, a Rust type and a page.

mod given;
mod model;
mod page;
mod spelling;
mod table;

use crate::output::Generated;
use crate::tree;

const SOURCE: &str = "core/schema/options.toml";
const ARGUMENTS: &str = "core/schema/arguments.toml";

/// What follows from the options.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let arguments = spelling::parse(&tree::read(ARGUMENTS)?).map_err(|message| format!("{ARGUMENTS}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/options/table.rs".to_owned(), text: table::table(&file)? },
        Generated { name: "core/src/options/given.rs".to_owned(), text: given::given(&file)? },
        Generated { name: "core/src/spelling/table.rs".to_owned(), text: spelling::table(&file.options, &arguments)? },
        Generated { name: "docs/options.md".to_owned(), text: page::page(&file) },
    ])
}
