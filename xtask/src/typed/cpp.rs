//! The typed operations as C++: requests, replies, the client's functions, and what the tests make of them.

use std::fmt::Write as _;

use super::model::GENERATED;
use super::model::{Argument, ArgumentKind, Field, FieldKind, Operation};
use crate::prose::{capitalized, wrapped};

fn comment(text: &str, indent: &str) -> String {
    let text = text.replace('`', "\"");
    let body = wrapped(&text, &format!("{indent} * "), 120).trim_end().to_owned();
    // The first line opens the comment.
    format!("{indent}/* {} */\n", &body[indent.len() + 3..])
}

/// `include/cloudauth/typed.hpp`.
pub(super) fn header(operations: &[Operation]) -> String {
    let mut text = format!(
        "/* {GENERATED} */\n/* Typed operations: requests, replies, and the functions of a client. */\n\
         #ifndef CLOUDAUTH_TYPED_HPP\n#define CLOUDAUTH_TYPED_HPP\n\n#include \"operation.hpp\"\n#include \"typed_call.hpp\"\n\n\
         #include <cstdint>\n#include <optional>\n#include <string>\n#include <string_view>\n#include <utility>\n#include <vector>\n\n\
         namespace cloudauth {{\n"
    );
    let mut functions = String::new();
    for operation in operations {
        reply(&mut text, operation);
        request(&mut text, operation);
        functions += &methods(operation);
    }
    let _ = write!(
        text,
        "\nnamespace detail {{\n\n/* What a client does with the requests above; done gets an expected of the reply. */\n\
         template <class Client> class typed_calls {{\npublic:\n{functions}\nprivate:\n    \
         const Client &self() const noexcept {{ return *static_cast<const Client *>(this); }}\n}};\n\n}} // namespace detail\n\n\
         }} // namespace cloudauth\n\n#endif\n"
    );
    text
}

fn reply(text: &mut String, operation: &Operation) {
    let name = operation.reply_snake();
    let _ = write!(
        text,
        "\n/* What {}_request gave. */\nclass {name} : public detail::typed_reply<cloudauth_{name}, cloudauth_reply_{name}> {{\n\
         public:\n    using typed_reply::typed_reply;\n\n",
        operation.name
    );
    for field in &operation.fields {
        let json = if field.kind == FieldKind::Value { ", as JSON" } else { "" };
        *text += &comment(&format!("{}{json}.", capitalized(field.meaning.trim_end_matches('.'))), "    ");
        accessor(text, field);
    }
    text.push_str("};\n");
}

fn accessor(text: &mut String, Field { name, kind, .. }: &Field) {
    let raw = format!("raw().{name}");
    let (sort, value) = match kind {
        FieldKind::Flag => {
            let _ = writeln!(text, "    bool {name}() const noexcept {{ return {raw}; }}");
            let value = format!("detail::value({raw}_state)");
            let _ = writeln!(text, "    std::optional<bool> {name}_state() const noexcept {{ return {value}; }}");
            return;
        }
        FieldKind::Integer => ("std::optional<std::int64_t>", format!("detail::value({raw})")),
        FieldKind::Number => ("std::optional<double>", format!("detail::value({raw})")),
        FieldKind::Text | FieldKind::Value => ("std::optional<std::string_view>", format!("detail::text({raw})")),
        FieldKind::Lines => ("std::optional<texts>", format!("detail::wrap_list<texts>({raw})")),
    };
    // A view must not be taken from a temporary.
    if matches!(kind, FieldKind::Integer | FieldKind::Number) {
        let _ = writeln!(text, "    {sort} {name}() const noexcept {{ return {value}; }}");
    } else {
        let _ = writeln!(text, "    {sort} {name}() const & noexcept {{ return {value}; }}");
        let _ = writeln!(text, "    {sort} {name}() const && = delete;");
    }
}

fn request(text: &mut String, operation: &Operation) {
    let name = format!("{}_request", operation.name);
    let _ = write!(
        text,
        "\n{}class {name} : public detail::typed_request<{name}> {{\npublic:\n    using reply_type = cloudauth::{};\n\n",
        comment(&format!("{} What it is given is checked by the call.", operation.meaning), ""),
        operation.reply_snake()
    );
    for arguments in operation.constructors() {
        constructor(text, operation, &arguments);
    }
    for argument in operation.optional() {
        let noexcept = if argument.kind.is_function() { "" } else { " noexcept" };
        let _ = write!(
            text,
            "{}    {name} &{}({}){noexcept}\n    {{\n        return {};\n    }}\n",
            comment(&format!("{}.", capitalized(argument.meaning.trim_end_matches('.'))), "    "),
            argument.name,
            parameter(argument),
            set(argument)
        );
    }
    text.push_str("};\n");
}

