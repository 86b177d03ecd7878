//! Threads that fetch.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use cloudauth_core::{CallOptions, Kind};
use cloudauth_ledger::Transaction;

use super::answer::Answer;
use super::fetch::Fetch;
use crate::exit::Failure;

/// So many threads, each with one transaction at a time. A place is free again when its answer was taken *and* noted.
pub(crate) struct Pool {
    size: usize,
    under_way: usize,
    given: Option<SyncSender<Transaction>>,
    threads: Vec<JoinHandle<()>>,
}

impl Pool {
    /// `answered` gets each answer, and says whether anybody still waits for more.
    pub(crate) fn start(
        size: usize,
        fetch: &Arc<dyn Fetch>,
        options: &CallOptions,
        answered: impl Fn(Transaction, Answer) -> bool + Clone + Send + 'static,
    ) -> Result<Self, Failure> {
        let (given, transactions) = mpsc::sync_channel::<Transaction>(size);
        let transactions = Arc::new(Mutex::new(transactions));
        let work = || {
            let (transactions, answered) = (transactions.clone(), answered.clone());
            let (fetch, options) = (fetch.clone(), options.clone());
            move || {
                loop {
                    let next = transactions.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(transaction) = next else { return };
                    let answer = panic::catch_unwind(AssertUnwindSafe(|| fetch.fetch(&transaction, &options)));
                    let answer = answer.unwrap_or(Answer::Later { kind: Kind::Internal, code: None });
                    if !answered(transaction, answer) {
                        return;
                    }
                }
            }
        };
        let start = |_| thread::Builder::new().name("fetch".to_owned()).spawn(work());
        let threads = (0..size).map(start).collect::<io::Result<_>>();
        let threads = threads.map_err(|error| Failure::io("threads", &error))?;
        Ok(Self { size, under_way: 0, given: Some(given), threads })
    }

    /// How many transactions there is room for.
    pub(crate) fn room(&self) -> usize {
        self.size - self.under_way
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.under_way == 0
    }

    /// There must be room.
    pub(crate) fn give(&mut self, transaction: Transaction) {
        if let Some(given) = &self.given {
            // The threads end only with this.
            self.under_way += usize::from(given.send(transaction).is_ok());
        }
    }

    /// So many answers have been noted.
    pub(crate) fn noted(&mut self, answers: usize) {
        self.under_way -= answers;
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.given = None;
        for thread in self.threads.drain(..) {
            // What it panicked with was answered.
            let _ = thread.join();
        }
    }
}
