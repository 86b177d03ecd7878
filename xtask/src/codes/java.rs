//! Kinds and actions as Java.

use super::model::Catalogue;
use crate::output::Generated;

/// An enumeration of each.
pub(super) fn enumerations(catalogue: &Catalogue) -> [Generated; 2] {
    let kinds = catalogue.kinds.iter().map(|kind| (&kind.name, &kind.meaning));
    let actions = catalogue.actions.iter().map(|action| (&action.name, &action.meaning));
    [
        enumeration(
            "Kind",
            "Which sort of failure an error is; the same in every language. {@code docs/codes.md} has them all.",
            kinds,
            "not_completed",
        ),
        enumeration("Action", "What a merchant's program should do first with a finished verification.", actions, "accept"),
    ]
}

fn enumeration<'a>(name: &str, doc: &str, entries: impl Iterator<Item = (&'a String, &'a String)>, example: &str) -> Generated {
    let values: Vec<String> =
        entries.map(|(value, meaning)| format!("    /** {meaning} */\n    {}", value.to_uppercase())).collect();
    let values = values.join(",\n");
    let text = format!(
        "// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n\
         package io.github.libcloudauth;\n\nimport java.util.Locale;\n\n/** {doc} */\npublic enum {name} {{\n{values};\n\n    \
         static {name} of(String name) {{\n        return valueOf(name.toUpperCase(Locale.ROOT));\n    }}\n\n    \
         /** The name in every language, e.g. {{@code {example}}}. */\n    \
         @Override\n    public String toString() {{\n        return name().toLowerCase(Locale.ROOT);\n    }}\n}}\n"
    );
    Generated { name: format!("java/src/main/java/io/github/libcloudauth/{name}.java"), text }
}
