//! One request to a store, on a thread of its own: whoever waits for its answer can stop waiting at any time.

use std::io::Read;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use cloudauth_core::{CallOptions, Kind};
use futures_util::stream;
use opendal::{Buffer, HttpBody};
use ureq::http::header::CONTENT_LENGTH;
use ureq::http::request::Parts;
use ureq::http::{Method, Request, Response, response};
use ureq::{Agent, Body, BodyReader};

use super::trouble::Trouble;

/// How long a cancellation goes unnoticed.
pub(super) const SLICE: Duration = Duration::from_millis(50);
/// Of what is read at once.
const PIECE: usize = 64 << 10;

/// What the thread has of the answer, in this order.
enum Event {
    Head(Box<response::Parts>, Option<u64>),
    Piece(Buffer),
    End,
}

/// A request that was sent, and whose answer is still to come, or to be read.
pub(super) struct Exchange {
    events: Mutex<Receiver<Result<Event, Trouble>>>,
    options: CallOptions,
}

impl Exchange {
    /// Sends the request; gives the head of the answer, and what the body comes from. A thread that nobody waits for any more ends by
    /// the client's time limits.
    pub(super) fn begin(
        agent: &Agent,
        parts: Parts,
        body: Buffer,
        options: &CallOptions,
    ) -> Result<(response::Parts, Option<u64>, Self), Trouble> {
        let (to, events) = mpsc::sync_channel(1);
        let agent = agent.clone();
        let work = move || {
            if let Err(trouble) = carry_out(&agent, parts, &body, &to) {
                // Whoever waited may have gone.
                let _ = to.send(Err(trouble));
            }
        };
        thread::Builder::new().name("object".to_owned()).spawn(work).map_err(Trouble::Thread)?;
        let exchange = Self { events: Mutex::new(events), options: options.clone() };
        match exchange.next()? {
            Event::Head(head, length) => Ok((*head, length, exchange)),
            Event::Piece(_) | Event::End => Err(Trouble::Unreachable(Kind::Network)),
        }
    }

    fn next(&self) -> Result<Event, Trouble> {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.options.is_cancelled() {
                return Err(Trouble::Unreachable(Kind::Cancelled));
            }
            match events.recv_timeout(SLICE) {
                Ok(event) => return event,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Unreachable(Kind::Network)),
            }
        }
    }

    /// The next piece of the body; `None` after the last.
    fn piece(&self) -> Result<Option<Buffer>, Trouble> {
        match self.next()? {
            Event::Piece(piece) => Ok(Some(piece)),
            Event::Head(..) | Event::End => Ok(None),
        }
    }

    /// The body to its end, or the first `limit` bytes and little more.
    pub(super) fn read(self, limit: usize) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        while body.len() < limit {
            let Some(piece) = self.piece()? else { break };
            body.extend_from_slice(&piece.to_bytes());
        }
        Ok(body)
    }

    /// The body, piece by piece.
    pub(super) fn into_body(self, length: Option<u64>) -> HttpBody {
        let pieces = std::iter::from_fn(move || self.piece().map_err(opendal::Error::from).transpose());
        HttpBody::new(stream::iter(pieces), length)
    }
}

/// An error is still to be sent.
fn carry_out(agent: &Agent, parts: Parts, body: &Buffer, to: &SyncSender<Result<Event, Trouble>>) -> Result<(), Trouble> {
    let (head, body) = send(agent, parts, body)?.into_parts();
    let length = body.content_length();
    let mut reader = body.into_reader();
    // An event that cannot be sent is one that nobody waits for.
    let mut is_wanted = to.send(Ok(Event::Head(Box::new(head), length))).is_ok();
    while is_wanted {
        let piece = piece(&mut reader)?;
        let is_last = piece.is_none();
        is_wanted = to.send(Ok(piece.map_or(Event::End, Event::Piece))).is_ok() && !is_last;
    }
    Ok(())
}

fn send(agent: &Agent, mut parts: Parts, body: &Buffer) -> Result<Response<Body>, Trouble> {
    // The client counts for itself.
    parts.headers.remove(CONTENT_LENGTH);
    let sent = if matches!(parts.method, Method::PUT | Method::POST) {
        agent.run(Request::from_parts(parts, &*body.to_bytes()))
    } else {
        agent.run(Request::from_parts(parts, ()))
    };
    sent.map_err(|error| unreachable(&error))
}

fn piece(reader: &mut BodyReader<'_>) -> Result<Option<Buffer>, Trouble> {
    let mut piece = vec![0; PIECE];
    match reader.read(&mut piece) {
        Ok(0) => Ok(None),
        Ok(length) => {
            piece.truncate(length);
            Ok(Some(piece.into()))
        }
        Err(error) => Err(unreachable(&ureq::Error::from(error))),
    }
}

fn unreachable(error: &ureq::Error) -> Trouble {
    Trouble::Unreachable(match error {
        ureq::Error::Timeout(_) => Kind::Timeout,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Kind::Tls,
        // A certificate that was refused comes as an error of reading.
        ureq::Error::Io(error) if error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()).is_some() => Kind::Tls,
        _ => Kind::Network,
    })
}
