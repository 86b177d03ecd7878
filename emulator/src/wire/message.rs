use hyper::body::Bytes;
use hyper::http::response::Parts;

/// A reply as HTTP/1.1 text, its framing left to who writes it.
#[derive(Debug)]
pub(crate) struct Message {
    head: Vec<u8>,
    pub(crate) body: Bytes,
}

impl Message {
    pub(crate) fn new(parts: &Parts, body: Bytes) -> Message {
        let reason = parts.status.canonical_reason().unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", parts.status.as_u16()).into_bytes();
        for (name, value) in &parts.headers {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        Message { head, body }
    }

    /// The status line and all headers, these lines among them, and the blank line.
    pub(crate) fn head(&self, lines: &[impl AsRef<[u8]>]) -> Vec<u8> {
        let mut head = self.head.clone();
        for line in lines {
            head.extend([line.as_ref(), b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        head
    }

    /// The header line that is right for the body.
    pub(crate) fn length(&self) -> String {
        length(self.body.len() as u64)
    }

    /// The head with the right length.
    pub(crate) fn right_head(&self) -> Vec<u8> {
        self.head(&[self.length()])
    }

    /// The body as one chunk, without the last one, which is empty.
    pub(crate) fn chunk(&self) -> Vec<u8> {
        [format!("{:x}\r\n", self.body.len()).as_bytes(), &self.body, b"\r\n"].concat()
    }
}

/// The header line that announces so many bytes.
pub(crate) fn length(bytes: u64) -> String {
    format!("content-length: {bytes}")
}
