//! Values of a reply as Rust's types. Decoding has given each its shape already.

use crate::result::Value;

type Given = Option<Option<Value>>;

pub(super) fn text(value: Given) -> Option<String> {
    match value.flatten()? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn flag(value: Given) -> Option<bool> {
    value.flatten()?.as_bool()
}

pub(super) fn integer(value: Given) -> Option<i64> {
    value.flatten()?.as_i64()
}

#[allow(dead_code, reason = "as the others, for fields to come")]
pub(super) fn number(value: Given) -> Option<f64> {
    value.flatten()?.as_f64()
}

pub(super) fn value(value: Given) -> Option<Value> {
    value.flatten()
}

pub(super) fn lines(value: Given) -> Option<Vec<String>> {
    match value.flatten()? {
        Value::Array(items) => Some(items.into_iter().filter_map(|item| text(Some(Some(item)))).collect()),
        _ => None,
    }
}
