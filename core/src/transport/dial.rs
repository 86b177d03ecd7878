//! Streams to servers that speak no HTTP, with the client's names, trust and socket.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::failure::Cause;
use super::resolver::Resolver;
use super::settings::Settings;
use super::socket::Socket;
use super::stream::Stream;
use super::tls;
use crate::error::Result;

/// Makes streams, none of them through a proxy.
#[derive(Clone)]
pub(crate) struct Dialer {
    resolver: Resolver,
    tls: Option<Arc<ClientConfig>>,
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer").finish_non_exhaustive()
    }
}

impl Dialer {
    /// Reads the authorities to trust where `speaks_tls`.
    pub(crate) fn new(settings: &Settings, speaks_tls: bool) -> Result<Self> {
        let tls = speaks_tls.then(|| tls::config(settings.ca_pem.as_deref())).transpose()?;
        let without_http = |config: Arc<ClientConfig>| {
            let mut config = (*config).clone();
            config.alpn_protocols.clear();
            Arc::new(config)
        };
        Ok(Self { resolver: Resolver::default(), tls: tls.map(without_http) })
    }

    /// A stream to `host`, encrypted where this dialer speaks TLS. Its addresses are tried in turn.
    pub(crate) async fn dial(
        &self,
        host: &str,
        port: u16,
    ) -> Result<impl AsyncRead + AsyncWrite + Unpin + Send + use<>, Box<dyn Error + Send + Sync>> {
        let mut last = Cause::from("the name has no address");
        for mut address in self.resolver.resolve(host).await? {
            address.set_port(port);
            match TcpStream::connect(address).await {
                Ok(socket) => {
                    socket.set_nodelay(true)?;
                    return self.secured(host, Box::new(Socket(socket))).await;
                }
                Err(error) => last = error.into(),
            }
        }
        Err(last)
    }

    async fn secured(&self, host: &str, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, Cause> {
        let Some(config) = self.tls.clone() else { return Ok(stream) };
        let name = match host.parse::<IpAddr>() {
            Ok(address) => ServerName::from(address),
            Err(_) => ServerName::try_from(host.to_owned())?,
        };
        Ok(Box::new(TlsConnector::from(config).connect(name, stream).await?))
    }
}
