//! One connection's bytes: counted, through TLS or in the clear, and able to misbehave where an HTTP library
//! would not: `script` writes whatever it is told and ends the connection as it is told.

mod message;
mod meter;
mod script;

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub(crate) use message::{Message, length};
pub(crate) use meter::Metered;
pub(crate) use script::{End, Script};

use crate::stats::Traffic;

/// A client that does not finish its TLS handshake in this time is let go.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// What HTTP is spoken over.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: Stream,
    traffic: Arc<Traffic>,
}

#[derive(Debug)]
enum Stream {
    Clear(Metered),
    Tls(Box<TlsStream<Metered>>),
}

impl Wire {
    pub(crate) fn clear(stream: Metered) -> Wire {
        Wire { traffic: Arc::clone(stream.traffic()), stream: Stream::Clear(stream) }
    }

    /// Nothing where the handshake fails; the client knows why.
    pub(crate) async fn handshake(stream: Metered, acceptor: &TlsAcceptor) -> Option<Wire> {
        let traffic = Arc::clone(stream.traffic());
        let Ok(Ok(mut stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await else {
            traffic.handshakes_failed.fetch_add(1, Relaxed);
            return None;
        };
        traffic.handshakes.fetch_add(1, Relaxed);
        stream.get_mut().0.handshake_done();
        Some(Wire { stream: Stream::Tls(Box::new(stream)), traffic })
    }

    /// Whether the client chose HTTP/2: by ALPN, or by the first bytes that it sends. Sends nothing.
    pub(crate) async fn is_http2(&self) -> io::Result<bool> {
        match &self.stream {
            Stream::Tls(stream) => Ok(stream.get_ref().1.alpn_protocol() == Some(b"h2")),
            Stream::Clear(stream) => {
                let mut start = [0; 3];
                loop {
                    match stream.tcp().peek(&mut start).await? {
                        0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                        // No method that is served here begins so.
                        3 => return Ok(start == *b"PRI"),
                        few if !b"PRI".starts_with(&start[..few]) => return Ok(false),
                        // Bytes that were looked at stay readable, so there is nothing to wait for but time.
                        _ => tokio::time::sleep(Duration::from_millis(5)).await,
                    }
                }
            }
        }
    }

    fn tcp(&self) -> &TcpStream {
        match &self.stream {
            Stream::Clear(stream) => stream.tcp(),
            Stream::Tls(stream) => stream.get_ref().0.tcp(),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        match &mut wire.stream {
            Stream::Clear(stream) => Pin::new(stream).poll_read(cx, buf),
            Stream::Tls(stream) => {
                let before = buf.filled().len();
                let polled = Pin::new(stream).poll_read(cx, buf);
                wire.traffic.application_bytes.fetch_add((buf.filled().len() - before) as u64, Relaxed);
                polled
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().stream {
            Stream::Clear(stream) => Pin::new(stream).poll_write(cx, buf),
            Stream::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().stream {
            Stream::Clear(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
            Stream::Tls(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stream {
            Stream::Clear(stream) => Pin::new(stream).poll_flush(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stream {
            Stream::Clear(stream) => Pin::new(stream).poll_shutdown(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
