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
        let unit = if matches!(sort, Sort::Duration | Sort::Time) { "_ms" } else { "" };
        let absent = if *sort == Sort::Time { " Since the beginning of 1970." } else { absent };
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
            (Sort::Time, _) => ("u64", format!("millis(event.{name}.duration_since(UNIX_EPOCH).unwrap_or_default())")),
            (Sort::Kind, _) => ("u32", format!("event.{name}.map_or(0, Kind::number)")),
        };
        let _ = writeln!(members, "/// {meaning}{absent}\npub {name}{unit}: {sort},");
        let _ = writeln!(filled, "{name}{unit}: {value},");
    }
    formatted(&format!(
        "// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.\n\n//! Events, as C sees them.\n\n\
         use std::ffi::c_void;\nuse std::ptr;\nuse std::time::{{Duration, UNIX_EPOCH}};\n\nuse cloudauth_core::{{CallContext, Event, Kind}};\n\n\
         use crate::host_pointer::HostPointer;\nuse crate::text::{{cloudauth_text, terminated}};\n\n\
         /// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. A later library may have\n\
         /// further fields behind these.\n\
         #[derive(Clone, Copy, Debug)]\n#[repr(C)]\npub struct cloudauth_event {{\n\
         /// What cloudauth_request_set_event_context or cloudauth_call_set_event_context gave the call, else NULL.\n\
         pub context: *mut c_void,\n{members}}}\n\n\
         /// Gives `event` as C sees it, for the time of `give`.\n\
         pub(crate) fn with_view(event: &Event, give: impl FnOnce(&cloudauth_event)) {{\n{owned}\
         let context = event.context.as_ref().and_then(CallContext::get::<HostPointer>);\n\
         give(&cloudauth_event {{\ncontext: context.map_or(ptr::null_mut(), HostPointer::get),\n{filled}}});\n}}\n\n\
         fn millis(time: Duration) -> u64 {{\nu64::try_from(time.as_millis()).unwrap_or(u64::MAX)\n}}\n"
    ))
}
