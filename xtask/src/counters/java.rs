//! The counters as Java.

use super::model::Counter;
use crate::names::camel;

/// `Stats.java`.
pub(super) fn stats(counters: &[Counter]) -> String {
    let each = |line: &dyn Fn(&Counter, String) -> String, between: &str| {
        counters.iter().map(|counter| line(counter, camel(&counter.name))).collect::<Vec<_>>().join(between)
    };
    let fields = each(&|_, name| format!("    private final long {name};\n"), "");
    let reads = each(&|_, name| format!("        {name} = in.number();\n"), "");
    let getters = each(
        &|counter, name| format!("    /** {} */\n    public long {name}() {{\n        return {name};\n    }}\n", counter.meaning),
        "\n",
    );
    let shown = each(&|counter, name| format!(".add(\"{}\", {name})", counter.name), "\n            ");
    format!(
        "// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.\npackage io.github.libcloudauth;\n\n\
         /** What a client has done since it was made. */\npublic final class Stats extends ValueObject {{\n{fields}\n    \
         Stats(WireReader in) {{\n{reads}    }}\n\n{getters}\n    \
         @Override\n    void describe(Fields out) {{\n        out{shown};\n    }}\n}}\n"
    )
}
