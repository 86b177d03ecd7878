//! The whole result, which is a handle in C: its views, and the functions that give its fields.

use std::fmt::Write as _;

use super::c::{c_type, cpp_value, filled, plain, sentence};
use super::model::{Field, File, Object, Sort};
use crate::rust::formatted;

fn whole(file: &File) -> Result<&Object, String> {
    file.objects.iter().find(|object| object.name == "CheckResult").ok_or_else(|| "there is no CheckResult".to_owned())
}

/// Its views are structs of the library, and lists of them.
fn imports(object: &Object) -> String {
    let types: Vec<String> = object.fields.iter().filter(|field| field.kind.sort != Sort::Flag).map(c_type).collect();
    let mut names: Vec<&str> = types.iter().map(|name| name.trim_start_matches("*const ")).collect();
    names.retain(|name| !matches!(*name, "cloudauth_text" | "i64" | "f64" | "bool"));
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// `ffi-c/src/views/whole.rs`.
pub(super) fn views(file: &File) -> Result<String, String> {
    let object = whole(file)?;
    let (mut members, mut values) = (String::new(), String::new());
    for field in &object.fields {
        let name = &field.name;
        let (sort, value) = match field.kind.sort {
            Sort::Flag => ("*const bool".to_owned(), format!("{name}: at(of.{name}.as_ref())")),
            // As large as the reply, where there may be no memory for it.
            Sort::Any => (
                c_type(field),
                format!("{name}: arena.optional(of.{name}.as_ref().map(canonical_value).transpose()?.as_deref())"),
            ),
            _ => (c_type(field), filled(field).replace("self.", "arena.")),
        };
        let _ = writeln!(members, "pub(crate) {name}: {sort},");
        let _ = writeln!(values, "{value},");
    }
    formatted(&format!(
        "// Generated from {} by `cargo xtask generate`; do not edit.\n\n//! The views of a whole result.\n\nuse std::ptr;\n\n\
         use cloudauth_core::{{CheckResult, Result, canonical_value}};\n\nuse super::arena::Arena;\nuse super::types::{{{}}};\nuse super::values::at;\n\
         use crate::text::cloudauth_text;\n\n\
         /// Flags, numbers and pictures are pointed to where core put them.\npub(crate) struct Whole {{\n{members}}}\n\n\
         impl Whole {{\n/// # Errors\n/// Kind `too_large` where there is no memory for them.\n\
         pub(super) fn new(arena: &mut Arena, of: &CheckResult) -> Result<Self> {{\nOk(Self {{\n{values}}})\n}}\n}}\n",
        super::model::SOURCE,
        imports(object)
    ))
}

/// `ffi-c/src/result_fields.rs`.
pub(super) fn functions(file: &File) -> Result<String, String> {
    let object = whole(file)?;
    let mut text = format!(
        "// Generated from {} by `cargo xtask generate`; do not edit.\n\n//! Functions that give the fields of a result.\n\nuse std::ptr;\n\n\
         use crate::result::{{ask, cloudauth_result}};\nuse crate::text::cloudauth_text;\nuse crate::views::{{{}}};\n",
        super::model::SOURCE,
        imports(object)
    );
    for field in &object.fields {
        function(&mut text, field);
    }
    formatted(&text)
}

fn function(text: &mut String, field: &Field) {
    let name = &field.name;
    let is_json = matches!(field.kind.sort, Sort::Any | Sort::Map);
    let meaning = plain(&sentence(&field.meaning)) + if is_json { ", as JSON" } else { "" };
    let mut add = |doc: &str, name: &str, sort: &str, body: &str| {
        let _ = write!(
            text,
            "\n/// {doc}\n#[unsafe(no_mangle)]\npub unsafe extern \"C\" fn cloudauth_result_{name}(result: *const cloudauth_result) -> {sort} {{\n\
             {body}\n}}\n"
        );
    };
    let sort = c_type(field);
    if field.kind.sort == Sort::Flag {
        add(
            &format!("{meaning}: true for a yes alone, false for a no, for none, and for NULL."),
            name,
            "bool",
            &format!(
                "// SAFETY: a view of this result, or NULL.\nask(result, false, |views| unsafe {{ views.{name}.as_ref() }} == Some(&true))"
            ),
        );
        let doc = format!("As cloudauth_result_{name}, or NULL where the service did not say.");
        add(&doc, &format!("{name}_state"), "*const bool", &format!("ask(result, ptr::null(), |views| views.{name})"));
    } else if sort.starts_with("*const ") {
        add(&format!("{meaning}; or NULL."), name, &sort, &format!("ask(result, ptr::null(), |views| views.{name})"));
    } else {
        let body = if sort == "cloudauth_text" {
            format!("ask(result, cloudauth_text::NONE, |views| views.{name})")
        } else {
            format!("ask(result, {sort} {{ items: ptr::null(), count: 0 }}, |views| {sort} {{ ..views.{name} }})")
        };
        add(&format!("{meaning}."), name, &sort, &body);
        add(
            &format!("As cloudauth_result_{name}, by pointer; NULL where the handle is no live result."),
            &format!("{name}_view"),
            &format!("*const {sort}"),
            &format!("ask(result, ptr::null(), |views| &raw const views.{name})"),
        );
    }
}

/// `include/cloudauth/result_fields.hpp`.
pub(super) fn classes(file: &File) -> Result<String, String> {
    let mut members = String::new();
    for field in &whole(file)?.fields {
        let name = &field.name;
        let _ = writeln!(members, "    /* {}. */", plain(&sentence(&field.meaning)));
        if field.kind.sort == Sort::Flag {
            let _ = writeln!(members, "    bool {name}() const noexcept {{ return cloudauth_result_{name}(self()); }}");
            let value = format!("detail::value(cloudauth_result_{name}_state(self()))");
            let _ = writeln!(members, "    std::optional<bool> {name}_state() const noexcept {{ return {value}; }}");
            continue;
        }
        let call = format!("cloudauth_result_{name}(self())");
        let is_list = !field.kind.optional && matches!(field.kind.sort, Sort::List(_) | Sort::MapOf(_));
        let (sort, body) = if is_list {
            let (sort, value) = cpp_value(field, "list");
            (sort, format!("\n    {{\n        auto list = {call};\n        return {value};\n    }}"))
        } else {
            let (sort, value) = cpp_value(field, &call);
            (sort, format!("\n    {{\n        return {value};\n    }}"))
        };
        let _ = writeln!(members, "    {sort} {name}() const & noexcept{body}\n    {sort} {name}() const && = delete;");
    }
    Ok(format!(
        "/* Generated from {} by `cargo xtask generate`; do not edit. */\n/* What a whole result holds. */\n\
         #ifndef CLOUDAUTH_RESULT_FIELDS_HPP\n#define CLOUDAUTH_RESULT_FIELDS_HPP\n\n#include \"problem.hpp\"\n#include \"views.hpp\"\n\n#include <optional>\n#include <string_view>\n\n\
         namespace cloudauth::detail {{\n\n/* The fields of `Result`, from which every view below them is taken. */\n\
         template <class Result> class result_fields {{\npublic:\n{members}\nprivate:\n    \
         const cloudauth_result *self() const noexcept {{ return static_cast<const Result *>(this)->get(); }}\n}};\n\n\
         }} // namespace cloudauth::detail\n\n#endif\n",
        super::model::SOURCE
    ))
}

/// `go/result_view.h`.
pub(super) fn go_view(file: &File) -> Result<String, String> {
    let object = whole(file)?;
    let (mut members, mut values) = (String::new(), String::new());
    for field in &object.fields {
        let sort = if field.kind.sort == Sort::Flag { "*const bool".to_owned() } else { c_type(field) };
        let state = if field.kind.sort == Sort::Flag { "_state" } else { "" };
        let name = format!("{}{state}", field.name);
        let _ = match sort.strip_prefix("*const ") {
            Some(pointed) => writeln!(members, "    const {} *{name};", c_name(pointed)),
            None => writeln!(members, "    {sort} {name};"),
        };
        let _ = writeln!(values, "        .{name} = cloudauth_result_{name}(result),");
    }
    Ok(format!(
        "/* Generated from {} by `cargo xtask generate`; do not edit. */\n#ifndef CLOUDAUTH_GO_RESULT_VIEW_H\n#define CLOUDAUTH_GO_RESULT_VIEW_H\n\n\
         #include <cloudauth.h>\n\n/* A result's parts, which end with it. */\ntypedef struct cloudauth_go_check_result {{\n{members}    \
         const uint8_t *raw;\n    size_t raw_len;\n}} cloudauth_go_check_result;\n\n\
         static inline void cloudauth_go_look(const cloudauth_result *result, cloudauth_go_check_result *view)\n{{\n    \
         *view = (cloudauth_go_check_result) {{\n{values}    }};\n    view->raw = cloudauth_result_raw(result, &view->raw_len);\n}}\n\n#endif\n",
        super::model::SOURCE
    ))
}

fn c_name(rust: &str) -> &str {
    match rust {
        "i64" => "int64_t",
        "f64" => "double",
        other => other,
    }
}
