//! `core/schema/typed/*.toml`: the typed operations, as core's table and the requests and replies of each language.

mod c;
mod cpp;
mod go;
mod java;
pub(crate) mod model;
pub(crate) mod page;
mod python;
mod rust;
mod table;

use std::fs;

use crate::output::Generated;
use crate::{operations, tree};
use model::{FOLDER, Operation};

/// The operations, in the order of their names.
pub(crate) fn read() -> Result<Vec<Operation>, String> {
    let failed = |error: std::io::Error| format!("{FOLDER}: {error}");
    let mut names = Vec::new();
    for entry in fs::read_dir(tree::root().join(FOLDER)).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let known = operations::read()?;
    let files = names.iter().map(|name| {
        let name = format!("{FOLDER}/{name}");
        model::parse(&tree::read(&name)?, &known).map_err(|message| format!("{name}: {message}"))
    });
    files.collect()
}

/// What follows from them.
pub(crate) fn files(operations: &[Operation]) -> Result<Vec<Generated>, String> {
    let mut files = vec![
        Generated { name: "core/src/typed/table.rs".to_owned(), text: table::table(operations)? },
        Generated { name: "core/src/typed/meanings.rs".to_owned(), text: table::meanings(operations)? },
        Generated { name: "core/src/client/typed.rs".to_owned(), text: rust::clients(operations)? },
        Generated { name: "core/src/typed/faces/mod.rs".to_owned(), text: rust::root(operations)? },
        Generated { name: "python/cloudauth/_replies.py".to_owned(), text: python::shapes(operations) },
        Generated { name: "python/cloudauth/_reply_parts.py".to_owned(), text: python::parts(operations) },
        Generated { name: "python/cloudauth/_operations.py".to_owned(), text: python::methods(operations) },
    ];
    files.extend([
        Generated { name: "ffi-c/src/views/typed.rs".to_owned(), text: c::views(operations)? },
        Generated { name: "ffi-c/src/typed.rs".to_owned(), text: c::functions(operations)? },
        Generated { name: "ffi-c/tests/programs/layout/typed.rs".to_owned(), text: c::members(operations)? },
        Generated { name: "tests/c/typed.h".to_owned(), text: c::printing(operations) },
        Generated { name: "include/cloudauth/typed.hpp".to_owned(), text: cpp::header(operations) },
        Generated { name: "tests/c/typed_calls.hpp".to_owned(), text: cpp::tests(operations) },
        Generated { name: "go/typed.go".to_owned(), text: go::file(operations) },
    ]);
    for operation in operations {
        let name = format!("core/src/typed/faces/{}.rs", operation.name);
        files.push(Generated { name, text: rust::face(operation)? });
    }
    files.extend(java::files(operations));
    Ok(files)
}
