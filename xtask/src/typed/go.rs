//! The typed operations as Go: requests, replies and the client's methods.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Argument, ArgumentKind, Field, FieldKind, Operation};
use crate::names::go;
use crate::prose::{uncapitalized, wrapped};

/// `go/typed.go`.
pub(super) fn file(operations: &[Operation]) -> String {
    let generated = GENERATED.replacen("Generated", "Code generated", 1).replace("; do not edit.", ". DO NOT EDIT.");
    let mut text = format!(
        "// {generated}\n\n//go:build linux && cgo\n\npackage cloudauth\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"io\"\n\t\"log/slog\"\n)\n"
    );
    for operation in operations {
        method(&mut text, operation);
        request(&mut text, operation);
        reply(&mut text, operation);
    }
    text
}

fn method(text: &mut String, operation: &Operation) {
    let (name, request, reply) = (go(&operation.name), operation.request(), &operation.reply);
    let meaning = format!("{name} {}", uncapitalized(&spelled(&operation.meaning, operation)));
    // Where core chooses between two actions, and was not asked yet.
    let chosen = operation.arguments.iter().any(|argument| argument.name == "operation");
    let action = if chosen { &name } else { &operation.action };
    let _ = write!(
        text,
        "\n{}//\n// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.\n\
         func (c *Client) {name}(ctx context.Context, request {request}) (*{reply}, error) {{\n\
         \treturn ask[{reply}](ctx, c, {action:?}, request.spec())\n}}\n",
        wrapped(&meaning, "// ", 124)
    );
}

fn request(text: &mut String, operation: &Operation) {
    let (name, request) = (go(&operation.name), operation.request());
    let _ = write!(text, "\n// {request} is the request of [Client.{name}]. It is not printed.\ntype {request} struct {{\n");
    for argument in &operation.arguments {
        let parameter = argument.parameter.as_ref().filter(|name| **name != argument.go());
        let parameter = parameter.map(|name| format!(" ({name})")).unwrap_or_default();
        let meaning = spelled(argument.meaning.trim_end_matches('.'), operation);
        *text += &wrapped(&format!("{}{parameter}: {meaning}.", argument.go()), "\t// ", 124);
        let _ = writeln!(text, "\t{} {}", argument.go(), argument_type(argument));
    }
    *text += "\t// Parameters are any others of the operation, by their names in the API.\n\tParameters map[string]string\n\
              \t// Unchecked lets through what the rules of this version refuse.\n\tUnchecked bool\n}\n";
    let _ = write!(
        text,
        "\n// String shows that it is a request; JSON has its fields.\n\
         func ({request}) String() string {{ return hidden(\"{request}\") }}\n\
         \n// Format prints [{request}.String], whatever the verb.\n\
         func (r {request}) Format(state fmt.State, _ rune) {{ printed(state, r.String()) }}\n\
         \n// LogValue gives [{request}.String].\n\
         func (r {request}) LogValue() slog.Value {{ return slog.StringValue(r.String()) }}\n\
         \nfunc (r *{request}) spec() *callSpec {{\n\to := typedSpec({:?})\n",
        operation.name
    );
    for argument in &operation.arguments {
        let _ = writeln!(text, "\t{}", given(argument, operation));
    }
    *text += "\to.finish(r.Parameters, r.Unchecked)\n\treturn o\n}\n";
}

fn argument_type(argument: &Argument) -> &'static str {
    match (argument.kind, argument.required) {
        (ArgumentKind::Text, _) => "string",
        (ArgumentKind::Flag, true) => "bool",
        (ArgumentKind::Flag, false) => "*bool",
        (ArgumentKind::Integer, true) => "int64",
        (ArgumentKind::Integer, false) => "*int64",
        (ArgumentKind::List, _) => "[]string",
        (ArgumentKind::Picture, _) => "[]byte",
        (ArgumentKind::Json, _) => "any",
        // Functions are no part of a request that a program stores.
        (ArgumentKind::Receiver, _) => "io.Writer `json:\"-\"`",
        (ArgumentKind::Progress, _) => "func(received, total int64) error `json:\"-\"`",
    }
}

