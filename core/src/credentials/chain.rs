//! The default chain: sources in the order of the service's own SDKs, tried until one gives keys.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::source_probe::SourceProbe;
use super::{
    Credentials, CredentialsFuture, DiagnosisFuture, EnvironmentProvider, Factory, Provider, SourceReport, SourceState,
    cli_config, environment, ini, probes,
};
use crate::environment::Environment;
use crate::error::{Error, Result};

const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";

/// Sources to try, and those that there are none of. Once one has given keys, calls are signed with its keys alone: another
/// one's would be another identity.
pub(crate) struct Chain {
    links: Vec<Link>,
    /// Position of the source that gave keys.
    settled: AtomicUsize,
}

const UNSETTLED: usize = usize::MAX;

struct Link {
    name: &'static str,
    source: Result<Arc<dyn Provider>, Skipped>,
}

struct Skipped {
    state: SourceState,
    reason: String,
}

impl Link {
    /// Of a source that there is none of.
    fn skipped(&self) -> Option<SourceReport> {
        let skipped = self.source.as_ref().err()?;
        Some(SourceReport::new(self.name, skipped.state, &*skipped.reason))
    }
}

impl Chain {
    /// Looks at the environment and the files that it leads to; no one is asked. A profile that was chosen in code leaves only
    /// the files to look at.
    ///
    /// # Errors
    /// The environment holds half a key, or one that cannot be used.
    pub(crate) fn probe(environment: &Environment, factory: &Factory, profile: Option<&str>) -> Result<Self> {
        let named = environment.get(PROFILE);
        let chosen = profile.or(named.as_deref());
        let files: [(&str, &dyn Fn() -> Result<SourceProbe>); 2] = [
            ("cli_profile", &|| Ok(cli_config::probe(environment, factory, chosen))),
            ("ini_profile", &|| Ok(ini::probe(environment, factory, chosen))),
        ];
        if profile.is_some() {
            return Self::of(&files);
        }
        let [cli, ini] = files;
        Self::of(&[
            ("environment", &|| EnvironmentProvider::probe(environment)),
            ("oidc", &|| Ok(probes::oidc(environment, factory))),
            cli,
            ini,
            ("ecs_metadata", &|| Ok(probes::metadata(environment, factory))),
            ("credentials_uri", &|| Ok(probes::uri(environment, factory))),
        ])
    }

    /// Looks for one source after the other, up to the first that has its keys at hand.
    fn of(sources: &[(&'static str, &dyn Fn() -> Result<SourceProbe>)]) -> Result<Self> {
        let mut links = Vec::new();
        let mut at_hand = None;
        for (name, probe) in sources {
            let skipped = |state, reason| Err(Skipped { state, reason });
            let source = match at_hand {
                Some(winner) => skipped(SourceState::NotAsked, format!("{winner} has keys at hand")),
                None => match probe()? {
                    SourceProbe::Absent(why) => skipped(SourceState::Absent, why),
                    SourceProbe::Broken(error) => skipped(SourceState::Failed, error.message().to_owned()),
                    SourceProbe::Asked(source) => Ok(source),
                    SourceProbe::AtHand(source) => {
                        at_hand = Some(*name);
                        Ok(source)
                    }
                },
            };
            links.push(Link { name, source });
        }
        // What has keys at hand and nobody before it need not be waited for.
        let first = links.iter().position(|link| link.source.is_ok());
        let settled = first.filter(|first| Some(links[*first].name) == at_hand).unwrap_or(UNSETTLED);
        if let Some(winner) = links.get(settled) {
            tell_of(winner.name, &links[..settled].iter().filter_map(Link::skipped).collect::<Vec<_>>());
        }
        Ok(Self { links, settled: AtomicUsize::new(settled) })
    }

    /// Refuses a chain in which there is no one to ask.
    pub(crate) fn validated(self) -> Result<Self> {
        let skipped = self.links.iter().map(Link::skipped);
        skipped.collect::<Option<Vec<_>>>().map_or(Ok(self), |reports| Err(no_credentials(&reports)))
    }

    fn settled(&self) -> Option<(&'static str, &Arc<dyn Provider>)> {
        let link = self.links.get(self.settled.load(Ordering::Relaxed))?;
        link.source.as_ref().ok().map(|source| (link.name, source))
    }

    /// Asks one after the other, up to the first that gives keys; tells what became of each.
    async fn ask(&self) -> (Option<Credentials>, Vec<SourceReport>) {
        let mut reports = Vec::new();
        for (position, link) in self.links.iter().enumerate() {
            let (name, Ok(source)) = (link.name, &link.source) else {
                reports.extend(link.skipped());
                continue;
            };
            let outcome = source.credentials().await;
            reports.push(SourceReport::of(name, &outcome));
            if let Ok(credentials) = outcome {
                if self.settled.compare_exchange(UNSETTLED, position, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                    tell_of(name, &reports);
                }
                return (Some(credentials), reports);
            }
        }
        (None, reports)
    }
}

/// Whose keys are used, and who should perhaps have given some.
fn tell_of(winner: &str, reports: &[SourceReport]) {
    for report in reports.iter().filter(|report| report.state == SourceState::Failed) {
        tracing::warn!(source = report.name, reason = report.reason, instead = winner, "a source of credentials cannot be used");
    }
    tracing::debug!(source = winner, "credentials come from here from now on");
}

/// Where no source gave any: what to do about it, and what became of each.
fn no_credentials(reports: &[SourceReport]) -> Error {
    let each: Vec<_> = reports.iter().map(|report| format!("{}: {}", report.name, report.reason)).collect();
    Error::credentials(format!("no credentials: {} ({})", environment::ADVICE, each.join("; ")))
}

impl Provider for Chain {
    fn credentials(&self) -> CredentialsFuture<'_> {
        match self.settled() {
            Some((_, source)) => source.credentials(),
            None => Box::pin(async {
                let (credentials, reports) = self.ask().await;
                credentials.ok_or_else(|| no_credentials(&reports))
            }),
        }
    }

    fn name(&self) -> &str {
        self.settled().map_or("chain", |(name, _)| name)
    }

    fn expired(&self, credentials: &Credentials) {
        if let Some((_, source)) = self.settled() {
            source.expired(credentials);
        }
    }

    /// Asks as the first call would.
    fn diagnose(&self) -> DiagnosisFuture<'_> {
        Box::pin(async {
            let (_, mut reports) = self.ask().await;
            let not_asked = |name| SourceReport::new(name, SourceState::NotAsked, "an earlier source gave keys");
            let rest = self.links[reports.len()..].iter();
            reports.extend(rest.map(|link| link.skipped().unwrap_or_else(|| not_asked(link.name))));
            reports
        })
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chain").field(&self.name()).finish()
    }
}
