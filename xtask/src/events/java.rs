//! Events as Java.

use super::model::{Field, File, Of, Sort, Source};
use crate::names::camel;

/// `CallEvent.java`.
pub(super) fn event(file: &File) -> String {
    let fields = &file.fields;
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
                (Sort::Time, _) => "Instant",
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
                (Sort::Time, _) => "Instant.ofEpochMilli(in.number())",
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
                (Sort::Time, _) => ("Instant", name.clone()),
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
         import java.time.Duration;\nimport java.time.Instant;\nimport java.util.LinkedHashMap;\nimport java.util.Map;\nimport java.util.Optional;\nimport java.util.OptionalLong;\n\n\
         /** What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. */\n\
         public final class CallEvent extends ValueObject {{\n{members}\n    CallEvent(WireReader in) {{\n{reads}    }}\n\n{getters}\n{}    \
         @Override\n    void describe(Fields out) {{\n        out{shown};\n    }}\n\n    \
         /** All of it: nothing here is secret. */\n    @Override\n    public String toString() {{\n        \
         return \"CallEvent\" + toMap();\n    }}\n}}\n",
        attributes(file)
    )
}

fn attributes(file: &File) -> String {
    let puts = file.attributes().map(|(attribute, source)| {
        let of = attribute.of.map(|of| if of == Of::Call { "attempt == null" } else { "attempt != null" });
        let (value, there) = match source {
            Source::Value(value) => (format!("{value:?}"), None),
            Source::Field(field) => {
                let name = camel(&field.name);
                let present = field.optional.then(|| format!("{name} != null"));
                match field.sort {
                    Sort::Kind => (format!("{name}.toString()"), present),
                    Sort::Duration => (format!("{name}.toMillis()"), Some(format!("!{name}.isZero()"))),
                    _ if attribute.less > 0 => {
                        (format!("{name} - {}", attribute.less), Some(format!("{name} > {}", attribute.less)))
                    }
                    _ => (name, present),
                }
            }
        };
        let there: Vec<String> =
            of.map(str::to_owned).into_iter().chain(there.filter(|there| Some(there.as_str()) != of)).collect();
        let put = format!("all.put({:?}, {value});\n", attribute.name);
        if there.is_empty() {
            format!("        {put}")
        } else {
            format!("        if ({}) {{\n            {put}        }}\n", there.join(" && "))
        }
    });
    format!(
        "    /**\n     * The event by the names that OpenTelemetry has for it, each with a {{@code String}} or a {{@code Long}}; times are in\n     \
         * milliseconds. What is absent is left out.\n     */\n    public Map<String, Object> attributes() {{\n        \
         Map<String, Object> all = new LinkedHashMap<>();\n{}        return all;\n    }}\n\n",
        puts.collect::<String>()
    )
}
