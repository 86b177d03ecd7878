//! What a client made of these options would meet.

use super::{ClientBuilder, endpoint};
use crate::doctor::{Examination, Finding};
use crate::error::Result;
#[cfg(feature = "quota-redis")]
use crate::quota::QuotaServer;
use crate::runtime;

/// What [`ClientBuilder::diagnose`] looks at.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DiagnosisOptions {
    /// Measure how long connecting takes to each region's public and internal host, too. Never done where an endpoint was
    /// given: who calls an emulator has no business with the regions.
    pub latency: bool,
}

impl Default for DiagnosisOptions {
    fn default() -> Self {
        Self { latency: true }
    }
}

impl DiagnosisOptions {
    /// Whether to measure the way to the regions.
    #[must_use]
    pub fn latency(mut self, latency: bool) -> Self {
        self.latency = latency;
        self
    }
}

impl ClientBuilder {
    /// Looks at all that a call needs, one thing after the other, and tells what is found: keys, the way to the server and its
    /// certificate, a signed call, the clock, the server of a shared quota. Blocks meanwhile: for `timeout` at most, besides asking for keys, the
    /// quota's server and latencies.
    ///
    /// The signed calls change nothing, and no verification is billed for them: a `CheckResult` for a transaction that is made
    /// up, which the service refuses, a second one where the clock is wrong, and where keys and signature are accepted a
    /// `CheckVerifyLog` and a `KeepaliveIntl`, to learn which operations the keys permit.
    ///
    /// # Errors
    /// An option breaks its rule. That there are no keys, no region or no server is a finding.
    pub fn diagnose(&self, options: &DiagnosisOptions) -> Result<Vec<Finding>> {
        let environment = self.environment_or_process();
        let (settings, limits, clock) = (self.settings()?, self.limits()?, self.clock_or_system());
        #[cfg(feature = "quota-redis")]
        let quota = self.quota_url_or(&environment).map(|url| QuotaServer::new(&url, &settings));
        let examination = Examination {
            endpoint: endpoint::chosen(&self.given, &environment)?,
            sources: self.sources(&environment, &settings, &clock),
            signature: self.chosen_signature()?,
            settings,
            clock,
            timeout: limits.timeout,
            attempt_timeout: limits.attempt_timeout,
            #[cfg(feature = "quota-redis")]
            quota,
            latency: options.latency,
        };
        runtime::plain_thread(|| runtime::block_on(examination.run()))
    }
}
