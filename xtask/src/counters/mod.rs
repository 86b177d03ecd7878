//! `core/schema/counters.toml` as `Stats` in each language, and the table of `docs/telemetry.md`.

mod c;
mod go;
mod java;
mod model;
mod python;
mod table;

use crate::markdown::{self, code};
use crate::output::Generated;
use crate::tree;

const SOURCE: &str = "core/schema/counters.toml";
const PAGE: &str = "docs/telemetry.md";

/// What follows from the counters.
pub(crate) fn files() -> Result<Vec<Generated>, String> {
    let counters = model::parse(&tree::read(SOURCE)?).map_err(|message| format!("{SOURCE}: {message}"))?;
    let rows = counters.iter().map(|counter| vec![code(&counter.name), code(&counter.unit), counter.meaning.clone()]);
    let rows = markdown::table(&["counter", "unit", "counts"], rows);
    let page =
        markdown::replaced(&tree::read(PAGE)?, SOURCE, "counters", &rows).map_err(|message| format!("{PAGE}: {message}"))?;
    Ok(vec![
        Generated { name: "core/src/client/stats.rs".to_owned(), text: table::stats(&counters)? },
        Generated { name: "telemetry/src/instruments.rs".to_owned(), text: table::instruments(&counters)? },
        Generated { name: "ffi-c/src/counters.rs".to_owned(), text: c::enumeration(&counters)? },
        Generated { name: "go/counters.go".to_owned(), text: go::stats(&counters) },
        Generated { name: "java/src/main/java/io/github/libcloudauth/Stats.java".to_owned(), text: java::stats(&counters) },
        Generated { name: "python/cloudauth/_stats.py".to_owned(), text: python::stats(&counters) },
        Generated { name: PAGE.to_owned(), text: page },
    ])
}
