//! Which server a client calls, by what it is given and by the environment.

use crate::endpoint::{self, Endpoint, Network, Region};
use crate::endpoint_source::{ChosenEndpoint, EndpointSource};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::options::{self, Given};

/// The server to call; says so where the environment has a part in that.
pub(super) fn of(given: &Given, environment: &Environment) -> Result<Endpoint> {
    let ChosenEndpoint { endpoint, source } = chosen(given, environment)?.ok_or_else(endpoint::nowhere)?;
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
pub(super) fn chosen(given: &Given, environment: &Environment) -> Result<Option<ChosenEndpoint>> {
    let region = given.region.as_ref().map(|id| id.parse::<Region>()).transpose()?;
    let network: Network = given.network.as_ref().map_or(options::NETWORK, |name| name.as_str()).parse()?;
    let insecure = given.allow_insecure.unwrap_or(options::ALLOW_INSECURE);
    if let Some(endpoint) = &given.endpoint {
        let endpoint = Endpoint::parse(endpoint, insecure)?;
        return Ok(Some(ChosenEndpoint { endpoint, source: EndpointSource::Endpoint }));
    }
    let mut ignored = false;
    if let Some(endpoint) = environment.get("CLOUDAUTH_ENDPOINT") {
        let endpoint =
            Endpoint::parse(&endpoint, insecure).map_err(|error| Error::invalid_argument("CLOUDAUTH_ENDPOINT", error))?;
        if region.is_none() || endpoint.is_loopback() {
            return Ok(Some(ChosenEndpoint { endpoint, source: EndpointSource::EnvironmentEndpoint { overridden: region } }));
        }
        ignored = true;
    }
    let from_environment = || environment.get("CLOUDAUTH_REGION").map(|id| id.parse()).transpose();
    let source = |id| EndpointSource::Region { region: id, network, given: region.is_some(), ignored };
    let chosen = region.map_or_else(from_environment, |region| Ok(Some(region)))?;
    Ok(chosen.map(|region| ChosenEndpoint { endpoint: Endpoint::of(region, network), source: source(region) }))
}
