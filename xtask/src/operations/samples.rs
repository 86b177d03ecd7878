//! The shapes of the replies, for the emulator.

use std::fmt::Write as _;

use super::model::{File, SOURCE};
use crate::rust::{formatted, literal, pascal};

/// `emulator/src/samples/table.rs`.
pub(super) fn samples(file: &File) -> Result<String, String> {
    let mut text = format!("// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n");
    text.push_str("use super::sample::{Kind, Sample};\n\n");
    text.push_str("/// Every operation of the API, sorted by name.\npub(super) const SAMPLES: &[Sample] = &[");
    for operation in &file.operations {
        let _ = write!(text, "Sample {{ action: {}, reply: &[", literal(&operation.action));
        for field in &operation.reply {
            let _ = write!(text, "({}, Kind::{}),", literal(&field.name), pascal(field.kind.name()));
        }
        text.push_str("] },");
    }
    text.push_str("];\n");
    formatted(&text)
}
