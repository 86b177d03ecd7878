//! A source of the host's, asked by one call at a time.

use std::fmt;
use std::sync::Arc;

use super::flight::{self, Flight};
use super::{Credentials, CredentialsFuture, DiagnosisFuture, Provider};
use crate::error::Result;

/// Asks a source once for all calls that want keys at the same time. Nothing is kept: the call that comes after an outcome asks
/// anew, whatever expiry it had.
pub(crate) struct SingleFlight {
    source: Arc<dyn Provider>,
    flight: Flight,
}

impl SingleFlight {
    pub(crate) fn new(source: Arc<dyn Provider>) -> Self {
        Self { source, flight: Flight::new() }
    }

    async fn ask(&self) -> Result<Credentials> {
        loop {
            let landing = self.flight.fetch(|| flight::ask(self.source.clone()))?;
            if let Some(outcome) = landing.outcome().await {
                return outcome;
            }
        }
    }
}

impl Provider for SingleFlight {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        self.flight.ask_here(&self.source)
    }

    fn name(&self) -> &str {
        self.source.name()
    }

    fn expired(&self, credentials: &Credentials) {
        self.source.expired(credentials);
    }

    fn diagnose(&self) -> DiagnosisFuture<'_> {
        self.source.diagnose()
    }
}

impl fmt::Debug for SingleFlight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SingleFlight").field(&self.source).finish()
    }
}
