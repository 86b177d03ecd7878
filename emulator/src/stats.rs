//! What came in and what became of it. Counters lose nothing; single attempts are kept up to a number that is chosen.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ids::Ids;

/// All counters, since the start or since [`Emulator::reset_stats`](crate::Emulator::reset_stats).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Connections accepted.
    pub connections: u64,
    /// TLS handshakes that were completed.
    pub handshakes: u64,
    /// TLS handshakes that were not: refused by the client, broken off, or spoilt by a fault.
    pub handshakes_failed: u64,
    /// Bytes of the handshake received, on all TLS connections.
    pub handshake_bytes: u64,
    /// Bytes of requests received: decrypted, or as they came where there is no TLS. Bytes that a client sends in the
    /// clear although TLS is expected are among them, so 0 says that nothing left a client before TLS was complete.
    pub application_bytes: u64,
    /// Bytes received from sockets, TLS included.
    pub received_bytes: u64,
    /// Bytes written to sockets, TLS included.
    pub sent_bytes: u64,
    /// Calls that reached the gateway.
    pub requests: u64,
    /// How often each fault was applied, by its name.
    pub faults: BTreeMap<&'static str, u64>,
    /// How often each `Code` was given; the empty one where there was none.
    pub codes: BTreeMap<Arc<str>, u64>,
    /// How many calls of each action were repeats, as [`Attempt::repeat`] says of one; counted without loss for the first
    /// million ids.
    pub repeats: BTreeMap<&'static str, u64>,
    /// Attempts that [`Emulator::attempts`](crate::Emulator::attempts) no longer holds.
    pub attempts_forgotten: u64,
}

/// One call that reached the gateway, as a test of retries and rates wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When its request had arrived whole, since the emulator's start, by a clock that only goes forward.
    pub at: Duration,
    /// The action asked for; empty where there was none, `?` where it is not known.
    pub action: &'static str,
    /// Its `TransactionId`; empty where it has none.
    pub transaction_id: Arc<str>,
    /// Whether a call of the same action came before it with the same id: `MerchantBizId` for `Initialize` and
    /// `InitializeV2`, `TransactionId` for all others. Of `MerchantBizId`s, only hashes are kept.
    pub repeat: bool,
    /// The connection it came on, counted from 1.
    pub connection: u64,
    /// The fault that was applied to it.
    pub fault: Option<&'static str>,
    /// The status answered, even where a fault kept it from the client; 0 where nobody was asked.
    pub http_status: u16,
    /// The `Code` answered; empty where there was none.
    pub code: Arc<str>,
}

/// Counters of the sockets.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) connections: AtomicU64,
    pub(crate) handshakes: AtomicU64,
    pub(crate) handshakes_failed: AtomicU64,
    pub(crate) handshake_bytes: AtomicU64,
    pub(crate) application_bytes: AtomicU64,
    pub(crate) received_bytes: AtomicU64,
    pub(crate) sent_bytes: AtomicU64,
}

/// What is counted, and the attempts that are kept.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) traffic: Arc<Traffic>,
    began: Instant,
    /// Locked for a look-up and a push, never for longer.
    calls: Mutex<Calls>,
}

#[derive(Debug, Default)]
struct Calls {
    most: usize,
    requests: u64,
    faults: BTreeMap<&'static str, u64>,
    codes: BTreeMap<Arc<str>, u64>,
    attempts: VecDeque<Attempt>,
    forgotten: u64,
    repeats: BTreeMap<&'static str, u64>,
    ids: Ids,
    subjects: HashMap<Arc<str>, Subject>,
}

/// How often a `TransactionId`, or an action without one, was asked for; and how many of its attempts are remembered.
#[derive(Debug, Default)]
struct Subject {
    asked: u64,
    remembered: usize,
}

/// A call that has arrived and is not yet answered.
#[derive(Debug)]
pub(crate) struct Arrival {
    at: Duration,
    action: &'static str,
    transaction_id: Arc<str>,
    repeat: bool,
    /// How many about the same `TransactionId` came before it; or of the same action, where it has none.
    pub(crate) earlier: u64,
}

impl Tally {
    pub(crate) fn new(attempts_kept: usize) -> Tally {
        let calls = Calls { most: attempts_kept, ..Calls::default() };
        Tally { traffic: Arc::default(), began: Instant::now(), calls: Mutex::new(calls) }
    }

    /// The time since the start, by a clock that only goes forward.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call; `id` is the one by which it is a repeat of another.
    pub(crate) fn arrived(&self, action: &'static str, transaction_id: &str, id: &str) -> Arrival {
        let at = self.elapsed();
        let mut calls = self.calls();
        calls.requests += 1;
        let repeat = calls.ids.seen(action, id);
        if repeat {
            *calls.repeats.entry(action).or_default() += 1;
        }
        let subject = subject(action, transaction_id);
        let subject = shared(calls.subjects.get_key_value(subject), subject);
        let of = calls.subjects.entry(Arc::clone(&subject)).or_default();
        of.asked += 1;
        of.remembered += 1;
        let transaction_id = if transaction_id.is_empty() { Arc::default() } else { subject };
        Arrival { at, action, transaction_id, repeat, earlier: of.asked - 1 }
    }

