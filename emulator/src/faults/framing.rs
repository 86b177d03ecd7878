//! Replies that say other lengths than they have. Where a connection could be used again, it stays open, so that it shows if it is.

use super::applied::Applied;
use super::definition::Definition;
use super::effect::Effect;
use crate::wire::{End, Message, Script, length};

const CHUNKED: &str = "transfer-encoding: chunked";
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

pub(super) const FAULTS: [Definition; 10] = [
    Definition::new("length-too-long", "`Content-Length` is 100 more than the body, and the connection is closed", too_long),
    Definition::new("length-too-short", "`Content-Length` is half of the body; the rest follows", too_short),
    Definition::new("length-contradictory", "two `Content-Length` headers, the second one less", contradictory),
    Definition::new("length-repeated", "the right `Content-Length` twice", repeated),
    Definition::new("length-not-a-number", "`Content-Length: -1`", not_a_number),
    Definition::new(
        "length-and-chunked",
        "`Content-Length` beside `Transfer-Encoding: chunked`; the body is chunked",
        and_chunked,
    ),
    Definition::new("chunk-cut", "a chunked body whose last chunk is missing, and the connection is closed", chunk_cut),
    Definition::new("chunk-size-bad", "a chunk whose size is no number", chunk_size_bad),
    Definition::new("chunk-size-overflow", "a chunk whose size does not fit 64 bits", chunk_size_overflow),
    Definition::new("reply-twice", "a right reply, and at once a second one that nobody asked for", twice),
];

fn too_long(_: &mut Applied<'_>) -> Effect {
    with_lines(End::Close, |reply| vec![length(reply.body.len() as u64 + 100)])
}

fn too_short(_: &mut Applied<'_>) -> Effect {
    with_lines(End::Keep, |reply| vec![length(reply.body.len() as u64 / 2)])
}

fn contradictory(_: &mut Applied<'_>) -> Effect {
    with_lines(End::Keep, |reply| vec![reply.length(), length((reply.body.len() as u64).saturating_sub(1))])
}

fn repeated(_: &mut Applied<'_>) -> Effect {
    with_lines(End::Keep, |reply| vec![reply.length(), reply.length()])
}

fn not_a_number(_: &mut Applied<'_>) -> Effect {
    with_lines(End::Keep, |_| vec!["content-length: -1".to_owned()])
}

fn and_chunked(_: &mut Applied<'_>) -> Effect {
    Effect::wire(|reply| {
        let head = reply.head(&[reply.length(), CHUNKED.to_owned()]);
        Script::new(End::Keep).write(head).write(reply.chunk()).write(LAST_CHUNK)
    })
}

fn chunk_cut(_: &mut Applied<'_>) -> Effect {
    Effect::wire(|reply| Script::new(End::Close).write(reply.head(&[CHUNKED])).write(reply.chunk()))
}

fn chunk_size_bad(_: &mut Applied<'_>) -> Effect {
    odd_chunk("zz")
}

fn chunk_size_overflow(_: &mut Applied<'_>) -> Effect {
    odd_chunk("10000000000000001")
}

fn twice(_: &mut Applied<'_>) -> Effect {
    Effect::wire(|reply| {
        let whole = [&reply.right_head()[..], &reply.body].concat();
        Script::new(End::Keep).write(whole.repeat(2))
    })
}

/// The reply with these lines in the place of its length.
fn with_lines(end: End, lines: fn(&Message) -> Vec<String>) -> Effect {
    Effect::wire(move |reply| Script::new(end).write(reply.head(&lines(reply))).write(reply.body.clone()))
}

fn odd_chunk(size: &'static str) -> Effect {
    Effect::wire(move |reply| {
        let chunk = [size.as_bytes(), b"\r\n", &reply.body, b"\r\n", LAST_CHUNK].concat();
        Script::new(End::Keep).write(reply.head(&[CHUNKED])).write(chunk)
    })
}
