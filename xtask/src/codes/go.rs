//! Kinds, actions and subjects as Go.

use std::fmt::Write as _;

use super::model::Catalogue;
use crate::names::go;

/// `go/codes.go`.
pub(super) fn constants(catalogue: &Catalogue) -> String {
    let mut text = "// Code generated from core/schema/codes.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                    //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n"
        .to_owned();
    text += &catalogue.kinds().go();
    text.push_str("\n// Sentinels for [errors.Is], one a kind.\nvar (\n");
    let names: Vec<String> = catalogue.kinds.iter().map(|kind| go(&kind.name)).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    for name in names {
        let _ = writeln!(text, "\tErr{name:width$} error = sentinel(Kind{name})");
    }
    text.push_str(")\n");
    for (values, example) in [(catalogue.actions(), "accept"), (catalogue.subjects(), "sub_code")] {
        text += &values.go();
        text += &values.go_names(example);
    }
    text
}
