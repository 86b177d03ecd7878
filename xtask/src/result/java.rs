//! The result as Java: a class for each object.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::model::{Field, File, Object, Sort};
use crate::names::camel;
use crate::output::Generated;
use crate::rust::pascal;

const FOLDER: &str = "java/src/main/java/io/github/libcloudauth";

/// A class for each object. That of the whole result is a base, to which written methods are added.
pub(super) fn classes(file: &File) -> Vec<Generated> {
    let class = |object: &Object| {
        let is_base = object.name == "CheckResult";
        let name = if is_base { "CheckResultFields" } else { object.name.as_str() };
        Generated { name: format!("{FOLDER}/{name}.java"), text: class(object, name, is_base) }
    };
    file.objects.iter().map(class).collect()
}

fn class(object: &Object, name: &str, is_base: bool) -> String {
    let mut text =
        "// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\npackage io.github.libcloudauth;\n\n"
            .to_owned();
    for import in imports(object) {
        let _ = writeln!(text, "import java.util.{import};");
    }
    let modifiers = if is_base { "abstract class" } else { "public final class" };
    let gap = if imports(object).is_empty() { "" } else { "\n" };
    let _ = write!(text, "{gap}/** {} */\n{modifiers} {name} extends Part {{\n", javadoc(&object.meaning));
    for field in &object.fields {
        let _ = writeln!(text, "    private final {} {};", boxed(&field.kind.sort), camel(&field.name));
    }
    let _ = write!(text, "\n    {name}(WireReader in) {{\n");
    for field in &object.fields {
        let _ = writeln!(text, "        {} = {};", camel(&field.name), read(field));
    }
    text.push_str("    }\n");
    for field in &object.fields {
        getter(&mut text, field);
    }
    text.push_str("\n    @Override\n    void describe(Fields out) {\n        out");
    let parts: Vec<String> =
        object.fields.iter().map(|field| format!(".add(\"{}\", {})", field.name, camel(&field.name))).collect();
    text.push_str(&parts.join("\n            "));
    text.push_str(";\n    }\n}\n");
    text
}

fn imports(object: &Object) -> BTreeSet<&'static str> {
    let of = |field: &Field| {
        let collection = match field.kind.sort {
            Sort::List(_) => Some("List"),
            Sort::Map | Sort::MapOf(_) => Some("Map"),
            _ => None,
        };
        collection.into_iter().chain(field.kind.optional.then_some("Optional"))
    };
    object.fields.iter().flat_map(of).collect()
}

fn boxed(sort: &Sort) -> String {
    match sort {
        Sort::Flag => "Boolean".to_owned(),
        Sort::Text => "String".to_owned(),
        Sort::Whole => "Long".to_owned(),
        Sort::Number => "Double".to_owned(),
        Sort::Any => "Object".to_owned(),
        Sort::Map => "Map<String, Object>".to_owned(),
        Sort::Image => "Image".to_owned(),
        Sort::Object(name) => name.clone(),
        Sort::List(item) => format!("List<{}>", boxed(item)),
        Sort::MapOf(item) => format!("Map<String, {}>", boxed(item)),
    }
}

fn read(field: &Field) -> String {
    let reader = |sort: &Sort| match sort {
        Sort::Text => "WireReader::text".to_owned(),
        other => format!("{}::new", boxed(other)),
    };
    match (&field.kind.sort, field.kind.optional) {
        (Sort::Flag, _) => "in.optionalFlag()".to_owned(),
        (Sort::Text, true) => "in.optionalText()".to_owned(),
        (Sort::Text, false) => "in.text()".to_owned(),
        (Sort::Whole, _) => "in.optionalNumber()".to_owned(),
        (Sort::Number, _) => "in.optionalDouble()".to_owned(),
        (Sort::Any, _) => "in.optional(WireReader::value)".to_owned(),
        (Sort::Map, true) => "in.optional(reader -> reader.map(WireReader::value))".to_owned(),
        (Sort::Map, false) => "in.map(WireReader::value)".to_owned(),
        (sort @ (Sort::Image | Sort::Object(_)), _) => format!("in.optional({})", reader(sort)),
        (Sort::List(item), true) => format!("in.optional(reader -> reader.list({}))", reader(item)),
        (Sort::List(item), false) => format!("in.list({})", reader(item)),
        (Sort::MapOf(item), _) => format!("in.map({})", reader(item)),
    }
}

fn getter(text: &mut String, field: &Field) {
    let (name, plain) = (camel(&field.name), boxed(&field.kind.sort));
    let names: Vec<String> = field.from.iter().map(|name| format!("{{@code {name}}}")).collect();
    let about =
        [names.join(", "), javadoc(&field.meaning)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    let _ = write!(text, "\n    /** {}. */\n", about.trim_end_matches('.'));
    if field.kind.optional {
        let _ = write!(text, "    public Optional<{plain}> {name}() {{\n        return Optional.ofNullable({name});\n    }}\n");
    } else {
        let _ = write!(text, "    public {plain} {name}() {{\n        return {name};\n    }}\n");
    }
    if let Some(word) = &field.is {
        let _ = write!(
            text,
            "\n    /** True for a yes alone: {}. {{@link #{name}()}} tells a no from what was not said. */\n    \
             public boolean is{}() {{\n        return Boolean.TRUE.equals({name});\n    }}\n",
            javadoc(&field.meaning),
            pascal(word),
        );
    }
}

/// Code in braces in place of backquotes.
fn javadoc(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("{{@code {part}}}") } else { part.to_owned() }).collect()
}
