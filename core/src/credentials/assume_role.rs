//! A role that other keys may play (`AssumeRole`).

use std::fmt;
use std::sync::Arc;

use super::sts::{EXPIRED, Role, Sts};
use super::{Credentials, CredentialsFuture, Provider};
use crate::error::{Error, Result};

pub(super) struct AssumeRole {
    source: Arc<dyn Provider>,
    sts: Sts,
    role: Role,
}

impl AssumeRole {
    pub(super) fn new(source: Arc<dyn Provider>, sts: Sts, role: Role) -> Self {
        Self { source, sts, role }
    }

    /// Keys of the source's that have run out unnoticed are replaced, once.
    async fn ask(&self) -> Result<Credentials> {
        let mut credentials = self.source.credentials().await?;
        let mut outcome = self.sts.assume_role(&self.role, &credentials).await;
        if outcome.as_ref().is_err_and(|error| error.code() == Some(EXPIRED)) {
            self.source.expired(&credentials);
            credentials = self.source.credentials().await?;
            outcome = self.sts.assume_role(&self.role, &credentials).await;
        }
        // The code was one of STS; the call's own would mean another thing.
        outcome.map_err(|error| Error::credentials(error.message()))
    }
}

impl Provider for AssumeRole {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn name(&self) -> &'static str {
        "assume_role"
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRole").field("source", &self.source).finish_non_exhaustive()
    }
}
