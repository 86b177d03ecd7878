//! `core/schema/options.toml` as Rust tables, a Rust type, setters in each language and a page.

mod doc;
mod given;
mod model;
mod page;
mod setters;
mod spelling;
mod table;

use crate::output::Generated;
use crate::{tree, typed};

const SOURCE: &str = "core/schema/options.toml";
const JAVA: &str = "java/src/main/java/io/github/libcloudauth";
const ARGUMENTS: &str = "core/schema/arguments.toml";

/// What follows from the options.
pub(crate) fn files(typed: &[typed::model::Operation]) -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let arguments = spelling::parse(&tree::read(ARGUMENTS)?).map_err(|message| format!("{ARGUMENTS}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/options/table.rs".to_owned(), text: table::table(&file)? },
        Generated { name: "core/src/options/meanings.rs".to_owned(), text: table::meanings(&file.options)? },
        Generated { name: "core/src/options/given.rs".to_owned(), text: given::given(&file)? },
        Generated { name: "core/src/spelling/table.rs".to_owned(), text: spelling::table(&file.options, &arguments, typed)? },
        Generated { name: "core/src/client/setters.rs".to_owned(), text: setters::rust(&file.options)? },
        Generated { name: "ffi-c/src/config/options.rs".to_owned(), text: setters::c(&file.options)? },
        Generated { name: "include/cloudauth/options.hpp".to_owned(), text: setters::cpp(&file.options) },
        Generated { name: "go/with.go".to_owned(), text: setters::go(&file.options) },
        Generated { name: "go/every_option_test.go".to_owned(), text: setters::go_examples(&file.options) },
        Generated { name: format!("{JAVA}/BuilderOptions.java"), text: setters::java(&file.options) },
        Generated { name: "python/cloudauth/_options.py".to_owned(), text: setters::python(&file.options) },
        Generated { name: "docs/options.md".to_owned(), text: page::page(&file) },
    ])
}
