//! Errors of gateways that answer in XML whatever was asked for.

use std::mem;

use zeroize::Zeroizing;

use crate::tree::{Members, Node};

/// Further bytes of a page are not searched.
const LIMIT: usize = 64 << 10;

/// `Code`, `RequestId` and `Message` of an error such as `<Error><Code>Throttling</Code>…</Error>`; `None` for anything else, a
/// page of HTML among it. Tolerant: only these elements are looked at, whatever is around them.
pub(crate) fn fields(body: &[u8]) -> Option<Members> {
    let text = String::from_utf8_lossy(&body[..body.len().min(LIMIT)]);
    let root = root(&text)?;
    let is_error = ["error", "errorresponse", "response"].iter().any(|name| root.eq_ignore_ascii_case(name));
    let mut fields = Members::default();
    for name in ["Code", "RequestId", "Message"] {
        if let Some(content) = content(&text, name) {
            fields.insert(name, Node::Text(content.into()));
        }
    }
    (is_error && fields.get("Code").is_some()).then_some(fields)
}

/// The name of the outermost element, without its prefix.
fn root(text: &str) -> Option<&str> {
    text.split('<').skip(1).map(tag_name).find(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()))
}

/// The text of the first element of that name, in any case.
fn content(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.split_once('<')?.1;
        if !tag_name(rest).eq_ignore_ascii_case(name) {
            continue;
        }
        let (tag, inside) = rest.split_once('>')?;
        if tag.ends_with('/') {
            return None;
        }
        let data = inside.strip_prefix("<![CDATA[").and_then(|data| data.split_once("]]>"));
        return Some(match data {
            Some((data, _)) => data.trim().to_owned(),
            None => unescaped(inside.split_once('<')?.0.trim()),
        });
    }
}

/// The name that a tag begins with, without its prefix.
fn tag_name(tag: &str) -> &str {
    let end = tag.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, ':' | '_' | '-' | '.')));
    let name = &tag[..end.unwrap_or(tag.len())];
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

fn unescaped(text: &str) -> String {
    // The texts in between are wiped, as their user wipes the last.
    let mut out = Zeroizing::new(text.to_owned());
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")] {
        out = Zeroizing::new(out.replace(entity, character));
    }
    mem::take(&mut out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<(String, String, String)> {
        let fields = fields(body.as_bytes())?;
        let text = |name: &str| fields.get(name).and_then(Node::as_text).unwrap_or_default().to_owned();
        Some((text("Code"), text("RequestId"), text("Message")))
    }

    // Finding A10: an error in XML was not understood, and its code and request id were lost.
    #[test]
    fn errors_are_read_however_they_are_dressed() {
        let plain = ("Throttling.User".to_owned(), "7C1E2F90".to_owned(), "a < b".to_owned());
        for body in [
            "<Error><Code>Throttling.User</Code><RequestId>7C1E2F90</RequestId><Message>a &lt; b</Message></Error>",
            "<?xml version='1.0' encoding='UTF-8'?>\n<!-- no --><Error>\n <RequestId> 7C1E2F90 </RequestId><HostId>h</HostId>\n\
             <Code>\nThrottling.User</Code><Message><![CDATA[a < b]]></Message></Error>",
            "<ns:errorResponse xmlns:ns=\"u\"><ns:error><code type=\"s\">Throttling.User</code><requestID>7C1E2F90</requestID>\
             <message>a &lt; b</message></ns:error></ns:errorResponse>",
        ] {
            assert_eq!(read(body).as_ref(), Some(&plain), "{body}");
        }
    }

    #[test]
    fn pages_and_broken_texts_are_none() {
        for body in [
            "<html><body><code>Throttling</code></body></html>",
            "<!DOCTYPE html><html><Error><Code>Throttling</Code></Error></html>",
            "<Error><Message>no code</Message></Error>",
            "<Error><Code/></Error>",
            "<Error><Code>Throttling",
            "<Error><Code",
            "<",
            "",
            "Error",
        ] {
            assert_eq!(read(body), None, "{body}");
        }
        assert_eq!(fields(b"<Error>\xFF<Code>a</Code></Error>").map(|fields| fields.names().count()), Some(1));
    }
}
