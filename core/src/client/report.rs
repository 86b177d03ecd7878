//! The events of a call and of its attempts.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::Event;
use super::inner::Inner;
use crate::call_context::CallContext;
use crate::error::Error;

/// What an attempt measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    /// When it began and ended, from the beginning of its call.
    pub(super) begun: Duration,
    pub(super) ended: Duration,
    pub(super) permit_wait: Duration,
    pub(super) pause: Duration,
    pub(super) bytes: usize,
    pub(super) status: Option<u16>,
}

/// The events of a call's attempts, which go out with the call's: those of one call are not mixed with another's.
#[derive(Debug)]
pub(super) struct Attempted {
    /// The only reading of the clock for its events: they agree with one another, whatever the clock does meanwhile.
    begun: SystemTime,
    context: Option<CallContext>,
    events: Mutex<Vec<Event>>,
}

impl Attempted {
    pub(super) fn new(begun: SystemTime, context: Option<CallContext>) -> Self {
        Self { begun, context, events: Mutex::default() }
    }

    /// What the clock showed `elapsed` after the call's beginning.
    fn time(&self, elapsed: Duration) -> SystemTime {
        self.begun.checked_add(elapsed).unwrap_or(self.begun)
    }

    pub(super) fn context(&self) -> Option<&CallContext> {
        self.context.as_ref()
    }

    /// Keeps the event of an attempt: of which operation, its number, and why it failed.
    pub(super) fn report(&self, operation: &str, attempt: u32, attempts: u32, error: Option<&Error>, figures: &Figures) {
        let event = Event {
            operation: operation.to_owned(),
            attempt: Some(attempt.into()),
            attempts: attempts.into(),
            http_status: figures.status.map(u64::from),
            permit_wait: figures.permit_wait,
            pause: figures.pause,
            bytes_received: figures.bytes as u64,
            ended: self.time(figures.ended),
            duration: figures.ended.saturating_sub(figures.begun),
            context: self.context.clone(),
            ..Event::default()
        };
        self.events().push(with_outcome(event, error));
    }

    fn events(&self) -> MutexGuard<'_, Vec<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Reports a whole call, and its attempts before it.
    pub(super) fn report_call(
        &self,
        attempted: &Attempted,
        operation: &str,
        attempts: u32,
        error: Option<&Error>,
        duration: Duration,
    ) {
        let Some(listener) = &self.events else { return };
        let mut events = mem::take(&mut *attempted.events());
        let event = Event {
            operation: operation.to_owned(),
            attempts: attempts.into(),
            http_status: events.last().and_then(|last| last.http_status),
            permit_wait: events.iter().map(|attempt| attempt.permit_wait).sum(),
            pause: events.iter().map(|attempt| attempt.pause).sum(),
            bytes_received: events.iter().map(|attempt| attempt.bytes_received).sum(),
            ended: attempted.time(duration),
            duration,
            context: attempted.context.clone(),
            ..Event::default()
        };
        events.push(with_outcome(event, error));
        let count = events.len();
        if !listener.send(events) {
            self.counters.events_dropped.add(count);
        }
    }
}

fn with_outcome(event: Event, error: Option<&Error>) -> Event {
    let Some(error) = error else { return event };
    Event {
        kind: Some(error.kind()),
        code: error.code().map(str::to_owned),
        http_status: error.http_status().map(u64::from),
        ..event
    }
}
