//! Which server a client calls, by what it is given and by the environment.

use crate::endpoint::{self, Endpoint, Network, Region};
use crate::endpoint_source::{ChosenEndpoint, EndpointSource};
use crate::environment::Environment;
use crate::error::{Error, Result};

/// The options that name it.
#[derive(Clone, Default)]
pub(super) struct EndpointOptions {
    pub(super) region: Option<String>,
    pub(super) network: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) allow_insecure: bool,
}

impl EndpointOptions {
    /// The server to call; says so where the environment has a part in that.
    pub(super) fn endpoint(&self, environment: &Environment) -> Result<Endpoint> {
        let ChosenEndpoint { endpoint, source } = self.chosen(environment)?.ok_or_else(endpoint::nowhere)?;
        match source {
            EndpointSource::EnvironmentEndpoint { overridden: Some(_) } => {
                tracing::warn!(%endpoint, "CLOUDAUTH_ENDPOINT overrides the host of the region given");
            }
            EndpointSource::Region { ignored: true, .. } => {
                tracing::warn!(%endpoint, "CLOUDAUTH_ENDPOINT is ignored: a region is given, and it is not a loopback address");
            }
            _ => {}
        }
        Ok(endpoint)
    }

    /// What is given in code goes before the environment, but for a loopback address, which may stand in for a region: it is
    /// there to point a finished program at an emulator.
    pub(super) fn chosen(&self, environment: &Environment) -> Result<Option<ChosenEndpoint>> {
        let given = self.region.as_deref().map(str::parse::<Region>).transpose()?;
        let network = self.network.as_deref().map(str::parse::<Network>).transpose()?.unwrap_or_default();
        if let Some(endpoint) = &self.endpoint {
            let endpoint = Endpoint::parse(endpoint, self.allow_insecure)?;
            return Ok(Some(ChosenEndpoint { endpoint, source: EndpointSource::Endpoint }));
        }
        let mut ignored = false;
        if let Some(endpoint) = environment.get("CLOUDAUTH_ENDPOINT") {
            let endpoint = Endpoint::parse(&endpoint, self.allow_insecure)
                .map_err(|error| Error::invalid_argument("CLOUDAUTH_ENDPOINT", error))?;
            if given.is_none() || endpoint.is_loopback() {
                return Ok(Some(ChosenEndpoint { endpoint, source: EndpointSource::EnvironmentEndpoint { overridden: given } }));
            }
            ignored = true;
        }
        let from_environment = || environment.get("CLOUDAUTH_REGION").map(|id| id.parse()).transpose();
        let region = given.map_or_else(from_environment, |region| Ok(Some(region)))?;
        let source = |region| EndpointSource::Region { region, network, given: given.is_some(), ignored };
        Ok(region.map(|region| ChosenEndpoint { endpoint: Endpoint::of(region, network), source: source(region) }))
    }
}
