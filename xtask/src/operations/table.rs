//! The operations as Rust.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::model::{File, Operation, SOURCE, Typed, success};
use crate::rust::{formatted, literal, pascal, word_list};

/// `core/src/operations/table.rs`.
pub(super) fn table(file: &File) -> Result<String, String> {
    let mut text = format!("// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n");
    text.push_str("use super::spec::{OperationSpec, ParameterSpec, ValueKind};\n\n");
    let _ = writeln!(
        text,
        "/// The API version that every request names.\npub const API_VERSION: &str = {};\n\n\
         /// The RAM policy that permits all operations.\npub const PERMISSION: &str = {};\n\n\
         /// What an operation's name follows in a RAM policy, after a colon.\npub(super) const RAM_CODE: &str = {};\n\n\
         /// What a reply's `Code` is where a call succeeded.\npub(crate) const SUCCESS: &[&str] = &{:?};\n\n\
         /// Every operation, sorted by name.\npub static OPERATIONS: &[OperationSpec] = &[",
        literal(&file.version),
        literal(&file.permission),
        literal(&file.ram_code),
        success(),
    );
    for operation in &file.operations {
        let _ = writeln!(
            text,
            "OperationSpec {{ action: {}, query: &[{}], form: &[{}], success: {}, resend: {} }},",
            literal(&operation.action),
            typed("ParameterSpec", "name", &operation.query),
            typed("ParameterSpec", "name", &operation.form),
            if operation.success == success() { "SUCCESS".to_owned() } else { format!("&{:?}", operation.success) },
            operation.resend,
        );
    }
    text.push_str("];\n");
    formatted(&text)
}

/// `core/src/operations/descriptions.rs`.
pub(super) fn descriptions(file: &File) -> Result<String, String> {
    let mut text = format!("// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n");
    text.push_str(
        "use super::spec::{Description, FieldSpec, ValueKind};\n\n\
         /// What there is to say of each operation, in the order of `OPERATIONS`.\n\
         pub(super) static DESCRIPTIONS: &[Description] = &[\n",
    );
    for operation in &file.operations {
        let (meaning, reply) = (literal(&operation.meaning), typed("FieldSpec", "path", &operation.reply));
        let _ = writeln!(text, "Description {{ meaning: {meaning}, reply: &[{reply}] }},");
    }
    formatted(&(text + "];\n"))
}

/// `core/src/operations/names.rs`.
pub(super) fn names(file: &File) -> Result<String, String> {
    let of_one = |operation: &'_ Operation| {
        let typed = operation.query.iter().chain(&operation.form).chain(&operation.reply);
        typed.flat_map(|typed| typed.name.split(['.', '[', ']'])).chain([operation.action.as_str()]).map(str::to_owned).collect()
    };
    let all: BTreeSet<String> = file.operations.iter().flat_map(|operation| -> Vec<String> { of_one(operation) }).collect();
    let all = all.into_iter().filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase())).collect();
    formatted(&format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n{}",
        word_list("Names of operations, parameters and fields, those with a capital.", "NAMES", &all)
    ))
}

fn typed(sort: &str, field: &str, list: &[Typed]) -> String {
    list.iter().fold(String::new(), |mut text, Typed { name, kind }| {
        let _ = write!(text, "{sort} {{ {field}: {}, kind: ValueKind::{} }},", literal(name), pascal(kind.name()));
        text
    })
}
