//! Kinds and actions as Go.

use std::fmt::Write as _;

use super::model::Catalogue;
use crate::names::go;
use crate::prose::uncapitalized;

/// `go/codes.go`.
pub(super) fn constants(catalogue: &Catalogue) -> String {
    let mut text = "// Code generated from core/schema/codes.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                    //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n"
        .to_owned();
    let kinds = catalogue.kinds.iter().map(|kind| (&kind.name, &kind.meaning));
    group(&mut text, "Kind", kinds);
    text.push_str("\n// Sentinels for [errors.Is], one a kind.\nvar (\n");
    let names: Vec<String> = catalogue.kinds.iter().map(|kind| go(&kind.name)).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    for name in names {
        let _ = writeln!(text, "\tErr{name:width$} error = sentinel(Kind{name})");
    }
    text.push_str(")\n");
    let actions = catalogue.actions.iter().map(|action| (&action.name, &action.meaning));
    group(&mut text, "Action", actions);
    text.push_str(
        "\n// String gives the action's name in every language, such as \"accept\"; empty for none.\n\
         func (a Action) String() string {\n\tswitch a {\n",
    );
    for action in &catalogue.actions {
        let _ = write!(text, "\tcase Action{}:\n\t\treturn \"{}\"\n", go(&action.name), action.name);
    }
    text.push_str("\tdefault:\n\t\treturn \"\"\n\t}\n}\n");
    text
}

fn group<'a>(text: &mut String, sort: &str, entries: impl Iterator<Item = (&'a String, &'a String)>) {
    text.push_str("\nconst (\n");
    for (name, meaning) in entries {
        let constant = format!("{sort}{}", go(name));
        let _ = writeln!(text, "\t// {constant}: {}", uncapitalized(meaning));
        let _ = writeln!(text, "\t{constant} {sort} = C.CLOUDAUTH_{}_{}", sort.to_uppercase(), name.to_uppercase());
    }
    text.push_str(")\n");
}
