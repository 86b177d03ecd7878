//! Events on their way to a client's listener.
//!
//! Where none is given, no event is made. A listener gets its events on a thread kept for callbacks, one after the other; a host
//! whose own threads fetch them takes them by [`take_events`].

use std::cell::Cell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Event;
use crate::endpoint::{Endpoint, Region};
use crate::runtime::{self, PerProcess};

/// Events that may wait; further ones are dropped.
const WAITING: usize = 1024;

type Hook = dyn Fn(&Event) + Send + Sync;

/// Who gets the events of clients.
#[derive(Clone)]
pub(super) enum Listener {
    Called(Arc<Hook>),
    /// Fetches them, under that number.
    Fetches(u64),
}

/// A client's events.
pub(super) struct Events {
    listener: Listener,
    region: Option<&'static str>,
    server: (String, u64),
    /// One process's, so that no fork finds the lock taken.
    queue: PerProcess<Arc<Mutex<Queue>>>,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Event>,
    /// A thread is on its way to them.
    is_delivered: bool,
}

type Fetched = Mutex<VecDeque<(u64, Event)>>;

/// Events of all clients whose listeners fetch them.
static FETCHED: PerProcess<Fetched> = PerProcess::new();

thread_local! {
    /// Whether this thread is calling a listener; the calls that it makes meanwhile are not reported, or there were no end.
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fetched() -> &'static Fetched {
    let Ok(fetched) = FETCHED.get_or_try_init(|| Ok::<_, Infallible>(Mutex::default()));
    fetched
}

/// Takes the events that wait, the oldest first, each with the number that
/// [`ClientBuilder::keep_events`](super::ClientBuilder::keep_events) was given.
pub fn take_events() -> Vec<(u64, Event)> {
    lock(fetched()).drain(..).collect()
}

impl Events {
    pub(super) fn new(listener: Listener, endpoint: &Endpoint) -> Self {
        let region = Region::of(endpoint).map(Region::id);
        Self { listener, region, server: endpoint.address_and_port(), queue: PerProcess::new() }
    }

    /// Sends the events of a call on, one right after the other; false where there is no room for all of them.
    pub(super) fn send(&self, mut events: Vec<Event>) -> bool {
        if LISTENS.try_with(Cell::get).unwrap_or_default() {
            return true;
        }
        for event in &mut events {
            event.region = self.region.map(str::to_owned);
            (event.server_address, event.server_port) = self.server.clone();
        }
        match &self.listener {
            Listener::Fetches(number) => push(&mut lock(fetched()), events.into_iter().map(|event| (*number, event))),
            Listener::Called(hook) => self.deliver(hook, events),
        }
    }

    fn deliver(&self, hook: &Arc<Hook>, events: Vec<Event>) -> bool {
        let Ok(shared) = self.queue.get_or_try_init(|| Ok::<_, Infallible>(Arc::default()));
        let mut queue = lock(shared);
        if !push(&mut queue.events, events.into_iter()) {
            return false;
        }
        if !mem::replace(&mut queue.is_delivered, true) {
            drop(queue);
            let (waiting, hook) = (shared.clone(), hook.clone());
            if runtime::run_later(move || deliver_all(&waiting, &*hook)).is_err() {
                // The next event asks for a thread again.
                lock(shared).is_delivered = false;
            }
        }
        true
    }
}

fn push<T>(waiting: &mut VecDeque<T>, events: impl ExactSizeIterator<Item = T>) -> bool {
    let has_room = waiting.len() + events.len() <= WAITING;
    if has_room {
        waiting.extend(events);
    }
    has_room
}

fn deliver_all(waiting: &Mutex<Queue>, hook: &Hook) {
    loop {
        let mut queue = lock(waiting);
        let Some(event) = queue.events.pop_front() else {
            queue.is_delivered = false;
            return;
        };
        drop(queue);
        // A hook that panics costs its event, and no other.
        LISTENS.set(true);
        runtime::contain(|| hook(&event));
        LISTENS.set(false);
    }
}
