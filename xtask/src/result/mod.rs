//! `core/schema/result.toml` as the types of Rust, C, C++, Go, Java and Python, the tables of `docs/result.md`, and what
//! the command's report shows.

mod c;
mod format;
mod go;
pub(crate) mod java;
pub(crate) mod model;
mod page;
mod printing;
mod python;
mod report;
mod rust;
mod whole;

use crate::output::Generated;
use crate::tree;
use model::SOURCE;

const PAGE: &str = "docs/result.md";

/// What follows from the result.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let mut files = vec![
        Generated { name: "core/src/result/objects.rs".to_owned(), text: rust::objects(&file)? },
        Generated { name: "ffi-c/src/views/types.rs".to_owned(), text: c::types(&file)? },
        Generated { name: "ffi-c/src/views/fill.rs".to_owned(), text: c::filling(&file)? },
        Generated { name: "include/cloudauth/views.hpp".to_owned(), text: c::classes(&file) },
        Generated { name: "go/result.go".to_owned(), text: go::types(&file) },
        Generated { name: "go/read.go".to_owned(), text: go::readers(&file) },
        Generated { name: "core/src/result/format.rs".to_owned(), text: format::core(&file)? },
        Generated { name: "ffi-c/src/views/format.rs".to_owned(), text: format::c(&file)? },
        Generated { name: "python/cloudauth/_format.py".to_owned(), text: format::python(&file) },
        format::java(&file),
        Generated { name: "ffi-c/src/views/whole.rs".to_owned(), text: whole::views(&file)? },
        Generated { name: "ffi-c/src/result_fields.rs".to_owned(), text: whole::functions(&file)? },
        Generated { name: "include/cloudauth/result_fields.hpp".to_owned(), text: whole::classes(&file)? },
        Generated { name: "go/result_view.h".to_owned(), text: whole::go_view(&file)? },
        Generated { name: "ffi-c/tests/programs/layout/members.rs".to_owned(), text: printing::members(&file)? },
        Generated { name: "cli/src/report/fields.rs".to_owned(), text: report::fields(&file)? },
        Generated { name: "tests/c/objects.h".to_owned(), text: printing::functions(&file) },
        Generated { name: "python/cloudauth/_result.py".to_owned(), text: python::shapes(&file) },
        Generated {
            name: PAGE.to_owned(),
            text: page::page(&file, &tree::read(PAGE)?).map_err(|message| format!("{PAGE}: {message}"))?,
        },
    ];
    files.extend(java::classes(&file));
    Ok(files)
}
