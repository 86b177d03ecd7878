use std::time::Duration;

use super::argument::{self, Argument};
use super::draw::Draw;

/// A fault, as it is applied once.
#[derive(Debug)]
pub(crate) struct Applied<'a> {
    pub(super) arguments: &'static [Argument],
    pub(super) given: &'a [(&'static str, String)],
    pub(crate) draw: Draw,
    /// The host that the client meant to reach.
    pub(crate) host: &'a str,
}

impl Applied<'_> {
    /// The value of an argument, or its default.
    pub(crate) fn word(&self, key: &str) -> &str {
        let given = self.given.iter().find(|(given, _)| *given == key).map(|(_, value)| value.as_str());
        let default = || self.arguments.iter().find(|own| own.key == key).map(|own: &Argument| own.default);
        given.or_else(default).unwrap_or_default()
    }

    pub(crate) fn time(&self, key: &str) -> Duration {
        argument::time(self.word(key)).unwrap_or_default()
    }

    pub(crate) fn shift(&self, key: &str) -> i64 {
        argument::shift(self.word(key)).unwrap_or_default()
    }

    pub(crate) fn size(&self, key: &str) -> u64 {
        argument::size(self.word(key)).unwrap_or_default()
    }

    pub(crate) fn count(&self, key: &str) -> u64 {
        argument::count(self.word(key)).unwrap_or_default()
    }
}
