//! One worker of a quota: pure, with time given. It asks the script, keeps the permits that it was given until their moment,
//! and lives on its share where the server does not answer.
//!
//! Local times are this process's, all others the server's; both in microseconds.

use std::collections::VecDeque;

use crate::script::{Ask, Granted, LEASE};
use crate::times::ServerClock;

/// How long an answer may take.
pub(crate) const PATIENCE: u64 = 500_000;
/// How often a worker shows that it lives, while it is in use and while it is not.
const BEAT: u64 = 500_000;
const IDLE_BEAT: u64 = 2_500_000;
/// Without a call for so long, it is not in use.
const IDLE: u64 = 10_000_000;
/// How long before its last permit a worker asks for more.
const AHEAD: u64 = 100_000;
/// How long the workers of a small fleet take to come back to the server.
const GRACE: u64 = 1_000_000;
/// From this rate on, permits lie 2 % further apart: what is late may then be so by 20 ms and never adds up to 1 % too many.
const FAST: u64 = 50;

/// Where a permit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    /// The server.
    Shared,
    /// The worker's own share.
    Own,
}

/// What a worker knows of its quota, and holds of it.
#[derive(Debug)]
pub struct Worker {
    interval: u64,
    clock: Option<ServerClock>,
    /// Local: when each permit may be used, in order.
    held: VecDeque<u64>,
    /// The latest answer.
    state: Granted,
    /// Its turn, and of how many, where the server does not answer; and when it lives on that.
    turn: Option<(u64, u64)>,
    share: Option<Share>,
    /// How far ahead of the server's time permits were given lately.
    ahead: u64,
    /// When the latest permit of its own share was free.
    own: u64,
    /// Local: until when it has none.
    looks_until: u64,
    contact: Contact,
    /// Local: when it asked for what is not answered yet, when it may ask for permits again, when it last asked, and was used.
    asked: Option<(u64, Ask)>,
    again: u64,
    last_ask: Option<u64>,
    last_use: u64,
    /// Permits whose moment was missed.
    missed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contact {
    /// The server never answered; whether it was tried in vain.
    Never {
        tried: bool,
    },
    Answered,
    /// It does not answer any more.
    Lost,
}

/// When a worker takes turns with the others.
#[derive(Clone, Copy, Debug)]
struct Share {
    /// The clock of the server that was lost: all take turns by it, even those that have found another one.
    clock: ServerClock,
    /// The permits that all workers hold are used up by then.
    from: u64,
    /// Local.
    until: u64,
}

impl Worker {
    /// `rate`: requests a second of all workers, at least 1.
    pub fn new(rate: u64, now: u64) -> Self {
        Self {
            interval: interval(rate),
            clock: None,
            held: VecDeque::new(),
            state: Granted::default(),
            turn: None,
            share: None,
            ahead: 0,
            own: 0,
            looks_until: 0,
            contact: Contact::Never { tried: false },
            asked: None,
            again: 0,
            last_ask: None,
            last_use: now,
            missed: 0,
        }
    }

    /// Uses a permit at the local time `now`, if one may be used.
    pub fn take(&mut self, now: u64) -> Option<Permit> {
        self.last_use = now;
        self.drop_missed(now);
        if self.held.pop_front_if(|slot| *slot <= now).is_some() {
            return Some(Permit::Shared);
        }
        let (slot, _) = self.own_slot(now).filter(|(_, local)| *local <= now && now >= self.looks_until)?;
        self.own = slot;
        Some(Permit::Own)
    }

    /// The local time at which [`take`](Self::take) may succeed, as far as is known.
    pub fn next(&self, now: u64) -> Option<u64> {
        let own = self.own_slot(now).map(|(_, local)| local.max(self.looks_until));
        self.held.front().copied().into_iter().chain(own).min()
    }

    /// What to ask the script at the local time `now`, while so many calls wait.
    pub fn ask(&mut self, now: u64, waiting: usize) -> Option<Ask> {
        if self.asked.is_some() {
            return None;
        }
        let at = self.clock.map(|clock| clock.server(now));
        self.drop_missed(now);
        let lacking = (waiting as u64).saturating_sub(self.held.len() as u64);
        // The first question is for the time: permits of one who takes it for another come too soon.
        let wanted = if at.is_some() && now >= self.may_ask() { lacking.min((LEASE / self.interval).max(1)) } else { 0 };
        if wanted == 0 && self.last_ask.is_some_and(|last| now < last + self.beat(now)) {
            return None;
        }
        let (alone, known) = match self.contact {
            // Where the server has just started, the others may have a share that it knows nothing of.
            Contact::Never { tried } => (tried, 0),
            Contact::Answered => (false, self.state.free),
            Contact::Lost => (true, self.state.free.max(self.share.map_or(0, |share| share.from))),
        };
        let ask = Ask {
            interval: self.interval,
            wanted,
            deadline: at.map_or(0, |at| at + PATIENCE),
            known,
            grace: grace(self.workers()),
            alone,
        };
        self.asked = Some((now, ask));
        self.last_ask = Some(now);
        Some(ask)
    }

    /// The local time at which [`ask`](Self::ask) has something to ask while so many calls wait; `None` while it waits for an
    /// answer.
    pub fn next_ask(&self, now: u64, waiting: usize) -> Option<u64> {
        if self.asked.is_some() {
            return None;
        }
        let beat = self.last_ask.map_or(now, |last| last + self.beat(now));
        Some(if waiting > self.held.len() && self.clock.is_some() { beat.min(self.may_ask()) } else { beat })
    }