    pub(crate) fn answered(&self, arrival: Arrival, connection: u64, fault: Option<&'static str>, http_status: u16, code: &str) {
        let Arrival { at, action, transaction_id, repeat, .. } = arrival;
        let mut calls = self.calls();
        let code = shared(calls.codes.get_key_value(code), code);
        *calls.codes.entry(Arc::clone(&code)).or_default() += 1;
        if let Some(fault) = fault {
            *calls.faults.entry(fault).or_default() += 1;
        }
        calls.attempts.push_back(Attempt { at, action, transaction_id, repeat, connection, fault, http_status, code });
        while calls.attempts.len() > calls.most {
            calls.forget();
        }
    }

    /// A fault that was applied to a connection rather than a call.
    pub(crate) fn applied(&self, fault: &'static str) {
        *self.calls().faults.entry(fault).or_default() += 1;
    }

    pub(crate) fn stats(&self) -> Stats {
        let calls = self.calls();
        let traffic = &self.traffic;
        Stats {
            connections: traffic.connections.load(Relaxed),
            handshakes: traffic.handshakes.load(Relaxed),
            handshakes_failed: traffic.handshakes_failed.load(Relaxed),
            handshake_bytes: traffic.handshake_bytes.load(Relaxed),
            application_bytes: traffic.application_bytes.load(Relaxed),
            received_bytes: traffic.received_bytes.load(Relaxed),
            sent_bytes: traffic.sent_bytes.load(Relaxed),
            requests: calls.requests,
            faults: calls.faults.clone(),
            codes: calls.codes.clone(),
            repeats: calls.repeats.clone(),
            attempts_forgotten: calls.forgotten,
        }
    }

    /// The attempts kept, in the order they were answered.
    pub(crate) fn attempts(&self, of: Option<&str>) -> Vec<Attempt> {
        let calls = self.calls();
        calls.attempts.iter().filter(|attempt| of.is_none_or(|id| *attempt.transaction_id == *id)).cloned().collect()
    }

    /// Begins again at nothing. Connections that are open are not counted again.
    pub(crate) fn reset(&self) {
        let mut calls = self.calls();
        *calls = Calls { most: calls.most, ..Calls::default() };
        let Traffic {
            connections,
            handshakes,
            handshakes_failed,
            handshake_bytes,
            application_bytes,
            received_bytes,
            sent_bytes,
        } = &*self.traffic;
        for counter in
            [connections, handshakes, handshakes_failed, handshake_bytes, application_bytes, received_bytes, sent_bytes]
        {
            counter.store(0, Relaxed);
        }
    }
}

impl Calls {
    /// Lets go of the oldest attempt, and of its subject where it was the last.
    fn forget(&mut self) {
        let Some(oldest) = self.attempts.pop_front() else { return };
        self.forgotten += 1;
        let subject = subject(oldest.action, &oldest.transaction_id);
        if let Some(of) = self.subjects.get_mut(subject) {
            of.remembered = of.remembered.saturating_sub(1);
            if of.remembered == 0 {
                self.subjects.remove(subject);
            }
        }
    }
}

fn subject<'a>(action: &'static str, transaction_id: &'a str) -> &'a str {
    if transaction_id.is_empty() { action } else { transaction_id }
}

/// The key that is there already, so that a text which comes again and again is stored once.
fn shared<V>(known: Option<(&Arc<str>, &V)>, key: &str) -> Arc<str> {
    known.map_or_else(|| key.into(), |(known, _)| Arc::clone(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_go_on_where_attempts_are_forgotten() {
        let tally = Tally::new(3);
        for (number, id) in ["a", "a", "b", "a", ""].into_iter().enumerate() {
            let arrival = tally.arrived("CheckResult", id, id);
            assert_eq!(arrival.earlier, [0, 1, 0, 2, 0][number]);
            tally.answered(arrival, 1, (number == 1).then_some("latency"), 200, "Success");
        }
        let stats = tally.stats();
        assert_eq!((stats.requests, stats.attempts_forgotten), (5, 2));
        assert_eq!(stats.faults, [("latency", 1)].into());
        assert_eq!(stats.codes, [("Success".into(), 5)].into());
        assert_eq!(stats.repeats, [("CheckResult", 2)].into(), "also of attempts that are forgotten");
        assert_eq!(tally.attempts(None).iter().map(|attempt| attempt.repeat).collect::<Vec<_>>(), [false, true, false]);
        let ids: Vec<_> = tally.attempts(None).iter().map(|attempt| attempt.transaction_id.to_string()).collect();
        assert_eq!(ids, ["b", "a", ""]);
        assert_eq!(tally.attempts(Some("a")).len(), 1);
        assert_eq!(tally.arrived("CheckResult", "a", "a").earlier, 3, "counted on while one of them is kept");
    }

    #[test]
    fn what_is_forgotten_takes_no_memory_and_a_reset_forgets_all() {
        let tally = Tally::new(10);
        for number in 0..1000 {
            tally.answered(tally.arrived("CheckResult", &number.to_string(), ""), 1, None, 200, "Success");
        }
        assert_eq!(tally.calls().subjects.len(), 10);
        let under_way = tally.arrived("CheckResult", "1", "1");
        tally.reset();
        assert_eq!(tally.stats(), Stats::default());
        tally.answered(under_way, 1, None, 200, "Success");
        assert_eq!(tally.attempts(None).len(), 1);
    }
}
