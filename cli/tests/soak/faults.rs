//! What goes wrong, and in what a call may end that it goes wrong with last.

use cloudauth_core::Kind;

/// Faults as the command takes them, each with the kinds of error that it may give; with none, it spoils no call.
///
/// Not among them: what takes long; TLS; a `clock` that is off by more than is accepted, which is a lie to all calls and not to
/// one. Throttling is rare, since it slows all calls down.
const FAULTS: [(&str, &[Kind]); 41] = [
    ("latency:delay=10ms,jitter=20ms", &[]),
    ("slow-headers:bytes=20000", &[]),
    ("slow-body:bytes=20000", &[]),
    ("close-without-answer", &[Kind::Network]),
    ("close-mid-headers", &[Kind::Network]),
    ("close-mid-body", &[Kind::Protocol]),
    ("close-after-reply", &[]),
    ("close-on-reuse", &[Kind::Network]),
    ("reset-before-headers", &[Kind::Network]),
    ("reset-mid-headers", &[Kind::Network]),
    ("reset-mid-body", &[Kind::Network]),
    ("reset-on-reuse", &[Kind::Network]),
    ("length-too-long", &[Kind::Protocol]),
    ("length-too-short", &[Kind::Protocol]),
    ("length-contradictory", &[Kind::Protocol]),
    ("length-repeated", &[]),
    ("length-not-a-number", &[Kind::Protocol]),
    ("length-and-chunked", &[Kind::Protocol]),
    ("chunk-cut", &[Kind::Protocol]),
    ("chunk-size-bad", &[Kind::Protocol]),
    ("chunk-size-overflow", &[Kind::Protocol]),
    ("reply-twice", &[]),
    ("headers-many:count=1000", &[Kind::Protocol]),
    ("header-huge:size=1MiB", &[Kind::Protocol]),
    ("header-nul", &[Kind::Protocol]),
    ("header-cr", &[Kind::Protocol]),
    ("garbage", &[Kind::Protocol]),
    ("html-200", &[Kind::Protocol]),
    ("html-502", &[Kind::Unavailable]),
    ("empty-503", &[Kind::Unavailable]),
    ("proxy-407", &[Kind::Protocol]),
    ("redirect", &[Kind::Protocol]),
    ("json-cut", &[Kind::Protocol]),
    ("json-deep", &[Kind::Protocol]),
    ("body-huge:size=2MiB", &[Kind::TooLarge]),
    ("gzip-bomb:size=2MiB", &[Kind::Protocol]),
    ("json-503:retry-after=5ms", &[Kind::Unavailable]),
    ("json-500", &[Kind::Unavailable]),
    ("nonce-used", &[Kind::Authentication]),
    ("token-expired", &[Kind::Authentication]),
    ("throttle:rate=0.00001", &[Kind::Throttled]),
];

pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    FAULTS.iter().map(|(fault, _)| *fault)
}

/// Those that strike often enough to be seen in a short run.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().filter(|fault| !fault.contains("rate=")).map(name)
}

/// The kinds of error that a fault may give.
pub(crate) fn kinds(struck: &str) -> &'static [Kind] {
    FAULTS.iter().find(|(fault, _)| name(fault) == struck).map_or(&[], |(_, kinds)| kinds)
}

fn name(fault: &'static str) -> &'static str {
    fault.split_once(':').map_or(fault, |(name, _)| name)
}
