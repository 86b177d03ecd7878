//! Replies of typed operations as trees.

use cloudauth_core::result::Value;
use cloudauth_core::typed::{FieldKind, TypedReply};

use crate::wire::{Message, ToWire};

/// The fields in the order of the table, as `core/schema/typed` has it.
impl ToWire for TypedReply {
    fn write(self, out: &mut Message) {
        out.text(&self.request_id);
        for (field, value) in self.fields() {
            match field.kind {
                FieldKind::Text => value.and_then(Value::as_str).write(out),
                FieldKind::Flag => value.and_then(Value::as_bool).write(out),
                FieldKind::Integer => value.and_then(Value::as_i64).write(out),
                FieldKind::Number => value.and_then(Value::as_f64).write(out),
                FieldKind::Lines => value.and_then(lines).write(out),
                _ => value.cloned().write(out),
            }
        }
        self.extra.write(out);
        self.problems.write(out);
    }
}

fn lines(value: &Value) -> Option<Vec<&str>> {
    Some(value.as_array()?.iter().filter_map(Value::as_str).collect())
}
