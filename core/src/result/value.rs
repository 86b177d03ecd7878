//! Values of any shape.

/// A value of any shape, as the service sent it.
pub type Value = serde_json::Value;

/// Values by the service's own names.
pub type Fields = serde_json::Map<String, Value>;
