//! `core/schema/events.toml` as `Event` in each language, and the table of `docs/telemetry.md`.

mod c;
mod core;
mod cpp;
mod go;
mod java;
mod model;
mod python;

use crate::markdown::{self, code};
use crate::output::Generated;
use crate::tree;
use model::{Field, Sort};

const SOURCE: &str = "core/schema/events.toml";
const PAGE: &str = "docs/telemetry.md";

/// What follows from the fields; `page` is the text of [`PAGE`] so far.
pub(crate) fn files(page: &str) -> Result<Vec<Generated>, String> {
    let fields = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let rows = fields.iter().map(|field| vec![code(&field.name), shown(field), field.meaning.clone()]);
    let rows = markdown::table(&["field", "type", "what"], rows);
    let page = markdown::replaced(page, SOURCE, "events", &rows).map_err(|message| format!("{PAGE}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/client/event.rs".to_owned(), text: core::event(&fields)? },
        Generated { name: "ffi-c/src/event/view.rs".to_owned(), text: c::view(&fields)? },
        Generated { name: "include/cloudauth/event.hpp".to_owned(), text: cpp::event(&fields) },
        Generated { name: "go/event.go".to_owned(), text: go::event(&fields) },
        Generated { name: "java/src/main/java/io/github/libcloudauth/CallEvent.java".to_owned(), text: java::event(&fields) },
        Generated { name: "python/cloudauth/_event.py".to_owned(), text: python::event(&fields) },
        Generated { name: PAGE.to_owned(), text: page },
    ])
}

fn shown(field: &Field) -> String {
    let sort = match field.sort {
        Sort::Text => "text",
        Sort::Number => "integer",
        Sort::Kind => "kind",
        Sort::Duration => "duration",
    };
    if field.optional { format!("{sort} or absent") } else { sort.to_owned() }
}
