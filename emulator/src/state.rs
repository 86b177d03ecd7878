//! What the emulator remembers: verifications, nonces, recent calls. All of it is bounded.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Moment;
use crate::document::Document;
use crate::quota::Quota;
use crate::scenario::{Plan, Variant};

/// Results are deleted this long after the verification ended.
pub(crate) const RESULT_LIFE: Duration = Duration::from_hours(30 * 24);
/// Videos are deleted this long after the verification ended.
pub(crate) const VIDEO_LIFE: Duration = Duration::from_mins(30);
/// A nonce is remembered this long; a timestamp may be this far off.
pub(crate) const WINDOW: Duration = Duration::from_mins(15);

const CALLS_KEPT: usize = 100;
const TRANSACTIONS_KEPT: usize = 100_000;

/// One call that reached the gateway. Holds neither parameters nor secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// When, by the emulator's clock: `2026-11-22T15:04:05Z`.
    pub time: String,
    /// The action asked for; empty where there was none, `?` where it is not known.
    pub action: &'static str,
    /// `ACS3-HMAC-SHA256` or `HMAC-SHA1`, as claimed, right or wrong; empty where there was none.
    pub signature: &'static str,
    /// The reply's HTTP status.
    pub http_status: u16,
    /// The reply's `Code`; empty where a recorded reply has none.
    pub code: String,
    /// The connection it came on, counted from 1.
    pub connection: u64,
}

/// Why [`Emulator::finish`](crate::Emulator::finish) did not end a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FinishError {
    /// `Initialize` has not given this `TransactionId`.
    #[error("transaction_id: not one that Initialize gave")]
    UnknownTransaction,
    /// It has ended before.
    #[error("transaction_id: this verification has ended already")]
    AlreadyFinished,
    /// The product's variant does not have this `SubCode`.
    #[error("sub_code: not one of this product's")]
    UnknownSubCode,
}

/// A verification that `Initialize` began.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) product_code: String,
    pub(crate) variant: Variant,
    pub(crate) document: Option<Document>,
    /// When it ends by itself.
    pub(crate) due: Option<Moment>,
    pub(crate) callback: Option<Callback>,
    pub(crate) end: Option<End>,
}

/// Where the merchant wants to be told, and how the telling went.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) url: String,
    pub(crate) token: Option<String>,
    pub(crate) outcome: Option<String>,
}

/// How a verification ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) at: Moment,
    pub(crate) sub_code: &'static str,
}

/// The callback that a just ended verification owes.
#[derive(Debug)]
pub(crate) struct Owed {
    pub(crate) transaction_id: String,
    pub(crate) callback: Callback,
    pub(crate) sub_code: &'static str,
    pub(crate) passed: bool,
}

/// Everything that changes while the emulator runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) quota: Quota,
    transactions: Bounded<Transaction>,
    /// Open verifications that end by themselves.
    due: BTreeSet<(Moment, String)>,
    owed: Vec<Owed>,
    /// When a scenario was first asked for: its verification "ended" then.
    first_asked: Bounded<Moment>,
    /// `pendingN` scenarios: how often each was asked for.
    asked: Bounded<u32>,
    nonces: Nonces,
    calls: VecDeque<Call>,
}

impl State {
    pub(crate) fn record(&mut self, call: Call) {
        if self.calls.len() == CALLS_KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// Recent calls, the oldest first.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.iter().cloned().collect()
    }

    /// Whether the nonce was seen within the window. Does not remember it.
    pub(crate) fn nonce_used(&self, nonce: &str, now: Moment) -> bool {
        self.nonces.seen.get(nonce).is_some_and(|then| then.distance(now) <= WINDOW)
    }

    /// Remembers a nonce, once the signature holds; false where it was used meanwhile.
    pub(crate) fn use_nonce(&mut self, nonce: &str, now: Moment) -> bool {
        if self.nonce_used(nonce, now) {
            return false;
        }
        self.nonces.remember(nonce, now);
        true
    }

    pub(crate) fn begin(&mut self, transaction_id: String, transaction: Transaction) {
        self.due.extend(transaction.due.map(|due| (due, transaction_id.clone())));
        self.transactions.insert(transaction_id, transaction);
    }

    pub(crate) fn transaction(&self, transaction_id: &str) -> Option<&Transaction> {
        self.transactions.get(transaction_id)
    }

    /// Every remembered verification, the oldest first.
    pub(crate) fn transactions(&self) -> impl Iterator<Item = (&str, &Transaction)> {
        self.transactions.iter()
    }

    /// Ends a verification as of `at`, and queues the callback that is then owed.
    pub(crate) fn finish(&mut self, transaction_id: &str, sub_code: &str, at: Moment) -> Result<(), FinishError> {
        let transaction = self.transactions.get_mut(transaction_id).ok_or(FinishError::UnknownTransaction)?;
        if transaction.end.is_some() {
            return Err(FinishError::AlreadyFinished);
        }
        let sub_code = transaction.variant.sub_code(sub_code).ok_or(FinishError::UnknownSubCode)?;
        transaction.end = Some(End { at, sub_code });
        if let Some(due) = transaction.due {
            self.due.remove(&(due, transaction_id.to_owned()));
        }
        let owed = transaction.callback.clone().map(|callback| Owed {
            transaction_id: transaction_id.to_owned(),
            callback,
            sub_code,
            passed: Plan::passed(sub_code),
        });
        self.owed.extend(owed);
        Ok(())
    }

