//! TLS that a client must refuse.

use super::applied::Applied;
use super::argument::{Argument, Rule};
use super::definition::{Definition, On};
use super::effect::Effect;
use crate::tls::Certificate;
use crate::wire::{End, Script};

/// A `ServerHello` of TLS 1.1, which chooses `TLS_RSA_WITH_AES_128_CBC_SHA`.
const SERVER_HELLO_11: [u8; 47] = {
    let mut hello = [0x5a; 47];
    // A record of the handshake, version and length; the message, its type, length and version; then 32 random bytes.
    let head = [0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    let tail = [0, 0, 0x2f, 0];
    let mut at = 0;
    while at < head.len() {
        hello[at] = head[at];
        at += 1;
    }
    at = 0;
    while at < tail.len() {
        hello[43 + at] = tail[at];
        at += 1;
    }
    hello
};

pub(super) const FAULTS: [Definition; 9] = [
    Definition::new("tls-self-signed", "a certificate that signs itself", self_signed).on(On::Connection),
    Definition::new("tls-wrong-host", "a certificate for `elsewhere.invalid`", wrong_host).on(On::Connection),
    Definition::new("tls-expired", "a certificate that ended in 2021", expired).on(On::Connection),
    Definition::new("tls-unknown-ca", "a certificate of an authority that nobody was told of", unknown_ca).on(On::Connection),
    Definition::new("tls-1.1", "a server that chooses TLS 1.1, as far as its first message", tls_11).on(On::Connection),
    Definition::new("tls-close-in-handshake", "closed in the middle of the server's first message", close).on(On::Connection),
    Definition::new("tls-reset-in-handshake", "reset once the client has begun", reset).on(On::Connection),
    Definition::new("tls-stall-in-handshake", "nothing comes once the client has begun; closed after `hold`", stall)
        .on(On::Connection)
        .takes(&[Argument::new("hold", "60s", Rule::Time)]),
    Definition::new(
        "tls-truncated-close",
        "a reply that ends with its connection, without a length and without `close_notify`; applies to requests",
        truncated_close,
    ),
];

fn self_signed(_: &mut Applied<'_>) -> Effect {
    Effect::Certificate(Certificate::SelfSigned)
}

fn wrong_host(_: &mut Applied<'_>) -> Effect {
    Effect::Certificate(Certificate::WrongHost)
}

fn expired(_: &mut Applied<'_>) -> Effect {
    Effect::Certificate(Certificate::Expired)
}

fn unknown_ca(_: &mut Applied<'_>) -> Effect {
    Effect::Certificate(Certificate::UnknownAuthority)
}

fn tls_11(_: &mut Applied<'_>) -> Effect {
    // The client answers with an alert, and goes; then the play is over.
    let patience = std::time::Duration::from_secs(10);
    Effect::Handshake(Script::new(End::Close).listen().write(&SERVER_HELLO_11[..]).hold(patience))
}

fn close(_: &mut Applied<'_>) -> Effect {
    Effect::Handshake(Script::new(End::Close).listen().write(&SERVER_HELLO_11[..20]))
}

fn reset(_: &mut Applied<'_>) -> Effect {
    Effect::Handshake(Script::new(End::Reset).listen())
}

fn stall(applied: &mut Applied<'_>) -> Effect {
    Effect::Handshake(Script::new(End::Close).listen().hold(applied.time("hold")))
}

fn truncated_close(_: &mut Applied<'_>) -> Effect {
    Effect::wire(|reply| Script::new(End::Drop).write(reply.head(&["connection: close"])).write(reply.body.clone()))
}