/// The statement that takes over an argument.
fn given(argument: &Argument, operation: &Operation) -> String {
    let (name, field) = (&argument.name, argument.go());
    let own = format!("{name:?}, {field:?}");
    // Where it is left out, another may stand in its place.
    if let Some(other) = operation.alternative(argument).filter(|_| argument.kind == ArgumentKind::Text) {
        return format!("if r.{field} != \"\" || r.{} == nil {{\n\t\to.text({own}, r.{field})\n\t}}", other.go());
    }
    match (argument.kind, argument.required) {
        (ArgumentKind::Text, true) => format!("o.text({own}, r.{field})"),
        (ArgumentKind::Text, false) => format!("o.optionalText({own}, r.{field})"),
        (ArgumentKind::Flag, true) => format!("o.flag({name:?}, &r.{field})"),
        (ArgumentKind::Flag, false) => format!("o.flag({name:?}, r.{field})"),
        (ArgumentKind::Integer, true) => format!("o.integer({name:?}, &r.{field})"),
        (ArgumentKind::Integer, false) => format!("o.integer({name:?}, r.{field})"),
        (ArgumentKind::List, _) => format!("o.list({own}, r.{field})"),
        (ArgumentKind::Picture, _) => format!("o.picture({name:?}, r.{field})"),
        (ArgumentKind::Json, _) => format!("o.json({own}, r.{field})"),
        (ArgumentKind::Receiver, _) => format!("o.receiver({name:?}, r.{field})"),
        (ArgumentKind::Progress, _) => format!("o.progress({name:?}, r.{field})"),
    }
}

fn reply(text: &mut String, operation: &Operation) {
    let (name, reply) = (go(&operation.name), &operation.reply);
    let _ = write!(
        text,
        "\n// {reply} is the reply of [Client.{name}]. A nil pointer, slice or value stands for what the service did not say.\n\
         type {reply} struct {{\n\t// RequestID: the service's id of this call; empty where it sent none.\n\tRequestID string `json:\"request_id\"`\n"
    );
    for field in &operation.fields {
        let meaning = spelled(field.meaning.trim_end_matches('.'), operation);
        *text += &wrapped(&format!("{}: {meaning}.", go(&field.name)), "\t// ", 124);
        let _ = writeln!(text, "\t{} {} `json:\"{}\"`", go(&field.name), field_type(field), field.name);
    }
    *text += "\t// Extra: every other field of \"Result\", JSON text in it decoded; never nil.\n\tExtra map[string]any `json:\"extra\"`\n\
              \t// Problems: what could not be decoded; the rest of the reply stands.\n\tProblems []Problem `json:\"problems\"`\n}\n";
    let own = reply[..1].to_lowercase();
    for field in operation.fields.iter().filter(|field| field.kind == FieldKind::Flag && field.from.is_some()) {
        let word = go(&field.name);
        let meaning = spelled(field.meaning.trim_end_matches('.'), operation);
        *text += "\n";
        *text += &wrapped(&format!("Is{word} is true for a yes alone: {meaning}."), "// ", 124);
        let _ = writeln!(text, "func ({own} *{reply}) Is{word}() bool {{ return {own} != nil && yes({own}.{word}) }}");
    }
    let shown = operation.fields.iter().filter(|field| field.shown);
    let how = |field: &Field| if field.kind == FieldKind::Lines { "shownLines" } else { "shown" };
    let shown: Vec<_> = shown.map(|field| format!(", \"{0}\", {1}({own}.{0})", go(&field.name), how(field))).collect();
    let _ = write!(
        text,
        "\n// String shows the id of the request, and of the fields those that tell nothing of the person.\n\
         func ({own} {reply}) String() string {{\n\treturn described(\"{reply}\", \"RequestID\", {own}.RequestID{})\n}}\n\
         \n// Format prints [{reply}.String], whatever the verb.\n\
         func ({own} {reply}) Format(state fmt.State, _ rune) {{ printed(state, {own}.String()) }}\n\
         \n// MarshalText gives [{reply}.String].\n\
         func ({own} {reply}) MarshalText() ([]byte, error) {{ return []byte({own}.String()), nil }}\n",
        shown.concat()
    );
}

fn field_type(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Text => "*string",
        FieldKind::Flag => "*bool",
        FieldKind::Integer => "*int64",
        FieldKind::Number => "*float64",
        FieldKind::Value => "any",
        FieldKind::Lines => "[]string",
    }
}

/// A sentence in which the operation's arguments, and other operations, have Go's names. Go's comments mark other words by quotes.
fn spelled(sentence: &str, operation: &Operation) -> String {
    let parts = sentence.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 0 {
            return part.to_owned();
        }
        let argument = operation.arguments.iter().find(|argument| argument.name == part);
        match (argument, part) {
            (Some(argument), _) => argument.go(),
            (None, "check_result" | "explain") => go(part),
            _ => format!("\"{part}\""),
        }
    });
    parts.collect()
}
