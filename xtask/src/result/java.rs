//! The result as Java: a class for each object.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::model::{Field, File, Object, Sort};
use crate::names::camel;
use crate::output::Generated;
use crate::rust::pascal;

/// Where the library's classes stand.
pub(crate) const FOLDER: &str = "java/src/main/java/io/github/libcloudauth";

/// A class for each object.
pub(super) fn classes(file: &File) -> Vec<Generated> {
    // Methods that are written by hand stand in a base.
    let base = |object: &Object| if object.name == "CheckResult" { "CheckResultBase" } else { "ValueObject" };
    let text = |object: &Object| class(object, "core/schema/result.toml", base(object), |_| false);
    let class = |object: &Object| Generated { name: format!("{FOLDER}/{}.java", object.name), text: text(object) };
    file.objects.iter().map(class).collect()
}

/// The class of an object; `shows` says which fields its `toString` shows with their values.
pub(crate) fn class(object: &Object, source: &str, base: &str, shows: impl Fn(&Field) -> bool) -> String {
    let name = &object.name;
    let mut text =
        format!("// Generated from {source} by `cargo xtask generate`; do not edit.\npackage io.github.libcloudauth;\n\n");
    for import in imports(object) {
        let _ = writeln!(text, "import {import};");
    }
    let gap = if imports(object).is_empty() { "" } else { "\n" };
    let _ = write!(text, "{gap}/** {} */\npublic final class {name} extends {base} {{\n", javadoc(&object.meaning));
    for field in &object.fields {
        let _ = writeln!(text, "    private final {} {};", boxed(&field.kind.sort), camel(&field.name));
    }
    let _ = write!(text, "\n    {name}(WireReader in) {{\n");
    if name == "CheckResult" {
        text.push_str("        super(in);\n");
    }
    for field in &object.fields {
        let _ = writeln!(text, "        {} = {};", camel(&field.name), read(field));
    }
    let _ = write!(text, "    }}\n\n    private {name}(Builder given) {{\n");
    for field in &object.fields {
        let _ = writeln!(text, "        {0} = given.{0};", camel(&field.name));
    }
    text.push_str("    }\n\n    /** Makes one by hand, for tests. */\n    public static Builder builder() {\n        return new Builder();\n    }\n");
    for field in &object.fields {
        getter(&mut text, field);
    }
    text.push_str("\n    @Override\n    void describe(Fields out) {\n        out");
    let part =
        |field: &Field| format!(".{}(\"{}\", {})", if shows(field) { "show" } else { "add" }, field.name, camel(&field.name));
    let parts: Vec<String> = object.fields.iter().map(part).collect();
    text.push_str(&parts.join("\n            "));
    text.push_str(";\n    }\n");
    builder(&mut text, object);
    text.push_str("}\n");
    text
}

fn imports(object: &Object) -> BTreeSet<&'static str> {
    let of = |field: &Field| {
        let collection = match field.kind.sort {
            Sort::List(_) => Some("java.util.List"),
            Sort::Map | Sort::MapOf(_) => Some("java.util.Map"),
            _ => None,
        };
        let optional = field.kind.optional.then_some("java.util.Optional");
        let nullable = (field.kind.sort == Sort::Map).then_some("org.jspecify.annotations.Nullable");
        collection.into_iter().chain(optional).chain(nullable)
    };
    let takes_null = object.fields.iter().any(|field| given(&field.kind.sort).is_none());
    object.fields.iter().flat_map(of).chain(takes_null.then_some("java.util.Objects")).collect()
}

fn boxed(sort: &Sort) -> String {
    match sort {
        Sort::Flag => "Boolean".to_owned(),
        Sort::Text => "String".to_owned(),
        Sort::Whole => "Long".to_owned(),
        Sort::Number => "Double".to_owned(),
        Sort::Any => "Object".to_owned(),
        Sort::Map => "Map<String, @Nullable Object>".to_owned(),
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

fn builder(text: &mut String, object: &Object) {
    let _ = write!(
        text,
        "\n    /** Makes a {{@link {}}}; what is not given is absent. */\n    public static final class Builder {{\n",
        object.name
    );
    for field in &object.fields {
        let nothing = match (&field.kind.sort, field.kind.optional) {
            (Sort::Text, false) => " = \"\"",
            (Sort::List(_), false) => " = List.of()",
            (Sort::Map | Sort::MapOf(_), false) => " = Map.of()",
            _ => "",
        };
        let _ = writeln!(text, "        private {} {}{nothing};", boxed(&field.kind.sort), camel(&field.name));
    }
    text.push_str("\n        private Builder() {}\n");
    for field in &object.fields {
        setter(text, object, field);
    }
    let _ = write!(
        text,
        "\n        /** What was given, as one. */\n        public {0} build() {{\n            return new {0}(this);\n        }}\n    }}\n",
        object.name
    );
}

/// The type in which a builder takes what cannot be null.
fn given(sort: &Sort) -> Option<&'static str> {
    match sort {
        Sort::Flag => Some("boolean"),
        Sort::Whole => Some("long"),
        Sort::Number => Some("double"),
        _ => None,
    }
}

fn setter(text: &mut String, object: &Object, field: &Field) {
    let name = camel(&field.name);
    let sort = &field.kind.sort;
    let taken = match sort {
        Sort::Map => "Map<String, ?>".to_owned(),
        _ => given(sort).map_or_else(|| boxed(sort), str::to_owned),
    };
    let checked = format!("Objects.requireNonNull({name}, \"{name}\")");
    let value = match sort {
        Sort::Flag | Sort::Whole | Sort::Number => name.clone(),
        Sort::Text | Sort::Image | Sort::Object(_) => checked,
        Sort::Any => format!("Values.copy({checked})"),
        Sort::Map => format!("Values.copy({checked}, Values::copy)"),
        Sort::List(_) | Sort::MapOf(_) => format!("Values.copy({checked}, Objects::requireNonNull)"),
    };
    let _ = write!(
        text,
        "\n        /** {{@link {}#{name}()}}. */\n        public Builder {name}({taken} {name}) {{\n            \
         this.{name} = {value};\n            return this;\n        }}\n",
        object.name,
    );
}

/// Code in braces in place of backquotes.
pub(crate) fn javadoc(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("{{@code {part}}}") } else { part.to_owned() }).collect()
}
