//! A value that is given for an argument, whatever language it comes from.

use std::fmt;

use crate::receiver::{Progress, Receiver};
use crate::result::Value;

/// A value for an argument; the call holds it against the argument's kind.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument {
    /// Not given: the library or the service decides.
    Default,
    Text(String),
    Flag(bool),
    Integer(i64),
    List(Vec<String>),
    Bytes(Vec<u8>),
    Receiver(Receiver),
    Progress(Progress),
    /// A value of any other shape.
    Json(Value),
}

/// It may be a person's.
impl fmt::Debug for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argument").finish_non_exhaustive()
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Argument {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Vec<String>> for Argument {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

impl From<Vec<u8>> for Argument {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Receiver> for Argument {
    fn from(receiver: Receiver) -> Self {
        Self::Receiver(receiver)
    }
}

impl From<Progress> for Argument {
    fn from(progress: Progress) -> Self {
        Self::Progress(progress)
    }
}

/// `null` is not given.
impl From<Value> for Argument {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Default,
            Value::String(text) => Self::Text(text),
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) if number.is_i64() => Self::Integer(number.as_i64().unwrap_or_default()),
            other => Self::Json(other),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Argument {
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Default, Into::into)
    }
}
