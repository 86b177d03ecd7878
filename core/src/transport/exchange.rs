//! One request and its reply, on a connection that is kept for the next one where it can be.

use std::future::pending;
use std::pin::pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;

use super::connect::{Connection, Connector};
use super::failure;
use super::latency::Latency;
use super::reply::{self, Window};
use super::sink::Sink;
use crate::catalogue::Kind;
use crate::error::{Error, Result, SendState};
use crate::reply::Head;

/// Whether to give a connection up on which no reply begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Doubt {
    Never,
    /// After so long, once another connection has been made.
    After(Duration),
}

/// Sends once and hands at most `cap` bytes of body to `sink`. A `kept` connection that the server has closed in the meantime is
/// replaced: of a request that fails on it unsent, it is known that nothing came of it. The connection is given back where
/// another request may follow; a call that ends early leaves none in the middle of a reply behind.
pub(super) async fn exchange(
    connector: &Connector,
    kept: Option<Connection>,
    request: Request<Full<Bytes>>,
    sink: &mut dyn Sink,
    cap: usize,
    doubt: Doubt,
    latency: &Latency,
) -> (Result<Head>, Option<Connection>) {
    let timer = pin!(Window::timer());
    let mut window = Window::new(timer);
    let (response, mut connection) = match head(connector, kept, request, doubt, latency, &mut window).await {
        Ok(answered) => answered,
        Err(Unanswered { error, fresh }) => return (Err(error), fresh),
    };
    match reply::receive(response, sink, cap, &mut window).await {
        Ok(head) => {
            let usable = connection.sender.ready().await.is_ok();
            (Ok(head), usable.then_some(connection))
        }
        Err(error) => (Err(error), None),
    }
}

/// No reply began.
struct Unanswered {
    error: Error,
    /// A connection for the next request, where one was made in doubt of the former.
    fresh: Option<Connection>,
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self { error, fresh: None }
    }
}

async fn head(
    connector: &Connector,
    kept: Option<Connection>,
    request: Request<Full<Bytes>>,
    doubt: Doubt,
    latency: &Latency,
    window: &mut Window<'_>,
) -> Result<(Response<Incoming>, Connection), Unanswered> {
    let reused = kept.is_some();
    let lost = |error: &hyper::Error| {
        let failed = failure::before_reply(error, false, false, connector.endpoint());
        if reused && failed.kind() == Kind::Network { failed.with_send_state(SendState::Unanswered) } else { failed }
    };
    let mut connection = match kept {
        Some(connection) => connection,
        None => connector.connect().await?,
    };
    let sent = Instant::now();
    let answered = {
        let mut answer = pin!(window.head(connection.sender.try_send_request(request)));
        match doubt {
            Doubt::Never => answer.await,
            Doubt::After(patience) => tokio::select! {
                biased;
                answered = &mut answer => answered,
                fresh = another(connector, patience) => {
                    let what = format!("{}: no answer on a connection that had been idle for long", connector.endpoint());
                    let error = Error::new(Kind::Network, what).with_send_state(SendState::Unanswered);
                    return Err(Unanswered { error, fresh: Some(fresh) });
                }
            },
        }
    };
    let response = match answered {
        Ok(response) => response,
        Err(mut failed) => match failed.take_message().filter(|_| reused) {
            None => return Err(lost(failed.error()).into()),
            Some(unsent) => {
                connection = connector.connect().await?;
                let answered = window.head(connection.sender.send_request(unsent)).await;
                answered.map_err(|error| lost(&error).with_send_state(SendState::Sent))?
            }
        },
    };
    latency.observe(sent.elapsed());
    Ok((response, connection))
}

/// A connection, made after `patience`. Where none can be made, the former is all there is.
async fn another(connector: &Connector, patience: Duration) -> Connection {
    tokio::time::sleep(patience).await;
    match connector.connect().await {
        Ok(connection) => connection,
        Err(_) => pending().await,
    }
}
