//! What a service that runs for weeks says on stderr.

use std::time::{Duration, Instant};

use crate::output;
use crate::plain::plain;

/// How often the same warning is repeated.
const QUIET: Duration = Duration::from_mins(1);

/// The latest warning, and when it was given.
#[derive(Debug, Default)]
pub(super) struct Warnings(Option<(Instant, String)>);

impl Warnings {
    /// Warns on stderr, but not of the same again at once.
    pub(super) fn warn(&mut self, message: &str) {
        let is_old = self.0.as_ref().is_some_and(|(at, warning)| warning == message && at.elapsed() < QUIET);
        if !is_old {
            output::note(&plain(&format!("cloudauth: {message}")));
            self.0 = Some((Instant::now(), message.to_owned()));
        }
    }
}
