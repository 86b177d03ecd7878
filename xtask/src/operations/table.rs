//! The operations as Rust.

use std::fmt::Write as _;

use super::model::{File, SOURCE, Typed};
use crate::rust::{formatted, literal, pascal};

/// `core/src/operations/table.rs`.
pub(super) fn table(file: &File) -> Result<String, String> {
    let mut text = format!("// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n");
    text.push_str("use super::spec::{FieldSpec, OperationSpec, ParameterSpec, ValueKind};\n\n");
    let _ = writeln!(
        text,
        "/// The API version that every request names.\npub const API_VERSION: &str = {};\n\n\
         /// The RAM permission that the operations need.\npub const PERMISSION: &str = {};\n\n\
         /// Every operation, sorted by name.\npub static OPERATIONS: &[OperationSpec] = &[",
        literal(&file.version),
        literal(&file.permission)
    );
    for operation in &file.operations {
        let _ = writeln!(
            text,
            "OperationSpec {{ action: {}, meaning: {}, query: &[{}], form: &[{}], reply: &[{}] }},",
            literal(&operation.action),
            literal(&operation.meaning),
            typed("ParameterSpec", "name", &operation.query),
            typed("ParameterSpec", "name", &operation.form),
            typed("FieldSpec", "path", &operation.reply),
        );
    }
    text.push_str("];\n");
    formatted(&text)
}

fn typed(sort: &str, field: &str, list: &[Typed]) -> String {
    list.iter().fold(String::new(), |mut text, Typed { name, kind }| {
        let _ = write!(text, "{sort} {{ {field}: {}, kind: ValueKind::{} }},", literal(name), pascal(kind.name()));
        text
    })
}
