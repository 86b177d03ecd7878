//! Recorded replies: a `CheckResult` whose `TransactionId` is a case's name gets that reply, byte for byte.

use std::collections::HashMap;
use std::fmt::Display;
use std::path::Path;
use std::{fs, io};

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};

use crate::reply::Reply;

const LONGEST_NAME: usize = 80;
/// Headers of framing are the server's own, whatever was recorded.
const FRAMING: [&str; 5] = ["content-length", "transfer-encoding", "connection", "keep-alive", "upgrade"];

/// One recorded reply.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) reply: Reply,
    /// The body's `Code`; empty where it has none.
    pub(crate) code: String,
}

/// All recorded replies by name.
#[derive(Debug, Default)]
pub(crate) struct Cases(HashMap<String, Case>);

impl Cases {
    /// Reads each `reply.http` in a folder of its own, alone or within groups. The error names the case and its fault.
    pub(crate) fn load(folder: &Path) -> io::Result<Cases> {
        let mut cases = Cases::default();
        cases.read_group(folder)?;
        Ok(cases)
    }

    /// Returns whether there is any case in the folder.
    fn read_group(&mut self, folder: &Path) -> io::Result<bool> {
        let unreadable = |error: io::Error| io::Error::new(error.kind(), format!("cases: {}: {error}", folder.display()));
        let mut any = false;
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if entry.path().is_dir() {
                // Names are only ever looked up in this map, so none can lead out of the folder.
                let name = entry.file_name().to_string_lossy().into_owned();
                let bad = |fault: &str| io::Error::new(io::ErrorKind::InvalidData, format!("cases: {name}: {fault}"));
                check_name(&name).map_err(|fault| bad(&fault))?;
                if let Some(case) = Case::read(&entry.path()).map_err(|fault| bad(&fault))? {
                    if self.0.insert(name.clone(), case).is_some() {
                        return Err(bad("two groups have a case of this name"));
                    }
                } else if !self.read_group(&entry.path())? {
                    return Err(bad("holds no reply.http, nor any case"));
                }
                any = true;
            }
        }
        Ok(any)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Case> {
        self.0.get(name)
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if name.len() > LONGEST_NAME || name.starts_with('.') || !name.bytes().all(plain) {
        return Err(format!("a case's name has at most {LONGEST_NAME} letters, digits and ._-, and no dot at its start"));
    }
    Ok(())
}

impl Case {
    /// `None` where the folder holds no `reply.http`.
    fn read(folder: &Path) -> Result<Option<Case>, String> {
        let fault = |fault: &dyn Display| format!("reply.http: {fault}");
        match fs::read(folder.join("reply.http")) {
            Ok(file) => Case::parse(&file).map(Some).map_err(|error| fault(&error)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    /// A status line, header lines, a blank line, then the body to the end of the file.
    fn parse(file: &[u8]) -> Result<Case, String> {
        let mut rest = file;
        let mut line = || {
            let end = rest.iter().position(|byte| *byte == b'\n').ok_or("the head has no blank line at its end")?;
            let (line, after) = (&rest[..end], &rest[end + 1..]);
            rest = after;
            std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).map_err(|_| "the head is not UTF-8")
        };
        let status = line()?.strip_prefix("HTTP/1.1 ").and_then(|text| text.get(..3)?.parse::<u16>().ok());
        let status = status.filter(|status| (200..600).contains(status));
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let status = status.ok_or("the first line must be HTTP/1.1 and a status from 200 to 599")?;
        let mut headers = Vec::new();
        loop {
            let line = line()?;
            if line.is_empty() {
                break;
            }
            let fault = || format!("header line {} is not `name: value`", headers.len() + 1);
            let (name, value) = line.split_once(':').ok_or_else(fault)?;
            let name = HeaderName::try_from(name).map_err(|_| fault())?;
            let value = HeaderValue::try_from(value.trim()).map_err(|_| fault())?;
            headers.push((name, value));
        }
        headers.retain(|(name, _)| !FRAMING.contains(&name.as_str()));
        let code = serde_json::from_slice::<serde_json::Value>(rest).ok();
        let code = code.and_then(|body| Some(body.get("Code")?.as_str()?.to_owned())).unwrap_or_default();
        Ok(Case { reply: Reply { status, headers, body: Bytes::copy_from_slice(rest) }, code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_read_to_the_byte() {
        let file = b"HTTP/1.1 403 Forbidden\nContent-Length: 7\nX-Case: a: b\r\nx-twice: 1\nx-twice: 2\n\n\n{\"Code\":\"X\"}\n";
        let case = Case::parse(file).unwrap();
        assert_eq!(case.reply.status, 403);
        let headers: Vec<_> = case.reply.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(headers, [("x-case", "a: b"), ("x-twice", "1"), ("x-twice", "2")]);
        assert_eq!(&case.reply.body[..], b"\n{\"Code\":\"X\"}\n");
        assert_eq!(case.code, "X");
    }

    #[test]
    fn what_is_no_reply_is_refused() {
        for file in [
            "",
            "HTTP/1.1 200 OK\n",
            "HTTP/1.1 200 OK\nX: y",
            "HTTP/1.0 200 OK\n\n",
            "HTTP/1.1 099 No\n\n",
            "HTTP/1.1 100 Go\n\n",
            "HTTP/1.1 2x0 OK\n\n",
            "HTTP/1.1 200 OK\nno colon\n\n",
            "HTTP/1.1 200 OK\nbad name: 1\n\n",
            "HTTP/1.1 200 OK\nX: \u{1}\n\n",
        ] {
            assert!(Case::parse(file.as_bytes()).is_err(), "{file:?}");
        }
    }
}
