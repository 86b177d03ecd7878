//! The result as C and C++ see it: the structs of the views, their filling, and the classes that read them.

use std::fmt::Write as _;

use super::model::{Field, File, Object, Sort};
use crate::prose::capitalized;
use crate::rust::formatted;

const HEADER: &str = "// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\n\n";

/// Objects that C sees as structs. The whole result is a handle, whose functions are written by hand.
pub(super) fn seen(file: &File) -> impl Iterator<Item = &Object> {
    file.objects.iter().filter(|object| object.name != "CheckResult")
}

/// Whether a list or map of `object` stands anywhere.
pub(super) fn is_listed(file: &File, object: &Object, in_map: bool) -> bool {
    let item = Box::new(Sort::Object(object.name.clone()));
    let wanted = if in_map { Sort::MapOf(item) } else { Sort::List(item) };
    file.objects.iter().flat_map(|object| &object.fields).any(|field| field.kind.sort == wanted)
}

pub(super) fn lower(name: &str) -> String {
    name.to_lowercase()
}

/// `ffi-c/src/views/types.rs`.
pub(super) fn types(file: &File) -> Result<String, String> {
    let mut text = format!(
        "{HEADER}//! The structs themselves, in the order of `docs/result.md`.\n//!\n\
         //! A flag stands here twice, so that `if (face->passed)` asks what it seems to ask: true for a yes alone, and its `_state`,\n\
         //! which is NULL where the service did not say.\n\n\
         use super::image::cloudauth_image;\nuse crate::text::{{cloudauth_text, cloudauth_text_list}};\n"
    );
    for object in seen(file) {
        let name = lower(&object.name);
        let _ = write!(text, "\n/// {}\n#[derive(Debug)]\n#[repr(C)]\npub struct cloudauth_{name} {{\n", plain(&object.meaning));
        if is_listed(file, object, true) {
            let _ = writeln!(text, "/// The service's number of it: \"01\", \"02\".\npub number: cloudauth_text,");
        }
        for field in &object.fields {
            if !field.meaning.is_empty() {
                let _ = writeln!(text, "/// {}.", plain(&sentence(&field.meaning)));
            }
            let _ = match &field.kind.sort {
                Sort::Flag => writeln!(text, "pub {0}: bool,\npub {0}_state: *const bool,", field.name),
                _ => writeln!(text, "pub {}: {},", field.name, c_type(field)),
            };
        }
        text.push_str("}\n");
        if is_listed(file, object, true) || is_listed(file, object, false) {
            let order = if is_listed(file, object, true) { ", in the order of canonical JSON" } else { "" };
            let _ = write!(
                text,
                "\n/// So many of them{order}; `items` is NULL where `count` is 0.\n#[derive(Debug)]\n#[repr(C)]\n\
                 pub struct cloudauth_{name}_list {{\npub items: *const *const cloudauth_{name},\npub count: usize,\n}}\n"
            );
        }
    }
    formatted(&text)
}

pub(super) fn sentence(meaning: &str) -> String {
    capitalized(meaning.trim_end_matches('.'))
}

/// C's comments mark words by quotes.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "\"")
}

pub(super) fn c_type(field: &Field) -> String {
    let pointer = |sort: &str| format!("*const {sort}");
    match (&field.kind.sort, field.kind.optional) {
        (Sort::Flag, _) => pointer("bool"),
        (Sort::Text | Sort::Map, false) => "cloudauth_text".to_owned(),
        (Sort::Text | Sort::Map | Sort::Any, _) => pointer("cloudauth_text"),
        (Sort::Whole, _) => pointer("i64"),
        (Sort::Number, _) => pointer("f64"),
        (Sort::Image, _) => pointer("cloudauth_image"),
        (Sort::Object(name), _) => pointer(&format!("cloudauth_{}", lower(name))),
        (Sort::List(item) | Sort::MapOf(item), optional) => {
            let list = match &**item {
                Sort::Object(name) => format!("cloudauth_{}_list", lower(name)),
                _ => "cloudauth_text_list".to_owned(),
            };
            if optional { pointer(&list) } else { list }
        }
    }
}

