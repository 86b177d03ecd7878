//! One plain request on a connection of its own, for what is asked once in a long while.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use zeroize::{Zeroize, Zeroizing};

use super::connect::Connector;
use super::headers::headers;
use super::reply::{self, Reply, Window};
use super::settings::Settings;
use super::wiped::wiped;
use super::{exchange, failure};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// So often one looks whether the task that drove a connection has let go of its buffer.
const LOOKS: usize = 16;

#[derive(Debug)]
pub(crate) struct Plain {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: Zeroizing<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Zeroizing<String>,
}

/// Sends `plain` and reads at most `cap` bytes of body, all within `limit`. A redirect is a reply like any other.
pub(crate) async fn send(endpoint: &Endpoint, settings: &Settings, plain: Plain, cap: usize, limit: Duration) -> Result<Reply> {
    let connector = Connector::new(endpoint, settings)?;
    let mut request = Request::new(Full::new(wiped(plain.body)));
    *request.method_mut() = plain.method;
    *request.headers_mut() = headers(plain.headers)?;
    exchange::address(&mut request, &connector, &settings.user_agent, plain.target)?;
    let sent = async {
        let mut connection = connector.connect().await?;
        let response = connection.sender.send_request(request).await;
        let response = response.map_err(|error| failure::before_reply(&error, false, false, endpoint))?;
        let mut parts = Vec::new();
        let reply = reply::receive_parts(response, cap, cap, &mut Window::begin(), |part| parts.push(part)).await;
        drop(connection);
        wipe(parts).await;
        reply
    };
    let late = |_| Err(Error::new(Kind::Timeout, format!("{endpoint}: no reply within {} ms", limit.as_millis())));
    tokio::time::timeout(limit, sent).await.unwrap_or_else(late)
}

/// Wipes what the HTTP library received, where it received it: keys come this way. (What TLS decrypted on the way stays.)
async fn wipe(mut parts: Vec<Bytes>) {
    for _ in 0..LOOKS {
        let shared = parts.into_iter().filter_map(|part| match part.try_into_mut() {
            Ok(mut own) => {
                own.zeroize();
                None
            }
            Err(shared) => Some(shared),
        });
        parts = shared.collect();
        if parts.is_empty() {
            return;
        }
        tokio::task::yield_now().await;
    }
}
