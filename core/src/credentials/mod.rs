//! Where the keys come from: one source per file, all behind [`Provider`].
//!
//! A source is either at hand (given, in the environment, in a file) or must be asked over the network or by running a
//! program; the latter stands behind a cache. The chain tries them in the order of the service's own SDKs.

mod assume_role;
mod cache;
mod chain;
mod cli_config;
mod diagnosis;
mod environment;
mod external;
mod factory;
mod file;
mod fixed;
mod flight;
mod ini;
mod json;
mod keys;
mod metadata;
mod oidc;
mod process;
mod reply;
mod single;
mod sts;
mod time;
mod uri;

pub(crate) use chain::Chain;
pub use diagnosis::{SourceReport, SourceState};
pub use environment::EnvironmentProvider;
pub(crate) use factory::Factory;
pub use fixed::FixedProvider;
pub use keys::Credentials;
pub(crate) use single::SingleFlight;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::error::Result;

/// A boxed future, as [`Provider`] gives it.
pub type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials>> + Send + 'a>>;

/// A boxed future, as [`Provider::diagnose`] gives it.
pub type DiagnosisFuture<'a> = Pin<Box<dyn Future<Output = Vec<SourceReport>> + Send + 'a>>;

/// A source of credentials, asked before every request.
///
/// A client asks it once at a time: the calls that want keys while it is being asked share the answer. Each waits under its own
/// deadline and cancellation, and one that leaves does not end the asking. No answer is kept, whatever its expiry: a source
/// that is slow keeps its keys itself.
pub trait Provider: fmt::Debug + Send + Sync {
    /// The keys to sign the next request with.
    fn credentials(&self) -> CredentialsFuture<'_>;

    /// The same, on the thread of a caller that blocks. `None`, the default, has [`credentials`](Self::credentials) asked
    /// instead. No deadline ends it before it returns.
    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        None
    }

    /// A short name for diagnosis, e.g. `environment`.
    fn name(&self) -> &str;

    /// Hears that the service refused `credentials`, which came from here, as expired: a source that keeps them fetches
    /// others.
    fn expired(&self, credentials: &Credentials) {
        let _ = credentials;
    }

    /// Asks, and tells how it went; of a source that has others behind it, of each.
    fn diagnose(&self) -> DiagnosisFuture<'_> {
        Box::pin(async { vec![SourceReport::of(self.name(), &self.credentials().await)] })
    }
}
