//! `core/schema/events.toml` as `Event` in each language, and the table of `docs/telemetry.md`.

mod c;
mod core;
mod cpp;
mod go;
mod java;
mod level;
mod model;
mod python;
mod telemetry;

use crate::markdown::{self, code};
use crate::output::Generated;
use crate::tree;
use model::{Field, Of, SOURCE, Sort, Source};

const PAGE: &str = "docs/telemetry.md";

/// What follows from the fields; `page` is the text of [`PAGE`] so far.
pub(crate) fn files(page: &str) -> Result<Vec<Generated>, String> {
    let file = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let fields = &file.fields;
    let rows = fields.iter().map(|field| vec![code(&field.name), shown(field), field.meaning.clone()]);
    let rows = markdown::table(&["field", "type", "what"], rows);
    let page = markdown::replaced(page, SOURCE, "events", &rows).map_err(|message| format!("{PAGE}: {message}"))?;
    let page =
        markdown::replaced(&page, SOURCE, "attributes", &attributes(&file)).map_err(|message| format!("{PAGE}: {message}"))?;
    let page =
        markdown::replaced(&page, SOURCE, "levels", &level::rows(&file)).map_err(|message| format!("{PAGE}: {message}"))?;
    let mut files = level::files(&file)?;
    files.extend([
        Generated { name: "core/src/client/event.rs".to_owned(), text: core::event(fields)? },
        Generated { name: "ffi-c/src/event/view.rs".to_owned(), text: c::view(fields)? },
        Generated { name: "include/cloudauth/event.hpp".to_owned(), text: cpp::event(fields) },
        Generated { name: "go/event.go".to_owned(), text: go::event(&file) },
        Generated { name: "java/src/main/java/io/github/libcloudauth/CallEvent.java".to_owned(), text: java::event(&file) },
        Generated { name: "python/cloudauth/_event.py".to_owned(), text: python::event(&file) },
        Generated { name: "telemetry/src/attributes.rs".to_owned(), text: telemetry::attributes(&file)? },
        Generated { name: PAGE.to_owned(), text: page },
    ]);
    Ok(files)
}

fn shown(field: &Field) -> String {
    let sort = match field.sort {
        Sort::Text => "text",
        Sort::Number => "integer",
        Sort::Kind => "kind",
        Sort::Duration => "duration",
        Sort::Time => "time",
    };
    if field.optional { format!("{sort} or absent") } else { sort.to_owned() }
}

/// Which attribute a call and an attempt have, and from what.
fn attributes(file: &model::File) -> String {
    let rows = file.attributes().map(|(attribute, source)| {
        let yes = |of: Of| if attribute.of.is_none_or(|only| only == of) { "yes" } else { "" };
        let from = match source {
            Source::Value(value) => format!("{}, always", code(value)),
            Source::Field(field) if attribute.less > 0 => format!("{} - {}", code(&field.name), attribute.less),
            Source::Field(field) => code(&field.name),
        };
        let metric = if attribute.metric { "yes" } else { "" };
        vec![code(&attribute.name), yes(Of::Call).to_owned(), yes(Of::Attempt).to_owned(), metric.to_owned(), from]
    });
    markdown::table(&["attribute", "call", "attempt", "in metrics", "from"], rows)
}
