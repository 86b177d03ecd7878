// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.

//! Counters, by number.

use cloudauth_core::Stats;

/// What a client counts. Numbers never change and are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum cloudauth_counter {
    /// Calls that were begun.
    Calls = 0,
    /// Calls that gave a result.
    Succeeded = 1,
    /// Calls that gave an error. Those begun and neither are under way, or were given up by their caller.
    Failed = 2,
    /// Requests that were sent.
    Requests = 3,
    /// Requests that were sent because an earlier one of the same call failed.
    Retries = 4,
    /// Replies that throttled.
    Throttled = 5,
    /// Connections that were made.
    Connections = 6,
    /// Bytes of replies' bodies.
    BytesReceived = 7,
    /// Events that were dropped, because too many waited for the listener.
    EventsDropped = 8,
    /// Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests.
    Keepalives = 9,
    /// Connections and requests of `keep_warm` and connections of `connect_ahead` that failed.
    BackgroundFailures = 10,
    /// Permits that the shared `quota` gave.
    SharedPermits = 11,
    /// Permits of this client's share, while the shared `quota` did not answer.
    OwnPermits = 12,
    /// Times that the shared `quota` stopped to answer, or did not answer from the beginning.
    QuotaLosses = 13,
}

/// The value of a counter; `None` where its number is not known.
pub(crate) fn value(stats: &Stats, counter: u32) -> Option<u64> {
    Some(match counter {
        0 => stats.calls,
        1 => stats.succeeded,
        2 => stats.failed,
        3 => stats.requests,
        4 => stats.retries,
        5 => stats.throttled,
        6 => stats.connections,
        7 => stats.bytes_received,
        8 => stats.events_dropped,
        9 => stats.keepalives,
        10 => stats.background_failures,
        11 => stats.shared_permits,
        12 => stats.own_permits,
        13 => stats.quota_losses,
        _ => return None,
    })
}
