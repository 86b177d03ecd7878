// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.

use cloudauth_core::Stats;

/// A counter as a meter has it.
pub(super) struct Instrument {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) meaning: &'static str,
    pub(super) value: fn(&Stats) -> u64,
}

pub(super) static INSTRUMENTS: &[Instrument] = &[
    Instrument { name: "cloudauth.client.calls", unit: "{call}", meaning: "Calls that were begun.", value: |stats| stats.calls },
    Instrument {
        name: "cloudauth.client.succeeded",
        unit: "{call}",
        meaning: "Calls that gave a result.",
        value: |stats| stats.succeeded,
    },
    Instrument {
        name: "cloudauth.client.failed",
        unit: "{call}",
        meaning: "Calls that gave an error. Those begun and neither are under way, or were given up by their caller.",
        value: |stats| stats.failed,
    },
    Instrument {
        name: "cloudauth.client.requests",
        unit: "{request}",
        meaning: "Requests that were sent.",
        value: |stats| stats.requests,
    },
    Instrument {
        name: "cloudauth.client.retries",
        unit: "{request}",
        meaning: "Requests that were sent because an earlier one of the same call failed.",
        value: |stats| stats.retries,
    },
    Instrument {
        name: "cloudauth.client.throttled",
        unit: "{request}",
        meaning: "Replies that throttled.",
        value: |stats| stats.throttled,
    },
    Instrument {
        name: "cloudauth.client.connections",
        unit: "{connection}",
        meaning: "Connections that were made.",
        value: |stats| stats.connections,
    },
    Instrument {
        name: "cloudauth.client.bytes_received",
        unit: "By",
        meaning: "Bytes of replies' bodies.",
        value: |stats| stats.bytes_received,
    },
    Instrument {
        name: "cloudauth.client.events_dropped",
        unit: "{event}",
        meaning: "Events that were dropped, because too many waited for the listener.",
        value: |stats| stats.events_dropped,
    },
    Instrument {
        name: "cloudauth.client.keepalives",
        unit: "{request}",
        meaning: "Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests.",
        value: |stats| stats.keepalives,
    },
    Instrument {
        name: "cloudauth.client.background_failures",
        unit: "{failure}",
        meaning: "Connections and requests of `keep_warm` and connections of `connect_ahead` that failed.",
        value: |stats| stats.background_failures,
    },
    Instrument {
        name: "cloudauth.client.shared_permits",
        unit: "{permit}",
        meaning: "Permits that the shared `quota` gave.",
        value: |stats| stats.shared_permits,
    },
    Instrument {
        name: "cloudauth.client.own_permits",
        unit: "{permit}",
        meaning: "Permits of this client's share, while the shared `quota` did not answer.",
        value: |stats| stats.own_permits,
    },
    Instrument {
        name: "cloudauth.client.quota_losses",
        unit: "{loss}",
        meaning: "Times that the shared `quota` stopped to answer, or did not answer from the beginning.",
        value: |stats| stats.quota_losses,
    },
];