/// `ffi-c/src/views/fill.rs`.
pub(super) fn filling(file: &File) -> Result<String, String> {
    let names: Vec<&str> = seen(file).map(|object| object.name.as_str()).collect();
    let structs: Vec<String> = seen(file).flat_map(|object| structs(file, object)).collect();
    let mut text = format!(
        "{HEADER}//! From core's types to the views of them.\n\nuse std::collections::BTreeMap;\nuse std::ptr;\n\n\
         use cloudauth_core::in_canonical_order;\nuse cloudauth_core::result::{{{}}};\n\nuse super::arena::Arena;\nuse super::types::{{{}}};\nuse super::values::at;\n\n\
         #[allow(clippy::needless_borrow, reason = \"some of the texts are static\")]\nimpl Arena {{\n",
        names.join(", "),
        structs.join(", ")
    );
    for object in seen(file) {
        let (name, lower) = (&object.name, lower(&object.name));
        let in_map = is_listed(file, object, true);
        let number = if in_map { ", number: &str" } else { "" };
        let _ = write!(
            text,
            "\npub(super) fn {lower}(&mut self{number}, of: &{name}) -> *const cloudauth_{lower} {{\nlet view = cloudauth_{lower} {{\n"
        );
        if in_map {
            text.push_str("number: self.text(number),\n");
        }
        for field in &object.fields {
            let _ = writeln!(text, "{},", filled(field));
        }
        text.push_str("};\nself.keep(view)\n}\n");
        if in_map {
            let _ = write!(
                text,
                "\npub(super) fn {lower}_list(&mut self, all: &BTreeMap<String, {name}>) -> cloudauth_{lower}_list {{\n\
                 let items = in_canonical_order(all).map(|(number, one)| self.{lower}(number, one)).collect::<Vec<_>>();\n\
                 cloudauth_{lower}_list {{ count: items.len(), items: self.list(&items) }}\n}}\n"
            );
        } else if is_listed(file, object, false) {
            let _ = write!(
                text,
                "\npub(super) fn {lower}_list(&mut self, all: &[{name}]) -> cloudauth_{lower}_list {{\n\
                 let items = all.iter().map(|one| self.{lower}(one)).collect::<Vec<_>>();\n\
                 cloudauth_{lower}_list {{ count: items.len(), items: self.list(&items) }}\n}}\n"
            );
        }
    }
    text.push_str("}\n");
    formatted(&text)
}

fn structs(file: &File, object: &Object) -> impl Iterator<Item = String> {
    let own = format!("cloudauth_{}", lower(&object.name));
    let list = (is_listed(file, object, true) || is_listed(file, object, false)).then(|| format!("{own}_list"));
    [own].into_iter().chain(list)
}

pub(super) fn filled(field: &Field) -> String {
    let name = &field.name;
    match (&field.kind.sort, field.kind.optional) {
        (Sort::Flag, _) => format!("{name}: of.{name} == Some(true), {name}_state: at(of.{name}.as_ref())"),
        (Sort::Whole | Sort::Number, _) => format!("{name}: at(of.{name}.as_ref())"),
        (Sort::Text, true) => format!("{name}: self.optional(of.{name}.as_deref())"),
        (Sort::Text, false) => format!("{name}: self.text(&of.{name})"),
        (Sort::Map, true) => format!("{name}: self.optional_fields(of.{name}.as_ref())"),
        (Sort::Map, false) => format!("{name}: self.fields(&of.{name})"),
        (Sort::Any, _) => format!("{name}: self.any(of.{name}.as_ref())"),
        (Sort::Image, _) => format!("{name}: self.image(of.{name}.as_ref())"),
        (Sort::Object(object), _) => {
            format!("{name}: of.{name}.as_ref().map_or(ptr::null(), |part| self.{}(part))", lower(object))
        }
        (Sort::List(item) | Sort::MapOf(item), optional) => match (&**item, optional) {
            (Sort::Object(object), false) => format!("{name}: self.{}_list(&of.{name})", lower(object)),
            (Sort::Object(object), true) => format!(
                "{name}: of.{name}.as_ref().map_or(ptr::null(), |all| {{ let list = self.{}_list(all); self.keep(list) }})",
                lower(object)
            ),
            _ => format!("{name}: self.optional_texts(of.{name}.as_deref())"),
        },
    }
}

