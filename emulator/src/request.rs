//! One HTTP request as the gateway sees it: parameters decoded, headers by lower-case name.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::http::request::Parts;

use crate::codes::{INVALID_PARAMETER, Refusal};

/// What a request knows of its connection.
#[derive(Debug)]
pub(crate) struct Connection {
    /// Counted from 1.
    pub(crate) number: u64,
    /// Whether a call came on it before.
    pub(crate) used: AtomicBool,
}

/// A request whose body has been read.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The query's parameters, decoded.
    pub(crate) query: BTreeMap<String, String>,
    /// Parameters of a form body, decoded; empty for any other body.
    pub(crate) form: BTreeMap<String, String>,
    /// Names in lower case, in the order sent; a name may come more than once.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Request {
    pub(crate) fn new(parts: &Parts, body: Bytes) -> Result<Request, Refusal> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut headers: Vec<_> =
            parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
        // HTTP/2 carries the host beside the headers, yet both signatures know it as one.
        if let (false, Some(authority)) = (parts.headers.contains_key(HOST), parts.uri.authority()) {
            headers.push((HOST.as_str().to_owned(), authority.as_str().to_owned()));
        }
        let is_form = parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let form = if is_form { parameters(&body)? } else { BTreeMap::new() };
        Ok(Request {
            method: parts.method.as_str().to_owned(),
            path: parts.uri.path().to_owned(),
            query: parameters(parts.uri.query().unwrap_or_default().as_bytes())?,
            form,
            headers,
            body,
        })
    }

    /// The first header of that lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter, from the query or else from the form.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).or_else(|| self.form.get(name)).map(String::as_str)
    }

    /// The host that the client meant to reach, for the error body.
    pub(crate) fn host(&self) -> &str {
        self.header(HOST.as_str()).unwrap_or_default()
    }

    /// Whether the `Authorization` header decides how the request is signed.
    pub(crate) fn authorization(&self) -> Option<&str> {
        self.header(AUTHORIZATION.as_str())
    }
}

/// Decodes `a=b&c=d`. A name given twice is refused: the signature could not say which one it means.
pub(crate) fn parameters(text: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    let mut found = BTreeMap::new();
    for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let name = decode(halves.next().unwrap_or_default())?;
        let value = decode(halves.next().unwrap_or_default())?;
        if found.insert(name, value).is_some() {
            return Err(Refusal::new(&INVALID_PARAMETER, "A parameter is given twice."));
        }
    }
    Ok(found)
}

/// Undoes percent-encoding, with `+` for a blank as forms write it.
fn decode(text: &[u8]) -> Result<String, Refusal> {
    let refuse = || Refusal::new(&INVALID_PARAMETER, "A parameter is not percent-encoded UTF-8.");
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (rest.next().and_then(digit), rest.next().and_then(digit));
                high.zip(low).map(|(high, low)| high * 16 + low).ok_or_else(refuse)?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| refuse())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let found = parameters("a=1&b=x%20y+z&c=&d&e=%E6%B5%8B=".as_bytes()).unwrap();
        let want = [("a", "1"), ("b", "x y z"), ("c", ""), ("d", ""), ("e", "测=")];
        assert_eq!(found, want.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        assert!(parameters(b"").unwrap().is_empty());
    }

    #[test]
    fn broken_encoding_and_repeats_are_refused() {
        for text in ["a=%", "a=%4", "a=%zz", "a=%ff", "%C3=1", "a=1&a=2", "a=1&%61=2"] {
            assert_eq!(parameters(text.as_bytes()).unwrap_err().code, &INVALID_PARAMETER, "{text}");
        }
    }
}
