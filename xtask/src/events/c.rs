//! Events as C.

use std::fmt::Write as _;

use super::model::{Field, Sort};
use crate::rust::formatted;

/// `ffi-c/src/event/view.rs`.
pub(super) fn view(fields: &[Field]) -> Result<String, String> {
    let mut members = String::new();
    let mut owned = String::new();
    let mut filled = String::new();
    for Field { name, sort, optional, meaning } in fields {
        let absent = match (optional, sort) {
            (false, _) => "",
            (true, Sort::Text) => " `data` is then NULL.",
            (true, Sort::Kind) => " It is then 0, else a `cloudauth_kind`.",
            (true, _) => " It is then 0.",
        };
        let is_duration = *sort == Sort::Duration;
        let (sort, value) = match (sort, optional) {
            (Sort::Text, false) => {
                let _ = writeln!(owned, "let {name} = terminated(&event.{name});");
                ("cloudauth_text", format!("cloudauth_text::of(&{name})"))
            }
            (Sort::Text, true) => {
                let _ = writeln!(owned, "let {name} = event.{name}.as_deref().map(terminated);");
                ("cloudauth_text", format!("{name}.as_deref().map_or(cloudauth_text::NONE, cloudauth_text::of)"))
            }
            (Sort::Number, false) => ("u64", format!("event.{name}")),
            (Sort::Number, true) => ("u64", format!("event.{name}.unwrap_or(0)")),
            (Sort::Duration, _) => ("u64", format!("millis(event.{name})")),
            (Sort::Kind, _) => ("u32", format!("event.{name}.map_or(0, Kind::number)")),
        };
        let unit = if is_duration { "_ms" } else { "" };
        let _ = writeln!(members, "/// {meaning}{absent}\npub {name}{unit}: {sort},");
        let _ = writeln!(filled, "{name}{unit}: {value},");
    }
    formatted(&format!(
        "// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\n//! Events, as C sees them.\n\n\
         use std::time::Duration;\n\nuse cloudauth_core::{{Event, Kind}};\n\nuse crate::text::{{cloudauth_text, terminated}};\n\n\
         /// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. A later library may have\n\
         /// further fields behind these.\n\
         #[derive(Clone, Copy, Debug)]\n#[repr(C)]\npub struct cloudauth_event {{\n{members}}}\n\n\
         /// Gives `event` as C sees it, for the time of `give`.\n\
         pub(crate) fn with_view(event: &Event, give: impl FnOnce(&cloudauth_event)) {{\n{owned}\
         give(&cloudauth_event {{\n{filled}}});\n}}\n\n\
         fn millis(time: Duration) -> u64 {{\nu64::try_from(time.as_millis()).unwrap_or(u64::MAX)\n}}\n"
    ))
}
