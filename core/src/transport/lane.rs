//! Lanes: a runtime and a connection of its own for each call that blocks, driven by the thread that makes the call.
//!
//! They are kept, last in first out, and dropped once they have been idle as long as a connection may be. Nothing drives a
//! lane between two calls, so a connection is looked at before it is used again.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use http_body_util::Full;
use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};

use super::buffers::Buffers;
use super::connect::{Connection, Connector};
use super::reply::{self, Reply};
use super::{Settings, failure, headers};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::sign::Signed;

#[derive(Debug)]
pub(crate) struct Lanes {
    idle: Mutex<Vec<(Instant, Lane)>>,
    idle_timeout: Duration,
    connector: Connector,
    user_agent: HeaderValue,
}

#[derive(Debug)]
pub(crate) struct Lane {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    connection: Mutex<Option<Connection>>,
    connector: Connector,
    user_agent: HeaderValue,
}

impl Lanes {
    pub(super) fn new(settings: &Settings, config: &ClientConfig) -> Self {
        Self {
            idle: Mutex::default(),
            idle_timeout: settings.idle_timeout,
            connector: Connector::new(settings, config),
            user_agent: settings.user_agent.clone(),
        }
    }

    /// Runs `call` to its end on this thread, which must not be driving a runtime already.
    pub(crate) fn run<T>(&self, call: impl AsyncFnOnce(&Lane) -> T) -> Result<T> {
        let lane = self.check_out()?;
        // Pinned here, so that what drives it moves a pointer and not its state.
        let outcome = lane.runtime().block_on(pin!(call(&lane)));
        self.check_in(lane);
        Ok(outcome)
    }

    fn check_out(&self) -> Result<Lane> {
        let kept = self.idle().pop().filter(|(since, _)| since.elapsed() < self.idle_timeout);
        kept.map_or_else(|| Lane::new(self.connector.clone(), self.user_agent.clone()), |(_, lane)| Ok(lane))
    }

    /// Keeps `lane` if its connection lives, and lets go of those that have waited too long.
    fn check_in(&self, lane: Lane) {
        let mut idle = self.idle();
        let expired = idle.partition_point(|(since, _)| since.elapsed() >= self.idle_timeout);
        let dropped: Vec<_> = idle.drain(..expired).collect();
        if lane.connection().is_some() {
            idle.push((Instant::now(), lane));
        }
        drop(idle);
        drop(dropped);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(Instant, Lane)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lane {
    fn new(connector: Connector, user_agent: HeaderValue) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_io().enable_time().build();
        let runtime = runtime.map_err(|_| Error::new(Kind::Io, "the operating system refused a descriptor for I/O"))?;
        Ok(Self { runtime: Some(runtime), connection: Mutex::default(), connector, user_agent })
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("a lane has its runtime until it is dropped")
    }

    fn connection(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends once and reads at most `cap` bytes of body. A connection that the server has closed in the meantime is
    /// replaced; of a request that fails on it, it is known that nothing was sent.
    pub(super) async fn send(&self, endpoint: &Endpoint, signed: Signed, cap: usize, buffers: &Buffers) -> Result<Reply> {
        let request = self.request(endpoint, signed)?;
        // Taken, so that a call which ends early leaves no connection in the middle of a reply behind.
        let kept = self.connection().take().filter(Connection::is_idle);
        let reused = kept.is_some();
        let mut connection = match kept {
            Some(connection) => connection,
            None => self.connect(endpoint).await?,
        };
        let lost = |error: &hyper::Error| failure::before_reply(error, false, false, endpoint);
        let response = match connection.sender.try_send_request(request).await {
            Ok(response) => response,
            Err(mut failed) => match failed.take_message().filter(|_| reused) {
                None => return Err(lost(failed.error())),
                Some(unsent) => {
                    connection = self.connect(endpoint).await?;
                    connection.sender.send_request(unsent).await.map_err(|error| lost(&error))?
                }
            },
        };
        let reply = reply::receive(response, cap, buffers).await?;
        if connection.sender.ready().await.is_ok() {
            *self.connection() = Some(connection);
        }
        Ok(reply)
    }

    /// Boxed: it happens once in many calls, and every call would carry its state about.
    async fn connect(&self, endpoint: &Endpoint) -> Result<Connection> {
        Box::pin(self.connector.connect(endpoint)).await
    }

    fn request(&self, endpoint: &Endpoint, signed: Signed) -> Result<Request<Full<Bytes>>> {
        let internal = || Error::new(Kind::Internal, "the request could not be written");
        let mut request = Request::new(Full::new(Bytes::from(signed.body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = format!("/?{}", signed.query).parse().map_err(|_| internal())?;
        *request.headers_mut() = headers(signed.headers)?;
        let host = HeaderValue::from_str(endpoint.host()).map_err(|_| internal())?;
        request.headers_mut().insert(header::HOST, host);
        request.headers_mut().insert(header::USER_AGENT, self.user_agent.clone());
        Ok(request)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        // A client may be dropped where a runtime must not block.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
