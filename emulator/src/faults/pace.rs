//! Replies that come late, slowly, or never.

use std::time::Duration;

use hyper::body::Bytes;

use super::applied::Applied;
use super::argument::{Argument, Rule};
use super::definition::Definition;
use super::effect::Effect;
use crate::wire::{End, Message, Script};

const HOLD: [Argument; 1] = [Argument::new("hold", "60s", Rule::Time)];
const RATE: [Argument; 1] = [Argument::new("bytes", "10", Rule::Size)];

pub(super) const FAULTS: [Definition; 6] = [
    Definition::new("latency", "the reply comes after `delay`, and up to `jitter` more, drawn", latency)
        .takes(&[Argument::new("delay", "300ms", Rule::Time), Argument::new("jitter", "0ms", Rule::Time)]),
    Definition::new("stall-before-headers", "not a byte comes; after `hold` the connection is closed", before_headers)
        .takes(&HOLD),
    Definition::new("stall-mid-headers", "half of the head comes, then nothing; closed after `hold`", mid_headers).takes(&HOLD),
    Definition::new("stall-mid-body", "the head and half of the body come, then nothing; closed after `hold`", mid_body)
        .takes(&HOLD),
    Definition::new("slow-headers", "the head comes at so many `bytes` a second", slow_headers).takes(&RATE),
    Definition::new("slow-body", "the body comes at so many `bytes` a second", slow_body).takes(&RATE),
];

fn latency(applied: &mut Applied<'_>) -> Effect {
    let jitter = applied.time("jitter").mul_f64(applied.draw.share());
    Effect::Late(applied.time("delay") + jitter)
}

fn before_headers(applied: &mut Applied<'_>) -> Effect {
    stall(applied, |_| Bytes::new())
}

fn mid_headers(applied: &mut Applied<'_>) -> Effect {
    stall(applied, half_head)
}

fn mid_body(applied: &mut Applied<'_>) -> Effect {
    stall(applied, half_body)
}

fn stall(applied: &Applied<'_>, start: fn(&Message) -> Bytes) -> Effect {
    let hold: Duration = applied.time("hold");
    Effect::wire(move |reply| Script::new(End::Close).write(start(reply)).hold(hold))
}

fn slow_headers(applied: &mut Applied<'_>) -> Effect {
    let rate = applied.size("bytes");
    Effect::wire(move |reply| Script::new(End::Keep).drip(reply.right_head(), rate).write(reply.body.clone()))
}

fn slow_body(applied: &mut Applied<'_>) -> Effect {
    let rate = applied.size("bytes");
    Effect::wire(move |reply| Script::new(End::Keep).write(reply.right_head()).drip(reply.body.clone(), rate))
}

/// A head that breaks off in the middle of a line.
pub(super) fn half_head(reply: &Message) -> Bytes {
    let mut head = reply.right_head();
    head.truncate(head.len() / 2);
    head.into()
}

/// The whole head, and half of the body that it announces.
pub(super) fn half_body(reply: &Message) -> Bytes {
    [&reply.right_head()[..], &reply.body[..reply.body.len() / 2]].concat().into()
}
