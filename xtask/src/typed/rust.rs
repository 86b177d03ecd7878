//! The typed operations as Rust: requests, replies and the clients' methods.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Argument, ArgumentKind, Field, FieldKind, Operation};
use crate::prose::wrapped;
use crate::rust::formatted;

fn doc(text: &str) -> String {
    wrapped(text, "/// ", 124)
}

/// `core/src/typed/faces/mod.rs`.
pub(super) fn root(operations: &[Operation]) -> Result<String, String> {
    let mut text = format!(
        "// {GENERATED}\n\n//! Requests and replies as types of their own.\n\n#![allow(clippy::doc_markdown, reason = \"sentences for every language\")]\n\n"
    );
    for Operation { name, .. } in operations {
        let _ = writeln!(text, "mod {name};");
    }
    text.push('\n');
    for operation in operations {
        let _ = writeln!(text, "pub use {}::{{{}, {}}};", operation.name, operation.reply, operation.request());
    }
    formatted(&text)
}

/// `core/src/typed/faces/NAME.rs`.
pub(super) fn face(operation: &Operation) -> Result<String, String> {
    let uses = if operation.fields.iter().any(|field| field.kind == FieldKind::Value) {
        "Fields, Problem, Value"
    } else {
        "Fields, Problem"
    };
    let read = if operation.fields.is_empty() { "" } else { "use crate::typed::read;\n" };
    let header = format!(
        "// {GENERATED}\n\nuse std::borrow::Cow;\n\nuse crate::call::Call;\nuse crate::caller::Caller;\nuse crate::error::{{Error, Result}};\n\
         use crate::operation::Operation;\nuse crate::reply::Received;\nuse crate::result::redacted::redacted_debug;\n\
         use crate::result::{{{uses}}};\n{read}use crate::typed::{{TypedReply, TypedRequest}};\nuse crate::worker::Job;\n\n"
    );
    formatted(&(header + &request(operation) + &reply(operation)))
}

fn request(operation: &Operation) -> String {
    let (name, request, reply) = (&operation.name, operation.request(), &operation.reply);
    let mut text = doc(&operation.meaning);
    let _ = writeln!(
        text,
        "///\n/// What it is given is checked when the call is made.\n#[derive(Clone, PartialEq)]\npub struct {request}(TypedRequest);\n\n\
         impl {request} {{"
    );
    for arguments in operation.constructors() {
        text += &constructor(name, &arguments);
    }
    for argument in operation.optional() {
        let _ = writeln!(
            text,
            "{}#[must_use]\npub fn {}(mut self, {}) -> Self {{\nself.0.set({:?}, {});\nself\n}}\n",
            doc(&argument.doc()),
            argument.name,
            parameter(argument),
            argument.name,
            given(argument)
        );
    }
    text += "/// Any other parameter of the operation, by its name in the API. What is not in the table of operations is an error, unless\n\
             /// [`unchecked`](Self::unchecked).\n#[must_use]\npub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {\n\
             self.0.add_parameter(name, value);\nself\n}\n\n\
             /// Lets through what the rules of this version refuse.\n#[must_use]\npub fn unchecked(mut self) -> Self {\n\
             self.0.set_unchecked(true);\nself\n}\n}\n\n";
    let _ = writeln!(
        text,
        "#[allow(private_interfaces, reason = \"as in the trait\")]\nimpl Operation for {request} {{\ntype Output = {reply};\n\n\
         fn action(&self) -> &'static str {{\nOperation::action(&self.0)\n}}\n\n\
         fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {{\nOperation::to_call(&self.0, caller)\n}}\n\n\
         fn read(&self, reply: &Received<'_>) -> Result<{reply}> {{\nself.0.read(reply).map({reply}::from)\n}}\n\n\
         fn failed(&self, error: Error, sent: &Call) -> Error {{\nself.0.failed(error, sent)\n}}\n\n\
         fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {{\nself.0.follow_up(error, sent)\n}}\n\n\
         fn job(&self) -> Option<Job<{reply}>> {{\nlet job = self.0.job()?;\nSome(Box::new(|worker| job(worker).map({reply}::from)))\n}}\n}}\n\n\
         impl std::fmt::Debug for {request} {{\nfn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n\
         self.0.fmt(f)\n}}\n}}\n"
    );
    text
}

fn constructor(operation: &str, arguments: &[&Argument]) -> String {
    let alternative = arguments.iter().find(|argument| !argument.required);
    let new = alternative.map_or("new".to_owned(), |argument| format!("with_{}", argument.name));
    let item = |of: &&Argument| {
        let text = format!("- `{}`: {}.", of.name, of.meaning.trim_end_matches('.'));
        wrapped(&text, "///   ", 124).replacen("///   ", "/// ", 1)
    };
    let docs: String = arguments.iter().map(item).collect();
    let parameters: Vec<String> = arguments.iter().map(|argument| parameter(argument)).collect();
    let set = |argument: &&Argument| format!("request.set({:?}, {});\n", argument.name, given(argument));
    let sets = arguments.iter().map(set).collect::<Vec<_>>().concat();
    let mutable = if sets.is_empty() { "" } else { "mut " };
    let lint = match (arguments, alternative) {
        ([], _) => "#[allow(clippy::new_without_default, reason = \"as the requests that take arguments\")]\n#[must_use]\n",
        (_, Some(_)) => "#[must_use]\n",
        _ => "",
    };
    format!(
        "{docs}{lint}pub fn {new}({}) -> Self {{\nlet {mutable}request = TypedRequest::of({operation:?});\n{sets}Self(request)\n}}\n\n",
        parameters.join(", ")
    )
}

