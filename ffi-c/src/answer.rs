//! What the host answers to a request for keys.

use std::fmt;
use std::sync::Arc;

use cloudauth_core::credentials::Credentials;
use cloudauth_core::{Error, Result};
use zeroize::Zeroizing;

use crate::host_pointer::HostPointer;

#[derive(Clone, Default)]
pub(crate) enum Answer {
    #[default]
    Nothing,
    Keys {
        id: Zeroizing<String>,
        secret: Zeroizing<String>,
        token: Option<Zeroizing<String>>,
    },
    Failed(String, Option<Arc<HostCause>>),
}

impl Answer {
    /// The keys, or why there are none.
    pub(crate) fn credentials(self) -> Result<Credentials> {
        match self {
            Self::Nothing => Err(Error::credentials("the credentials callback gave no answer")),
            Self::Failed(reason, None) => Err(Error::credentials(reason)),
            Self::Failed(reason, Some(cause)) => Err(Error::credentials(reason).with_cause(cause)),
            Self::Keys { id, secret, token } => {
                let token = token.map(|token| token.to_string());
                Credentials::new(id.as_str(), secret.as_str(), token)
                    .map_err(|error| Error::credentials(format!("from the credentials callback, {error}")))
            }
        }
    }
}

/// An error of the host's own, which an error of the library's leads to.
#[derive(thiserror::Error)]
#[error("an error of the host's own")]
pub(crate) struct HostCause(pub(crate) HostPointer);

impl fmt::Debug for HostCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostCause").finish_non_exhaustive()
    }
}
