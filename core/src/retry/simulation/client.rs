//! A client with some callers: takes permits, sends, reads, pauses as `client/attempts.rs` does, by events in order of time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use super::chance::Chance;
use super::rules::{CallRules, Rules, SAVED};
use super::service::{Answer, Service};
use crate::quota::{Admitted, Pace};
use crate::retry::{Budget, Failure, History, Policy};

/// From the first request let through after healing: how long the pace may take to be fast again, and how fast that is.
const REGROWN: Duration = Duration::from_secs(11);
const FAST: f64 = 10.0;
/// How long callers may take after healing until one of them gets through: the longest pause, and their turn after it.
const NOTICED: Duration = Duration::from_secs(6);

#[derive(Debug)]
pub(super) struct Client {
    now: Duration,
    chance: Chance,
    service: Service,
    policy: Policy,
    most: Option<f64>,
    timeout: Duration,
    rest: Duration,
    latency: u64,
    budget: Budget,
    pace: Pace,
    callers: Vec<Caller>,
    /// Callers that wait for a permit, the first of them for its time.
    waiting: VecDeque<usize>,
    events: BinaryHeap<Reverse<(Duration, u64, Event)>>,
    scheduled: u64,
    rules: Rules,
    regrowth: Regrowth,
    aloud: bool,
}

#[derive(Debug, Default)]
struct Caller {
    history: History,
    rules: CallRules,
    deadline: Duration,
    sent: Duration,
    answer: Answer,
}

/// How the pace does once the service is well.
#[derive(Debug, Default)]
struct Regrowth {
    admitted: Option<Duration>,
    slowest: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A caller begins a call.
    Begin(usize),
    /// A pause is over.
    Again(usize),
    /// The time of the first that waits for a permit.
    Turn,
    Reply(usize),
}

impl Client {
    pub(super) fn new(seed: u64, aloud: bool) -> Self {
        let mut chance = Chance::new(seed);
        let base = chance.millis(1..=200);
        let policy = Policy {
            max_attempts: usize::try_from(chance.within(1..=5)).expect("a small number"),
            base,
            throttle_base: base * 10,
            cap: chance.millis(1..=2000),
        };
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let most = if chance.one_in(3) { Some(chance.within(1..=20) as f64) } else { None };
        let mut client = Self {
            now: Duration::ZERO,
            service: Service::new(&mut chance),
            policy,
            most,
            timeout: chance.millis(500..=20_000),
            rest: chance.millis(0..=1000),
            latency: chance.within(1..=300),
            budget: Budget::default(),
            pace: Pace::default(),
            callers: Vec::new(),
            waiting: VecDeque::new(),
            events: BinaryHeap::new(),
            scheduled: 0,
            rules: Rules::default(),
            regrowth: Regrowth::default(),
            aloud,
            chance,
        };
        for caller in 0..usize::try_from(client.chance.within(1..=6)).expect("a small number") {
            client.callers.push(Caller::default());
            client.at(Duration::ZERO, Event::Begin(caller));
        }
        client
    }

    pub(super) fn run(mut self) {
        if self.aloud {
            println!("{:?}\n{:?}, {:?} a second, {} callers", self.service, self.policy, self.most, self.callers.len());
        }
        while let Some(Reverse((now, _, event))) = self.events.pop().filter(|next| next.0.0 < self.service.end) {
            self.now = now;
            if self.aloud {
                println!("{now:?} {event:?}, pace {:?}, budget {}", self.pace.learnt(now), self.budget.saved());
            }
            match event {
                Event::Begin(caller) => self.begin(caller),
                Event::Again(caller) => self.permit(caller),
                Event::Turn => self.turn(),
                Event::Reply(caller) => self.reply(caller),
            }
            let saved = self.budget.saved();
            assert!(saved <= SAVED * 1000, "{saved} thousandths of a repetition saved");
        }
        self.rules.check_all(self.service.end);
        let admitted = self.regrowth.admitted.expect("someone gets through once the service is well");
        assert!(admitted < self.service.healed + NOTICED, "well from {:?}, noticed at {admitted:?}", self.service.healed);
        self.check_regrowth(self.now.max(admitted + REGROWN));
        assert_eq!(self.pace.learnt(self.now + Duration::from_mins(2)), None, "a limit outlives its reason");
    }

    fn at(&mut self, after: Duration, event: Event) {
        self.scheduled += 1;
        self.events.push(Reverse((self.now + after, self.scheduled, event)));
    }

    fn begin(&mut self, caller: usize) {
        self.callers[caller] = Caller { deadline: self.now + self.timeout, ..Caller::default() };
        self.permit(caller);
    }

    fn permit(&mut self, caller: usize) {
        self.waiting.push_back(caller);
        if self.waiting.len() == 1 {
            self.turn();
        }
    }

    /// First come, first served; whose time is over gives its place up.
    fn turn(&mut self) {
        while let Some(caller) = self.waiting.front().copied() {
            if self.callers[caller].deadline > self.now {
                if let Err(wait) = self.pace.go(self.most, self.now) {
                    return self.at(wait, Event::Turn);
                }
                self.send(caller);
            } else {
                self.end(caller);
            }
            self.waiting.pop_front();
        }
    }

    fn send(&mut self, caller: usize) {
        let Caller { history, rules, sent, answer, .. } = &mut self.callers[caller];
        history.attempt();
        self.rules.sends(rules, &self.policy, self.most, self.now);
        (*sent, *answer) = (self.now, self.service.answer(self.now, &mut self.chance));
        let latency = self.chance.millis(1..=self.latency);
        self.at(latency, Event::Reply(caller));
    }

    fn reply(&mut self, caller: usize) {
        let Caller { sent, answer: (failure, admitted), .. } = self.callers[caller];
        if let Some(admitted) = admitted {
            self.pace.report(sent, admitted, self.now);
            if sent >= self.service.healed && admitted == Admitted::Yes {
                self.regrowth.admitted.get_or_insert(self.now);
            }
        }
        match failure {
            None => {
                self.budget.deposit();
                self.rules.succeeds();
                self.end(caller);
            }
            Some(failure) => self.fail(caller, failure),
        }
        self.check_regrowth(self.now);
    }

    fn fail(&mut self, caller: usize, failure: Failure) {
        let chance = self.chance.share();
        let Caller { history, rules, deadline, .. } = &mut self.callers[caller];
        let left = deadline.saturating_sub(self.now);
        let next = history.next(&self.policy, &self.budget, failure, self.now, left, chance);
        let all_fail = self.service.fails_always(self.now);
        self.rules.fails(rules, &self.policy, failure, next, (self.now, left), all_fail);
        match next {
            Some(pause) => self.at(pause, Event::Again(caller)),
            None => self.end(caller),
        }
    }

    fn end(&mut self, caller: usize) {
        // Never at the same moment again: time must pass.
        let rest = self.rest + self.chance.millis(1..=50);
        self.at(rest, Event::Begin(caller));
    }

    /// Once something is let through, the pace grows, and is fast soon.
    fn check_regrowth(&mut self, now: Duration) {
        let (Some(admitted), Some(rate)) = (self.regrowth.admitted, self.pace.learnt(now)) else { return };
        assert!(rate >= self.regrowth.slowest, "{rate} a second after {}, and the service is well", self.regrowth.slowest);
        // What was sent before may still be answered.
        if now > admitted + Duration::from_millis(self.latency) {
            self.regrowth.slowest = rate;
        }
        assert!(now < admitted + REGROWN || rate >= FAST, "{rate} a second, {:?} after the first", now.saturating_sub(admitted));
    }
}
