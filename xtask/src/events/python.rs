//! Events as Python.

use std::fmt::Write as _;

use super::model::{Field, File, Of, Sort, Source};

/// `python/cloudauth/_event.py`.
pub(super) fn event(file: &File) -> String {
    let mut text = "# Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\
                    \"\"\"What clients report of calls and attempts.\"\"\"\n\nfrom __future__ import annotations\n\n\
                    from ._compat import TypedDict\n\n\nclass Event(TypedDict):\n    \
                    \"\"\"What became of a call, or of one of its attempts; what is absent is ``None``. It holds no id, no key and\n    \
                    nobody's data.\n    \"\"\"\n\n"
        .to_owned();
    for Field { name, sort, optional, meaning } in &file.fields {
        let (sort, unit) = match sort {
            Sort::Text | Sort::Kind => ("str", ""),
            Sort::Number => ("int", ""),
            Sort::Duration => ("float", " In seconds."),
            Sort::Time => ("float", " In seconds since the beginning of 1970."),
        };
        let absent = if *optional { " | None" } else { "" };
        let _ = write!(text, "    {name}: {sort}{absent}\n    \"\"\"{meaning}{unit}\"\"\"\n");
    }
    attributes(&mut text, file);
    text
}

fn attributes(text: &mut String, file: &File) {
    text.push_str(
        "\n\ndef attributes(event: Event) -> dict[str, str | int]:\n    \
         \"\"\"The event by the names that OpenTelemetry has for it; times are in milliseconds. What is absent is left out.\"\"\"\n    \
         attempt = event[\"attempt\"]\n    everything: dict[str, str | int | None] = {\n",
    );
    for (attribute, source) in file.attributes() {
        let value = match source {
            Source::Value(value) => format!("{value:?}"),
            Source::Field(Field { name, sort, .. }) => match sort {
                Sort::Duration => format!("round(event[{name:?}] * 1000) or None"),
                _ if attribute.less > 0 => format!("(event[{name:?}] or 0) - {} or None", attribute.less),
                _ => format!("event[{name:?}]"),
            },
        };
        let value = match attribute.of {
            None => value,
            Some(Of::Call) => format!("{value} if attempt is None else None"),
            Some(Of::Attempt) => format!("None if attempt is None else {value}"),
        };
        let _ = writeln!(text, "        {:?}: {value},", attribute.name);
    }
    text.push_str("    }\n    return {name: value for name, value in everything.items() if value is not None}\n");
    let metrics = file.attributes.iter().filter(|attribute| attribute.metric);
    let metrics = metrics.map(|attribute| format!("        {:?},\n", attribute.name)).collect::<Vec<_>>().concat();
    let _ = write!(
        text,
        "\n\nMETRIC_ATTRIBUTES = frozenset(\n    {{\n{metrics}    }}\n)\n\"\"\"Those with few values, which a measurement has as well.\"\"\"\n"
    );
}
