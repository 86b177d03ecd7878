//! The result in the tests of the C ABI: printed by a program, which compares it with what people wrote, and its layout.

use std::fmt::Write as _;

use super::c::{is_listed, lower, seen};
use super::model::{Field, File, Object, Sort};
use crate::rust::formatted;

/// `tests/c/objects.h`.
pub(super) fn functions(file: &File) -> String {
    let mut text = format!(
        "/* Generated from {} by `cargo xtask generate`; do not edit. */\n\
         /* Each object of a result as canonical JSON, by what canonical.c has for values. */\n\n",
        super::model::SOURCE
    );
    for object in seen(file) {
        let name = lower(&object.name);
        let _ = writeln!(text, "static void put_{name}(text_buffer *out, const cloudauth_{name} *of);");
        if is_listed(file, object, true) || is_listed(file, object, false) {
            let _ = writeln!(text, "static void put_{name}_list(text_buffer *out, const cloudauth_{name}_list *of);");
        }
    }
    for object in seen(file) {
        let name = lower(&object.name);
        let fields: String = object.fields.iter().map(|field| put(field, &|part, _| format!("of->{part}"))).collect();
        let _ = write!(
            text,
            "\nstatic void put_{name}(text_buffer *out, const cloudauth_{name} *of) {{\n    buffer_puts(out, \"{{\");\n{fields}    \
             buffer_puts(out, \"}}\");\n}}\n"
        );
        if is_listed(file, object, true) {
            text += &list(&name, ["{", "}"], "        string(out, of->items[i]->number);\n        buffer_puts(out, \":\");\n");
        } else if is_listed(file, object, false) {
            text += &list(&name, ["[", "]"], "");
        }
    }
    for whole in file.objects.iter().filter(|object| object.name == "CheckResult") {
        text += &result(whole);
    }
    text
}

fn list(name: &str, [open, close]: [&str; 2], before: &str) -> String {
    format!(
        "\nstatic void put_{name}_list(text_buffer *out, const cloudauth_{name}_list *of) {{\n    buffer_puts(out, \"{open}\");\n    \
         for (size_t i = 0; i < of->count; i++) {{\n        if (i) buffer_puts(out, \",\");\n{before}        \
         put_{name}(out, of->items[i]);\n    }}\n    buffer_puts(out, \"{close}\");\n}}\n"
    )
}

fn result(object: &Object) -> String {
    let part = |part: &str, is_value: bool| format!("cloudauth_result_{part}{}(of)", if is_value { "_view" } else { "" });
    let fields: String = object.fields.iter().map(|field| put(field, &part)).collect();
    format!(
        "\nvoid canonical(text_buffer *out, const cloudauth_result *of) {{\n    buffer_puts(out, \"{{\");\n{fields}    \
         buffer_puts(out, \"}}\");\n}}\n"
    )
}

/// `part` writes how C reaches a field; its flag says that the field is no pointer.
fn put(field: &Field, part: &dyn Fn(&str, bool) -> String) -> String {
    let name = &field.name;
    let is_value = !field.kind.optional && matches!(field.kind.sort, Sort::Text | Sort::Map | Sort::List(_) | Sort::MapOf(_));
    let value = part(name, is_value);
    // A member's address; a function gives one already.
    let value = if is_value && value.starts_with("of->") { format!("&{value}") } else { value };
    let (function, value) = match &field.kind.sort {
        Sort::Flag => ("flag_or_null", part(&format!("{name}_state"), false)),
        Sort::Text => ("text_or_null", value),
        Sort::Map | Sort::Any => ("json_or_null", value),
        Sort::Whole => ("whole_or_null", value),
        Sort::Number => ("number_or_null", value),
        Sort::Image => ("image_or_null", value),
        Sort::Object(object) => return nested(name, &lower(object), &value),
        Sort::List(item) | Sort::MapOf(item) => match &**item {
            Sort::Object(object) => return nested(name, &format!("{}_list", lower(object)), &value),
            _ => ("texts_or_null", value),
        },
    };
    format!("    {function}(out, {name:?}, {value});\n")
}

fn nested(name: &str, object: &str, value: &str) -> String {
    let put = format!("put_{object}(out, {value});\n");
    if value.starts_with('&') {
        return format!("    key(out, {name:?});\n    {put}");
    }
    format!("    key(out, {name:?});\n    if ({value}) {put}    else buffer_puts(out, \"null\");\n")
}

/// `ffi-c/tests/programs/layout/members.rs`.
pub(super) fn members(file: &File) -> Result<String, String> {
    let (mut names, mut all) = (Vec::new(), String::new());
    for object in seen(file) {
        let name = format!("cloudauth_{}", lower(&object.name));
        let is_numbered = is_listed(file, object, true);
        let mut members: Vec<String> = is_numbered.then(|| "number".to_owned()).into_iter().collect();
        for field in &object.fields {
            members.push(field.name.clone());
            members.extend((field.kind.sort == Sort::Flag).then(|| format!("{}_state", field.name)));
        }
        let _ = writeln!(all, "{name} {{ {} }}", members.join(", "));
        if is_numbered || is_listed(file, object, false) {
            let _ = writeln!(all, "{name}_list {{ items, count }}");
            names.push(format!("{name}_list"));
        }
        names.push(name);
    }
    formatted(&format!(
        "// Generated from {} by `cargo xtask generate`; do not edit.\n\n//! The views of a result.\n\nuse std::mem::{{offset_of, size_of}};\n\n\
         use cloudauth::views::{{{}}};\n\npub(super) fn made() -> Vec<String> {{\nlayout! {{\n{all}}}.to_vec()\n}}\n",
        super::model::SOURCE,
        names.join(", ")
    ))
}
