//! The fleet, its network and its server, event by event.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use cloudauth_quota_redis::{Ask, Granted, Permit, Worker};

use crate::chance::Chance;
use crate::model::Model;

pub(crate) const SECOND: u64 = 1_000_000;
/// The server's clock when the simulation begins.
const EPOCH: u64 = 1_800_000_000 * SECOND;
const CONNECTING: u64 = SECOND;
const PATIENCE: u64 = 500_000;
const STANDSTILL: u64 = 100_000;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) rate: u64,
    pub(crate) workers: usize,
    /// Calls that wait in each worker, all the time.
    pub(crate) callers: u64,
    pub(crate) seconds: u64,
    pub(crate) faults: Faults,
}

/// What goes wrong. Clocks drift in any case, by up to 200 parts in a million.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Faults {
    /// The server is down, or stands still, for 2 to 12 s. Another one may take its place, with a clock of its own and with what
    /// the former knew a while before, or with nothing.
    pub(crate) failovers: bool,
    /// Workers stand still for up to 3 s.
    pub(crate) pauses: bool,
    /// Workers crash, and new ones take their place.
    pub(crate) crashes: bool,
}

impl Faults {
    pub(crate) const NONE: Self = Self { failovers: false, pauses: false, crashes: false };
}

/// What came of it.
pub(crate) struct History {
    /// When each request was sent, by true time, in order.
    pub(crate) sent: Vec<u64>,
    /// Those of the workers' own shares.
    pub(crate) own: Vec<u64>,
    pub(crate) by_worker: Vec<u64>,
    /// When the server did not answer.
    pub(crate) outages: Vec<(u64, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A member looks at what is to be done; of several that it has planned, the latest plan counts.
    Wake {
        member: usize,
        plan: u64,
    },
    /// A question reaches the server.
    Arrives {
        member: usize,
        link: u64,
        ask: Question,
    },
    /// Its answer reaches the member.
    Answers {
        member: usize,
        link: u64,
        answer: Answer,
    },
    /// A member is connected.
    Connected {
        member: usize,
        link: u64,
    },
    /// A member learns that its connection was closed, or refused.
    Closed {
        member: usize,
        link: u64,
    },
    Outage,
    Recovery,
    Pause,
    Crash,
}

/// [`Ask`] and [`Granted`], in order.
type Question = [u64; 6];
type Answer = [u64; 9];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Down { until: u64 },
    Opening { since: u64 },
    Open,
}

struct Member {
    id: u64,
    worker: Worker,
    /// Its clock: when it began, and parts in a million that it is too fast.
    began: u64,
    drift: i64,
    link: Link,
    /// Counts connections, so that what belongs to an older one is known.
    number: u64,
    failures: u32,
    plan: u64,
    paused_until: u64,
    /// When it meant to wake.
    planned: u64,
}

impl Member {
    fn local(&self, now: u64) -> u64 {
        let passed = now - self.began;
        passed.saturating_add_signed(passed as i64 * self.drift / 1_000_000)
    }

    fn truly(&self, local: u64) -> u64 {
        self.began + local.saturating_add_signed(-(local as i64 * self.drift / 1_000_000)) + 1
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    Up,
    /// Connections are refused.
    Killed,
    /// Questions wait.
    Stopped,
}

pub(crate) struct Fleet<'a> {
    scenario: &'a Scenario,
    chance: Chance,
    now: u64,
    events: BinaryHeap<Reverse<(u64, u64, Event)>>,
    order: u64,
    members: Vec<Member>,
    next_id: u64,
    model: Model<u64>,
    /// What a replica knows.
    replica: Model<u64>,
    /// By how much the server's clock is off, and when it was last set.
    offset: i64,
    server: Server,
    /// What waits for a server that stands still.
    queued: Vec<Event>,
    history: History,
}

impl<'a> Fleet<'a> {
    pub(crate) fn new(scenario: &'a Scenario, seed: u64) -> Self {
        let history = History { sent: vec![], own: vec![], by_worker: vec![0; scenario.workers], outages: vec![] };
        let mut fleet = Self {
            scenario,
            chance: Chance::new(seed),
            now: 0,
            events: BinaryHeap::new(),
            order: 0,
            members: Vec::new(),
            next_id: 0,
            model: Model::new(),
            replica: Model::new(),
            offset: 0,
            server: Server::Up,
            queued: Vec::new(),
            history,
        };
        for index in 0..scenario.workers {
            let member = fleet.member(0);
            fleet.members.push(member);
            let at = fleet.chance.between(0, SECOND);
            fleet.plan(index, at);
        }
        let faults = scenario.faults;
        for (wanted, event) in [(faults.failovers, Event::Outage), (faults.pauses, Event::Pause), (faults.crashes, Event::Crash)]
        {
            if wanted {
                let at = fleet.chance.between(12 * SECOND, 20 * SECOND);
                fleet.at(at, event);
            }
        }
        fleet
    }

