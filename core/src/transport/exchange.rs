//! One request and its reply, on a connection that is kept for the next one where it can be.

use std::mem;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri, header};
use http_body_util::Full;
use hyper::body::Body;
use zeroize::Zeroizing;

use super::connect::{Connection, Connector};
use super::reply::{self, Reply, Window};
use super::{failure, headers, wiped};
use crate::catalogue::Kind;
use crate::error::{Fate, Result};
use crate::sign::Signed;

/// Sends once and reads at most `cap` bytes of body. A `kept` connection that the server has closed in the meantime is
/// replaced: of a request that fails on it unsent, it is known that nothing came of it. The connection is given back where
/// another request may follow; a call that ends early leaves none in the middle of a reply behind.
pub(super) async fn exchange(
    connector: &Connector,
    kept: Option<Connection>,
    request: Request<Full<Bytes>>,
    cap: usize,
) -> Result<(Reply, Option<Connection>)> {
    let reused = kept.is_some();
    let lost = |error: &hyper::Error| {
        let failed = failure::before_reply(error, false, false, connector.endpoint());
        if reused && failed.kind() == Kind::Network { failed.with_fate(Fate::Unanswered) } else { failed }
    };
    let mut connection = match kept {
        Some(connection) => connection,
        None => connector.connect().await?,
    };
    let mut window = Window::begin();
    let response = match window.head(connection.sender.try_send_request(request)).await {
        Ok(response) => response,
        Err(mut failed) => match failed.take_message().filter(|_| reused) {
            None => return Err(lost(failed.error())),
            Some(unsent) => {
                connection = connector.connect().await?;
                window.head(connection.sender.send_request(unsent)).await.map_err(|error| lost(&error).with_fate(Fate::Sent))?
            }
        },
    };
    let reply = reply::receive(response, cap, &mut window).await?;
    let usable = connection.sender.ready().await.is_ok();
    Ok((reply, usable.then_some(connection)))
}

/// What goes over the wire.
pub(super) fn request(connector: &Connector, user_agent: &HeaderValue, mut signed: Signed) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::new(Full::new(wiped(Zeroizing::new(mem::take(&mut signed.body)))));
    *request.method_mut() = Method::POST;
    *request.headers_mut() = headers(mem::take(&mut signed.headers))?;
    address(&mut request, connector, user_agent, Zeroizing::new(["/?", &signed.query].concat()))?;
    Ok(request)
}

/// Writes on `request` whom it is for, who sends it, and the way it takes.
pub(super) fn address(
    request: &mut Request<Full<Bytes>>,
    connector: &Connector,
    user_agent: &HeaderValue,
    mut target: Zeroizing<String>,
) -> Result<()> {
    let internal = || failure::internal("the request could not be written");
    let endpoint = connector.endpoint();
    let host = HeaderValue::from_str(endpoint.host()).map_err(|_| internal())?;
    request.headers_mut().insert(header::HOST, host);
    request.headers_mut().insert(header::USER_AGENT, user_agent.clone());
    if request.body().is_end_stream() && matches!(*request.method(), Method::POST | Method::PUT) {
        // hyper says nothing of a body that is not there, and some proxies then answer 411.
        request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if let Some(via) = connector.forwarder() {
        // A proxy that forwards must be told where to.
        target = Zeroizing::new([endpoint.to_string().as_str(), &target].concat());
        if let Some(authorization) = via.authorization() {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
        }
    }
    *request.uri_mut() = Uri::from_maybe_shared(wiped(target)).map_err(|_| internal())?;
    Ok(())
}
