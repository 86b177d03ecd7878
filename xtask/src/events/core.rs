//! Events as Rust.

use std::fmt::Write as _;

use super::model::{Field, Sort};
use crate::rust::formatted;

/// `core/src/client/event.rs`.
pub(super) fn event(fields: &[Field]) -> Result<String, String> {
    let (mut members, mut defaults) = (String::new(), String::new());
    for Field { name, sort, optional, meaning } in fields {
        let sort = match sort {
            Sort::Text => "String",
            Sort::Number => "u64",
            Sort::Kind => "Kind",
            Sort::Duration => "Duration",
            Sort::Time => "SystemTime",
        };
        let default = match sort {
            _ if *optional => "None",
            "String" => "String::new()",
            "Duration" => "Duration::ZERO",
            "SystemTime" => "SystemTime::UNIX_EPOCH",
            _ => "0",
        };
        let _ = writeln!(defaults, "{name}: {default},");
        let sort = if *optional { format!("Option<{sort}>") } else { sort.to_owned() };
        let _ = writeln!(members, "/// {meaning}\npub {name}: {sort},");
    }
    let names = fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    formatted(&format!(
        "// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\nuse std::time::{{Duration, SystemTime}};\n\n\
         use crate::call_context::CallContext;\nuse crate::catalogue::Kind;\n\n\
         /// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data.\n\
         #[derive(Clone, Debug, PartialEq, Eq)]\n#[non_exhaustive]\npub struct Event {{\n{members}\
         /// What [`CallOptions::context`](super::CallOptions::context) gave the call.\npub context: Option<CallContext>,\n}}\n\n\
         impl Default for Event {{\nfn default() -> Self {{\nSelf {{\n{defaults}context: None,\n}}\n}}\n}}\n\n\
         /// Hands the fields of [`Event`], in order, to a macro: `call!(Event {{ … }})`.\n#[doc(hidden)]\n#[macro_export]\n\
         macro_rules! event_object {{\n($call:ident) => {{\n$call!(Event {{ {names} }});\n}};\n}}\n"
    ))
}
