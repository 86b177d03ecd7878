//! JSON that holds keys: its texts are wiped when it is dropped.

use std::fmt;
use std::ops::Deref;

use serde_json::Value;

use crate::wipe::wipe;

pub(super) struct Json(Value);

impl Json {
    /// `None` where `bytes` are no JSON.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// Takes the value of `name` out of an object.
    pub(super) fn take(&mut self, name: &str) -> Option<Self> {
        self.0.get_mut(name).map(|value| Self(value.take()))
    }

    /// The text alone, without a copy; `None` for what is none.
    pub(super) fn into_text(mut self) -> Option<String> {
        match self.0.take() {
            Value::String(text) => Some(text),
            other => {
                drop(Self(other));
                None
            }
        }
    }
}

/// Shows nothing of it.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Json").finish_non_exhaustive()
    }
}

impl Deref for Json {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}
