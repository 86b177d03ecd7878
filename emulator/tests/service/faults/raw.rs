//! A look at a socket, as little HTTP in it as can be.

use std::io::{ErrorKind, Read, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};

use crate::client::{Reply, connect, read, write};
use crate::signer::{Call, Scheme};

/// So long without a byte, and a connection counts as left open.
const QUIET: Duration = Duration::from_millis(400);

/// How a connection was found at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    Open,
}

/// All that came after a request.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) bytes: Vec<u8>,
    /// When the first byte and the last one came; from the end of the request.
    pub(crate) first: Duration,
    pub(crate) last: Duration,
    /// When the end was seen.
    pub(crate) ended: Duration,
    pub(crate) end: End,
}

impl Seen {
    /// The head as text, its blank line included; empty where it is not whole.
    pub(crate) fn head(&self) -> &str {
        self.split().map_or("", |(head, _)| std::str::from_utf8(head).unwrap())
    }

    /// What follows the head.
    pub(crate) fn body(&self) -> &[u8] {
        self.split().map_or(&[], |(_, body)| body)
    }

    pub(crate) fn status(&self) -> &str {
        self.head().lines().next().unwrap_or_default()
    }

    /// Every value of a header, in the order they came.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let lines = self.head().lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    fn split(&self) -> Option<(&[u8], &[u8])> {
        let end = self.bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        Some(self.bytes.split_at(end + 4))
    }
}

pub(crate) fn start(fault: &str) -> Emulator {
    Emulator::start(Options { faults: vec![fault.parse().unwrap()], ..Options::default() }).unwrap()
}

/// A call with a short reply.
pub(crate) fn call(emulator: &Emulator, transaction_id: &str) -> Call {
    let parameters = [("MerchantBizId", "biz1"), ("TransactionId", transaction_id)];
    Call::new(emulator, Scheme::Acs3, "CheckResult", &parameters)
}

/// The reply that no fault spoils.
pub(crate) fn honest() -> Reply {
    let emulator = Emulator::start(Options::default()).unwrap();
    call(&emulator, "idocr200").send()
}

/// An emulator under that fault, one call, and what came of it.
pub(crate) fn apply(fault: &str) -> (Emulator, Seen) {
    let emulator = start(fault);
    let seen = ask(&mut connect(emulator.endpoint()), &call(&emulator, "idocr200"));
    assert_eq!(emulator.stats().faults.values().sum::<u64>(), 1, "{fault}");
    (emulator, seen)
}

/// Puts a call on a connection.
pub(crate) fn put(stream: &mut TcpStream, call: &Call) {
    let (target, headers, body) = call.signed();
    write(stream, call.method, &target, &headers, &body).unwrap();
    stream.flush().unwrap();
}

/// A call and everything that comes until the connection ends, or is quiet for a while.
pub(crate) fn ask(stream: &mut TcpStream, call: &Call) -> Seen {
    put(stream, call);
    watch(stream, QUIET)
}

/// A call and its reply, which must be in order.
pub(crate) fn exchange(stream: &mut TcpStream, call: &Call) -> Reply {
    put(stream, call);
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    read(stream).unwrap()
}

/// Everything that comes until the connection ends, or is quiet for so long.
pub(crate) fn watch(stream: &mut TcpStream, quiet: Duration) -> Seen {
    stream.set_read_timeout(Some(quiet)).unwrap();
    let begun = Instant::now();
    let (mut bytes, mut first, mut last) = (Vec::new(), None, Duration::ZERO);
    let mut buffer = vec![0; 64 << 10];
    let end = loop {
        match stream.read(&mut buffer) {
            Ok(0) => break End::Closed,
            Ok(length) => {
                bytes.extend(&buffer[..length]);
                last = begun.elapsed();
                first.get_or_insert(last);
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break End::Open,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break End::Reset,
            Err(error) => panic!("{error}"),
        }
    };
    Seen { bytes, first: first.unwrap_or_default(), last, ended: begun.elapsed(), end }
}
