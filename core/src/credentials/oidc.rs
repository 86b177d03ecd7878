//! A role that an identity token in a file may play (`AssumeRoleWithOIDC`), as in a cluster's pods.

use std::fmt;
use std::path::PathBuf;

use super::sts::{Role, Sts};
use super::{Credentials, CredentialsFuture, Provider, file};
use crate::error::{Error, Result};
use crate::host;

/// Who vouches, and the file in which it keeps its word.
pub(super) struct Identity {
    pub(super) provider_arn: String,
    pub(super) token_file: PathBuf,
}

pub(super) struct Oidc {
    identity: Identity,
    sts: Sts,
    role: Role,
}

impl Oidc {
    pub(super) fn new(identity: Identity, sts: Sts, role: Role) -> Self {
        Self { identity, sts, role }
    }

    /// The token is read anew each time: the cluster replaces it every hour or so.
    async fn ask(&self) -> Result<Credentials> {
        let path = self.identity.token_file.clone();
        let token = host::run(move || file::token(&path)).await?;
        let token = token.map_err(|fault| Error::credentials(format!("the OIDC token's file {fault}")))?;
        self.sts.assume_role_with_oidc(&self.role, &self.identity.provider_arn, &token).await
    }
}

impl Provider for Oidc {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn name(&self) -> &'static str {
        "oidc"
    }
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oidc").finish_non_exhaustive()
    }
}
