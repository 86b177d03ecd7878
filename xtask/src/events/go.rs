//! Events as Go.

use std::fmt::Write as _;

use super::model::{Field, Sort};
use crate::names::go;

/// `go/event.go`.
pub(super) fn event(fields: &[Field]) -> String {
    let mut text = "// Code generated from core/schema/events.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                    //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n\nimport \"time\"\n\n\
                    // Event tells what became of a call, or of one of its attempts. What is absent is empty or 0. It holds no id, no\n\
                    // key and nobody's data.\ntype Event struct {\n"
        .to_owned();
    for Field { name, sort, meaning, .. } in fields {
        let sort = match sort {
            Sort::Text => "string",
            Sort::Number => "int",
            Sort::Kind => "Kind",
            Sort::Duration => "time.Duration",
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
            Sort::Kind => format!("Kind(event.{name})"),
        };
        let _ = writeln!(text, "\t\t{:width$} {value},", go(name) + ":");
    }
    text.push_str("\t}\n}\n");
    text
}
