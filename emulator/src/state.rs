//! What the emulator remembers: verifications, nonces, recent calls. All of it is bounded.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::bounded::Bounded;
use crate::clock::Moment;
use crate::quota::Quota;
use crate::scenario::Plan;
use crate::verification::{Abandonment, End, FinishError, InterruptPage, Kept, Owed, Progress, Transaction};

/// A nonce is remembered this long; a timestamp may be this far off.
pub(crate) const WINDOW: Duration = Duration::from_mins(15);

const CALLS_KEPT: usize = 100;

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

/// A scenario that was asked for: its verification "ended" when it first was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) ended: Moment,
    pub(crate) kept: Kept,
}

/// Everything that changes while the emulator runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) quota: Quota,
    transactions: Bounded<Transaction>,
    /// Open verifications that end by themselves.
    due: BTreeSet<(Moment, String)>,
    owed: Vec<Owed>,
    scenarios: Bounded<Asked>,
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

    /// One whose person may still go on.
    fn open(&mut self, transaction_id: &str, now: Moment) -> Result<&mut Transaction, FinishError> {
        let transaction = self.transactions.get_mut(transaction_id).ok_or(FinishError::UnknownTransaction)?;
        match transaction.progress {
            _ if transaction.lapsed(now) => Err(FinishError::Lapsed),
            Progress::NotBegun | Progress::At(_) => Ok(transaction),
            Progress::Pending(_) | Progress::Finished(_) | Progress::Abandoned(_) => Err(FinishError::AlreadyFinished),
        }
    }

    /// The person opens the first page.
    pub(crate) fn arrive(&mut self, transaction_id: &str, now: Moment) {
        if let Ok(transaction) = self.open(transaction_id, now)
            && matches!(transaction.progress, Progress::NotBegun)
        {
            transaction.progress = Progress::At(InterruptPage::Loading);
        }
    }

    /// The person comes to that page.
    pub(crate) fn enter(&mut self, transaction_id: &str, page: InterruptPage, now: Moment) -> Result<(), FinishError> {
        self.open(transaction_id, now)?.progress = Progress::At(page);
        Ok(())
    }

    /// The person leaves for good. Nobody is called back.
    pub(crate) fn abandon(&mut self, transaction_id: &str, abandonment: Abandonment) -> Result<(), FinishError> {
        let transaction = self.open(transaction_id, abandonment.at)?;
        transaction.progress = Progress::Abandoned(abandonment);
        let due = transaction.due;
        self.no_longer_due(due, transaction_id);
        Ok(())
    }

    /// The person is done; the verdict waits for [`State::finish`].
    pub(crate) fn pend(&mut self, transaction_id: &str, now: Moment) -> Result<(), FinishError> {
        self.open(transaction_id, now)?.progress = Progress::Pending(now);
        Ok(())
    }

    /// Ends a verification now, and queues the callback that is then owed.
    pub(crate) fn finish(&mut self, transaction_id: &str, sub_code: &str, now: Moment) -> Result<(), FinishError> {
        if self.transactions.get(transaction_id).is_some_and(|transaction| transaction.lapsed(now)) {
            return Err(FinishError::Lapsed);
        }
        self.end(transaction_id, sub_code, now)
    }

    /// Ends one that is not decided, as of `at`.
    fn end(&mut self, transaction_id: &str, sub_code: &str, at: Moment) -> Result<(), FinishError> {
        let transaction = self.transactions.get_mut(transaction_id).ok_or(FinishError::UnknownTransaction)?;
        if matches!(transaction.progress, Progress::Finished(_) | Progress::Abandoned(_)) {
            return Err(FinishError::AlreadyFinished);
        }
        let sub_code = transaction.variant.sub_code(sub_code).ok_or(FinishError::UnknownSubCode)?;
        transaction.progress = Progress::Finished(End { at, sub_code });
        let (due, callback) = (transaction.due, transaction.callback.clone());
        self.no_longer_due(due, transaction_id);
        let owed = callback.map(|callback| Owed {
            transaction_id: transaction_id.to_owned(),
            callback,
            sub_code,
            passed: Plan::passed(sub_code),
        });
        self.owed.extend(owed);
        Ok(())
    }

    fn no_longer_due(&mut self, due: Option<Moment>, transaction_id: &str) {
        if let Some(due) = due {
            self.due.remove(&(due, transaction_id.to_owned()));
        }
    }

    /// Ends what should have ended by itself, each as of the moment it was due.
    pub(crate) fn finish_overdue(&mut self, now: Moment) {
        while let Some((due, transaction_id)) = self.due.pop_first() {
            if due > now {
                self.due.insert((due, transaction_id));
                break;
            }
            // It may have been forgotten meanwhile, being the oldest of very many.
            let _ = self.end(&transaction_id, "200", due);
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

    /// What is remembered of a scenario, from the first time it is asked for.
    pub(crate) fn scenario(&mut self, transaction_id: &str, now: Moment) -> Asked {
        if let Some(asked) = self.scenarios.get(transaction_id) {
            return *asked;
        }
        let asked = Asked { ended: now, kept: Kept::default() };
        self.scenarios.insert(transaction_id.to_owned(), asked);
        asked
    }

    /// What is kept of a result, whoever began it.
    pub(crate) fn kept_mut(&mut self, transaction_id: &str) -> Option<&mut Kept> {
        if let Some(transaction) = self.transactions.get_mut(transaction_id) {
            return Some(&mut transaction.kept);
        }
        self.scenarios.get_mut(transaction_id).map(|asked| &mut asked.kept)
    }

    /// When any verification ended whose video may still be there.
    pub(crate) fn video_of(&self, transaction_id: &str) -> Option<Moment> {
        let initialized = self.transactions.get(transaction_id);
        let (ended, kept) = match initialized {
            Some(transaction) => (transaction.progress.end()?.at, transaction.kept),
            None => self.scenarios.get(transaction_id).map(|asked| (asked.ended, asked.kept))?,
        };
        kept.pictures().then_some(ended)
    }

    /// Whether a scenario that is asked for `times` times in vain still is.
    pub(crate) fn still_pending(&self, transaction_id: &str, times: u32) -> bool {
        self.asked.get(transaction_id).copied().unwrap_or_default() < times
    }

    /// Counts one more question about a scenario that is pending.
    pub(crate) fn asked_in_vain(&mut self, transaction_id: &str) {
        if self.transactions.get(transaction_id).is_some() {
            return;
        }
        let asked = self.asked.get(transaction_id).copied().unwrap_or_default();
        self.asked.insert(transaction_id.to_owned(), asked + 1);
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
