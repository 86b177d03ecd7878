//! `core/schema/result.toml` as Go's and Java's types, and the tables of `docs/result.md`.

mod go;
mod java;
mod model;
mod page;

use crate::output::Generated;
use crate::tree;

const SOURCE: &str = "core/schema/result.toml";
const PAGE: &str = "docs/result.md";

/// What follows from the result.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let mut files = vec![
        Generated { name: "go/result.go".to_owned(), text: go::types(&file) },
        Generated { name: "go/read.go".to_owned(), text: go::readers(&file) },
        Generated {
            name: PAGE.to_owned(),
            text: page::page(&file, &tree::read(PAGE)?).map_err(|message| format!("{PAGE}: {message}"))?,
        },
    ];
    files.extend(java::classes(&file));
    Ok(files)
}
