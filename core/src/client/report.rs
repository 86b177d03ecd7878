//! The events of a call and of its attempts.

use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::time::Duration;

use super::Event;
use super::inner::Inner;
use crate::error::Error;

/// What an attempt measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) duration: Duration,
    pub(super) permit_wait: Duration,
    pub(super) pause: Duration,
    pub(super) bytes: usize,
    pub(super) status: Option<u16>,
}

/// The same of all of a call's attempts so far, times in nanoseconds.
#[derive(Debug, Default)]
pub(super) struct Totals {
    permit_wait: AtomicU64,
    pause: AtomicU64,
    bytes: AtomicU64,
    /// 0 where the last attempt has no reply.
    status: AtomicU16,
}

impl Totals {
    /// Reported by its call alone: attempts and calls do not race.
    pub(super) fn add(&self, figures: &Figures) {
        let add = |total: &AtomicU64, more| total.fetch_add(more, Ordering::Relaxed);
        add(&self.permit_wait, nanos(figures.permit_wait));
        add(&self.pause, nanos(figures.pause));
        add(&self.bytes, figures.bytes as u64);
        self.status.store(figures.status.unwrap_or(0), Ordering::Relaxed);
    }

    fn event(&self) -> Event {
        let get = |total: &AtomicU64| total.load(Ordering::Relaxed);
        let status = self.status.load(Ordering::Relaxed);
        Event {
            http_status: (status != 0).then_some(status.into()),
            permit_wait: Duration::from_nanos(get(&self.permit_wait)),
            pause: Duration::from_nanos(get(&self.pause)),
            bytes_received: get(&self.bytes),
            ..Event::default()
        }
    }
}

impl Inner {
    /// Reports an attempt: of which operation, its number, and why it failed.
    pub(super) fn report_attempt(&self, operation: &str, attempt: u32, attempts: u32, error: Option<&Error>, figures: &Figures) {
        let event = Event {
            attempt: Some(attempt.into()),
            http_status: figures.status.map(u64::from),
            permit_wait: figures.permit_wait,
            pause: figures.pause,
            bytes_received: figures.bytes as u64,
            ..Event::default()
        };
        self.report(event, operation, attempts, error, figures.duration);
    }

    /// Reports a whole call.
    pub(super) fn report_call(&self, operation: &str, attempts: u32, error: Option<&Error>, duration: Duration, totals: &Totals) {
        self.report(totals.event(), operation, attempts, error, duration);
    }

    fn report(&self, event: Event, operation: &str, attempts: u32, error: Option<&Error>, duration: Duration) {
        let Some(events) = &self.events else { return };
        let event = Event {
            operation: operation.to_owned(),
            attempts: attempts.into(),
            kind: error.map(Error::kind),
            code: error.and_then(Error::code).map(str::to_owned),
            http_status: error.map_or(event.http_status, |error| error.http_status().map(u64::from)),
            duration,
            ..event
        };
        self.counters.events_dropped.add(usize::from(!events.send(event)));
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
