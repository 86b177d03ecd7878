//! What stands in front of the service answers in its place: a proxy, a portal, something that does not speak HTTP.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderValue, LOCATION, PROXY_AUTHENTICATE};

use super::applied::Applied;
use super::argument::{Argument, Rule};
use super::definition::Definition;
use super::effect::Effect;
use crate::reply::Reply;
use crate::wire::{End, Script};

pub(super) const FAULTS: [Definition; 6] =
    [
        Definition::new("garbage", "bytes that are no HTTP, drawn, and the connection is closed", garbage)
            .takes(&[Argument::new("size", "512", Rule::Size)]),
        Definition::new("html-200", "200 and a page of HTML, as a captive portal gives", html_200),
        Definition::new("html-502", "502 and a page of HTML, as a proxy gives", html_502),
        Definition::new("empty-503", "503 without a body", empty_503),
        Definition::new("proxy-407", "407 and a page of HTML: the proxy wants to know who asks", proxy_407),
        Definition::new("redirect", "a redirect to another host, or to this one over `http`", redirect).takes(&[
            Argument::new("status", "302", Rule::Word(&["301", "302", "303", "307", "308"])),
            Argument::new("to", "host", Rule::Word(&["host", "http"])),
        ]),
    ];

fn garbage(applied: &mut Applied<'_>) -> Effect {
    // A first byte that neither HTTP nor TLS begins with.
    let mut bytes = vec![0xff];
    for _ in 1..applied.size("size").min(1 << 20) {
        bytes.push(applied.draw.next().to_le_bytes()[0]);
    }
    Effect::Sever(Script::new(End::Close).write(bytes))
}

fn html_200(_: &mut Applied<'_>) -> Effect {
    Effect::Instead(page(StatusCode::OK, "Welcome", "Sign in to use this network."))
}

fn html_502(_: &mut Applied<'_>) -> Effect {
    Effect::Instead(page(StatusCode::BAD_GATEWAY, "502 Bad Gateway", "The upstream server cannot be reached."))
}

fn empty_503(_: &mut Applied<'_>) -> Effect {
    let mut reply = Reply::new(StatusCode::SERVICE_UNAVAILABLE, "", "");
    reply.headers.retain(|(name, _)| *name != CONTENT_TYPE);
    Effect::Instead(reply)
}

fn proxy_407(_: &mut Applied<'_>) -> Effect {
    let status = StatusCode::PROXY_AUTHENTICATION_REQUIRED;
    let mut reply = page(status, "407 Proxy Authentication Required", "This proxy serves those it knows.");
    reply.headers.push((PROXY_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"proxy\"")));
    Effect::Instead(reply)
}

fn redirect(applied: &mut Applied<'_>) -> Effect {
    let status = applied.word("status").parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
    let target = match applied.word("to") {
        "http" => format!("http://{}/", applied.host),
        // A name that can never be found.
        _ => "https://elsewhere.invalid/".to_owned(),
    };
    let mut reply = page(status.unwrap_or(StatusCode::FOUND), "Moved", "It is elsewhere now.");
    reply.headers.extend(HeaderValue::try_from(target).ok().map(|target| (LOCATION, target)));
    Effect::Instead(reply)
}

fn page(status: StatusCode, title: &str, text: &str) -> Reply {
    let body =
        format!("<!doctype html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>\n");
    Reply::new(status, "text/html;charset=utf-8", body)
}
