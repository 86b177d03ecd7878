//! The typed operations as Python: the clients' methods, the shapes of replies, and what replies are made of at run time.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Argument, ArgumentKind, FieldKind, Operation};
use crate::prose::{capitalized, wrapped};

/// `python/cloudauth/_replies.py`.
pub(super) fn shapes(operations: &[Operation]) -> String {
    let mut text = format!(
        "# {GENERATED}\n\"\"\"The shapes of typed operations' replies: dicts, with every named key present and ``None`` where the service\n\
         sent nothing.\"\"\"\n\nfrom __future__ import annotations\n\nfrom typing import Any\n\n\
         from ._compat import TypedDict\nfrom ._result import Problem\n"
    );
    for Operation { name, reply, fields, .. } in operations {
        let _ = write!(
            text,
            "\n\nclass {reply}(TypedDict):\n    \"\"\"The reply of ``{name}``.\"\"\"\n\n    request_id: str\n    \
             \"\"\"``RequestId``: the service's id of this call; empty where it sent none.\"\"\"\n"
        );
        for field in fields {
            let _ = write!(text, "    {}: {}\n{}", field.name, field_annotation(field.kind), docstring(&code(&field.doc()), ""));
        }
        text += "    extra: dict[str, Any]\n    \"\"\"Every other field of ``Result``, JSON text in it decoded.\"\"\"\n    \
                 problems: list[Problem]\n    \"\"\"What could not be decoded; the rest of the reply stands.\"\"\"\n";
    }
    text
}

/// `python/cloudauth/_reply_parts.py`.
pub(super) fn parts(operations: &[Operation]) -> String {
    let mut text = format!(
        "# {GENERATED}\n\"\"\"What typed operations' replies are made of at run time.\"\"\"\n\nfrom __future__ import annotations\n\n\
         from ._parts import Reply\n"
    );
    for Operation { reply, fields, .. } in operations {
        let shown: Vec<String> = fields.iter().filter(|field| field.shown).map(|field| format!(", {:?}", field.name)).collect();
        let _ = write!(text, "\n\nclass {reply}(Reply):\n    _shown_keys = frozenset({{\"request_id\"{}}})\n", shown.concat());
    }
    text
}

/// `python/cloudauth/_operations.py`.
pub(super) fn methods(operations: &[Operation]) -> String {
    let replies: Vec<&str> = operations.iter().map(|operation| operation.reply.as_str()).collect();
    let mut text = format!(
        "# {GENERATED}\n\"\"\"The clients' methods for typed operations.\"\"\"\n\nfrom __future__ import annotations\n\n\
         import os\nfrom collections.abc import Callable, Mapping\nfrom typing import Any, cast\n\nfrom ._replies import {}\n\
         from ._typed import AsyncTyped, Typed, Writer\n",
        replies.join(", ")
    );
    text += "\n\nclass Operations(Typed):\n    \"\"\"Those of the client that blocks.\"\"\"\n";
    for operation in operations {
        text += &method(operation, ["", ""], &long_doc(operation));
    }
    text += "\n\nclass AsyncOperations(AsyncTyped):\n    \"\"\"Those of the client for event loops.\"\"\"\n";
    for operation in operations {
        let doc = format!("{} See :meth:`cloudauth.Client.{}`.", code(&operation.meaning), operation.name);
        text += &method(operation, ["async ", "await "], &docstring(&doc, "    "));
    }
    text
}

fn method(operation: &Operation, [asynchronous, wait]: [&str; 2], doc: &str) -> String {
    let Operation { name, reply, .. } = operation;
    let (mut arguments, mut given) = (String::new(), String::new());
    for argument in operation.required().chain(operation.optional()) {
        let absent = if argument.required { "" } else { " | None = None" };
        let other = operation.alternative(argument).map(|other| format!(" | {}", annotation(other))).unwrap_or_default();
        let _ = writeln!(arguments, "        {}: {}{other}{absent},", argument.name, annotation(argument));
        let _ = writeln!(given, "            {:?}: {},", argument.name, argument.name);
    }
    let given = if given.is_empty() { "{}".to_owned() } else { format!("{{\n{given}        }}") };
    format!(
        "\n    {asynchronous}def {name}(\n        self,\n        *,\n{arguments}        \
         parameters: Mapping[str, Any] | None = None,\n        unchecked: bool = False,\n        \
         timeout: float | None = None,\n    ) -> {reply}:\n{doc}        given: dict[str, Any] = {given}\n        \
         return cast({reply:?}, {wait}self._typed({name:?}, given, parameters, unchecked, timeout))\n"
    )
}

fn long_doc(operation: &Operation) -> String {
    let mut text =
        docstring(&code(&operation.meaning), "    ").trim_end().trim_end_matches("\"\"\"").trim_end().to_owned() + "\n\n";
    for argument in operation.required().chain(operation.optional()) {
        let other = operation.alternative(argument).map(|other| format!(" Or {}.", other.meaning)).unwrap_or_default();
        text += &param(&argument.name, &code(&(argument.doc() + &other)));
    }
    text += &param("parameters", "further parameters of the operation, by their names in the API; see :meth:`call`.");
    text += &param("unchecked", "let through what the rules of this version refuse: values, combinations and parameters.");
    text += &param("timeout", "seconds for the whole call; the client's, unless given.");
    text + "\n        Raises :class:`cloudauth.Error`.\n        \"\"\"\n"
}

/// The line of a parameter; those that follow it stand further right.
fn param(name: &str, meaning: &str) -> String {
    wrapped(&format!(":param {name}: {meaning}"), "            ", 126)[4..].to_owned()
}

/// A docstring inside a class, or further inside.
fn docstring(text: &str, further: &str) -> String {
    let prefix = format!("    {further}");
    let text = wrapped(&format!("\"\"\"{}", capitalized(text)), &prefix, 126);
    if text.lines().count() > 1 { format!("{text}{prefix}\"\"\"\n") } else { format!("{}\"\"\"\n", text.trim_end()) }
}

/// Code stands in double backquotes.
fn code(text: &str) -> String {
    text.replace('`', "``")
}

fn annotation(argument: &Argument) -> &'static str {
    match argument.kind {
        ArgumentKind::Text if argument.path => "str | os.PathLike[str]",
        ArgumentKind::Text => "str",
        ArgumentKind::Flag => "bool",
        ArgumentKind::Integer => "int",
        // Not a sequence, which a text would be as well.
        ArgumentKind::List => "list[str] | tuple[str, ...]",
        ArgumentKind::Picture => "bytes",
        ArgumentKind::Json => "str | Mapping[str, object] | list[Any]",
        ArgumentKind::Receiver => "Writer | Callable[[bytes], object]",
        ArgumentKind::Progress => "Callable[[int, int], object]",
    }
}

fn field_annotation(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "str | None",
        FieldKind::Flag => "bool | None",
        FieldKind::Integer => "int | None",
        FieldKind::Number => "float | None",
        FieldKind::Value => "Any",
        FieldKind::Lines => "list[str] | None",
    }
}
