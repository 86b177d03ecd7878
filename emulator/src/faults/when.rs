use std::time::Duration;

use super::argument;

/// The keys of [`When`], which every fault takes beside its own.
pub(crate) const KEYS: [&str; 5] = ["next", "rate", "for", "action", "transaction"];

/// Which requests a fault is applied to. All that is given must hold; nothing given means every one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct When {
    /// So many of them, then no more.
    pub(crate) next: Option<u64>,
    /// This share of them.
    pub(crate) rate: Option<f64>,
    /// Those that come within this time after it was set.
    pub(crate) lasts: Option<Duration>,
    pub(crate) action: Option<String>,
    pub(crate) transaction: Option<String>,
}

impl When {
    /// Takes one key; the error is the rule that the value breaks.
    pub(crate) fn take(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        let text = || if value.is_empty() { Err("must not be empty") } else { Ok(Some(value.to_owned())) };
        match key {
            "next" => self.next = Some(argument::count(value).ok_or("must be a whole number from 1")?),
            "rate" => self.rate = Some(share(value).ok_or("must be a share from 0 to 1")?),
            "for" => self.lasts = Some(argument::time(value).ok_or("must be a time such as 300ms or 2s, up to a year")?),
            "action" => self.action = text()?,
            _ => self.transaction = text()?,
        }
        Ok(())
    }

    /// Whether anything here needs a request, which a connection does not yet have.
    pub(crate) fn needs_request(&self) -> Option<&'static str> {
        let named = [("action", self.action.is_some()), ("transaction", self.transaction.is_some())];
        named.into_iter().find_map(|(key, given)| given.then_some(key))
    }
}

/// A number from 0 to 1.
pub(crate) fn share(text: &str) -> Option<f64> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share))
}
