//! Where the addresses of names come from: connections, tunnels and diagnoses all ask here.

use std::fmt::Debug;
use std::future::{self, Future};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::vec;

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use crate::endpoint::is_localhost;
use crate::runtime;

/// Knows addresses.
pub(crate) trait Resolve: Debug + Send + Sync {
    /// The addresses of `host`, a name or an address itself; at least one, in the order in which to try them. An address leads
    /// to itself, unless it is refused. An [`Error`](crate::Error) inside the `io::Error` becomes that of the request, which was
    /// not sent.
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

pub(crate) type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'a>>;

/// Who is asked. A port of 0 stands for the endpoint's own.
#[derive(Clone, Debug)]
pub(crate) struct Resolver(Arc<dyn Resolve>);

impl Resolver {
    pub(crate) fn new(resolve: impl Resolve + 'static) -> Self {
        Self(Arc::new(resolve))
    }

    pub(crate) async fn resolve(&self, host: &str) -> io::Result<Vec<SocketAddr>> {
        self.0.resolve(host).await
    }
}

/// The system, as it is set up: `/etc/hosts`, DNS or others. It is not asked for `localhost`.
impl Default for Resolver {
    fn default() -> Self {
        Self::new(System)
    }
}

#[derive(Debug)]
struct System;

impl Resolve for System {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        let addresses = match host.parse() {
            Ok(address) => vec![address],
            Err(_) if is_localhost(host) => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            Err(_) => return Box::pin(runtime::look_up(host)),
        };
        Box::pin(future::ready(Ok(addresses.into_iter().map(|address: IpAddr| SocketAddr::new(address, 0)).collect())))
    }
}

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolver = self.clone();
        Box::pin(async move { resolver.resolve(name.as_str()).await.map(Vec::into_iter) })
    }
}
