//! Values that hold what must not stay in memory.

use bytes::Bytes;
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

/// Wipes the texts in `value`, whatever its shape.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        _ => {}
    }
}

/// The text as bytes that are wiped once the last of them is let go, and not copied before.
pub(crate) fn wiped(text: Zeroizing<String>) -> Bytes {
    if text.is_empty() { Bytes::new() } else { Bytes::from_owner(text) }
}
