//! Events as Go.

use std::fmt::Write as _;

use super::model::{Field, File, Of, Sort, Source};
use crate::names::go;

/// `go/event.go`.
pub(super) fn event(file: &File) -> String {
    let fields = &file.fields;
    let mut text = "// Code generated from core/schema/events.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                    //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n\nimport (\n\t\"iter\"\n\t\"time\"\n)\n\n\
                    // Event tells what became of a call, or of one of its attempts. What is absent is empty or 0. It holds no id, no\n\
                    // key and nobody's data.\ntype Event struct {\n"
        .to_owned();
    for Field { name, sort, meaning, .. } in fields {
        let sort = match sort {
            Sort::Text => "string",
            Sort::Number => "int",
            Sort::Kind => "Kind",
            Sort::Duration => "time.Duration",
            Sort::Time => "time.Time",
        };
        let _ = write!(text, "\t// {meaning}\n\t{} {sort}\n", go(name));
    }
    text.push_str("}\n\nfunc readEvent(event *C.cloudauth_event) Event {\n\treturn Event{\n");
    let width = fields.iter().map(|field| go(&field.name).len()).max().unwrap_or_default() + 1;
    for Field { name, sort, .. } in fields {
        let value = match sort {
            Sort::Text => format!("goText(event.{name})"),
            Sort::Number => format!("int(event.{name})"),
            Sort::Duration => format!("time.Duration(event.{name}_ms) * time.Millisecond"),
            Sort::Time => format!("time.UnixMilli(int64(event.{name}_ms))"),
            Sort::Kind => format!("Kind(event.{name})"),
        };
        let _ = writeln!(text, "\t\t{:width$} {value},", go(name) + ":");
    }
    text.push_str("\t}\n}\n");
    attributes(&mut text, file);
    text
}

fn attributes(text: &mut String, file: &File) {
    text.push_str(
        "\n// Attributes yields the event by the names that OpenTelemetry has for it, each with a string or an int; times are in\n\
         // milliseconds. What is absent is left out.\n\
         func (e Event) Attributes() iter.Seq2[string, any] {\n\tcall := e.Attempt == 0\n\
         \tall := []struct {\n\t\tname  string\n\t\tvalue any\n\t\tthere bool\n\t}{\n",
    );
    for (attribute, source) in file.attributes() {
        let of = attribute.of.map(|of| if of == Of::Call { "call" } else { "!call" });
        let (value, there) = match source {
            Source::Value(value) => (format!("{value:?}"), None),
            Source::Field(Field { name, sort, optional, .. }) => {
                let field = format!("e.{}", go(name));
                match sort {
                    Sort::Text => (field.clone(), optional.then(|| format!("{field} != \"\""))),
                    Sort::Kind => (format!("{field}.String()"), Some(format!("{field} != 0"))),
                    Sort::Duration => (format!("int({field}.Milliseconds())"), Some(format!("{field} > 0"))),
                    _ if attribute.less > 0 => {
                        (format!("{field} - {}", attribute.less), Some(format!("{field} > {}", attribute.less)))
                    }
                    _ => (field.clone(), optional.then(|| format!("{field} != 0"))),
                }
            }
        };
        let there: Vec<String> = of.map(str::to_owned).into_iter().chain(there).collect();
        let there = if there.is_empty() { "true".to_owned() } else { there.join(" && ") };
        let _ = writeln!(text, "\t\t{{{:?}, {value}, {there}}},", attribute.name);
    }
    text.push_str(
        "\t}\n\treturn func(yield func(string, any) bool) {\n\t\tfor _, one := range all {\n\
         \t\t\tif one.there && !yield(one.name, one.value) {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n}\n",
    );
}
