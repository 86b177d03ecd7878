//! Events as Python.

use std::fmt::Write as _;

use super::model::{Field, Sort};

/// `python/cloudauth/_event.py`.
pub(super) fn event(fields: &[Field]) -> String {
    let mut text = "# Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\
                    \"\"\"What clients report of calls and attempts.\"\"\"\n\nfrom __future__ import annotations\n\n\
                    from ._compat import TypedDict\n\n\nclass Event(TypedDict):\n    \
                    \"\"\"What became of a call, or of one of its attempts; what is absent is ``None``. It holds no id, no key and\n    \
                    nobody's data.\n    \"\"\"\n\n"
        .to_owned();
    for Field { name, sort, optional, meaning } in fields {
        let (sort, unit) = match sort {
            Sort::Text | Sort::Kind => ("str", ""),
            Sort::Number => ("int", ""),
            Sort::Duration => ("float", " In seconds."),
        };
        let absent = if *optional { " | None" } else { "" };
        let _ = write!(text, "    {name}: {sort}{absent}\n    \"\"\"{meaning}{unit}\"\"\"\n");
    }
    text
}
