//! What all connections of one emulator share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::bucket::Bucket;
use crate::callback;
use crate::clock::{Clock, Moment};
use crate::cloud::Cloud;
use crate::faults::{self, Fault, Faults};
use crate::options::Options;
use crate::picture::Pictures;
use crate::replay::Cases;
use crate::reply::random;
use crate::state::State;
use crate::stats::Tally;
use crate::verification::{Abandonment, FinishError, InterruptPage, Verification};
use crate::video_links::VideoLinks;

/// One emulator's configuration, clock and memory.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) options: Options,
    pub(crate) endpoint: String,
    /// With TLS: the path of the certificate to trust.
    pub(crate) ca_file: Option<String>,
    pub(crate) clock: Clock,
    pub(crate) cloud: Cloud,
    pub(crate) faults: Faults,
    pub(crate) tally: Tally,
    pub(crate) pictures: Pictures,
    pub(crate) cases: Cases,
    pub(crate) video_links: VideoLinks,
    /// Wakes [`Service::attend`].
    pub(crate) changed: Notify,
    state: Mutex<State>,
    bucket: Mutex<Bucket>,
}

impl Service {
    pub(crate) fn new(options: Options, endpoint: String, ca_file: Option<String>) -> std::io::Result<Service> {
        let cases = options.cases.as_deref().map(Cases::load).transpose()?.unwrap_or_default();
        let (faults, tally) = (Faults::default(), Tally::new(options.attempts_kept));
        faults.set(options.faults.clone(), options.fault_rate, options.seed);
        Ok(Service {
            options,
            endpoint,
            ca_file,
            clock: Clock::default(),
            cloud: Cloud::default(),
            faults,
            tally,
            pictures: Pictures::default(),
            cases,
            video_links: VideoLinks::new(random()),
            changed: Notify::new(),
            state: Mutex::default(),
            bucket: Mutex::default(),
        })
    }

    /// The memory. Never held while drawing, hashing or waiting.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bucket; the same holds of it.
    pub(crate) fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Moves the clock; what became due ends, and every quota has a new second.
    pub(crate) fn shift_clock(&self, by_ms: i64) {
        self.clock.shift(by_ms);
        let now = self.now();
        let mut state = self.state();
        state.quota.clear();
        // At once: whoever moved the clock may ask before the thread that attends has woken.
        state.finish_overdue(now);
        drop(state);
        self.changed.notify_one();
    }

    pub(crate) fn set_faults(&self, faults: Vec<Fault>, rate: Option<f64>, seed: u64) -> std::io::Result<()> {
        faults::check(&faults, rate, self.options.tls)?;
        self.faults.set(faults, rate, seed);
        Ok(())
    }

    pub(crate) fn verifications(&self) -> Vec<Verification> {
        let now = self.now();
        self.state().transactions().map(|(id, transaction)| Verification::new(id, transaction, now)).collect()
    }

    /// Ends a verification now; its callback follows by itself.
    pub(crate) fn finish(&self, transaction_id: &str, sub_code: &str) -> Result<(), FinishError> {
        let finished = self.state().finish(transaction_id, sub_code, self.now());
        self.changed.notify_one();
        finished
    }

    /// The person comes to that page.
    pub(crate) fn enter(&self, transaction_id: &str, page: &str) -> Result<(), FinishError> {
        let page = InterruptPage::named(page).ok_or(FinishError::UnknownPage)?;
        self.state().enter(transaction_id, page, self.now())
    }

    /// The person leaves for good at that page, with that code of the client's.
    pub(crate) fn abandon(&self, transaction_id: &str, page: &str, code: &str) -> Result<(), FinishError> {
        let page = InterruptPage::named(page).ok_or(FinishError::UnknownPage)?;
        let code = Abandonment::code(code).ok_or(FinishError::UnknownCode)?;
        self.state().abandon(transaction_id, Abandonment { at: self.now(), page, code })
    }

    /// The person is done; the verdict is still to come.
    pub(crate) fn pend(&self, transaction_id: &str) -> Result<(), FinishError> {
        self.state().pend(transaction_id, self.now())
    }

    /// Ends what is due and makes the callbacks that are owed, for as long as the emulator runs.
    pub(crate) async fn attend(self: Arc<Self>) {
        loop {
            let now = self.now();
            let (owed, next) = {
                let mut state = self.state();
                state.finish_overdue(now);
                (state.take_owed(), state.next_due())
            };
            for owed in owed {
                let service = Arc::clone(&self);
                tokio::spawn(async move {
                    let outcome = callback::send(&owed, service.options.callback_names, service.options.callback_retry).await;
                    service.state().note_callback(&owed.transaction_id, outcome);
                });
            }
            let pause = next.map_or(Duration::from_hours(1), |next| next.distance(now));
            // A change wakes it early; the pause is only ever too long for a clock that was moved.
            let _ = tokio::time::timeout(pause, self.changed.notified()).await;
        }
    }
}
