use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::stats::Traffic;

/// The first byte of every TLS connection: a record of the handshake.
const TLS_HANDSHAKE: u8 = 0x16;

/// A socket whose bytes are counted.
#[derive(Debug)]
pub(crate) struct Metered {
    tcp: TcpStream,
    traffic: Arc<Traffic>,
    phase: Phase,
}

/// What received bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing came yet, and TLS is expected.
    Unknown,
    Handshake,
    /// What was encrypted is counted as application data once it is decrypted.
    Encrypted,
    /// Application data as it is: where there is no TLS, or where the client ignores that there is.
    Clear,
}

impl Metered {
    pub(crate) fn new(tcp: TcpStream, expects_tls: bool, traffic: Arc<Traffic>) -> Metered {
        Metered { tcp, traffic, phase: if expects_tls { Phase::Unknown } else { Phase::Clear } }
    }

    pub(crate) fn tcp(&self) -> &TcpStream {
        &self.tcp
    }

    pub(crate) fn traffic(&self) -> &Arc<Traffic> {
        &self.traffic
    }

    pub(crate) fn handshake_done(&mut self) {
        self.phase = Phase::Encrypted;
    }

    fn count(&mut self, received: &[u8]) {
        let Some(first) = received.first() else { return };
        if self.phase == Phase::Unknown {
            self.phase = if *first == TLS_HANDSHAKE { Phase::Handshake } else { Phase::Clear };
        }
        let length = received.len() as u64;
        self.traffic.received_bytes.fetch_add(length, Relaxed);
        match self.phase {
            Phase::Handshake => self.traffic.handshake_bytes.fetch_add(length, Relaxed),
            Phase::Clear => self.traffic.application_bytes.fetch_add(length, Relaxed),
            Phase::Unknown | Phase::Encrypted => 0,
        };
    }

    fn sent(&self, written: &Poll<io::Result<usize>>) {
        if let Poll::Ready(Ok(length)) = written {
            self.traffic.sent_bytes.fetch_add(*length as u64, Relaxed);
        }
    }
}

impl AsyncRead for Metered {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let metered = self.get_mut();
        let before = buf.filled().len();
        let polled = Pin::new(&mut metered.tcp).poll_read(cx, buf);
        metered.count(&buf.filled()[before..]);
        polled
    }
}

impl AsyncWrite for Metered {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let metered = self.get_mut();
        let written = Pin::new(&mut metered.tcp).poll_write(cx, buf);
        metered.sent(&written);
        written
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let metered = self.get_mut();
        let written = Pin::new(&mut metered.tcp).poll_write_vectored(cx, bufs);
        metered.sent(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_shutdown(cx)
    }
}
