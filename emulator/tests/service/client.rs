//! A plain HTTP/1.1 client for the tests: one blocking connection, kept alive.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A reply, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The body's `Code`.
    pub(crate) fn code(&self) -> String {
        self.json()["Code"].as_str().unwrap_or_default().to_owned()
    }
}

/// `127.0.0.1:PORT` of an endpoint.
pub(crate) fn authority(endpoint: &str) -> &str {
    endpoint.split("://").nth(1).unwrap()
}

/// A new connection to that endpoint.
pub(crate) fn connect(endpoint: &str) -> TcpStream {
    let address: SocketAddr = authority(endpoint).parse().unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// Writes a request. `Host` and `Content-Length` are added unless given.
pub(crate) fn write(
    stream: &mut impl Write,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> std::io::Result<()> {
    let mut head = format!("{method} {target} HTTP/1.1\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str("host: localhost\r\n");
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Reads one reply and leaves the connection usable.
pub(crate) fn read(stream: &mut impl Read) -> std::io::Result<Reply> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(Reply { status, headers, body })
}

/// One request on a connection of its own.
pub(crate) fn send(endpoint: &str, method: &str, target: &str, headers: &[(String, String)], body: &[u8]) -> Reply {
    let mut stream = connect(endpoint);
    write(&mut stream, method, target, headers, body).unwrap();
    read(&mut stream).unwrap()
}

/// One GET.
pub(crate) fn get(url: &str) -> Reply {
    let rest = url.split("://").nth(1).unwrap();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    send(&format!("http://{authority}"), "GET", &format!("/{path}"), &[], b"")
}

/// One control call with arguments.
pub(crate) fn control(endpoint: &str, name: &str, arguments: &Value) -> Reply {
    send(endpoint, "POST", &format!("/control/{name}"), &[], arguments.to_string().as_bytes())
}
