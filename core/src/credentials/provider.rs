//! What a source of credentials is asked, and what it hears.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::{Credentials, SourceReport};
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
