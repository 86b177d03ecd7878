//! The counters as Go.

use std::fmt::Write as _;

use super::model::Counter;
use crate::names::go;

/// `go/counters.go`.
pub(super) fn stats(counters: &[Counter]) -> String {
    let mut text = "// Code generated from core/schema/counters.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
                    //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n\n\
                    // Stats is what a client has done since it was made.\ntype Stats struct {\n"
        .to_owned();
    for Counter { name, meaning, .. } in counters {
        let _ = write!(text, "\t// {meaning}\n\t{} uint64\n", go(name));
    }
    text.push_str(
        "}\n\nfunc (h *handle) count() Stats {\n\
         \tcount := func(counter C.uint32_t) uint64 { return uint64(C.cloudauth_client_counter(h.native, counter)) }\n\
         \treturn Stats{\n",
    );
    let width = counters.iter().map(|counter| go(&counter.name).len()).max().unwrap_or_default() + 1;
    for Counter { name, .. } in counters {
        let _ = writeln!(text, "\t\t{:width$} count(C.CLOUDAUTH_COUNTER_{}),", go(name) + ":", name.to_uppercase());
    }
    text.push_str("\t}\n}\n");
    text
}
