//! The script once more, in Rust: `tests/redis` compares the two, and the simulation runs this one. Keys do not expire here.

use std::collections::{BTreeMap, BTreeSet};

use cloudauth_quota_redis::{Ask, Granted};

const SILENCE: u64 = 450_000;
const SEEN: u64 = 10_000_000;
const SETTLING: u64 = 3_000_000;
pub(crate) const HORIZON: u64 = 10_000_000;
const LEASE: u64 = 100_000;
const FARTHEST: u64 = 10_000_000;

/// A server's memory of one quota. A clone is a replica that lags behind.
#[derive(Clone, Debug)]
pub(crate) struct Model<I> {
    state: State,
    seen: BTreeMap<I, u64>,
    by_seen: BTreeSet<(u64, I)>,
    places: BTreeMap<I, u64>,
    at_place: BTreeMap<u64, I>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    free: u64,
    since: u64,
    last: u64,
    places: u64,
    before: u64,
    settled: u64,
}

impl<I: Clone + Ord> Model<I> {
    pub(crate) fn new() -> Self {
        Self {
            state: State::default(),
            seen: BTreeMap::new(),
            by_seen: BTreeSet::new(),
            places: BTreeMap::new(),
            at_place: BTreeMap::new(),
        }
    }

    pub(crate) fn ask(&mut self, now: u64, id: &I, ask: &Ask) -> Granted {
        if ask.deadline > 0 && now > ask.deadline {
            return Granted { now, ..Granted::default() };
        }
        let others = !self.at_place.is_empty();
        self.register(now, id);
        let mut state = self.state;
        let (place, places) = (self.places[id], places(self.at_place.len() as u64));
        if state.places != places {
            if now >= state.settled {
                state.before = state.places;
            }
            (state.places, state.settled) = (places, now + SETTLING + places * 2000);
        }
        if now > state.last + SILENCE {
            state.since = now;
        }
        if state.free > now + HORIZON + FARTHEST {
            state.free = now + ask.grace;
        }
        if ask.known > state.free {
            state.free = ask.known.min(now + HORIZON) + ask.grace;
        }
        let mut shares = 0;
        if (ask.alone || state.last == 0 || ask.known == 0 && others) && now < state.since + ask.grace {
            shares = state.since + ask.grace;
            state.free = state.free.max(shares);
        }
        let slot = state.free.max(now);
        let mut permits = 0;
        if ask.wanted > 0 && slot <= now + HORIZON {
            permits = ask.wanted.min((LEASE / ask.interval).max(1));
            state.free = slot + permits * ask.interval;
        }
        state.last = now;
        self.state = state;
        let State { free, before, settled, .. } = state;
        Granted { permits, slot, now, free, place, places, before, settled, shares }
    }

    #[allow(dead_code, reason = "nobody leaves in the simulation")]
    pub(crate) fn leave(&mut self, id: &I) {
        if self.seen.contains_key(id) {
            self.sees(0, id);
        }
    }

    fn sees(&mut self, now: u64, id: &I) {
        if let Some(before) = self.seen.insert(id.clone(), now) {
            self.by_seen.remove(&(before, id.clone()));
        }
        self.by_seen.insert((now, id.clone()));
    }

    fn forgets(&mut self, id: &I) {
        let seen = self.seen.remove(id).expect("it was seen");
        self.by_seen.remove(&(seen, id.clone()));
        let place = self.places.remove(id).expect("it has a place");
        self.at_place.remove(&place);
    }

    fn register(&mut self, now: u64, id: &I) {
        self.sees(now, id);
        let oldest = now.saturating_sub(SEEN.max(self.at_place.len() as u64 * 4000));
        if !self.places.contains_key(id) {
            let gone = self.by_seen.first().filter(|(seen, _)| *seen < oldest).map(|(_, gone)| gone.clone());
            let place = gone.as_ref().map_or(self.at_place.len() as u64, |gone| self.places[gone]);
            if let Some(gone) = gone {
                self.forgets(&gone);
            }
            self.places.insert(id.clone(), place);
            self.at_place.insert(place, id.clone());
        }
        for _ in 0..10 {
            let last = self.at_place.last_key_value().expect("this one has a place").1.clone();
            if self.seen[&last] >= oldest {
                break;
            }
            self.forgets(&last);
        }
    }
}

fn places(workers: u64) -> u64 {
    let mut step = 1;
    while workers >= 32 * step {
        step *= 2;
    }
    workers.div_ceil(step) * step
}
