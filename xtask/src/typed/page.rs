//! The typed operations as a part of `docs/operations.md`.

use std::fmt::Write as _;

use super::model::{Argument, ArgumentKind, FieldKind, Operation};
use crate::markdown::{code, table};

/// The part about typed operations.
pub(crate) fn part(operations: &[Operation]) -> String {
    let mut text = "\n## Typed operations\n\n\
        Each language has these as functions with named arguments and a reply of a type of its own, in its own case: `verify_log`,\n\
        `VerifyLog`, `verifyLog`. They are checked before anything is sent; `unchecked` turns the checks off. A reply also has the\n\
        `request_id`, `extra` (every other field of `Result`) and `problems` (what could not be decoded), as a result has.\n"
        .to_owned();
    for operation in operations {
        let Operation { name, action, reply, meaning, arguments, fields } = operation;
        let article = if reply.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
        let _ = write!(
            text,
            "\n### {name}\n\n{meaning}\n\nCalls [`{action}`](#{}) and gives {article} `{reply}`.\n",
            action.to_lowercase()
        );
        if !arguments.is_empty() {
            let rows = arguments.iter().map(|argument| vec![code(&argument.name), takes(argument), argument.doc()]);
            text += "\n";
            text += &table(&["argument", "takes", "meaning"], rows);
        }
        let rows = fields.iter().map(|field| vec![code(&field.name), field_kind(field.kind).to_owned(), field.doc()]);
        text += "\n";
        text += &table(&["field", "type", "meaning"], rows);
    }
    text
}

fn takes(argument: &Argument) -> String {
    let kind = match argument.kind {
        ArgumentKind::Text if !argument.values.is_empty() => {
            argument.values.iter().map(|value| code(value)).collect::<Vec<_>>().join(", ")
        }
        ArgumentKind::Text => "text".to_owned(),
        ArgumentKind::Flag => "flag".to_owned(),
        ArgumentKind::Integer => "integer".to_owned(),
        ArgumentKind::List => "list of text".to_owned(),
        ArgumentKind::Picture => "bytes".to_owned(),
        ArgumentKind::Json => "object, list or JSON text".to_owned(),
        ArgumentKind::Receiver => "receiver of bytes".to_owned(),
        ArgumentKind::Progress => "function".to_owned(),
    };
    let sent = argument.default.as_ref().map(|default| format!("; {} if not given", code(default))).unwrap_or_default();
    if let Some(other) = &argument.in_place_of {
        return format!("{kind}; in place of {}", code(other));
    }
    if argument.required { format!("{kind}; required") } else { kind + &sent }
}

fn field_kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Flag => "flag",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Value => "any JSON",
        FieldKind::Lines => "list of text",
    }
}
