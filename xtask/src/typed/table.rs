//! The typed operations as core's table.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Argument, Field, Operation};
use crate::rust::{formatted, literal, option};

/// `core/src/typed/table.rs`.
pub(super) fn table(operations: &[Operation]) -> Result<String, String> {
    let mut text = format!(
        "// {GENERATED}\n\nuse super::FieldKind;\nuse super::spec::{{ArgumentKind, ArgumentSpec, FieldSpec, TypedSpec}};\n\n"
    );
    text.push_str("/// Every typed operation, sorted by name.\npub static TYPED: &[TypedSpec] = &[\n");
    for Operation { name, action, reply, arguments, fields, .. } in operations {
        let [name, action, reply] = [name, action, reply].map(|text| literal(text));
        let arguments: String = arguments.iter().map(argument).collect();
        let fields: String = fields.iter().map(field).collect();
        let _ = writeln!(
            text,
            "TypedSpec {{ name: {name}, action: {action}, reply: {reply}, \
             arguments: &[{arguments}], fields: &[{fields}] }},"
        );
    }
    formatted(&(text + "];\n"))
}

/// `core/src/typed/meanings.rs`.
pub(super) fn meanings(operations: &[Operation]) -> Result<String, String> {
    let mut text = format!(
        "// {GENERATED}\n\nuse super::spec::Meanings;\n\n\
         /// What each typed operation is for, in the order of `TYPED`.\npub(super) static MEANINGS: &[Meanings] = &[\n"
    );
    for Operation { meaning, arguments, fields, .. } in operations {
        let arguments: Vec<_> = arguments.iter().map(|argument| &argument.meaning).collect();
        let fields: Vec<_> = fields.iter().map(|field| &field.meaning).collect();
        let _ = writeln!(text, "Meanings {{ operation: {meaning:?}, arguments: &{arguments:?}, fields: &{fields:?} }},");
    }
    formatted(&(text + "];\n"))
}

fn argument(argument: &Argument) -> String {
    let Argument { name, parameter, required, in_place_of, values, default, sensitive, .. } = argument;
    let kind = match (&argument.written, argument.kind) {
        (Some([yes, no]), _) => format!("Flag {{ yes: {yes:?}, no: {no:?} }}"),
        (None, kind) => format!("{kind:?}"),
    };
    let [parameter, in_place_of, default] = [parameter, in_place_of, default].map(|text| option(text.as_deref().map(literal)));
    format!(
        "ArgumentSpec {{ name: {name:?}, parameter: {parameter}, kind: ArgumentKind::{kind}, required: {required}, in_place_of: {in_place_of}, \
         values: &{values:?}, default: {default}, sensitive: {sensitive} }},"
    )
}

fn field(field: &Field) -> String {
    let Field { name, kind, shown, .. } = field;
    let from = option(field.wire().map(literal));
    format!("FieldSpec {{ name: {name:?}, from: {from}, kind: FieldKind::{kind:?}, shown: {shown} }},")
}
