//! The way to a server, one step at a time, for who wants to know at which it ends.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ProtocolVersion;
use rustls::pki_types::CertificateDer;

use super::connect::Connector;
use super::failure;
use super::proxy::ProxyServer;
use super::settings::Settings;
use super::socket::Socket;
use super::stream::Stream;
use super::tls;
use super::trust::{Distrust, Watcher};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Goes the way that a client's connections go: same proxy, same trust, same time limit for each step.
pub(crate) struct Probe {
    connector: Connector,
    /// Who looks at certificates, where there are any.
    watcher: Option<Arc<Watcher>>,
    host: String,
    limit: Duration,
}

/// A way that is open so far.
pub(crate) struct Open(Box<dyn Stream>);

/// TLS did not come about.
pub(crate) struct HandshakeFailure {
    pub(crate) error: Error,
    /// Where the certificate is why.
    pub(crate) distrust: Option<Distrust>,
}

impl Probe {
    pub(crate) fn new(endpoint: &Endpoint, settings: &Settings) -> Result<Self> {
        let mut connector = Connector::new(endpoint, settings)?;
        let mut watcher = None;
        if connector.speaks_tls() {
            let verifier = tls::verifier(settings.ca_pem.as_deref())?;
            let verifier = watcher.insert(Arc::new(Watcher::new(verifier))).clone();
            connector = connector.with_tls(tls::config_with(verifier));
        }
        let host = connector.first_host()?;
        Ok(Self { connector, watcher, host, limit: settings.connect_timeout })
    }

    /// The proxy on the way.
    pub(crate) fn proxy(&self) -> Option<&ProxyServer> {
        self.connector.via()
    }

    /// The first host on the way, which this machine must find.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Whether that is a name, which must be looked up.
    pub(crate) fn host_is_name(&self) -> bool {
        self.host.parse::<IpAddr>().is_err()
    }

    /// What the first connection leads to: the proxy, or the endpoint.
    pub(crate) fn next(&self) -> String {
        self.proxy().map_or_else(|| self.connector.endpoint().to_string(), ToString::to_string)
    }

    /// The addresses of the first host; at least one.
    pub(crate) async fn resolve(&self) -> Result<Vec<IpAddr>> {
        let host = self.host();
        let found = tokio::time::timeout(self.limit, self.connector.resolve(host)).await;
        let found = found.map_err(|_| self.late(&format!("{host}: DNS did not answer")))?;
        let found = found.map_err(|error| failure::before_reply(&error, true, false, &host))?;
        let mut addresses: Vec<_> = found.into_iter().map(|found| found.ip()).collect();
        addresses.dedup();
        Ok(addresses)
    }

    /// A connection to the first host.
    pub(crate) async fn reach(&self) -> Result<Open> {
        let reached = tokio::time::timeout(self.limit, self.connector.reach()).await;
        let socket = reached.map_err(|_| self.late(&format!("{}: no connection", self.next())))??;
        Ok(Open(Box::new(Socket(socket))))
    }

    /// Through the proxy, where there is one.
    pub(crate) async fn pass(&self, open: Open) -> Result<Open> {
        let Some(via) = self.connector.via() else { return Ok(open) };
        let passed = tokio::time::timeout(self.limit, self.connector.through(via, open.0)).await;
        passed.map_err(|_| self.late(&format!("{via}: it did not open the way")))?.map(Open)
    }

    /// TLS with the endpoint; gives its version, or `None` where the endpoint wants none.
    pub(crate) async fn secure(&self, open: Open) -> Result<Option<&'static str>, HandshakeFailure> {
        let endpoint = self.connector.endpoint();
        let Some(name) = endpoint.server_name() else { return Ok(None) };
        let secured = tokio::time::timeout(self.limit, self.connector.secured(name, open.0)).await;
        let late = |_| HandshakeFailure { error: self.late(&format!("{endpoint}: no TLS")), distrust: None };
        let stream = secured.map_err(late)?.map_err(|cause| {
            let why = failure::find::<rustls::Error>(&*cause);
            let distrust = why.and_then(|why| Distrust::of(why, self.shown().as_ref()));
            let error = failure::before_reply(&*cause, true, false, endpoint);
            HandshakeFailure { error, distrust }
        })?;
        Ok(Some(match stream.get_ref().1.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
            _ => "TLS 1.3",
        }))
    }

    fn shown(&self) -> Option<CertificateDer<'static>> {
        self.watcher.as_ref().and_then(|watcher| watcher.shown())
    }

    fn late(&self, what: &str) -> Error {
        Error::new(Kind::Timeout, format!("{what} within {} ms", self.limit.as_millis()))
    }
}