/// `include/cloudauth/views.hpp`.
pub(super) fn classes(file: &File) -> String {
    let mut text = "/* Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\n   \
         Views into a result, in the order of docs/result.md. A flag is true for a yes alone; its _state tells a no from none. */\n\
         #ifndef CLOUDAUTH_VIEWS_HPP\n#define CLOUDAUTH_VIEWS_HPP\n\n#include \"image.hpp\"\n#include \"text.hpp\"\n\n\
         #include <cstdint>\n#include <optional>\n#include <string_view>\n#include <utility>\n\nnamespace cloudauth {\n"
        .to_owned();
    // C++ needs a class before what holds it.
    // A problem is a plain struct, written by hand.
    let mut objects: Vec<&Object> = seen(file).filter(|object| object.name != "Problem").collect();
    let mut done: Vec<&str> = Vec::new();
    while !objects.is_empty() {
        let ready =
            |object: &&Object| object.fields.iter().all(|field| held(&field.kind.sort).is_none_or(|other| done.contains(&other)));
        let next = objects.iter().position(ready).unwrap_or_default();
        let object = objects.remove(next);
        done.push(&object.name);
        class(&mut text, file, object);
    }
    text.push_str("\n} // namespace cloudauth\n\n#endif\n");
    text
}

fn held(sort: &Sort) -> Option<&str> {
    match sort {
        Sort::Object(name) => Some(name),
        Sort::List(item) | Sort::MapOf(item) => held(item),
        _ => None,
    }
}

fn class(text: &mut String, file: &File, object: &Object) {
    let name = lower(&object.name);
    let _ = write!(
        text,
        "\n/* {} */\nclass {name} {{\npublic:\n    explicit {name}(const cloudauth_{name} *raw) noexcept : raw_(raw) {{}}\n\n",
        plain(&object.meaning)
    );
    if is_listed(file, object, true) {
        text.push_str("    /* The service's number of it: \"01\", \"02\". */\n    std::string_view number() const noexcept { return detail::view(raw_->number); }\n");
    }
    for field in &object.fields {
        if !field.meaning.is_empty() {
            let _ = writeln!(text, "    /* {}. */", plain(&sentence(&field.meaning)));
        }
        accessor(text, field);
    }
    let _ = write!(text, "\nprivate:\n    const cloudauth_{name} *raw_;\n}};\n");
    if is_listed(file, object, true) || is_listed(file, object, false) {
        let _ = write!(text, "\nusing {name}s = list<{name}, const cloudauth_{name} *>;\n");
    }
}

fn accessor(text: &mut String, field: &Field) {
    let name = &field.name;
    if field.kind.sort == Sort::Flag {
        let _ = writeln!(text, "    bool {name}() const noexcept {{ return raw_->{name}; }}");
        let value = format!("detail::value(raw_->{name}_state)");
        let _ = writeln!(text, "    std::optional<bool> {name}_state() const noexcept {{ return {value}; }}");
        return;
    }
    let (sort, value) = cpp_value(field, &format!("raw_->{name}"));
    let _ = writeln!(text, "    {sort} {name}() const noexcept {{ return {value}; }}");
}

/// A field's type in C++, and its value where C has it as `from`.
pub(super) fn cpp_value(field: &Field, from: &str) -> (String, String) {
    match (&field.kind.sort, field.kind.optional) {
        (Sort::Flag, _) => ("std::optional<bool>".to_owned(), format!("detail::value({from})")),
        (Sort::Text | Sort::Map, false) => ("std::string_view".to_owned(), format!("detail::view({from})")),
        (Sort::Text | Sort::Map | Sort::Any, _) => {
            ("std::optional<std::string_view>".to_owned(), format!("detail::text({from})"))
        }
        (Sort::Whole, _) => ("std::optional<std::int64_t>".to_owned(), format!("detail::value({from})")),
        (Sort::Number, _) => ("std::optional<double>".to_owned(), format!("detail::value({from})")),
        (Sort::Image, _) => wrapped("image", from),
        (Sort::Object(object), _) => wrapped(&lower(object), from),
        (Sort::List(item) | Sort::MapOf(item), optional) => {
            let list = match &**item {
                Sort::Object(object) => format!("cloudauth::{}s", lower(object)),
                _ => "cloudauth::texts".to_owned(),
            };
            if optional {
                (format!("std::optional<{list}>"), format!("detail::wrap_list<{list}>({from})"))
            } else {
                (list, format!("{{ {from}.items, {from}.count }}"))
            }
        }
    }
}

fn wrapped(class: &str, from: &str) -> (String, String) {
    (format!("std::optional<cloudauth::{class}>"), format!("detail::wrap<cloudauth::{class}>({from})"))
}
