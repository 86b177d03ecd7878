//! The counters as Python.

use std::fmt::Write as _;

use super::model::Counter;

/// `python/cloudauth/_stats.py`.
pub(super) fn stats(counters: &[Counter]) -> String {
    let mut text = "# Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.\n\
                    \"\"\"What a client counts.\"\"\"\n\nfrom __future__ import annotations\n\nfrom ._compat import TypedDict\n\n\n\
                    class Stats(TypedDict):\n    \
                    \"\"\"What a client has done since it was made; a forked child's numbers go on from its parent's.\"\"\"\n\n"
        .to_owned();
    for Counter { name, meaning, .. } in counters {
        let _ = write!(text, "    {name}: int\n    \"\"\"{meaning}\"\"\"\n");
    }
    text.push_str("\n\nCOUNTERS = {\n");
    for Counter { name, unit, meaning, .. } in counters {
        let _ = writeln!(text, "    {name:?}: ({unit:?}, {meaning:?}),");
    }
    text.push_str("}\n\"\"\"Units and meanings.\"\"\"\n");
    text
}
