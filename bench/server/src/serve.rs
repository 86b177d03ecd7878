//! HTTP/1.1 with keep-alive, as much as the measured clients speak.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use crate::reply::Replies;

/// Room for the head of a request; signed ones take about a kilobyte.
const HEAD: usize = 16 * 1024;

/// Serves one plain connection to its end.
pub(crate) fn plainly(stream: TcpStream, replies: &Replies) -> io::Result<()> {
    stream.set_nodelay(true)?;
    connection(stream, replies)
}

/// Answers requests, one after the other, until the client closes or is idle for too long.
pub(crate) fn connection(mut stream: impl Read + Write, replies: &Replies) -> io::Result<()> {
    let mut buffer = [0; HEAD];
    let mut filled = 0;
    loop {
        let Some(end) = end_of_request(&buffer[..filled])? else {
            if filled == HEAD {
                return Err(io::Error::other("the request is larger than the buffer"));
            }
            match stream.read(&mut buffer[filled..])? {
                0 => return Ok(()),
                read => filled += read,
            }
            continue;
        };
        stream.write_all(&replies.to(&buffer[..end]))?;
        stream.flush()?;
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// Where the first request in the buffer ends, its body included; `None` where more must be read.
fn end_of_request(buffer: &[u8]) -> io::Result<Option<usize>> {
    let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4) else { return Ok(None) };
    let end = match field(&buffer[..head], b"transfer-encoding:") {
        // Measured clients have nothing to say in a body: the first chunk is the last.
        Some(b"chunked") => head + EMPTY_CHUNKED.len(),
        _ => head + body_length(&buffer[..head])?,
    };
    Ok((end <= buffer.len()).then_some(end))
}

const EMPTY_CHUNKED: &[u8] = b"0\r\n\r\n";

fn body_length(head: &[u8]) -> io::Result<usize> {
    let Some(value) = field(head, b"content-length:") else { return Ok(0) };
    str::from_utf8(value).map_err(io::Error::other)?.parse().map_err(io::Error::other)
}

/// The value of a header field, whose name is in lower case and ends in a colon.
fn field<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (given, value) = line.split_at_checked(name.len())?;
        given.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
    })
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write};
    use std::time::Duration;

    use super::connection;
    use crate::reply::Replies;

    /// Gives a few bytes at a time, and keeps what is written.
    struct Slow<'a> {
        unread: &'a [u8],
        written: Vec<u8>,
    }

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.unread.read(&mut buffer[..7])
        }
    }

    impl Write for Slow<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.written.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn each_request_gets_the_reply_that_it_names() {
        let replies = Replies::new(Duration::ZERO);
        let requests = b"POST /?TransactionId=0 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc\
            POST /?A=b&TransactionId=1024&C=d HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nPOST /?TransactionId=0 HTTP/1.1\r\n\r\n";
        let mut stream = Slow { unread: requests, written: Vec::new() };
        connection(&mut stream, &replies).expect("the requests are right");
        let small = replies.to(b"POST /?TransactionId=0 HTTP/1.1\r\n");
        let images = replies.to(b"POST /?TransactionId=1024 HTTP/1.1\r\n");
        assert!(small.len() < 2_000 && (2 << 20..3 << 20).contains(&images.len()));
        assert!(stream.written == [&small[..], &images, &small].concat());
    }
}
