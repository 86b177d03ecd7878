//! The result as Rust: the types of its tree, and the macro that writes one field by field.

use std::fmt::Write as _;

use super::model::{Field, File, Object, Shown, Sort};
use crate::prose::{capitalized, wrapped};
use crate::rust::formatted;

const GENERATED: &str = "// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\n\n";

/// `core/src/result/objects.rs`.
pub(super) fn objects(file: &File) -> Result<String, String> {
    let (mut types, mut calls) = (String::new(), String::new());
    for object in &file.objects {
        types += &structure(object, file);
        let names: Vec<&str> = object.fields.iter().map(|field| field.name.as_str()).collect();
        let beside = object.beside.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
        let _ = writeln!(calls, "$object!({} {{ {} }}{beside});", object.name, names.join(", "));
    }
    formatted(&format!(
        "{GENERATED}//! The types of a result's tree.\n\n\
         use std::collections::BTreeMap;\n\n\
         use super::redacted::{{self, redacted_debug}};\nuse super::{{Fields, Image, Raw, Value}};\n\n{types}\
         /// Calls the macro `$object` with each of the tree's types and all of its fields, in the order of canonical JSON; behind\n\
         /// the braces stands what a type holds beside the tree. The types must be in scope.\n\
         #[doc(hidden)]\n#[macro_export]\nmacro_rules! result_objects {{\n($object:ident) => {{\n{calls}}};\n}}\n"
    ))
}

fn structure(object: &Object, file: &File) -> String {
    let Object { name, meaning, fields, .. } = object;
    let mut text = wrapped(meaning, "/// ", 126);
    let eq = if has_floats(object, file) { "" } else { ", Eq" };
    let _ = writeln!(text, "#[derive(Clone, Default, PartialEq{eq})]\n#[non_exhaustive]\npub struct {name} {{");
    for field in fields {
        let _ = writeln!(text, "{}pub {}: {},", wrapped(&doc(field), "/// ", 126), field.name, rust_type(field));
    }
    if let Some(beside) = &object.beside {
        let _ = writeln!(text, "#[doc(hidden)]\npub {beside}: Raw,");
    }
    let shown: Vec<String> = fields.iter().filter_map(shown).collect();
    let hidden: Vec<&str> = fields.iter().filter(|field| field.shown.is_none()).map(|field| field.name.as_str()).collect();
    let _ = writeln!(text, "}}\n\nredacted_debug!({name}: {}; {});\n", shown.join(", "), hidden.join(", "));
    text
}

/// The service's name, and what it means.
fn doc(field: &Field) -> String {
    let names: Vec<String> = field.from.iter().map(|name| format!("`{name}`")).collect();
    let meaning = field.meaning.trim_end_matches('.');
    match (names.is_empty(), meaning.is_empty()) {
        (true, _) => capitalized(meaning) + ".",
        (_, true) => names.join(", ") + ".",
        _ => format!("{}: {meaning}.", names.join(", ")),
    }
}

fn shown(field: &Field) -> Option<String> {
    Some(match field.shown? {
        Shown::Code => format!("{} = redacted::code", field.name),
        Shown::Plain if matches!(field.kind.sort, Sort::MapOf(_)) => format!("{} = redacted::values", field.name),
        Shown::Plain => field.name.clone(),
    })
}

fn rust_type(field: &Field) -> String {
    let plain = if field.closed { "&'static str".to_owned() } else { sort(&field.kind.sort) };
    if field.kind.optional { format!("Option<{plain}>") } else { plain }
}

fn sort(of: &Sort) -> String {
    match of {
        Sort::Flag => "bool".to_owned(),
        Sort::Text => "String".to_owned(),
        Sort::Whole => "i64".to_owned(),
        Sort::Number => "f64".to_owned(),
        Sort::Any => "Value".to_owned(),
        Sort::Map => "Fields".to_owned(),
        Sort::Image => "Image".to_owned(),
        Sort::Object(name) => name.clone(),
        Sort::List(item) => format!("Vec<{}>", sort(item)),
        Sort::MapOf(item) => format!("BTreeMap<String, {}>", sort(item)),
    }
}

fn has_floats(object: &Object, file: &File) -> bool {
    object.fields.iter().any(|field| {
        let mut of = &field.kind.sort;
        while let Sort::List(item) | Sort::MapOf(item) = of {
            of = item;
        }
        match of {
            Sort::Number => true,
            Sort::Object(name) => file.objects.iter().any(|other| other.name == *name && has_floats(other, file)),
            _ => false,
        }
    })
}
