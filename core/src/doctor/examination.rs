//! The asking, in order: where the way to the server ends, nothing further on is asked.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::call::{self, Answer, Caller};
use super::finding::{Check, Finding};
use super::permission::{self, Permission};
#[cfg(feature = "quota-redis")]
use super::quota;
use super::{certificate, clock, endpoint, keys, latency, way};
use crate::catalogue::Kind;
use crate::clock::Clock;
use crate::credentials::{Credentials, Provider, SourceState};
use crate::endpoint_source::{ChosenEndpoint, EndpointSource};
use crate::error::{Error, Result};
#[cfg(feature = "quota-redis")]
use crate::quota::QuotaServer;
use crate::request::CHECK_RESULT;
use crate::sign::Signature;
use crate::transport::{Probe, Settings};

/// Everything that a client would be made of.
pub(crate) struct Examination {
    pub(crate) sources: Result<Arc<dyn Provider>>,
    /// `None` where nothing says where to call.
    pub(crate) endpoint: Option<ChosenEndpoint>,
    pub(crate) settings: Settings,
    pub(crate) signature: Signature,
    pub(crate) clock: Arc<dyn Clock>,
    /// For the way to the server and the calls, all of them.
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    /// `None` where each client counts for itself.
    #[cfg(feature = "quota-redis")]
    pub(crate) quota: Option<Result<QuotaServer>>,
    pub(crate) latency: bool,
}

/// Why a way ends: the last check that was made, and what it found.
type End = (Check, Finding);

impl Examination {
    pub(crate) async fn run(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let credentials = self.keys(&mut findings).await;
        findings.push(endpoint::assess(self.endpoint.as_ref()));
        match &self.endpoint {
            None => not_tried(&mut findings, Check::Endpoint, "nothing says where to call"),
            Some(chosen) => self.call(chosen, credentials.as_ref(), &mut findings).await,
        }
        #[cfg(feature = "quota-redis")]
        self.quota(&mut findings).await;
        let endpoint_given = self.endpoint.as_ref().is_some_and(|chosen| !matches!(chosen.source, EndpointSource::Region { .. }));
        if self.latency && !endpoint_given {
            findings.extend(latency::measure(&self.settings).await);
        }
        findings
    }

    #[cfg(feature = "quota-redis")]
    async fn quota(&self, findings: &mut Vec<Finding>) {
        findings.extend(match &self.quota {
            None => None,
            Some(Err(error)) => Some(Finding::failed(Check::Quota, error)),
            Some(Ok(server)) => {
                let begun = Instant::now();
                let outcome = server.inspect().await;
                Some(quota::assess(&server.name(), outcome).took(begun.elapsed()))
            }
        });
    }

    async fn keys(&self, findings: &mut Vec<Finding>) -> Option<Credentials> {
        let provider = match &self.sources {
            Ok(provider) => provider,
            Err(error) => {
                findings.push(Finding::failed(Check::Credentials, error));
                return None;
            }
        };
        let reports = provider.diagnose().await;
        findings.extend(keys::assess(&reports));
        // Not asked in vain: who gave none a moment ago may take as long again to say so.
        let given = reports.iter().any(|report| report.state == SourceState::Used);
        if given { provider.credentials().await.ok() } else { None }
    }

    /// The way to the server, and what it answers.
    async fn call(&self, chosen: &ChosenEndpoint, credentials: Option<&Credentials>, findings: &mut Vec<Finding>) {
        let begun = Instant::now();
        let deadline = begun.checked_add(self.timeout).unwrap_or(begun + LONGEST);
        match self.way(chosen, deadline, findings).await {
            Ok(()) => self.ask(chosen, credentials, deadline, findings).await,
            Err((at, finding)) => {
                findings.push(finding);
                not_tried(findings, at, "the way to the server ends earlier");
            }
        }
    }

