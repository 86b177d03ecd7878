//! Events as Java.

use super::model::{Field, Sort};
use crate::names::camel;

/// `CallEvent.java`.
pub(super) fn event(fields: &[Field]) -> String {
    let each = |line: &dyn Fn(&Field, String) -> String, between: &str| {
        fields.iter().map(|field| line(field, camel(&field.name))).collect::<Vec<_>>().join(between)
    };
    let members = each(
        &|field, name| {
            let sort = match (field.sort, field.optional) {
                (Sort::Text, _) => "String",
                (Sort::Number, true) => "Long",
                (Sort::Number, false) => "long",
                (Sort::Kind, _) => "Kind",
                (Sort::Duration, _) => "Duration",
            };
            format!("    private final {sort} {name};\n")
        },
        "",
    );
    let reads = each(
        &|field, name| {
            let read = match (field.sort, field.optional) {
                (Sort::Text, true) => "in.optionalText()",
                (Sort::Text, false) => "in.text()",
                (Sort::Number, true) => "in.optionalNumber()",
                (Sort::Number, false) => "in.number()",
                (Sort::Duration, _) => "Duration.ofMillis(in.number())",
                (Sort::Kind, _) => "in.optional(kind -> Kind.of(kind.text()))",
            };
            format!("        {name} = {read};\n")
        },
        "",
    );
    let getters = each(
        &|field, name| {
            let (sort, value) = match (field.sort, field.optional) {
                (Sort::Text, false) => ("String", name.clone()),
                (Sort::Text, true) => ("Optional<String>", format!("Optional.ofNullable({name})")),
                (Sort::Number, false) => ("long", name.clone()),
                (Sort::Duration, _) => ("Duration", name.clone()),
                (Sort::Number, true) => {
                    ("OptionalLong", format!("{name} == null ? OptionalLong.empty() : OptionalLong.of({name})"))
                }
                (Sort::Kind, _) => ("Optional<Kind>", format!("Optional.ofNullable({name})")),
            };
            format!("    /** {} */\n    public {sort} {name}() {{\n        return {value};\n    }}\n", field.meaning)
        },
        "\n",
    );
    let shown = each(&|field, name| format!(".add(\"{}\", {name})", field.name), "\n            ");
    format!(
        "// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\npackage io.github.libcloudauth;\n\n\
         import java.time.Duration;\nimport java.util.Optional;\nimport java.util.OptionalLong;\n\n\
         /** What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. */\n\
         public final class CallEvent extends ValueObject {{\n{members}\n    CallEvent(WireReader in) {{\n{reads}    }}\n\n{getters}\n    \
         @Override\n    void describe(Fields out) {{\n        out{shown};\n    }}\n\n    \
         /** All of it: nothing here is secret. */\n    @Override\n    public String toString() {{\n        \
         return \"CallEvent\" + toMap();\n    }}\n}}\n"
    )
}
