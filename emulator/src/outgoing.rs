//! A reply on its way out, and what is to go wrong with it.

use std::time::Duration;

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{DATE, HeaderValue};

use crate::clock::Moment;
use crate::faults::{DateHeader, Effect, Wiring};
use crate::reply::Reply;

pub(crate) struct Outgoing {
    pub(crate) reply: Reply,
    pub(crate) delay: Duration,
    /// How far the service's clock is off.
    pub(crate) skew_ms: i64,
    pub(crate) date: DateHeader,
    pub(crate) wiring: Option<Wiring>,
}

impl From<Reply> for Outgoing {
    fn from(reply: Reply) -> Outgoing {
        Outgoing { reply, delay: Duration::ZERO, skew_ms: 0, date: DateHeader::Right, wiring: None }
    }
}

impl Outgoing {
    /// What a fault makes of the service's own reply.
    pub(crate) fn under(mut self, effect: Effect) -> Outgoing {
        match effect {
            Effect::Late(delay) => self.delay = delay,
            Effect::Clock(skew_ms, date) => (self.skew_ms, self.date) = (skew_ms, date),
            Effect::Alter(change) => change(&mut self.reply),
            Effect::Wire(wiring) => self.wiring = Some(wiring),
            _ => {}
        }
        self
    }

    pub(crate) fn frame(self, now: Moment) -> (Response<Full<Bytes>>, Option<Wiring>) {
        let Outgoing { reply, skew_ms, date, wiring, .. } = self;
        let mut response = Response::new(Full::new(reply.body));
        *response.status_mut() = reply.status;
        let headers = response.headers_mut();
        for (name, value) in reply.headers {
            headers.append(name, value);
        }
        // A recorded reply has its own date, but a fault of the clock is asked for.
        if skew_ms != 0 || date != DateHeader::Right {
            headers.remove(DATE);
        }
        let value = match date {
            DateHeader::Right => HeaderValue::try_from(now.shifted(skew_ms).http_date()).ok(),
            DateHeader::Missing => None,
            DateHeader::Garbage => Some(HeaderValue::from_static("the day before yesterday")),
        };
        if let (false, Some(value)) = (headers.contains_key(DATE), value) {
            headers.insert(DATE, value);
        }
        (response, wiring)
    }
}
