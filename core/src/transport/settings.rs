//! What a client knows of the way to its server.

use std::time::Duration;

use http::HeaderValue;

use super::resolver::Resolver;
use super::route::Route;

/// How a client reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    /// After how long without use a warm connection is used by `KeepaliveIntl`; `None` where none is kept warm.
    pub(crate) keep_warm: Option<Duration>,
    pub(crate) max_connections: usize,
    pub(crate) route: Route,
    /// Who knows the endpoint's addresses, where it is this machine that connects there.
    pub(crate) resolver: Resolver,
    /// More certificate authorities to trust, PEM.
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) user_agent: HeaderValue,
}
