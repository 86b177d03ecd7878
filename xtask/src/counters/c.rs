//! The counters as C.

use std::fmt::Write as _;

use super::model::Counter;
use crate::rust::{formatted, pascal};

/// `ffi-c/src/counters.rs`.
pub(super) fn enumeration(counters: &[Counter]) -> Result<String, String> {
    let mut variants = String::new();
    let mut arms = String::new();
    for Counter { name, number, meaning, .. } in counters {
        let _ = writeln!(variants, "/// {meaning}\n{} = {number},", pascal(name));
        let _ = writeln!(arms, "{number} => stats.{name},");
    }
    formatted(&format!(
        "// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.\n\n//! Counters, by number.\n\n\
         use cloudauth_core::Stats;\n\n\
         /// What a client counts. Numbers never change and are never used again.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         #[repr(u32)]\npub enum cloudauth_counter {{\n{variants}}}\n\n\
         /// The value of a counter; `None` where its number is not known.\n\
         pub(crate) fn value(stats: &Stats, counter: u32) -> Option<u64> {{\nSome(match counter {{\n{arms}_ => return None,\n}})\n}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::model::parse;
    use super::enumeration;

    // Finding K7
    #[test]
    fn a_counter_in_between_leaves_the_others_their_numbers() {
        let text = |name, number| format!("[[counter]]\nname = {name:?}\nnumber = {number}\nunit = \"1\"\nmeaning = \"m\"\n");
        let (first, second) = (text("calls", 0), text("retries", 1));
        let before = enumeration(&parse(&format!("{first}{second}")).unwrap()).unwrap();
        let after = enumeration(&parse(&format!("{first}{}{second}", text("pauses", 2))).unwrap()).unwrap();
        for line in ["Calls = 0,", "Retries = 1,", "0 => stats.calls,", "1 => stats.retries,"] {
            assert!(before.contains(line) && after.contains(line), "{line}\n{after}");
        }
        assert!(after.contains("2 => stats.pauses,"), "{after}");
    }
}