    /// Ends what should have ended by itself, each as of the moment it was due.
    pub(crate) fn finish_overdue(&mut self, now: Moment) {
        while let Some((due, transaction_id)) = self.due.pop_first() {
            if due > now {
                self.due.insert((due, transaction_id));
                break;
            }
            // It may have been forgotten meanwhile, being the oldest of very many.
            let _ = self.finish(&transaction_id, "200", due);
        }
    }

    /// When the next open verification ends by itself.
    pub(crate) fn next_due(&self) -> Option<Moment> {
        self.due.first().map(|(due, _)| *due)
    }

    /// The callbacks to make now.
    pub(crate) fn take_owed(&mut self) -> Vec<Owed> {
        std::mem::take(&mut self.owed)
    }

    pub(crate) fn note_callback(&mut self, transaction_id: &str, outcome: String) {
        let callback = self.transactions.get_mut(transaction_id).and_then(|transaction| transaction.callback.as_mut());
        if let Some(callback) = callback {
            callback.outcome = Some(outcome);
        }
    }

    /// When a scenario's verification ended: when it was first asked for.
    pub(crate) fn scenario_end(&mut self, transaction_id: &str, now: Moment) -> Moment {
        if let Some(then) = self.first_asked.get(transaction_id) {
            return *then;
        }
        self.first_asked.insert(transaction_id.to_owned(), now);
        now
    }

    /// When any verification with a video ended.
    pub(crate) fn end_of(&self, transaction_id: &str) -> Option<Moment> {
        let initialized = self.transactions.get(transaction_id).and_then(|transaction| transaction.end);
        initialized.map(|end| end.at).or_else(|| self.first_asked.get(transaction_id).copied())
    }

    /// Counts one more question about a pending scenario; true while it stays pending.
    pub(crate) fn still_pending(&mut self, transaction_id: &str, times: u32) -> bool {
        let asked = self.asked.get(transaction_id).copied().unwrap_or_default();
        if asked < times {
            self.asked.insert(transaction_id.to_owned(), asked + 1);
        }
        asked < times
    }
}

/// A map that forgets its oldest entry when it is full.
#[derive(Debug)]
struct Bounded<V> {
    entries: HashMap<String, V>,
    order: VecDeque<String>,
}

impl<V> Default for Bounded<V> {
    fn default() -> Self {
        Bounded { entries: HashMap::new(), order: VecDeque::new() }
    }
}

impl<V> Bounded<V> {
    fn get(&self, key: &str) -> Option<&V> {
        self.entries.get(key)
    }

    fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.entries.get_mut(key)
    }

    fn insert(&mut self, key: String, value: V) {
        if self.entries.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > TRANSACTIONS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.order.iter().filter_map(|key| Some((key.as_str(), self.entries.get(key)?)))
    }
}

/// Nonces of the last window, in the order they came.
#[derive(Debug, Default)]
struct Nonces {
    seen: HashMap<Arc<str>, Moment>,
    order: VecDeque<(Moment, Arc<str>)>,
}

impl Nonces {
    fn remember(&mut self, nonce: &str, now: Moment) {
        while self.order.front().is_some_and(|(then, _)| then.distance(now) > WINDOW) {
            if let Some((then, old)) = self.order.pop_front()
                && self.seen.get(&old) == Some(&then)
            {
                self.seen.remove(&old);
            }
        }
        let nonce: Arc<str> = nonce.into();
        self.seen.insert(Arc::clone(&nonce), now);
        self.order.push_back((now, nonce));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_remembered_for_the_window_and_no_longer() {
        let mut state = State::default();
        let start = Moment(0);
        assert!(state.use_nonce("a", start));
        assert!(!state.use_nonce("a", start.plus(WINDOW)));
        let later = start.plus(WINDOW + Duration::from_millis(1));
        assert!(state.use_nonce("b", later));
        assert_eq!(state.nonces.seen.len(), 1, "what left the window is forgotten");
        assert!(state.use_nonce("a", later));
        assert_eq!(state.nonces.order.len(), 2);
    }

    #[test]
    fn the_oldest_entry_goes_first() {
        let mut bounded = Bounded::default();
        for number in 0..=TRANSACTIONS_KEPT {
            bounded.insert(number.to_string(), number);
        }
        assert_eq!(bounded.get("0"), None);
        assert_eq!(bounded.get("1"), Some(&1));
        assert_eq!(bounded.iter().count(), TRANSACTIONS_KEPT);
    }

    #[test]
    fn only_the_latest_calls_are_kept() {
        let mut state = State::default();
        for number in 0..150 {
            let code = String::new();
            state.record(Call { time: String::new(), action: "", signature: "", http_status: 200, code, connection: number });
        }
        let connections: Vec<u64> = state.calls().iter().map(|call| call.connection).collect();
        assert_eq!(connections, (50..150).collect::<Vec<_>>());
    }
}