    async fn way(&self, chosen: &ChosenEndpoint, deadline: Instant, findings: &mut Vec<Finding>) -> Result<(), End> {
        let (endpoint, internal) = (&chosen.endpoint, endpoint::is_internal(chosen));
        let probe = Probe::new(endpoint, &self.settings).map_err(|error| {
            let check = if error.kind() == Kind::Tls { Check::Tls } else { Check::Proxy };
            (check, Finding::failed(check, &error))
        })?;
        findings.push(way::proxy(probe.proxy(), endpoint));

        let host = probe.host();
        if probe.host_is_name() {
            let begun = Instant::now();
            let addresses = within(deadline, probe.resolve()).await;
            let addresses = addresses.map_err(|error| (Check::Dns, way::dns_failed(host, &error)))?;
            findings.push(way::dns(host, &addresses).took(begun.elapsed()));
        } else {
            findings.push(Finding::skipped(Check::Dns, format!("{host} is an address, not a name")));
        }

        let begun = Instant::now();
        let open = within(deadline, probe.reach()).await;
        let open = open.map_err(|error| (Check::Tcp, way::failed(Check::Tcp, &error, internal)))?;
        findings.push(way::tcp(&probe.next(), begun.elapsed()));
        let passed = within(deadline, probe.pass(open)).await;
        let open = passed.map_err(|error| (Check::Tcp, way::failed(Check::Proxy, &error, internal)))?;

        let begun = Instant::now();
        let version = within(deadline, async { Ok(probe.secure(open).await) }).await;
        let version = version.map_err(|error| (Check::Tls, Finding::failed(Check::Tls, &error)))?;
        let version = version.map_err(|failed| (Check::Tls, certificate::assess(endpoint, &failed, self.clock.now())))?;
        findings.push(way::tls(endpoint, version, begun.elapsed()));
        Ok(())
    }

    async fn ask(
        &self,
        chosen: &ChosenEndpoint,
        credentials: Option<&Credentials>,
        deadline: Instant,
        findings: &mut Vec<Finding>,
    ) {
        let caller = Caller {
            endpoint: &chosen.endpoint,
            settings: &self.settings,
            signature: self.signature,
            clock: &self.clock,
            limit: self.attempt_timeout,
            deadline,
        };
        let answer = match credentials {
            None => {
                let without = |check| Finding::skipped(check, "not tried: there are no keys to sign with");
                findings.extend([Check::Call, Check::Permission].map(without));
                caller.unsigned().await
            }
            Some(credentials) => {
                let begun = Instant::now();
                let first = caller.signed(CHECK_RESULT, credentials, self.clock.now()).await;
                let took = begun.elapsed();
                let date = first.date.map(|(date, _)| date).filter(|_| call::refused_for_its_time(&first.outcome));
                let second = match date {
                    Some(date) => Some(caller.signed(CHECK_RESULT, credentials, date).await.outcome),
                    None => None,
                };
                findings.push(call::assess(&first.outcome, second.as_ref()).took(took));
                self.permissions(&caller, credentials, date, second.as_ref().unwrap_or(&first.outcome), findings).await;
                first
            }
        };
        findings.push(match answer {
            Answer { replied: false, .. } => Finding::skipped(Check::Clock, "not compared: no reply came"),
            Answer { date, .. } => clock::assess(date.map(|(_, ahead)| ahead)),
        });
    }

    /// `date`: the server's, where it refuses this machine's. `outcome`: of a call of [`CHECK_RESULT`].
    async fn permissions(
        &self,
        caller: &Caller<'_>,
        credentials: &Credentials,
        date: Option<SystemTime>,
        outcome: &Result<()>,
        findings: &mut Vec<Finding>,
    ) {
        if Permission::of(outcome) == Permission::NotTold {
            findings.push(Finding::skipped(Check::Permission, "not asked: the call tells nothing of it"));
            return;
        }
        findings.push(permission::assess(CHECK_RESULT, outcome));
        for action in permission::ASKED {
            let answer = caller.signed(action, credentials, date.unwrap_or_else(|| self.clock.now())).await;
            findings.push(permission::assess(action, &answer.outcome));
        }
        findings.extend(permission::not_asked());
    }
}

/// Longer than anything takes.
const LONGEST: Duration = Duration::from_hours(24);

/// `step`, unless the time for all of them is over first.
async fn within<T>(deadline: Instant, step: impl Future<Output = Result<T>>) -> Result<T> {
    let late = |_| Err(Error::new(Kind::Timeout, "the time given was over before this was done"));
    tokio::time::timeout_at(deadline, step).await.unwrap_or_else(late)
}

/// What comes after `last` on the way.
fn not_tried(findings: &mut Vec<Finding>, last: Check, why: &str) {
    let passed = Check::ON_THE_WAY.iter().position(|check| *check == last).map_or(0, |position| position + 1);
    let rest = Check::ON_THE_WAY.into_iter().skip(passed);
    findings.extend(rest.map(|check| Finding::skipped(check, format!("not tried: {why}"))));
}
