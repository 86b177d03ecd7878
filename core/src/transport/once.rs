//! One request on a connection of its own, for what is asked once in a long while.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use zeroize::Zeroize;

use super::connect::Connector;
use super::exchange::{self, Doubt};
use super::latency::Latency;
use super::reply::Reply;
use super::request::Request;
use super::settings::Settings;
use super::sink::Sink;
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::reply::Head;

/// So often one looks whether the task that drove a connection has let go of its buffer.
const LOOKS: usize = 16;

/// Sends `request` and hands at most `cap` bytes of body to `sink`, all within `limit`. A redirect is a reply like any other.
pub(crate) async fn send_once(
    endpoint: &Endpoint,
    settings: &Settings,
    request: Request,
    sink: &mut dyn Sink,
    cap: usize,
    limit: Duration,
) -> Result<Head> {
    let connector = Connector::new(endpoint, settings)?;
    let request = request.into_http(&connector, &settings.user_agent)?;
    let latency = Latency::default();
    let sent = exchange::exchange(&connector, None, request, sink, cap, Doubt::Never, &latency);
    match tokio::time::timeout(limit, sent).await {
        Ok((head, _)) => head,
        Err(_) => Err(Error::new(Kind::Timeout, format!("{endpoint}: no reply within {} ms", limit.as_millis()))),
    }
}

/// The same, with the body in memory, and nowhere else once it is here: keys come this way. (What TLS decrypted on the way
/// stays.)
pub(crate) async fn fetch(
    endpoint: &Endpoint,
    settings: &Settings,
    request: Request,
    cap: usize,
    limit: Duration,
) -> Result<Reply> {
    let mut secret = Secret::default();
    let head = send_once(endpoint, settings, request, &mut secret, cap, limit).await;
    let body = secret.wipe().await;
    Ok(Reply { head: head?, body })
}

/// A body, and its pieces as the HTTP library holds them.
#[derive(Default)]
struct Secret {
    body: Buffer,
    pieces: Vec<Bytes>,
}

impl Sink for Secret {
    fn begin(&mut self, head: &Head, headers: &HeaderMap, length: Option<usize>) -> Result<()> {
        self.body.begin(head, headers, length)
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        self.pieces.push(piece.clone());
        self.body.take(piece)
    }
}

impl Secret {
    /// Wipes the pieces where they were received, and gives the body.
    async fn wipe(self) -> Buffer {
        let mut pieces = self.pieces;
        for _ in 0..LOOKS {
            let shared = pieces.into_iter().filter_map(|piece| match piece.try_into_mut() {
                Ok(mut own) => {
                    own.zeroize();
                    None
                }
                Err(shared) => Some(shared),
            });
            pieces = shared.collect();
            if pieces.is_empty() {
                break;
            }
            tokio::task::yield_now().await;
        }
        self.body
    }
}
