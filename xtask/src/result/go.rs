//! The result as Go: its types, what they show when printed, and their reading from the C ABI's views.

use std::fmt::Write as _;

use super::model::{Field, File, Object, Sort};
use crate::names::go;
use crate::prose::uncapitalized;

const HEADER: &str = "// Code generated from core/schema/result.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                      //go:build linux && cgo\n\npackage cloudauth\n";

/// `go/result.go`.
pub(super) fn types(file: &File) -> String {
    let mut text = format!("{HEADER}\nimport \"fmt\"\n");
    text.push_str(
        "\n// The order and the tags of the fields are those of canonical JSON. A nil pointer, slice or map stands for what the service\n\
         // did not say; Extra, Pages and Problems are never nil. Numbers inside values of any shape are [encoding/json.Number], so that\n\
         // long integers stay as they are.\n",
    );
    for object in &file.objects {
        let name = name(object);
        let _ =
            write!(text, "\n// {name} is {}\ntype {name} struct {{\n{}}}\n", uncapitalized(&object.meaning), declared(object));
        for field in object.fields.iter().filter(|field| field.is.is_some()) {
            asking(&mut text, name, field);
        }
        if object.hidden {
            hiding(&mut text, name);
        }
    }
    text.push_str("\nfunc yes(flag *bool) bool { return flag != nil && *flag }\n");
    text
}

fn name(object: &Object) -> &str {
    object.go.as_deref().unwrap_or(&object.name)
}

fn receiver(name: &str) -> String {
    name[..1].to_lowercase()
}

/// Fields as gofmt lays them out: those without a comment between them stand in columns.
fn declared(object: &Object) -> String {
    let mut text = String::new();
    let mut rows: Vec<[String; 3]> = Vec::new();
    for field in &object.fields {
        if !field.meaning.is_empty() {
            columns(&mut text, &mut rows);
            let _ = writeln!(text, "\t// {}: {}.", go(&field.name), field.meaning.replace('`', "\"").trim_end_matches('.'));
        }
        rows.push([go(&field.name), go_type(field), format!("`json:\"{}\"`", field.name)]);
    }
    columns(&mut text, &mut rows);
    if object.name == "CheckResult" {
        text.push_str("\t// raw: see Raw.\n\traw []byte\n");
    }
    text
}

fn columns(text: &mut String, rows: &mut Vec<[String; 3]>) {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    for [name, sort, tag] in rows.drain(..) {
        let _ = writeln!(text, "\t{name:first$} {sort:second$} {tag}");
    }
}

fn go_type(field: &Field) -> String {
    let plain = sort_type(&field.kind.sort);
    let pointer = field.kind.optional
        && matches!(field.kind.sort, Sort::Flag | Sort::Text | Sort::Whole | Sort::Number | Sort::Image | Sort::Object(_));
    if pointer { format!("*{plain}") } else { plain }
}

fn sort_type(sort: &Sort) -> String {
    match sort {
        Sort::Flag => "bool".to_owned(),
        Sort::Text => "string".to_owned(),
        Sort::Whole => "int64".to_owned(),
        Sort::Number => "float64".to_owned(),
        Sort::Any => "any".to_owned(),
        Sort::Map => "map[string]any".to_owned(),
        Sort::Image => "Image".to_owned(),
        Sort::Object(name) => name.clone(),
        Sort::List(item) => format!("[]{}", sort_type(item)),
        Sort::MapOf(item) => format!("map[string]{}", sort_type(item)),
    }
}

fn asking(text: &mut String, object: &str, field: &Field) {
    let (own, word) = (receiver(object), go(field.is.as_deref().unwrap_or_default()));
    let _ = write!(
        text,
        "\n// Is{word} is true for a yes alone: {meaning}.\n\
         func ({own} *{object}) Is{word}() bool {{ return {own} != nil && yes({own}.{field}) }}\n",
        meaning = field.meaning.replace('`', "\""),
        field = go(&field.name),
    );
}

fn hiding(text: &mut String, object: &str) {
    let own = receiver(object);
    let _ = write!(
        text,
        "\n// String shows nothing of what it holds.\n\
         func ({object}) String() string {{ return hidden(\"{object}\") }}\n\
         \n// Format prints [{object}.String], whatever the verb.\n\
         func ({own} {object}) Format(state fmt.State, _ rune) {{ printed(state, {own}.String()) }}\n\
         \n// MarshalText gives [{object}.String].\n\
         func ({own} {object}) MarshalText() ([]byte, error) {{ return []byte({own}.String()), nil }}\n",
    );
}

/// `go/read.go`.
pub(super) fn readers(file: &File) -> String {
    let mut text = HEADER.to_owned();
    text.push_str(
        "\n// #include \"native.h\"\nimport \"C\"\n\nimport \"unsafe\"\n\n\
         // What follows copies the library's views of a result. Each struct comes with room for the values that its pointers lead to,\n\
         // so that it is one piece of memory and not a dozen.\n",
    );
    for object in &file.objects {
        reader(&mut text, object);
        for holder in file.objects.iter().flat_map(|object| &object.fields) {
            match &holder.kind.sort {
                Sort::List(item) if **item == Sort::Object(object.name.clone()) => list(&mut text, object, holder),
                Sort::MapOf(item) if **item == Sort::Object(object.name.clone()) => map(&mut text, object),
                _ => {}
            }
        }
    }
    text
}

