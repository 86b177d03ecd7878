//! Making an HTTP/1.1 connection.

use std::fmt::Display;
use std::io;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderValue, Uri};
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream as TokioStream;
use tokio::runtime::{self, Handle};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tower_service::Service;

use super::failure::{self, Cause};
use super::proxy::{Protocol, ProxyServer};
use super::resolver::Resolver;
use super::settings::Settings;
use super::socket::Socket;
use super::stack::Idle;
use super::stream::Stream;
use super::{http1, tls, tunnel};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Makes connections to one server; addresses are tried in turn, IPv6 and IPv4 side by side.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    endpoint: Endpoint,
    /// As it stands in a header.
    host: HeaderValue,
    via: Option<ProxyServer>,
    /// Who knows the endpoint's addresses.
    resolver: Resolver,
    /// Who knows those of the first host on the way.
    first_resolver: Resolver,
    tcp: HttpConnector<Resolver>,
    /// Where TLS is spoken with the endpoint or with the proxy.
    tls: Option<Arc<ClientConfig>>,
    timeout: Duration,
    made: Arc<AtomicU64>,
}

/// A router forgets a connection that is silent for half a minute at the earliest.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// A connection that waits for requests. It is driven by a task of the runtime it was made on.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) sender: SendRequest<Full<Bytes>>,
    /// The same socket, to look at while nothing drives the connection.
    socket: TcpStream,
    runtime: runtime::Id,
    /// Since when it has waited.
    rests: Instant,
    /// Where it is one of the [warm](super::warm) ones, their token.
    warm: Option<Arc<()>>,
}

