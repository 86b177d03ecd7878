//! The replies of typed operations as C sees them: views, the functions that give them, and what the tests print and measure.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Field, FieldKind, Operation};
use crate::prose::{capitalized, wrapped};
use crate::rust::formatted;

/// C's comments mark words by quotes.
fn plain(text: &str) -> String {
    text.replace('`', "\"")
}

fn lines(text: &str) -> String {
    wrapped(text, "/// ", 124)
}

fn doc(field: &Field) -> String {
    let json = if field.kind == FieldKind::Value { ", as JSON" } else { "" };
    format!("{}{json}.", plain(&capitalized(field.meaning.trim_end_matches('.'))))
}

fn c_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Value => "cloudauth_text",
        FieldKind::Flag => "bool",
        FieldKind::Integer => "i64",
        FieldKind::Number => "f64",
        FieldKind::Lines => "cloudauth_text_list",
    }
}

/// `ffi-c/src/views/typed.rs`.
pub(super) fn views(operations: &[Operation]) -> Result<String, String> {
    let mut text = format!(
        "// {GENERATED}\n\n//! Replies of typed operations, as structs.\n\nuse cloudauth_core::typed::TypedReply;\n\n\
         use super::arena::Arena;\nuse super::types::cloudauth_problem_list;\nuse crate::text::{{cloudauth_text, cloudauth_text_list}};\n"
    );
    let (mut variants, mut arms, mut fillings) = (String::new(), String::new(), String::new());
    for operation in operations {
        let (name, reply) = (operation.reply_snake(), &operation.reply);
        let _ = write!(
            text,
            "\n{}#[derive(Debug)]\n#[repr(C)]\npub struct cloudauth_{name} {{\n\
             /// The service's id of this call; empty where it sent none.\npub request_id: cloudauth_text,\n",
            lines(&format!("The reply of \"{}\". {}", operation.name, plain(&operation.meaning)))
        );
        let (mut values, mut members) = (String::new(), String::new());
        for field in &operation.fields {
            let member = &field.name;
            let read = format!("self.read_{}(values.next())", format!("{:?}", field.kind).to_lowercase());
            text += &lines(&doc(field));
            let _ = match field.kind {
                FieldKind::Flag => writeln!(text, "pub {member}: bool,\npub {member}_state: *const bool,"),
                kind => writeln!(text, "pub {member}: *const {},", c_type(kind)),
            };
            let _ = match field.kind {
                FieldKind::Flag => writeln!(values, "let ({member}, {member}_state) = {read};"),
                _ => writeln!(values, "let {member} = {read};"),
            };
            let state = if field.kind == FieldKind::Flag { format!("{member}_state, ") } else { String::new() };
            let _ = write!(members, "{member}, {state}");
        }
        text += "/// Every other field of Result, as JSON.\npub extra: cloudauth_text,\n\
                 /// What could not be decoded; the rest of the reply stands.\npub problems: cloudauth_problem_list,\n}\n";
        let _ = writeln!(variants, "{reply}(*const cloudauth_{name}),");
        let _ = writeln!(arms, "{:?} => Typed::{reply}(self.{name}(reply)),", operation.name);
        let _ = write!(
            fillings,
            "\nfn {name}(&mut self, reply: &TypedReply) -> *const cloudauth_{name} {{\n\
             let mut values = reply.fields().map(|(_, value)| value);\n{values}let view = cloudauth_{name} {{\n\
             request_id: self.text(&reply.request_id), {members}extra: self.fields(&reply.extra),\n\
             problems: self.problem_list(&reply.problems),\n}};\nself.keep(view)\n}}\n"
        );
    }
    let _ = write!(
        text,
        "\n/// A reply by its operation.\n#[derive(Debug)]\npub(crate) enum Typed {{\n{variants}}}\n\nimpl Arena {{\n\
         pub(super) fn typed(&mut self, reply: &TypedReply) -> Typed {{\nmatch reply.spec().name {{\n{arms}\
         other => unreachable!(\"the table has no {{other}}\"),\n}}\n}}\n{fillings}}}\n"
    );
    formatted(&text)
}

