//! What the services around `CheckResult` hold that give out temporary keys: their faults, their counters, and the keys.

mod control;
mod fault;
mod issued;

pub(crate) use control::{describe, set};
pub use fault::CloudFault;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::clock::Moment;
use crate::reply::random;
use crate::verify::hex;
use issued::{Issued, Keys};

/// The OIDC token that is taken, until it is set to another.
const OIDC_TOKEN: &str = "emulator.oidc.token";
const LIFETIME: Duration = Duration::from_hours(1);

/// A service that gives out temporary keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloudService {
    /// `AssumeRole`, signed.
    AssumeRole,
    /// `AssumeRoleWithOIDC`, which an OIDC token vouches for.
    Oidc,
    /// An instance's metadata.
    Metadata,
    /// A URI that answers with keys.
    CredentialsUri,
}

impl CloudService {
    const ALL: [CloudService; 4] =
        [CloudService::AssumeRole, CloudService::Oidc, CloudService::Metadata, CloudService::CredentialsUri];

    /// `assume_role`, `oidc`, `metadata` or `credentials_uri`.
    pub fn name(self) -> &'static str {
        match self {
            CloudService::AssumeRole => "assume_role",
            CloudService::Oidc => "oidc",
            CloudService::Metadata => "metadata",
            CloudService::CredentialsUri => "credentials_uri",
        }
    }
}

/// The services that give out temporary keys, their faults and their counters.
#[derive(Debug)]
pub struct Cloud(Mutex<State>);

pub(crate) struct State {
    lifetime: Duration,
    pub(crate) oidc_token: String,
    pub(crate) imds_v1: bool,
    pub(crate) imds_tokens: Vec<(Moment, String)>,
    issued: Issued,
    each: [Counted; CloudService::ALL.len()],
}

#[derive(Clone, Default)]
struct Counted {
    fault: Option<CloudFault>,
    requests: u64,
    issued: u64,
}

// By hand: it holds secrets.
impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

impl Default for Cloud {
    fn default() -> Self {
        Cloud(Mutex::new(State {
            lifetime: LIFETIME,
            oidc_token: OIDC_TOKEN.to_owned(),
            imds_v1: false,
            imds_tokens: Vec::new(),
            issued: Issued::default(),
            each: Default::default(),
        }))
    }
}

impl Cloud {
    /// How long keys live that are given out from now on; an hour at first.
    pub fn set_lifetime(&self, lifetime: Duration) {
        self.state().lifetime = lifetime;
    }

    /// Makes a service misbehave, or behave again.
    pub fn set_fault(&self, service: CloudService, fault: Option<CloudFault>) {
        self.state().of(service).fault = fault;
    }

    /// The one OIDC token that is taken from now on; `emulator.oidc.token` at first.
    pub fn set_oidc_token(&self, token: impl Into<String>) {
        self.state().oidc_token = token.into();
    }

    /// Whether metadata is given without a token, too, as the first version of the service did; not at first.
    pub fn set_imds_v1(&self, allowed: bool) {
        self.state().imds_v1 = allowed;
    }

    /// How many requests a service has had, whatever came of them.
    pub fn requests(&self, service: CloudService) -> u64 {
        self.state().of(service).requests
    }

    /// How many times a service has given out keys.
    pub fn issued(&self, service: CloudService) -> u64 {
        self.state().of(service).issued
    }

    /// The keys of that id, if they were given out here.
    pub(crate) fn keys(&self, access_key_id: &str) -> Option<Keys> {
        self.state().issued.get(access_key_id)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request; gives the fault to commit.
    pub(crate) fn begin(&self, service: CloudService) -> Option<CloudFault> {
        let mut state = self.state();
        let counted = state.of(service);
        counted.requests += 1;
        counted.fault
    }

    /// Fresh keys, as every service words them.
    pub(crate) fn issue(&self, service: CloudService, now: Moment) -> Value {
        let mut state = self.state();
        let dead = state.of(service).fault == Some(CloudFault::Expired);
        let end = if dead { Moment(now.0 - 3_600_000) } else { now.plus(state.lifetime) };
        let keys = Keys { secret: hex(&random::<16>()), token: hex(&random::<32>()), end };
        let id = format!("STS.{}", hex(&random::<12>()));
        state.of(service).issued += 1;
        let worded = json!({
            "AccessKeyId": id,
            "AccessKeySecret": keys.secret,
            "SecurityToken": keys.token,
            "Expiration": end.iso(),
        });
        state.issued.insert(id, keys);
        worded
    }
}

impl State {
    fn of(&mut self, service: CloudService) -> &mut Counted {
        &mut self.each[service as usize]
    }
}
