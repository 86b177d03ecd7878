// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

use std::time::{Duration, SystemTime};

use crate::call_context::CallContext;
use crate::catalogue::Kind;

/// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// When it ended.
    pub ended: SystemTime,
    /// The server's name or address.
    pub server_address: String,
    /// The server's port.
    pub server_port: u64,
    /// What [`CallOptions::context`](super::CallOptions::context) gave the call.
    pub context: Option<CallContext>,
}

impl Default for Event {
    fn default() -> Self {
        Self {
            operation: String::new(),
            region: None,
            attempt: None,
            attempts: 0,
            kind: None,
            code: None,
            http_status: None,
            duration: Duration::ZERO,
            permit_wait: Duration::ZERO,
            pause: Duration::ZERO,
            bytes_received: 0,
            ended: SystemTime::UNIX_EPOCH,
            server_address: String::new(),
            server_port: 0,
            context: None,
        }
    }
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
            bytes_received,
            ended,
            server_address,
            server_port
        });
    };
}
