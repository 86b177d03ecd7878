//! Bodies that are not what they should be, in a frame that is right.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};

use super::applied::Applied;
use super::argument::{Argument, Rule};
use super::definition::Definition;
use super::effect::Effect;
use super::gzip;
use super::padding::{END, START};
use crate::reply::Reply;
use crate::wire::{End, Script, length};

const BLOCK: usize = 64 << 10;

pub(super) const FAULTS: [Definition; 6] = [
    Definition::new("content-type-wrong", "the right JSON as `text/html`", content_type),
    Definition::new("json-cut", "half of the JSON, in a right frame", cut),
    Definition::new("json-deep", "200 and JSON with lists nested to that `depth`", deep).takes(&[Argument::new(
        "depth",
        "10000",
        Rule::Count,
    )]),
    Definition::new("body-huge", "JSON of that `size` in the place of the body, with its `length` given or in chunks", huge)
        .takes(&[Argument::new("size", "64MiB", Rule::Size), Argument::new("length", "yes", Rule::Word(&["yes", "no"]))]),
    Definition::new("gzip-bomb", "200 and JSON of that `size` once it is inflated, a thousandth of it on the wire", bomb)
        .takes(&[Argument::new("size", "64MiB", Rule::Size)]),
    Definition::new("gzip-unasked", "the right body, compressed with gzip whether it was asked for or not", unasked),
];

fn content_type(_: &mut Applied<'_>) -> Effect {
    Effect::alter(|reply| {
        reply.headers.retain(|(name, _)| *name != CONTENT_TYPE);
        reply.headers.push((CONTENT_TYPE, HeaderValue::from_static("text/html;charset=utf-8")));
    })
}

fn cut(_: &mut Applied<'_>) -> Effect {
    Effect::alter(|reply| reply.body.truncate(reply.body.len() / 2))
}

fn deep(applied: &mut Applied<'_>) -> Effect {
    let depth = usize::try_from(applied.count("depth")).unwrap_or(usize::MAX).min(10_000_000);
    let body = [b"{\"Code\":\"Success\",\"Result\":", &b"[".repeat(depth)[..], &b"]".repeat(depth), b"}"].concat();
    Effect::Instead(json(body))
}

fn huge(applied: &mut Applied<'_>) -> Effect {
    let padding = applied.size("size").saturating_sub((START.len() + END.len()) as u64);
    let size = padding + (START.len() + END.len()) as u64;
    let chunked = applied.word("length") == "no";
    Effect::wire(move |reply| {
        let script = Script::new(End::Keep);
        let script = if chunked {
            script.write(reply.head(&["transfer-encoding: chunked"])).write(format!("{size:x}\r\n"))
        } else {
            script.write(reply.head(&[length(size)]))
        };
        let script = script.write(START).fill(b"a".repeat(BLOCK), padding).write(END);
        if chunked { script.write(&b"\r\n0\r\n\r\n"[..]) } else { script }
    })
}

fn bomb(applied: &mut Applied<'_>) -> Effect {
    let mut reply = json(gzip::bomb(applied.size("size")));
    reply.headers.push((CONTENT_ENCODING, HeaderValue::from_static("gzip")));
    Effect::Instead(reply)
}

fn unasked(_: &mut Applied<'_>) -> Effect {
    Effect::alter(|reply| {
        reply.body = gzip::compress(&reply.body);
        reply.headers.push((CONTENT_ENCODING, HeaderValue::from_static("gzip")));
    })
}

fn json(body: impl Into<Bytes>) -> Reply {
    Reply::new(StatusCode::OK, "application/json;charset=utf-8", body)
}
