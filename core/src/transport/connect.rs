//! Making an HTTP/1.1 connection.

use std::io;
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::failure::{self, Cause};
use super::socket::Socket;
use super::{Settings, tls};
use crate::endpoint::Endpoint;
use crate::error::Result;

/// Makes connections; addresses are tried in turn, IPv6 and IPv4 side by side.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    timeout: Duration,
}

/// A connection that waits for requests. It is driven by a task of the runtime it was made on.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) sender: SendRequest<Full<Bytes>>,
    /// The same socket, to look at while nothing drives the connection.
    socket: TcpStream,
}

impl Connector {
    pub(super) fn new(settings: &Settings, config: &ClientConfig) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, tls: Arc::new(tls::offering(config, &["http/1.1"])), timeout: settings.connect_timeout }
    }

    pub(super) async fn connect(&self, endpoint: &Endpoint) -> Result<Connection> {
        match tokio::time::timeout(self.timeout, self.try_connect(endpoint)).await {
            Ok(made) => made.map_err(|error| failure::before_reply(&*error, true, false, endpoint)),
            Err(late) => Err(failure::before_reply(&late, true, true, endpoint)),
        }
    }

    async fn try_connect(&self, endpoint: &Endpoint) -> Result<Connection, Cause> {
        let uri = endpoint.uri().ok_or("the endpoint makes no URI")?;
        let stream = self.tcp.clone().call(uri).await?.into_inner();
        let socket = TcpStream::from(stream.as_fd().try_clone_to_owned()?);
        let sender = match endpoint.server_name() {
            None => handshake(Socket(stream)).await?,
            Some(name) => handshake(TlsConnector::from(self.tls.clone()).connect(name, Socket(stream)).await?).await?,
        };
        Ok(Connection { sender, socket })
    }
}

async fn handshake(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<SendRequest<Full<Bytes>>, hyper::Error> {
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // What goes wrong on it is told to the request that is under way.
    drop(tokio::spawn(connection));
    Ok(sender)
}

impl Connection {
    /// Whether the server has left it open, and sent nothing that no one asked for.
    pub(super) fn is_idle(&self) -> bool {
        let silent = matches!(self.socket.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock);
        silent && !self.sender.is_closed()
    }
}
