//! The only place that does HTTP.
//!
//! A call that blocks takes a [`lane`]: a connection and a runtime of its own, both driven by the calling thread, so that no
//! other thread need wake. A call that is awaited takes a connection out of the [`pool`] of its runtime. Where neither has
//! one that was used a moment ago, the call takes a [`warm`] one, if there is any. Which way a call takes makes no difference to
//! what comes of it: all make their [`exchange`] on the same kind of connection.

mod authorities;
mod connect;
mod connections;
mod crypto;
#[cfg(feature = "quota-redis")]
mod dial;
mod exchange;
mod failure;
mod given;
mod headers;
mod http1;
mod lane;
mod latency;
mod lookup;
mod no_proxy;
mod once;
mod pool;
mod probe;
mod proxy;
mod reaper;
mod reply;
mod request;
mod resolver;
mod route;
mod settings;
mod sink;
mod slots;
mod socket;
mod stack;
mod stream;
#[cfg(test)]
mod tests;
mod tls;
mod trust;
mod tunnel;
mod warm;

pub(crate) use connections::{Channel, Reuse, Transport};
#[cfg(feature = "quota-redis")]
pub(crate) use dial::Dialer;
pub(crate) use given::validate_ca;
pub(crate) use lane::Timer;
pub(crate) use once::{fetch, send_once};
pub(crate) use probe::{HandshakeFailure, Probe};
pub(crate) use proxy::ProxyServer;
pub(crate) use reaper::{Chore, watch};
pub(crate) use reply::Reply;
pub(crate) use request::Request;
pub(crate) use resolver::{Resolve, Resolver, Resolving};
pub use route::Proxy;
pub(crate) use route::Route;
pub(crate) use settings::Settings;
pub(crate) use sink::Sink;
pub(crate) use trust::Distrust;
