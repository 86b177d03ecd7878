//! A role that an identity token in a file may play (`AssumeRoleWithOIDC`), as in a cluster's pods.

use std::fmt;
use std::path::PathBuf;

use super::chain::Look;
use super::factory::Factory;
use super::sts::{Place, Role, Sts};
use super::{Credentials, CredentialsFuture, Provider, file};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::host;

const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
const PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";

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

    /// What the environment says of one.
    pub(super) fn look(environment: &Environment, factory: &Factory) -> Look {
        let missing: Vec<_> =
            [TOKEN_FILE, ROLE_ARN, PROVIDER_ARN].into_iter().filter(|name| environment.get(name).is_none()).collect();
        let (Some(token_file), Some(arn), Some(provider_arn)) =
            (environment.get(TOKEN_FILE), environment.get(ROLE_ARN), environment.get(PROVIDER_ARN))
        else {
            return Look::Absent(format!("not set: {}", missing.join(", ")));
        };
        let role = Role { arn, session_name: environment.get(SESSION_NAME), ..Role::default() };
        let identity = Identity { provider_arn, token_file: PathBuf::from(token_file) };
        Look::of(factory.oidc(identity, role, Place::default()))
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