impl Connector {
    pub(super) fn new(endpoint: &Endpoint, settings: &Settings) -> Result<Self> {
        let via = settings.route.to(endpoint)?;
        let secured = endpoint.is_https() || via.as_ref().is_some_and(|via| via.server_name().is_some());
        // A proxy is the operator's own choice.
        let first_resolver = if via.is_some() { Resolver::default() } else { settings.resolver.clone() };
        let mut tcp = HttpConnector::new_with_resolver(first_resolver.clone());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared out among the addresses of a name, so that the second has its turn when the first is silent.
        tcp.set_connect_timeout(Some(settings.connect_timeout));
        // What lies between is reminded of a connection that rests, and one that is dead is noticed while it does.
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE / 3));
        tcp.set_keepalive_retries(Some(3));
        Ok(Self {
            host: HeaderValue::from_str(endpoint.host()).map_err(|_| failure::internal("the endpoint's host is no header"))?,
            endpoint: endpoint.clone(),
            via,
            resolver: settings.resolver.clone(),
            first_resolver,
            tcp,
            tls: secured.then(|| tls::config(settings.ca_pem.as_deref())).transpose()?,
            timeout: settings.connect_timeout,
            made: Arc::default(),
        })
    }

    /// A fresh connection. Boxed: it is made once in many calls, and every call would carry its state about.
    pub(super) async fn connect(&self) -> Result<Connection> {
        let made = Box::pin(tokio::time::timeout(self.timeout, self.try_connect())).await;
        made.unwrap_or_else(|late| Err(self.lost(&late, true)))
    }

    /// The proxy that takes requests as they are, without a tunnel through it.
    pub(super) fn forwarder(&self) -> Option<&ProxyServer> {
        let via = self.via.as_ref().filter(|_| !self.endpoint.is_https())?;
        matches!(via.protocol, Protocol::Http | Protocol::Https).then_some(via)
    }

    /// How many connections there have been.
    pub(super) fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    pub(super) fn host_header(&self) -> &HeaderValue {
        &self.host
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Whether there is TLS on the way, with the proxy or the endpoint.
    pub(super) fn speaks_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// The same, verifying servers' certificates by another configuration.
    pub(super) fn with_tls(mut self, config: Arc<ClientConfig>) -> Self {
        self.tls = self.tls.map(|_| config);
        self
    }

    /// The proxy on the way, whether or not there is a tunnel through it.
    pub(super) fn via(&self) -> Option<&ProxyServer> {
        self.via.as_ref()
    }

    /// The first host on the way, which is the one that this machine looks up.
    fn first(&self) -> Result<Uri> {
        match &self.via {
            Some(via) => via.uri().ok_or_else(|| failure::internal("the proxy makes no URI")),
            None => self.endpoint.uri().ok_or_else(|| failure::internal("the endpoint makes no URI")),
        }
    }

    /// Its name, or its address.
    pub(super) fn first_host(&self) -> Result<String> {
        self.first().map(|first| bare_host(&first).to_owned())
    }

    /// The addresses of `host`, which is the first on the way; at least one.
    pub(super) async fn resolve(&self, host: &str) -> io::Result<Vec<SocketAddr>> {
        self.first_resolver.resolve(host).await
    }

    /// A socket to the first host on the way.
    pub(super) async fn reach(&self) -> Result<TokioStream> {
        let first = self.first()?;
        if bare_host(&first).parse::<IpAddr>().is_ok() {
            // `tcp` asks nobody for the address of an address, which may be one that is not to be gone to.
            self.resolve(bare_host(&first)).await.map_err(|error| self.lost(&error, false))?;
        }
        let socket = self.tcp.clone().call(first).await.map_err(|error| self.lost(&error, false))?;
        Ok(socket.into_inner())
    }

    async fn try_connect(&self) -> Result<Connection> {
        let socket = self.reach().await?;
        let kept = socket.as_fd().try_clone_to_owned().map_err(|error| self.lost(&error, false))?;
        let mut stream: Box<dyn Stream> = Box::new(Socket(socket));
        if let Some(via) = &self.via {
            stream = self.through(via, stream).await?;
        }
        let sender = self.finish(stream).await;
        let sender = sender.map_err(|error| failure::before_reply(&*error, true, false, &self.endpoint))?;
        self.made.fetch_add(1, Ordering::Relaxed);
        Ok(Connection {
            sender,
            socket: TcpStream::from(kept),
            runtime: Handle::current().id(),
            rests: Instant::now(),
            warm: None,
        })
    }

    /// Through the proxy at the other end of `stream`: TLS to it where its URL says so, and a tunnel for an endpoint with TLS.
    pub(super) async fn through(&self, via: &ProxyServer, mut stream: Box<dyn Stream>) -> Result<Box<dyn Stream>> {
        if let Some(name) = via.server_name() {
            stream = Box::new(self.secured(name, stream).await.map_err(|error| self.lost(&*error, false))?);
        }
        if self.forwarder().is_some() { Ok(stream) } else { tunnel::open(via, stream, &self.endpoint, &self.resolver).await }
    }

    /// TLS where the endpoint wants it, and HTTP.
    async fn finish(&self, mut stream: Box<dyn Stream>) -> Result<SendRequest<Full<Bytes>>, Cause> {
        if let Some(name) = self.endpoint.server_name() {
            stream = Box::new(self.secured(name, stream).await?);
        }
        Ok(http1::speak(stream).await?)
    }

    pub(super) async fn secured(
        &self,
        name: ServerName<'static>,
        stream: Box<dyn Stream>,
    ) -> Result<TlsStream<Box<dyn Stream>>, Cause> {
        let config = self.tls.clone().ok_or("TLS was not set up")?;
        Ok(TlsConnector::from(config).connect(name, stream).await?)
    }

    /// No connection to the first host on the way.
    fn lost(&self, error: &(dyn std::error::Error + 'static), timed_out: bool) -> Error {
        let place: &dyn Display = self.via.as_ref().map_or(&self.endpoint as _, |via| via as _);
        failure::before_reply(error, true, timed_out, place)
    }
}

/// An address without brackets.
fn bare_host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

impl Connection {
    /// Whether the server has left it open, and sent nothing that no one asked for.
    pub(super) fn is_idle(&self) -> bool {
        let silent = matches!(self.socket.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock);
        silent && !self.sender.is_closed()
    }

    /// Whether it is open as far as who drives it has seen. Unlike [`is_idle`](Self::is_idle), this holds while a session ticket
    /// that follows a handshake is still to be read.
    pub(super) fn is_connected(&self) -> bool {
        !self.sender.is_closed()
    }

    /// It was used until now.
    pub(super) fn rest(&mut self) {
        self.rests = Instant::now();
    }

    /// How long it has waited.
    pub(super) fn rested(&self) -> Duration {
        self.rests.elapsed()
    }

    /// It is one of the warm ones from now on, which share `token`.
    pub(super) fn mark_warm(&mut self, token: &Arc<()>) {
        self.warm = Some(token.clone());
    }

    pub(super) fn is_warm(&self) -> bool {
        self.warm.is_some()
    }

    /// Whether the runtime that drives it is the one that this is called on.
    pub(super) fn is_driven_here(&self) -> bool {
        self.runtime == Handle::current().id()
    }
}

impl Idle for Connection {
    fn is_open(&self) -> bool {
        self.is_idle()
    }

    /// Now, whether or not anyone drives it.
    fn close(self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}
