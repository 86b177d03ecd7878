//! Values that hold what must not stay in memory.

use serde_json::Value;
use zeroize::Zeroize;

/// Wipes the texts in `value`, whatever its shape.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        _ => {}
    }
}
