//! Kinds, actions, retries and subjects as Python.

use std::fmt::Write as _;

use super::model::{Catalogue, Kind};
use crate::rust::{literal, pascal};

/// `python/cloudauth/_codes.py`.
pub(super) fn classes(catalogue: &Catalogue) -> String {
    let mut text = "# Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n\
                    \"\"\"An exception class for each kind of error, and the words for what to do next.\"\"\"\n\n\
                    from __future__ import annotations\n\nimport builtins\nfrom typing import Literal, TypeAlias\n\n\
                    from ._errors import Error\n\n"
        .to_owned();
    for values in [catalogue.actions(), catalogue.retries(), catalogue.subjects()] {
        text += &values.python();
    }
    for kind in &catalogue.kinds {
        let name = class_name(kind);
        let builtin = kind.python.as_ref().map(|builtin| {
            let module = if *builtin == name { "builtins." } else { "" };
            format!(", {module}{builtin}")
        });
        let _ = write!(
            text,
            "\n\nclass {name}(Error{}):\n    \"\"\"{}\"\"\"\n\n    kind = {}\n",
            builtin.unwrap_or_default(),
            kind.meaning,
            literal(&kind.name)
        );
    }
    text.push_str("\n\nCLASSES: dict[str, type[Error]] = {kind.kind: kind for kind in Error.__subclasses__()}\n");
    text
}

fn class_name(kind: &Kind) -> String {
    format!("{}Error", pascal(&kind.name))
}
