//! The counters as Rust.

use std::fmt::Write as _;

use super::model::Counter;
use crate::rust::{formatted, literal};

const HEADER: &str = "// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.\n\n";

/// `core/src/client/stats.rs`.
pub(super) fn stats(counters: &[Counter]) -> Result<String, String> {
    let mut fields = String::new();
    let mut named = String::new();
    for Counter { name, meaning, .. } in counters {
        let _ = writeln!(fields, "/// {meaning}\npub {name}: u64,");
        let _ = writeln!(named, "({}, self.{name}),", literal(name));
    }
    formatted(&format!(
        "{HEADER}/// Numbers since the client was made. A forked child's go on from its parent's.\n\
         #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]\n#[non_exhaustive]\npub struct Stats {{\n{fields}}}\n\n\
         impl Stats {{\n/// Each number with its name, in the order above.\n\
         pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {{\n[\n{named}]\n.into_iter()\n}}\n}}\n"
    ))
}

/// `telemetry/src/instruments.rs`.
pub(super) fn instruments(counters: &[Counter]) -> Result<String, String> {
    let mut entries = String::new();
    for Counter { name, unit, meaning, .. } in counters {
        let _ = writeln!(
            entries,
            "Instrument {{ name: {}, unit: {}, meaning: {}, value: |stats| stats.{name} }},",
            literal(&format!("cloudauth.client.{name}")),
            literal(unit),
            literal(meaning)
        );
    }
    formatted(&format!(
        "{HEADER}use cloudauth_core::Stats;\n\n/// A counter as a meter has it.\npub(super) struct Instrument {{\n\
         pub(super) name: &'static str,\npub(super) unit: &'static str,\npub(super) meaning: &'static str,\n\
         pub(super) value: fn(&Stats) -> u64,\n}}\n\npub(super) static INSTRUMENTS: &[Instrument] = &[\n{entries}];\n"
    ))
}
