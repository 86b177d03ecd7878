//! Pages for people, each one file without anything from elsewhere.

use hyper::StatusCode;
use hyper::header::{CONTENT_SECURITY_POLICY, HeaderValue};

use crate::reply::Reply;

/// Nothing from elsewhere, and nothing to elsewhere.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:";

/// The template with each `{{name}}` filled in; what is filled in is not read again.
pub(crate) fn page(template: &str, fill: impl Fn(&str) -> String) -> Reply {
    let mut pieces = template.split("{{");
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        page.push_str(&fill(name));
        page.push_str(rest);
    }
    let mut reply = Reply::new(StatusCode::OK, "text/html;charset=utf-8", page);
    reply.headers.push((CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)));
    reply
}

/// One piece of the page for each item.
pub(crate) fn each<'a, T: 'a>(items: impl IntoIterator<Item = &'a T>, piece: impl Fn(&T) -> String) -> String {
    items.into_iter().map(piece).collect::<Vec<_>>().concat()
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