fn parameter(argument: &Argument) -> String {
    let kind = match argument.kind {
        ArgumentKind::Text => "impl Into<String>",
        ArgumentKind::Flag => "bool",
        ArgumentKind::Integer => "i64",
        ArgumentKind::List => "impl IntoIterator<Item = impl Into<String>>",
        ArgumentKind::Picture => "impl Into<Vec<u8>>",
        ArgumentKind::Json => "impl Into<crate::result::Value>",
        ArgumentKind::Receiver => "crate::typed::Receiver",
        ArgumentKind::Progress => "crate::typed::Progress",
    };
    format!("{}: {kind}", argument.name)
}

fn given(argument: &Argument) -> String {
    let name = &argument.name;
    match argument.kind {
        ArgumentKind::Text | ArgumentKind::Picture | ArgumentKind::Json => format!("{name}.into()"),
        ArgumentKind::Flag | ArgumentKind::Integer | ArgumentKind::Receiver | ArgumentKind::Progress => name.clone(),
        ArgumentKind::List => format!("{name}.into_iter().map(Into::into).collect::<Vec<String>>()"),
    }
}

fn reply(operation: &Operation) -> String {
    let Operation { reply, fields, .. } = operation;
    let eq = if fields.iter().any(|field| field.kind == FieldKind::Number) { "" } else { ", Eq" };
    let mut text = format!(
        "/// What [`{}`] gave.\n#[derive(Clone, Default, PartialEq{eq})]\n#[non_exhaustive]\npub struct {reply} {{\n\
         /// `RequestId`: the service's id of this call; empty where it sent none.\npub request_id: String,\n",
        operation.request()
    );
    for field in fields {
        let _ = writeln!(text, "{}pub {}: Option<{}>,", doc(&field.doc()), field.name, kind(field));
    }
    text += "/// Every other field of `Result`, JSON text in it decoded.\npub extra: Fields,\n\
             /// What could not be decoded; the rest of the reply stands.\npub problems: Vec<Problem>,\n}\n\n";
    let names = |shown: bool| {
        let names = fields.iter().filter(move |field| field.shown == shown).map(|field| field.name.as_str());
        names.collect::<Vec<_>>()
    };
    let (shown, hidden) = ([vec!["request_id"], names(true)].concat(), [names(false), vec!["extra", "problems"]].concat());
    let _ = writeln!(text, "redacted_debug!({reply}: {}; {});\n", shown.join(", "), hidden.join(", "));
    let read = |field: &Field| format!("{}: read::{}(values.next()),\n", field.name, reader(field.kind));
    let reads = fields.iter().map(read).collect::<Vec<_>>().concat();
    let values = if fields.is_empty() { "" } else { "let mut values = reply.take();\n" };
    let mutable = if fields.is_empty() { "" } else { "mut " };
    let _ = writeln!(
        text,
        "impl From<TypedReply> for {reply} {{\nfn from({mutable}reply: TypedReply) -> Self {{\n{values}Self {{\n\
         {reads}request_id: reply.request_id,\nextra: reply.extra,\nproblems: reply.problems,\n}}\n}}\n}}"
    );
    text
}

fn kind(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Text => "String",
        FieldKind::Flag => "bool",
        FieldKind::Integer => "i64",
        FieldKind::Number => "f64",
        FieldKind::Value => "Value",
        FieldKind::Lines => "Vec<String>",
    }
}

fn reader(kind: FieldKind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// `core/src/client/typed.rs`.
pub(super) fn clients(operations: &[Operation]) -> Result<String, String> {
    let names: Vec<String> = operations.iter().flat_map(|operation| [operation.reply.clone(), operation.request()]).collect();
    let mut text = format!(
        "// {GENERATED}\n\n//! The clients' methods for typed operations.\n\n#![allow(clippy::doc_markdown, reason = \"sentences for every language\")]\n\nuse super::{{CallOptions, Client, blocking}};\n\
         use crate::error::Result;\nuse crate::typed::{{{}}};\n\n",
        names.join(", ")
    );
    for (client, asynchronous, wait) in [("Client", "async ", ".await"), ("blocking::Client", "", "")] {
        let _ = writeln!(text, "impl {client} {{");
        for operation in operations {
            let (name, request, reply) = (&operation.name, operation.request(), &operation.reply);
            let meaning =
                if asynchronous.is_empty() { format!("See [`crate::Client::{name}`].") } else { operation.meaning.clone() };
            let errors = if asynchronous.is_empty() { "" } else { "///\n/// # Errors\n/// See [`Kind`](crate::Kind).\n" };
            let _ = writeln!(
                text,
                "{}{errors}pub {asynchronous}fn {name}(&self, request: &{request}) -> Result<{reply}> {{\n\
                 self.run(request, &CallOptions::default()){wait}\n}}\n",
                doc(&meaning)
            );
        }
        text.push_str("}\n\n");
    }
    formatted(&text)
}
