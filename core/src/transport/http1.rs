//! HTTP/1.1 on a stream.

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use super::stream::Stream;

/// Takes requests for the other end of `stream`. A task of the runtime that this is called on drives it: for a proxy and an
/// endpoint alike, so that it is compiled once.
pub(super) async fn speak(stream: Box<dyn Stream>) -> hyper::Result<SendRequest<Full<Bytes>>> {
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // What goes wrong on it goes to the request that is under way.
    drop(tokio::spawn(connection.with_upgrades()));
    Ok(sender)
}