/// `ffi-c/src/typed.rs`.
pub(super) fn functions(operations: &[Operation]) -> Result<String, String> {
    let names: Vec<String> = operations.iter().map(|operation| format!("cloudauth_{}", operation.reply_snake())).collect();
    let mut text = format!(
        "// {GENERATED}\n\n//! Functions that give the replies of typed operations.\n\nuse std::ptr;\n\nuse crate::boundary;\n\
         use crate::call::cloudauth_reply;\nuse crate::handle;\nuse crate::views::{{Typed, {}}};\n",
        names.join(", ")
    );
    for operation in operations {
        let name = operation.reply_snake();
        let _ = write!(
            text,
            "\n{}#[unsafe(no_mangle)]\npub unsafe extern \"C\" fn cloudauth_reply_{name}(reply: *const cloudauth_reply) -> *const cloudauth_{name} {{\n\
             boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {{\nTyped::{}(view) => Some(*view),\n\
             #[allow(unreachable_patterns, reason = \"there may be one alone\")]\n_ => None,\n}}).unwrap_or(ptr::null())\n}}\n",
            lines(&format!(
                "The reply of a cloudauth_typed_call_new(\"{}\"), until it is freed; NULL where it is any other.",
                operation.name
            )),
            operation.reply
        );
    }
    formatted(&text)
}

/// `ffi-c/tests/programs/layout/typed.rs`.
pub(super) fn members(operations: &[Operation]) -> Result<String, String> {
    let (mut names, mut all) = (Vec::new(), String::new());
    for operation in operations {
        let name = format!("cloudauth_{}", operation.reply_snake());
        let mut members = vec!["request_id".to_owned()];
        for field in &operation.fields {
            members.push(field.name.clone());
            members.extend((field.kind == FieldKind::Flag).then(|| format!("{}_state", field.name)));
        }
        members.extend(["extra".to_owned(), "problems".to_owned()]);
        let _ = writeln!(all, "{name} {{ {} }}", members.join(", "));
        names.push(name);
    }
    formatted(&format!(
        "// {GENERATED}\n\n//! The replies of typed operations.\n\nuse std::mem::{{offset_of, size_of}};\n\n\
         use cloudauth::views::{{{}}};\n\npub(super) fn made() -> Vec<String> {{\nlayout! {{\n{all}}}.to_vec()\n}}\n",
        names.join(", ")
    ))
}

/// `tests/c/typed.h`.
pub(super) fn printing(operations: &[Operation]) -> String {
    let mut text = format!("/* {GENERATED} */\n/* Replies of typed operations as JSON, by what canonical.c has for values. */\n");
    let (mut calls, mut views) = (String::new(), Vec::new());
    for operation in operations {
        let name = operation.reply_snake();
        let _ = write!(
            text,
            "\nstatic void put_{name}(text_buffer *out, const cloudauth_{name} *of) {{\n    buffer_puts(out, \"{{\");\n    \
             text_or_null(out, \"request_id\", &of->request_id);\n"
        );
        for field in &operation.fields {
            let (function, state) = match field.kind {
                FieldKind::Text => ("text", ""),
                FieldKind::Flag => ("flag", "_state"),
                FieldKind::Integer => ("whole", ""),
                FieldKind::Number => ("number", ""),
                FieldKind::Value => ("json", ""),
                FieldKind::Lines => ("texts", ""),
            };
            let _ = writeln!(text, "    {function}_or_null(out, {0:?}, of->{0}{state});", field.name);
        }
        text += "    json_or_null(out, \"extra\", &of->extra);\n    key(out, \"problems\");\n    \
                 put_problem_list(out, &of->problems);\n    buffer_puts(out, \"}\");\n}\n";
        views.push(format!("!!cloudauth_reply_{name}(reply)"));
        let _ = writeln!(calls, "    if (cloudauth_reply_{name}(reply)) put_{name}(out, cloudauth_reply_{name}(reply));");
    }
    let _ = write!(text, "\nvoid typed_reply(text_buffer *out, const cloudauth_reply *reply) {{\n{calls}}}\n");
    let _ = write!(text, "\nint typed_views(const cloudauth_reply *reply) {{\n    return {};\n}}\n", views.join(" + "));
    text
}
