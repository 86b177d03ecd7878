//! Keys in the service's own environment variables.

use super::{Credentials, CredentialsFuture, Provider};
use crate::environment::Environment;
use crate::error::{Error, Result};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// What the environment held when the client was made.
#[derive(Clone, Debug)]
pub struct EnvironmentProvider(Credentials);

impl EnvironmentProvider {
    /// Reads the three variables now; an error names the one that is missing.
    pub fn from_environment(environment: &Environment) -> Result<Self> {
        let need = |name: &str| {
            environment.get(name).ok_or_else(|| {
                Error::credentials(format!(
                    "no credentials: give access_key_id and access_key_secret, or set {ID} and {SECRET} ({name} is not set)"
                ))
            })
        };
        Credentials::new(need(ID)?, need(SECRET)?, environment.get(TOKEN))
            .map(Self)
            .map_err(|error| Error::credentials(format!("in the environment, {error}")))
    }
}

impl Provider for EnvironmentProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    fn name(&self) -> &'static str {
        "environment"
    }
}
