//! Keys given in code.

use super::{Credentials, CredentialsFuture, Provider};
use crate::error::Result;

/// Always the same credentials.
#[derive(Clone, Debug)]
pub struct FixedProvider(Credentials);

impl FixedProvider {
    pub fn new(credentials: Credentials) -> Self {
        Self(credentials)
    }
}

impl Provider for FixedProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        Some(Ok(self.0.clone()))
    }

    fn name(&self) -> &'static str {
        "fixed"
    }
}