/// The view that C has of an object.
fn view(object: &Object) -> String {
    let snake: String = object
        .name
        .char_indices()
        .map(|(at, letter)| {
            if at > 0 && letter.is_uppercase() {
                format!("_{}", letter.to_lowercase())
            } else {
                letter.to_lowercase().to_string()
            }
        })
        .collect();
    format!("C.cloudauth_{}{snake}", if object.name == "CheckResult" { "go_" } else { "" })
}

fn reader(text: &mut String, object: &Object) {
    let (name, view) = (name(object), view(object));
    let rooms =
        [("flags", Sort::Flag), ("texts", Sort::Text), ("wholes", Sort::Whole), ("numbers", Sort::Number)].map(|(room, sort)| {
            let count = object.fields.iter().filter(|field| field.kind.optional && field.kind.sort == sort).count();
            (room, sort_type(&sort), count)
        });
    let _ = write!(text, "\nfunc read{name}(view *{view}) *{name} {{\n\tif view == nil {{\n\t\treturn nil\n\t}}\n");
    let used: Vec<_> = rooms.iter().filter(|(_, _, count)| *count > 0).collect();
    if used.is_empty() {
        let _ = write!(text, "\treturn &{name}{{\n{}\t}}\n}}\n", values(object));
        return;
    }
    let width = used.iter().map(|(room, _, _)| room.len()).max().unwrap_or_default();
    let _ = write!(text, "\troom := new(struct {{\n\t\t{name}\n");
    for (room, sort, count) in used {
        let _ = writeln!(text, "\t\t{room:width$} [{count}]{sort}");
    }
    let _ = write!(text, "\t}})\n\troom.{name} = {name}{{\n{}\t}}\n\treturn &room.{name}\n}}\n", values(object));
}

fn values(object: &Object) -> String {
    let width = object.fields.iter().map(|field| go(&field.name).len() + 1).max().unwrap_or_default();
    let mut taken = [0; 4];
    let mut text = String::new();
    for field in &object.fields {
        let _ = writeln!(text, "\t\t{:width$} {},", go(&field.name) + ":", value(field, &mut taken));
    }
    text
}

fn value(field: &Field, taken: &mut [usize; 4]) -> String {
    let name = &field.name;
    let mut into_room = |room: usize, function: &str, view: &str, places: &str| {
        let place = taken[room];
        taken[room] += 1;
        format!("{function}({view}, &room.{places}[{place}])")
    };
    match (&field.kind.sort, field.kind.optional) {
        (Sort::Flag, _) => into_room(0, "flag", &format!("view.{name}_state"), "flags"),
        (Sort::Text, true) => into_room(1, "optional", &format!("view.{name}"), "texts"),
        (Sort::Text, false) => format!("goText(view.{name})"),
        (Sort::Whole, _) => into_room(2, "whole", &format!("view.{name}"), "wholes"),
        (Sort::Number, _) => into_room(3, "number", &format!("view.{name}"), "numbers"),
        (Sort::Any, _) => format!("anyValue(view.{name})"),
        (Sort::Map, true) => format!("optionalObject(view.{name})"),
        (Sort::Map, false) => format!("object(view.{name})"),
        (Sort::Image, _) => format!("readImage(view.{name})"),
        (Sort::Object(object), _) => format!("read{object}(view.{name})"),
        (Sort::List(item), true) if **item == Sort::Text => format!("optionalTexts(view.{name})"),
        (Sort::List(item), true) => format!("read{}s(view.{name})", sort_type(item)),
        (Sort::List(item) | Sort::MapOf(item), _) => format!("read{}s(&view.{name})", sort_type(item)),
    }
}

fn list(text: &mut String, object: &Object, holder: &Field) {
    let (name, view) = (name(object), view(object));
    let absent = if holder.kind.optional { "\tif list == nil {\n\t\treturn nil\n\t}\n" } else { "" };
    let _ = write!(
        text,
        "\nfunc read{name}s(list *{view}_list) []{name} {{\n{absent}\
         \tall := make([]{name}, 0, list.count)\n\
         \tfor _, view := range unsafe.Slice(list.items, list.count) {{\n\t\tall = append(all, *read{name}(view))\n\t}}\n\treturn all\n}}\n"
    );
}

/// By the number that the view of each has.
fn map(text: &mut String, object: &Object) {
    let (name, view) = (name(object), view(object));
    let _ = write!(
        text,
        "\nfunc read{name}s(list *{view}_list) map[string]{name} {{\n\
         \tall := make(map[string]{name}, list.count)\n\
         \tfor _, view := range unsafe.Slice(list.items, list.count) {{\n\t\tall[goText(view.number)] = *read{name}(view)\n\t}}\n\treturn all\n}}\n"
    );
}
