//! `core/schema/codes.toml` as Rust tables, as the enumerations of each language and as a page.

mod c;
mod go;
mod java;
mod model;
mod page;
mod python;
mod table;

use crate::output::Generated;
use crate::tree;
use model::SOURCE;

/// What follows from the codes.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let catalogue = model::Catalogue::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let mut files = vec![
        Generated { name: "core/src/catalogue/kinds.rs".to_owned(), text: table::kinds(&catalogue)? },
        Generated { name: "core/src/catalogue/actions.rs".to_owned(), text: table::actions(&catalogue)? },
        Generated { name: "core/src/catalogue/retries.rs".to_owned(), text: table::retries(&catalogue)? },
        Generated { name: "core/src/catalogue/subjects.rs".to_owned(), text: table::subjects(&catalogue)? },
        Generated { name: "core/src/catalogue/table.rs".to_owned(), text: table::table(&catalogue)? },
        Generated { name: "core/src/catalogue/words.rs".to_owned(), text: table::words(&catalogue)? },
        Generated { name: "ffi-c/src/codes.rs".to_owned(), text: c::enumerations(&catalogue)? },
        Generated { name: "include/cloudauth/codes.hpp".to_owned(), text: c::classes(&catalogue) },
        Generated { name: "go/codes.go".to_owned(), text: go::constants(&catalogue) },
        Generated { name: "python/cloudauth/_codes.py".to_owned(), text: python::classes(&catalogue) },
        Generated { name: "docs/codes.md".to_owned(), text: page::page(&catalogue) },
    ];
    files.extend(java::enumerations(&catalogue));
    Ok(files)
}
