//! Makes the sources that are asked over the network, with what all of them need.

use std::sync::Arc;

use super::Provider;
use super::assume_role::AssumeRole;
use super::cache::Cache;
use super::external::External;
use super::metadata::Metadata;
use super::oidc::{Identity, Oidc};
use super::sts::{self, Role, Sts, StsRegion};
use super::uri::Uri;
use crate::clock::Clock;
use crate::endpoint::Endpoint;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::transport::Settings;

/// In place of every STS; for tests, and for networks that reach it by another name.
const STS_OVERRIDE: &str = "CLOUDAUTH_STS_ENDPOINT";
/// In place of the STS of no region in particular; a cluster sets it in its pods.
const STS_ENDPOINT: &str = "ALIBABA_CLOUD_STS_ENDPOINT";
/// Stands in for the metadata service; for tests, so it must be loopback.
const METADATA_ENDPOINT: &str = "CLOUDAUTH_METADATA_ENDPOINT";
const METADATA: &str = "http://100.100.100.200";

#[derive(Clone, Debug)]
pub(crate) struct Factory {
    settings: Settings,
    clock: Arc<dyn Clock>,
    allow_insecure: bool,
    sts_region: StsRegion,
    sts_override: Option<Endpoint>,
    sts: Option<Endpoint>,
    metadata: Endpoint,
    metadata_v1: bool,
}

impl Factory {
    pub(crate) fn new(
        environment: &Environment,
        settings: &Settings,
        clock: &Arc<dyn Clock>,
        allow_insecure: bool,
    ) -> Result<Self> {
        let endpoint = |name: &str, insecure| {
            let read = |text: String| Endpoint::parse(&text, insecure).map_err(|error| Error::invalid_argument(name, error));
            environment.get(name).map(read).transpose()
        };
        let metadata = endpoint(METADATA_ENDPOINT, false)?;
        if metadata.as_ref().is_some_and(|endpoint| !endpoint.is_loopback()) {
            return Err(Error::invalid_argument(METADATA_ENDPOINT, "must be a loopback address: it is for tests"));
        }
        Ok(Self {
            settings: settings.clone(),
            clock: clock.clone(),
            allow_insecure,
            sts_region: StsRegion {
                region: environment.get("ALIBABA_CLOUD_STS_REGION"),
                vpc: environment.says_true("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"),
            },
            sts_override: endpoint(STS_OVERRIDE, allow_insecure)?,
            sts: endpoint(STS_ENDPOINT, allow_insecure)?,
            metadata: metadata.map_or_else(|| Endpoint::parse(METADATA, true), Ok)?,
            metadata_v1: !environment.says_true("ALIBABA_CLOUD_IMDSV1_DISABLED"),
        })
    }

    pub(super) fn assume_role(&self, source: Arc<dyn Provider>, role: Role, region: StsRegion) -> Result<Arc<dyn Provider>> {
        let source = AssumeRole::new(source, self.sts(region)?, role.validated()?);
        Ok(self.cached(source))
    }

    pub(super) fn oidc(&self, identity: Identity, role: Role, region: StsRegion) -> Result<Arc<dyn Provider>> {
        let source = Oidc::new(identity, self.sts(region)?, role.validated()?);
        Ok(self.cached(source))
    }

    /// `role`: `None` asks the service which it is.
    pub(super) fn metadata(&self, role: Option<String>) -> Result<Arc<dyn Provider>> {
        Ok(self.cached(Metadata::new(self.metadata.clone(), self.settings.clone(), role, self.metadata_v1)?))
    }

    pub(super) fn uri(&self, text: &str) -> Result<Arc<dyn Provider>> {
        Ok(self.cached(Uri::new(text, self.settings.clone(), self.allow_insecure)?))
    }

    pub(super) fn external(&self, command: &str) -> Result<Arc<dyn Provider>> {
        Ok(self.cached(External::new(command)?))
    }

    fn sts(&self, region: StsRegion) -> Result<Sts> {
        let sts = self.sts.as_ref().filter(|_| region.is_default());
        let endpoint = match self.sts_override.as_ref().or(sts) {
            Some(endpoint) => endpoint.clone(),
            None => region.or(&self.sts_region).endpoint()?,
        };
        if !sts::is_sts(&endpoint) {
            tracing::warn!(%endpoint, "identity tokens and keys of roles go through a host that is not one of STS");
        }
        Ok(Sts::new(endpoint, self.settings.clone(), self.clock.clone()))
    }

    fn cached(&self, source: impl Provider + 'static) -> Arc<dyn Provider> {
        Arc::new(Cache::new(Arc::new(source), self.clock.clone()))
    }
}
