//! What the host answers to a question.

use std::ffi::c_char;
use std::fmt;
use std::sync::Arc;

use cloudauth_core::{Error, Result};

use crate::host_pointer::HostPointer;
use crate::text;

#[derive(Clone, Default)]
pub(crate) enum Answer<T> {
    #[default]
    Nothing,
    Given(T),
    Failed(String, Option<Arc<HostCause>>),
}

impl<T> Answer<T> {
    /// That `function` failed. `reason` is its own, else NULL.
    ///
    /// # Safety
    /// As of `text::read`.
    pub(crate) unsafe fn failed(function: &str, reason: *const c_char, cause: Option<Arc<HostCause>>) -> Self {
        // SAFETY: the caller's promise.
        let reason = unsafe { text::read(reason) };
        let reason = reason.ok().flatten().filter(|reason| !reason.is_empty());
        Self::Failed(reason.unwrap_or_else(|| format!("{function} failed")), cause)
    }

    /// What `function` gave, or `error` of why it gave nothing.
    pub(crate) fn given(self, function: &str, error: impl FnOnce(String) -> Error) -> Result<T> {
        match self {
            Self::Given(given) => Ok(given),
            Self::Nothing => Err(error(format!("{function} gave no answer"))),
            Self::Failed(reason, None) => Err(error(reason)),
            Self::Failed(reason, Some(cause)) => Err(error(reason).with_cause(cause)),
        }
    }
}

/// An error of the host's own, which an error of the library's leads to.
#[derive(thiserror::Error)]
#[error("an error of the host's own")]
pub(crate) struct HostCause(pub(crate) Arc<HostPointer>);

impl fmt::Debug for HostCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostCause").finish_non_exhaustive()
    }
}
