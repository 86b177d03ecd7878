//! Where the keys come from: one source per file, all behind [`Provider`].

mod environment;
mod fixed;

pub use environment::EnvironmentProvider;
pub use fixed::FixedProvider;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// An access key, with the security token where it is a temporary one. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: Zeroizing<String>,
    access_key_secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// Refuses an empty id or secret and anything that cannot stand in a header.
    pub fn new(
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<String>,
        security_token: Option<String>,
    ) -> Result<Self> {
        let credentials = Self {
            access_key_id: Zeroizing::new(access_key_id.into()),
            access_key_secret: Zeroizing::new(access_key_secret.into()),
            security_token: security_token.filter(|token| !token.is_empty()).map(Zeroizing::new),
        };
        judge("access_key_id", &credentials.access_key_id)?;
        judge("access_key_secret", &credentials.access_key_secret)?;
        credentials.security_token.as_deref().map_or(Ok(()), |token| judge("security_token", token))?;
        Ok(credentials)
    }

    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    pub(crate) fn access_key_secret(&self) -> &str {
        &self.access_key_secret
    }

    pub(crate) fn security_token(&self) -> Option<&str> {
        self.security_token.as_ref().map(|token| token.as_str())
    }
}

fn judge(name: &str, text: &str) -> Result<()> {
    if text.is_empty() {
        return Err(Error::invalid_argument(name, "must not be empty"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid_argument(name, "must be printable ASCII without blanks (a line break at its end, perhaps?)"));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("temporary", &self.security_token.is_some()).finish_non_exhaustive()
    }
}

/// A boxed future, as [`Provider`] gives it.
pub type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials>> + Send + 'a>>;

/// A source of credentials, asked before every request.
///
/// It answers from memory where it can: a call waits for it, under the call's own deadline.
pub trait Provider: fmt::Debug + Send + Sync {
    /// The keys to sign the next request with.
    fn credentials(&self) -> CredentialsFuture<'_>;

    /// The service holds these keys for expired: they must not be given again.
    fn refused(&self, keys: &Credentials) {
        let _ = keys;
    }

    /// A short name for diagnosis, e.g. `environment`.
    fn name(&self) -> &str;
}
