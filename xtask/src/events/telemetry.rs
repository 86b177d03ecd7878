//! The attributes of events, for the Rust crate.

use std::fmt::Write as _;

use super::model::{File, Source};
use crate::rust::{formatted, literal};

/// `telemetry/src/attributes.rs`.
pub(super) fn attributes(file: &File) -> Result<String, String> {
    let mut text = "// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\n\
                    //! What OpenTelemetry calls the fields of events.\n\n"
        .to_owned();
    for (attribute, source) in file.attributes() {
        let constant = match source {
            Source::Field(field) => &field.name,
            // The name's last word.
            Source::Value(_) => attribute.name.rsplit('.').next().unwrap_or_default(),
        };
        let _ = writeln!(text, "pub(super) const {}: &str = {};", constant.to_uppercase(), literal(&attribute.name));
    }
    formatted(&text)
}
