//! The result as Python: the shapes of its dicts.

use std::fmt::Write as _;

use super::model::{File, Sort, Type};
use crate::prose::capitalized;

/// `python/cloudauth/_result.py`.
pub(super) fn shapes(file: &File) -> String {
    let mut text = "# Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\n\
                    \"\"\"The shapes of a result: dicts, with every named key present and ``None`` where the service sent nothing.\"\"\"\n\n\
                    from __future__ import annotations\n\n\
                    from typing import Any\n\n\
                    from ._compat import TypedDict\nfrom ._image import Image\n"
        .to_owned();
    for object in &file.objects {
        let _ = write!(text, "\n\nclass {}(TypedDict):\n    \"\"\"{}\"\"\"\n\n", object.name, prose(&object.meaning));
        for field in &object.fields {
            let _ = writeln!(text, "    {}: {}", field.name, annotation(&field.kind));
            if !field.meaning.is_empty() {
                let _ = writeln!(text, "    \"\"\"{}.\"\"\"", prose(field.meaning.trim_end_matches('.')));
            }
        }
    }
    text
}

/// Code in double backquotes; the first letter is a capital.
fn prose(text: &str) -> String {
    capitalized(text).replace('`', "``")
}

fn annotation(kind: &Type) -> String {
    let plain = sort(&kind.sort);
    if kind.optional && kind.sort != Sort::Any { format!("{plain} | None") } else { plain }
}

fn sort(of: &Sort) -> String {
    match of {
        Sort::Flag => "bool".to_owned(),
        Sort::Text => "str".to_owned(),
        Sort::Whole => "int".to_owned(),
        Sort::Number => "float".to_owned(),
        Sort::Any => "Any".to_owned(),
        Sort::Map => "dict[str, Any]".to_owned(),
        Sort::Image => "Image".to_owned(),
        Sort::Object(name) => name.clone(),
        Sort::List(item) => format!("list[{}]", sort(item)),
        Sort::MapOf(item) => format!("dict[str, {}]", sort(item)),
    }
}
