//! What calls are signed with: an access key's id and secret, and a token where they are temporary.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// An access key, with the security token where it is a temporary one. Clones share one copy, which is wiped from memory
/// when the last of them is dropped.
#[derive(Clone)]
pub struct Credentials(Arc<Keys>);

#[derive(Clone)]
struct Keys {
    access_key_id: Zeroizing<String>,
    access_key_secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
    expires_at: Option<SystemTime>,
}

impl Credentials {
    /// Refuses an empty id or secret and anything that cannot stand in a header.
    pub fn new(
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<String>,
        security_token: Option<String>,
    ) -> Result<Self> {
        let keys = Keys {
            access_key_id: Zeroizing::new(access_key_id.into()),
            access_key_secret: Zeroizing::new(access_key_secret.into()),
            security_token: security_token.map(Zeroizing::new).filter(|token| !token.is_empty()),
            expires_at: None,
        };
        validate("access_key_id", &keys.access_key_id)?;
        validate("access_key_secret", &keys.access_key_secret)?;
        keys.security_token.as_deref().map_or(Ok(()), |token| validate("security_token", token))?;
        Ok(Self(Arc::new(keys)))
    }

    /// Says when they cease to work.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// When they cease to work; `None` where their source does not say, or never.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// To sign with. It belongs in no log and no message.
    pub fn access_key_secret(&self) -> &str {
        &self.0.access_key_secret
    }

    /// Of temporary keys. It belongs in no log and no message, either.
    pub fn security_token(&self) -> Option<&str> {
        self.0.security_token.as_ref().map(|token| token.as_str())
    }
}

fn validate(name: &str, text: &str) -> Result<()> {
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
        f.debug_struct("Credentials").field("temporary", &self.0.security_token.is_some()).finish_non_exhaustive()
    }
}