    /// When the answer to the question under way is overdue, local.
    pub fn overdue(&self) -> Option<u64> {
        self.asked.map(|(sent, _)| sent + PATIENCE)
    }

    /// The script's answer came.
    pub fn answered(&mut self, now: u64, granted: Granted) {
        let Some((sent, ask)) = self.asked.take() else { return };
        let clock = ServerClock::learnt(self.clock, sent, now, granted.now);
        self.clock = Some(clock);
        if granted.places == 0 {
            return;
        }
        self.ahead = granted.free.saturating_sub(granted.now).max(self.ahead / 10 * 9);
        if std::mem::replace(&mut self.contact, Contact::Answered) == Contact::Lost {
            self.share = self.share.map(|share| Share { until: clock.local(granted.shares), ..share });
        }
        self.state = granted;
        self.held.extend((0..granted.permits).map(|index| clock.local(granted.slot + index * self.interval)));
        if ask.wanted > 0 && granted.permits == 0 {
            // More wait than there is room for: each looks again after a while that is its own.
            let Granted { place, places, .. } = granted;
            self.again = now + (places * 1000).clamp(100_000, 5_000_000) * (places + place) / (2 * places);
        }
    }

    /// The server does not answer since the local time `since`. Whatever was asked is to be asked anew.
    pub fn lost(&mut self, since: u64) {
        self.ask_anew();
        self.contact = match (self.contact, self.clock) {
            (Contact::Answered, Some(clock)) => {
                self.turn = self.turn_at(clock.server(since));
                // Others may have been given some since the latest answer.
                let from = clock.server(since) + self.ahead / 4 * 5 + LEASE;
                self.share = Some(Share { clock, from, until: u64::MAX });
                // Another server may take its place, with a clock of its own.
                self.clock = None;
                Contact::Lost
            }
            (Contact::Never { .. }, _) => Contact::Never { tried: true },
            (contact, _) => contact,
        };
    }

    /// This process stood still until now: others may have found the server meanwhile. It does not live on its share before it
    /// has looked for the server, too.
    pub fn stood_still(&mut self, now: u64) {
        self.looks_until = now + PATIENCE;
    }

    /// The server wants the same question in another form.
    pub fn ask_anew(&mut self) {
        self.asked = None;
        self.last_ask = None;
    }

    /// Whether the server has ever answered.
    pub fn was_reached(&self) -> bool {
        !matches!(self.contact, Contact::Never { .. })
    }

    /// How many workers there are, as far as is known.
    pub fn workers(&self) -> u64 {
        self.state.places.max(1)
    }

    /// Permits whose moment passed without a call that waited, or before the process had its turn.
    pub fn missed(&self) -> u64 {
        self.missed
    }

    /// The local time at which it may ask for permits.
    fn may_ask(&self) -> u64 {
        self.again.max(self.held.back().map_or(0, |last| last.saturating_sub(AHEAD)))
    }

    /// Its turn, and of how many, if the server does not answer since `at`: as all others know it, too.
    fn turn_at(&self, at: u64) -> Option<(u64, u64)> {
        let Granted { now, place, places, before, settled, .. } = self.state;
        // A worker that stood still has not heard what the others have.
        let at = at.min(now + IDLE_BEAT.max(self.workers() * 1000));
        // Workers do not notice at the same moment: near the change, some would take turns by one number and some by the other.
        if at >= settled + GRACE {
            Some((place, places))
        } else if at >= settled {
            None
        } else if before > 0 {
            Some((place, before)).filter(|_| place < before)
        } else {
            // The server had lost what it knew: each keeps the turn it had then.
            self.turn
        }
    }

    /// The share's permit that is free now, or the next one, by the share's clock and by the local one.
    fn own_slot(&self, now: u64) -> Option<(u64, u64)> {
        let Share { clock, from, until } = self.share.filter(|share| now < share.until)?;
        let (place, places) = self.turn?;
        let at = clock.server(now);
        let round = self.interval * places;
        let first = place * self.interval;
        let current = at.saturating_sub(first) / round * round + first;
        let usable = current >= from && current > self.own && at <= current + self.tolerance();
        let slot = if usable { current } else { (from.max(at).saturating_sub(first) / round + 1) * round + first };
        Some((slot, clock.local(slot))).filter(|(_, local)| *local < until)
    }

    /// How late a permit may be used: later, it would come too close to the next ones.
    fn tolerance(&self) -> u64 {
        (self.interval / 2).max(20_000)
    }

    fn drop_missed(&mut self, now: u64) {
        let late = now.saturating_sub(self.tolerance());
        while self.held.pop_front_if(|slot| *slot < late).is_some() {
            self.missed += 1;
        }
    }

    fn beat(&self, now: u64) -> u64 {
        let beat = if now < self.last_use + IDLE { BEAT } else { IDLE_BEAT };
        beat.max(self.workers() * 1000)
    }
}

/// How long so many workers take to come back to the server.
fn grace(workers: u64) -> u64 {
    (workers * 200).clamp(GRACE, 5 * GRACE)
}

/// Between two permits, rounded up.
fn interval(rate: u64) -> u64 {
    let rate = rate.clamp(1, 1_000_000);
    let spread: u64 = if rate < FAST { 1_000_000 } else { 1_020_000 };
    spread.div_ceil(rate)
}
