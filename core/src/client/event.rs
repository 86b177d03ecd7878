// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

use std::time::Duration;

use crate::catalogue::Kind;

/// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The operation's name.
    pub operation: String,
    /// The region whose server is called; absent for any other server.
    pub region: Option<String>,
    /// Which attempt of the call it is, from 1; absent for the call as a whole.
    pub attempt: Option<u64>,
    /// Requests that the call has sent so far.
    pub attempts: u64,
    /// Why it failed; absent where it succeeded.
    pub kind: Option<Kind>,
    /// The service's code, where it failed with one.
    pub code: Option<String>,
    /// The reply's status; absent where there was no reply.
    pub http_status: Option<u64>,
    /// How long it took, waits included.
    pub duration: Duration,
    /// How long of that the quota kept requests back.
    pub permit_wait: Duration,
    /// The pause after the attempt, which is no part of its duration; of a call, all of its pauses.
    pub pause: Duration,
    /// Bytes of replies' bodies.
    pub bytes_received: u64,
}

/// Hands the fields of [`Event`], in order, to a macro: `call!(Event { … })`.
#[doc(hidden)]
#[macro_export]
macro_rules! event_object {
    ($call:ident) => {
        $call!(Event {
            operation,
            region,
            attempt,
            attempts,
            kind,
            code,
            http_status,
            duration,
            permit_wait,
            pause,
            bytes_received
        });
    };
}