fn constructor(text: &mut String, operation: &Operation, arguments: &[&Argument]) {
    let (mut parameters, mut sets) = (Vec::new(), String::new());
    for argument in arguments {
        *text += &comment(&format!("{}: {}.", argument.name, argument.meaning.trim_end_matches('.')), "    ");
        parameters.push(parameter(argument));
        let _ = writeln!(sets, "        {};", set(argument));
    }
    let explicit = if parameters.len() == 1 { "explicit " } else { "" };
    let body = if sets.is_empty() { " {}".to_owned() } else { format!("\n    {{\n{sets}    }}") };
    let may_throw = arguments.iter().any(|argument| argument.kind == ArgumentKind::List || argument.kind.is_function());
    let noexcept = if may_throw { "" } else { " noexcept" };
    let (name, parameters) = (&operation.name, parameters.join(", "));
    let _ = writeln!(text, "    {explicit}{name}_request({parameters}){noexcept} : typed_request({name:?}){body}");
}

fn parameter(Argument { name, kind, .. }: &Argument) -> String {
    let sort = match kind {
        ArgumentKind::Text | ArgumentKind::Json => "zstring ",
        ArgumentKind::Flag => "bool ",
        ArgumentKind::Integer => "std::int64_t ",
        ArgumentKind::List => "const std::vector<std::string> &",
        ArgumentKind::Picture => "bytes ",
        // A name of its own: that of the argument would shadow the type.
        ArgumentKind::Receiver => return "cloudauth::receiver function".to_owned(),
        ArgumentKind::Progress => return "cloudauth::progress function".to_owned(),
    };
    format!("{sort}{name}")
}

fn set(Argument { name, kind, .. }: &Argument) -> String {
    let sort = match kind {
        ArgumentKind::Text | ArgumentKind::Json => "text",
        ArgumentKind::Flag => "flag",
        ArgumentKind::Integer => "integer",
        ArgumentKind::List => "list",
        ArgumentKind::Picture => "bytes",
        ArgumentKind::Receiver => return format!("set_receiver({name:?}, std::move(function))"),
        ArgumentKind::Progress => return format!("set_progress({name:?}, std::move(function))"),
    };
    format!("set_{sort}({name:?}, {name})")
}

fn methods(operation: &Operation) -> String {
    let (name, reply) = (&operation.name, format!("cloudauth::{}", operation.reply_snake()));
    let default = if operation.required().next().is_none() { " = {}" } else { "" };
    let request = format!("const {name}_request &request");
    format!(
        "{comment}    expected<{reply}> try_{name}({request}{default}) const noexcept\n    {{\n        \
         return self().try_run(request);\n    }}\n\
         \x20   template <class Done>\n    expected<operation> try_{name}_start({request}, Done done) const\n    {{\n        \
         return self().try_run_start(request, std::move(done));\n    }}\n\
         \x20   in_flight<expected<{reply}>> try_{name}_async({request}{default}) const\n    {{\n        \
         return self().try_run_async(request);\n    }}\n\
         #ifdef __cpp_exceptions\n\
         \x20   {reply} {name}({request}{default}) const {{ return self().run(request); }}\n\
         \x20   in_flight<{reply}> {name}_async({request}{default}) const\n    {{\n        \
         return self().run_async(request);\n    }}\n#endif\n",
        comment = comment(&operation.meaning, "    "),
    )
}

/// `tests/c/typed_calls.hpp`.
pub(super) fn tests(operations: &[Operation]) -> String {
    let mut text = format!(
        "/* {GENERATED} */\n/* Requests of the arguments that a test was given, and replies as JSON, by what typed.cpp has for values. */\n"
    );
    let mut branches = String::new();
    for operation in operations {
        let (name, reply) = (&operation.name, operation.reply_snake());
        let _ = write!(text, "\ninline json as_json(const cloudauth::{reply} &of)\n{{\n    json out;\n");
        for field in &operation.fields {
            let state = if field.kind == FieldKind::Flag { "_state" } else { "" };
            let function = if field.kind == FieldKind::Value { "raw" } else { "value" };
            let _ = writeln!(text, "    out.{function}({0:?}, of.{0}{state}());", field.name);
        }
        let required: Vec<String> = operation.required().map(given).collect();
        text += "    return out;\n}\n";
        let _ = write!(
            branches,
            "    if (operation == {name:?}) {{\n        cloudauth::{name}_request request{};\n",
            if required.is_empty() { String::new() } else { format!("({})", required.join(", ")) }
        );
        for argument in operation.optional_values() {
            let _ = writeln!(branches, "        if (arguments.has({0:?})) request.{0}({1});", argument.name, given(argument));
        }
        branches += "        return run(std::move(request));\n    }\n";
    }
    let _ = write!(
        text,
        "\ntemplate <class Arguments, class Run> void dispatch(const std::string &operation, const Arguments &arguments, Run run)\n\
         {{\n{branches}    CHECK(false);\n}}\n"
    );
    text
}

fn given(Argument { name, kind, .. }: &Argument) -> String {
    let function = match kind {
        ArgumentKind::Text | ArgumentKind::Json => "text",
        ArgumentKind::Flag => "flag",
        ArgumentKind::Integer => "integer",
        ArgumentKind::List => "list",
        ArgumentKind::Picture => "bytes",
        ArgumentKind::Receiver | ArgumentKind::Progress => unreachable!("no list of cases has it"),
    };
    format!("arguments.{function}({name:?})")
}
