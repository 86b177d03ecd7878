// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

//! Events, as C sees them.

use std::ffi::c_void;
use std::ptr;
use std::time::{Duration, UNIX_EPOCH};

use cloudauth_core::{CallContext, Event, Kind};

use crate::host_pointer::HostPointer;
use crate::text::{cloudauth_text, terminated};

/// What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. A later library may have
/// further fields behind these.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct cloudauth_event {
    /// What cloudauth_request_set_event_context or cloudauth_call_set_event_context gave the call, else NULL.
    pub context: *mut c_void,
    /// The operation's name.
    pub operation: cloudauth_text,
    /// The region whose server is called; absent for any other server. `data` is then NULL.
    pub region: cloudauth_text,
    /// Which attempt of the call it is, from 1; absent for the call as a whole. It is then 0.
    pub attempt: u64,
    /// Requests that the call has sent so far.
    pub attempts: u64,
    /// Why it failed; absent where it succeeded. It is then 0, else a `cloudauth_kind`.
    pub kind: u32,
    /// The service's code, where it failed with one. `data` is then NULL.
    pub code: cloudauth_text,
    /// The reply's status; absent where there was no reply. It is then 0.
    pub http_status: u64,
    /// How long it took, waits included.
    pub duration_ms: u64,
    /// How long of that the quota kept requests back.
    pub permit_wait_ms: u64,
    /// The pause after the attempt, which is no part of its duration; of a call, all of its pauses.
    pub pause_ms: u64,
    /// Bytes of replies' bodies.
    pub bytes_received: u64,
    /// When it ended. Since the beginning of 1970.
    pub ended_ms: u64,
    /// The server's name or address.
    pub server_address: cloudauth_text,
    /// The server's port.
    pub server_port: u64,
}

/// Gives `event` as C sees it, for the time of `give`.
pub(crate) fn with_view(event: &Event, give: impl FnOnce(&cloudauth_event)) {
    let operation = terminated(&event.operation);
    let region = event.region.as_deref().map(terminated);
    let code = event.code.as_deref().map(terminated);
    let server_address = terminated(&event.server_address);
    let context = event.context.as_ref().and_then(CallContext::get::<HostPointer>);
    give(&cloudauth_event {
        context: context.map_or(ptr::null_mut(), HostPointer::get),
        operation: cloudauth_text::of(&operation),
        region: region.as_deref().map_or(cloudauth_text::NONE, cloudauth_text::of),
        attempt: event.attempt.unwrap_or(0),
        attempts: event.attempts,
        kind: event.kind.map_or(0, Kind::number),
        code: code.as_deref().map_or(cloudauth_text::NONE, cloudauth_text::of),
        http_status: event.http_status.unwrap_or(0),
        duration_ms: millis(event.duration),
        permit_wait_ms: millis(event.permit_wait),
        pause_ms: millis(event.pause),
        bytes_received: event.bytes_received,
        ended_ms: millis(event.ended.duration_since(UNIX_EPOCH).unwrap_or_default()),
        server_address: cloudauth_text::of(&server_address),
        server_port: event.server_port,
    });
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
