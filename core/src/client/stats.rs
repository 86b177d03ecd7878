// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.

/// Numbers since the client was made. A forked child's go on from its parent's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls that were begun.
    pub calls: u64,
    /// Calls that gave a result.
    pub succeeded: u64,
    /// Calls that gave an error. Those begun and neither are under way, or were given up by their caller.
    pub failed: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Requests that were sent because an earlier one of the same call failed.
    pub retries: u64,
    /// Replies that throttled.
    pub throttled: u64,
    /// Connections that were made.
    pub connections: u64,
    /// Bytes of replies' bodies.
    pub bytes_received: u64,
    /// Events that were dropped, because too many waited for the listener.
    pub events_dropped: u64,
    /// Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests.
    pub keepalives: u64,
    /// Connections and requests of `keep_warm` and connections of `connect_ahead` that failed.
    pub background_failures: u64,
    /// Permits that the shared `quota` gave.
    pub shared_permits: u64,
    /// Permits of this client's share, while the shared `quota` did not answer.
    pub own_permits: u64,
    /// Times that the shared `quota` stopped to answer, or did not answer from the beginning.
    pub quota_losses: u64,
}

impl Stats {
    /// Each number with its name, in the order above.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
        [
            ("calls", self.calls),
            ("succeeded", self.succeeded),
            ("failed", self.failed),
            ("requests", self.requests),
            ("retries", self.retries),
            ("throttled", self.throttled),
            ("connections", self.connections),
            ("bytes_received", self.bytes_received),
            ("events_dropped", self.events_dropped),
            ("keepalives", self.keepalives),
            ("background_failures", self.background_failures),
            ("shared_permits", self.shared_permits),
            ("own_permits", self.own_permits),
            ("quota_losses", self.quota_losses),
        ]
        .into_iter()
    }
}
