//! An argument that breaks a rule.

use crate::error::{Error, Result};

pub(super) fn refuse<T>(argument: &str, rule: &str) -> Result<T> {
    Err(Error::invalid_argument(argument, rule))
}
