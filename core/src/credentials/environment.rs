//! Keys in the service's own environment variables.

use std::mem;

use super::source_probe::SourceProbe;
use super::{Credentials, CredentialsFuture, Provider};
use crate::environment::Environment;
use crate::error::{Error, Result};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// What to say first where no source gave any.
pub(super) const ADVICE: &str =
    "give `access_key_id` and `access_key_secret`, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET";

/// What the environment held when the client was made.
#[derive(Clone, Debug)]
pub struct EnvironmentProvider(Credentials);

impl EnvironmentProvider {
    /// Reads the three variables now; an error names the one that is missing.
    pub fn from_environment(environment: &Environment) -> Result<Self> {
        let need = |name: &str| {
            let missing = || Error::credentials(format!("no credentials: {ADVICE} ({name} is not set)"));
            environment.secret(name).ok_or_else(missing)
        };
        let (mut id, mut secret) = (need(ID)?, need(SECRET)?);
        Credentials::new(mem::take(&mut *id), mem::take(&mut *secret), environment.get(TOKEN))
            .map(Self)
            .map_err(|error| Error::credentials(format!("in the environment, {error}")))
    }

    /// Half a key, or one that cannot be used, is a mistake to be told of and no reason to look elsewhere.
    pub(super) fn probe(environment: &Environment) -> Result<SourceProbe> {
        if environment.secret(ID).is_none() && environment.secret(SECRET).is_none() {
            return Ok(SourceProbe::Absent(format!("{ID} is not set")));
        }
        Self::from_environment(environment).map(SourceProbe::at_hand)
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
