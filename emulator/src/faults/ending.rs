//! Connections that end too early.

use hyper::body::Bytes;

use super::applied::Applied;
use super::definition::{Definition, On};
use super::effect::Effect;
use super::pace::{half_body, half_head};
use crate::wire::{End, Message, Script};

pub(super) const FAULTS: [Definition; 9] = [
    Definition::new("close-without-answer", "the connection is closed, without a byte, after the call was done", close_at_once),
    Definition::new("close-mid-headers", "it is closed in the middle of the head", close_mid_headers),
    Definition::new("close-mid-body", "it is closed in the middle of the body", close_mid_body),
    Definition::new("close-after-reply", "it is closed after a whole reply that did not say so", close_after_reply),
    Definition::new(
        "close-on-reuse",
        "it is closed when a second request comes, which is not done; the first one is served",
        close_on_reuse,
    )
    .on(On::Reuse),
    Definition::new("reset-before-headers", "it is reset, without a byte, after the call was done", reset_at_once),
    Definition::new("reset-mid-headers", "it is reset in the middle of the head", reset_mid_headers),
    Definition::new("reset-mid-body", "it is reset in the middle of the body", reset_mid_body),
    Definition::new(
        "reset-on-reuse",
        "it is reset when a second request comes, which is not done; the first one is served",
        reset_on_reuse,
    )
    .on(On::Reuse),
];

fn close_at_once(_: &mut Applied<'_>) -> Effect {
    broken_off(|_| Bytes::new(), End::Close)
}

fn close_mid_headers(_: &mut Applied<'_>) -> Effect {
    broken_off(half_head, End::Close)
}

fn close_mid_body(_: &mut Applied<'_>) -> Effect {
    broken_off(half_body, End::Close)
}

fn close_after_reply(_: &mut Applied<'_>) -> Effect {
    broken_off(|reply| [&reply.right_head()[..], &reply.body].concat().into(), End::Close)
}

fn close_on_reuse(_: &mut Applied<'_>) -> Effect {
    Effect::Sever(Script::new(End::Close))
}

fn reset_at_once(_: &mut Applied<'_>) -> Effect {
    broken_off(|_| Bytes::new(), End::Reset)
}

fn reset_mid_headers(_: &mut Applied<'_>) -> Effect {
    broken_off(half_head, End::Reset)
}

fn reset_mid_body(_: &mut Applied<'_>) -> Effect {
    broken_off(half_body, End::Reset)
}

fn reset_on_reuse(_: &mut Applied<'_>) -> Effect {
    Effect::Sever(Script::new(End::Reset))
}

fn broken_off(start: fn(&Message) -> Bytes, end: End) -> Effect {
    Effect::wire(move |reply| Script::new(end).write(start(reply)))
}