    pub(crate) fn run(mut self) -> History {
        let end = self.scenario.seconds * SECOND;
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            if at >= end {
                break;
            }
            self.now = at;
            self.happens(event);
        }
        self.history
    }

    fn member(&mut self, began: u64) -> Member {
        self.next_id += 1;
        let drift = self.chance.between(0, 400) as i64 - 200;
        let worker = Worker::new(self.scenario.rate, 0);
        let link = Link::Down { until: 0 };
        Member {
            id: self.next_id,
            worker,
            began,
            drift,
            link,
            number: 0,
            failures: 0,
            plan: 0,
            paused_until: 0,
            planned: u64::MAX,
        }
    }

    fn at(&mut self, at: u64, event: Event) {
        self.order += 1;
        self.events.push(Reverse((at, self.order, event)));
    }

    /// A member wakes at that time, and not as it had planned before.
    fn plan(&mut self, member: usize, at: u64) {
        self.members[member].plan += 1;
        let plan = self.members[member].plan;
        self.at(at.max(self.now + 1), Event::Wake { member, plan });
    }

    /// One way of the network: mostly a third of a millisecond, seldom ten.
    fn way(&mut self) -> u64 {
        if self.chance.between(0, 100) == 0 { self.chance.between(2000, 10_000) } else { self.chance.between(150, 500) }
    }

    fn server_time(&self) -> u64 {
        (EPOCH + self.now).saturating_add_signed(self.offset)
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Wake { member, plan } => {
                if self.members[member].plan == plan {
                    self.wakes(member);
                }
            }
            Event::Arrives { member, link, ask } => match self.server {
                Server::Up => {
                    let (id, now, ask) = (self.members[member].id, self.server_time(), read(ask));
                    let answer = write(self.model.ask(now, &id, &ask));
                    let way = self.way();
                    self.at(self.now + way, Event::Answers { member, link, answer });
                }
                Server::Stopped => self.queued.push(event),
                Server::Killed => {}
            },
            Event::Answers { member, link, answer } => {
                if self.postponed(member, event) || !self.is_current(member, link) {
                    return;
                }
                let granted = granted(answer);
                let now = self.now;
                let member_of = &mut self.members[member];
                member_of.worker.answered(member_of.local(now), granted);
                member_of.failures = 0;
                self.wakes(member);
            }
            Event::Connected { member, link } => {
                if self.server == Server::Stopped {
                    self.queued.push(event);
                } else if self.server == Server::Up && self.is_current(member, link) {
                    self.members[member].link = Link::Open;
                    self.wakes(member);
                }
            }
            Event::Closed { member, link } => {
                if !self.postponed(member, event) && self.is_current(member, link) {
                    let local = self.members[member].local(self.now);
                    self.loses(member, local);
                    self.wakes(member);
                }
            }
            Event::Outage => self.fails(),
            Event::Recovery => self.recovers(),
            Event::Pause => {
                let member = self.chance.between(0, self.members.len() as u64) as usize;
                let paused = self.chance.between(SECOND / 10, 3 * SECOND);
                self.members[member].paused_until = self.now + paused;
                self.plan(member, self.now + paused);
                let next = self.chance.between(SECOND / 2, 5 * SECOND);
                self.at(self.now + next, Event::Pause);
            }
            Event::Crash => {
                let member = self.chance.between(0, self.members.len() as u64) as usize;
                let number = self.members[member].number + 1;
                let plan = self.members[member].plan;
                self.members[member] = Member { number, plan, ..self.member(self.now) };
                let restart = self.chance.between(SECOND / 10, 2 * SECOND);
                self.plan(member, self.now + restart);
                let next = self.chance.between(5 * SECOND, 20 * SECOND);
                self.at(self.now + next, Event::Crash);
            }
        }
    }

    /// What reaches a process that stands still waits for it.
    fn postponed(&mut self, member: usize, event: Event) -> bool {
        let until = self.members[member].paused_until;
        if until > self.now {
            self.at(until, event);
        }
        until > self.now
    }

    fn is_current(&self, member: usize, link: u64) -> bool {
        self.members[member].number == link
    }

    /// What the driver does in each round.
    fn wakes(&mut self, index: usize) {
        let now = self.now;
        if self.members[index].paused_until > now {
            return;
        }
        let local = self.members[index].local(now);
        if now > self.members[index].planned.saturating_add(STANDSTILL) {
            self.members[index].worker.stood_still(local);
        }
        if let Some(overdue) = self.members[index].worker.overdue().filter(|overdue| *overdue <= local) {
            self.loses(index, overdue - PATIENCE);
        }
        match self.members[index].link {
            Link::Opening { since } if since + CONNECTING <= now => self.loses(index, local),
            Link::Down { until } if until <= now => self.connects(index),
            _ => {}
        }
        while let Some(permit) = self.members[index].worker.take(local) {
            self.history.sent.push(now);
            self.history.by_worker[index] += 1;
            if permit == Permit::Own {
                self.history.own.push(now);
            }
        }
        let callers = self.scenario.callers as usize;
        if self.members[index].link == Link::Open
            && let Some(ask) = self.members[index].worker.ask(local, callers)
        {
            let ask = [ask.interval, ask.wanted, ask.deadline, ask.known, ask.grace, ask.alone.into()];
            let (way, link) = (self.way(), self.members[index].number);
            self.at(now + way, Event::Arrives { member: index, link, ask });
        }
        let member = &self.members[index];
        let link = match member.link {
            Link::Down { until } => until,
            Link::Opening { since } => since + CONNECTING,
            Link::Open => member.worker.next_ask(local, callers).map_or(u64::MAX, |ask| member.truly(ask)),
        };
        let own = [member.worker.next(local), member.worker.overdue()].into_iter().flatten().map(|time| member.truly(time));
        let next = own.chain([link]).min().unwrap_or(link);
        self.members[index].planned = next.max(now);
        // Timers and schedulers are late, mostly by little.
        let late = if self.chance.between(0, 50) == 0 { self.chance.between(0, 10_000) } else { self.chance.between(0, 1200) };
        self.plan(index, next.saturating_add(late));
    }

    fn connects(&mut self, index: usize) {
        self.members[index].number += 1;
        self.members[index].link = Link::Opening { since: self.now };
        let (member, link, way) = (index, self.members[index].number, self.way() + self.way());
        let event =
            if self.server == Server::Killed { Event::Closed { member, link } } else { Event::Connected { member, link } };
        self.at(self.now + way, event);
    }

    fn loses(&mut self, index: usize, since: u64) {
        let spread = self.chance.between(50, 101);
        let member = &mut self.members[index];
        member.worker.lost(since);
        let workers = member.worker.workers();
        let pause = (50_000 << member.failures.min(3)).max(workers * 100).min(400_000.max(workers * 100)) * spread / 100;
        member.failures += 1;
        member.number += 1;
        member.link = Link::Down { until: self.now + pause };
    }

    fn fails(&mut self) {
        let takes = self.chance.between(2 * SECOND, 12 * SECOND);
        self.server = if self.chance.between(0, 3) == 0 { Server::Stopped } else { Server::Killed };
        self.history.outages.push((self.now, self.now + takes));
        self.at(self.now + takes, Event::Recovery);
        if self.server == Server::Killed {
            for member in 0..self.members.len() {
                if self.members[member].link == Link::Open {
                    let (link, way) = (self.members[member].number, self.way());
                    self.at(self.now + way, Event::Closed { member, link });
                }
            }
        }
    }

    fn recovers(&mut self) {
        let was = std::mem::replace(&mut self.server, Server::Up);
        if was == Server::Killed {
            match self.chance.between(0, 3) {
                // Started again, without what it knew.
                0 => self.model = Model::new(),
                // Started again, and has read what it had written.
                1 => {}
                // A replica, which lags, with a clock of its own.
                _ => {
                    self.model = self.replica.clone();
                    self.offset = self.chance.between(0, 400_000) as i64 - 200_000;
                }
            }
        }
        for event in std::mem::take(&mut self.queued) {
            self.at(self.now + 1, event);
        }
        self.replica = self.model.clone();
        let next = self.chance.between(15 * SECOND, 40 * SECOND);
        self.at(self.now + next, Event::Outage);
    }
}

fn read([interval, wanted, deadline, known, grace, alone]: Question) -> Ask {
    Ask { interval, wanted, deadline, known, grace, alone: alone == 1 }
}

fn write(Granted { permits, slot, now, free, place, places, before, settled, shares }: Granted) -> Answer {
    [permits, slot, now, free, place, places, before, settled, shares]
}

fn granted([permits, slot, now, free, place, places, before, settled, shares]: Answer) -> Granted {
    Granted { permits, slot, now, free, place, places, before, settled, shares }
}
