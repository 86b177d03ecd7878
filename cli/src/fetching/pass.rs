//! One pass over what is open in a ledger.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

use cloudauth_core::{CallOptions, Kind};
use cloudauth_ledger::{Batch, Ledger, Pass, Transaction, Undeleted};

use super::answer::Answer;
use super::fetch::Fetch;
use super::outage::Outage;
use super::pace::Pace;
use super::pool::Pool;
use crate::exit::Failure;
use crate::stop::Stop;

/// So many are read from the ledger at a time.
const PAGE: usize = 256;
/// How long to wait for an answer before looking for other things.
const TICK: Duration = Duration::from_millis(100);
/// After a stop is asked for, how long calls under way have.
const GRACE: Duration = Duration::from_secs(10);

/// Why a pass ended.
#[derive(Debug)]
pub(crate) enum End {
    /// Each that was open had its turn.
    Done,
    /// A signal came.
    Asked,
    Failed(Failure),
}

/// Counts of some answers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// They have their outcome.
    pub(crate) done: u32,
    /// Of those, no result came.
    pub(crate) failed: u32,
    /// They were asked for in vain.
    pub(crate) left: u32,
}

/// Keeps answers.
pub(crate) trait Notes {
    /// Notes one, together with others.
    fn note(
        &mut self,
        batch: &mut Batch<'_>,
        transaction: &Transaction,
        answer: Answer,
        now: SystemTime,
    ) -> Result<Tally, Failure>;

    /// All notes so far are kept; `tally` is of the latest.
    fn kept(&mut self, ledger: &Ledger, tally: Tally) -> Result<(), Failure>;

    /// Called from time to time.
    fn show(&mut self, ledger: &Ledger) -> Result<(), Failure>;
}

/// A pass, and what it works with. The ledger has one writer: the thread that has this.
pub(crate) struct PassRun<'a, N> {
    ledger: &'a mut Ledger,
    notes: &'a mut N,
    pool: Pool,
    answers: Receiver<(Transaction, Answer)>,
    outage: Outage,
    /// How the object store failed last.
    unfiled: Option<String>,
    stop: Stop,
    begun: Instant,
    pass: Pass,
    /// What is to be deleted of what was archived before.
    undeleted: Option<Undeleted>,
    page: VecDeque<Transaction>,
    /// Since when nothing new is begun, and why.
    ending: Option<(Instant, End)>,
}

impl<'a, N: Notes> PassRun<'a, N> {
    /// At this pace, until the service has been out of reach for too long. With `undeleted`, what was archived before has its turn
    /// after all that is open.
    pub(crate) fn begin(
        ledger: &'a mut Ledger,
        notes: &'a mut N,
        fetch: &Arc<dyn Fetch>,
        pace: Pace,
        undeleted: Option<Undeleted>,
    ) -> Result<Self, Failure> {
        let stop = Stop::on_signals()?;
        let concurrency = pace.limits.concurrency();
        let (answered, answers) = mpsc::channel();
        let answered = move |transaction, answer| answered.send((transaction, answer)).is_ok();
        let pool = Pool::start(concurrency, fetch, &CallOptions::default().cancellation(stop.calls()), answered)?;
        let now = SystemTime::now();
        let mut batch = ledger.batch()?;
        batch.review_losses(now)?;
        batch.commit()?;
        Ok(Self {
            ledger,
            notes,
            pool,
            answers,
            outage: Outage::new(concurrency.max(8), pace.patience),
            unfiled: None,
            stop,
            begun: Instant::now(),
            pass: Pass::begin(now),
            undeleted,
            page: VecDeque::new(),
            ending: None,
        })
    }

    /// Runs to the end, whatever that is. What is not noted then was as if it had not been asked for.
    pub(crate) fn run(mut self) -> End {
        match self.work() {
            Ok(()) => self.ending.take().map_or(End::Done, |(_, end)| end),
            Err(failure) => {
                self.stop.calls().cancel();
                End::Failed(failure)
            }
        }
    }

    fn work(&mut self) -> Result<(), Failure> {
        loop {
            self.look_up();
            let has_more = self.fill()?;
            if self.pool.is_idle() && !has_more {
                return Ok(());
            }
            if let Ok(first) = self.answers.recv_timeout(TICK) {
                let answers = std::iter::once(first).chain(self.answers.try_iter()).collect();
                self.note(answers)?;
            }
            self.notes.show(self.ledger)?;
        }
    }

    /// Whether to go on.
    fn look_up(&mut self) {
        if self.ending.is_none() && self.stop.is_asked() {
            self.end(End::Asked);
        }
        if self.ending.is_none() && self.outage.is_over(self.begun.elapsed()) {
            let goes_on = "another run goes on where this one ended";
            let message = match &self.unfiled {
                Some(why) => format!("the object store could not be reached for a while; {goes_on}; {why}"),
                None => format!("the service could not be reached for a while; {goes_on}"),
            };
            self.end(End::Failed(Failure::new(Kind::Network, message)));
        }
        if self.ending.as_ref().is_some_and(|(since, _)| since.elapsed() > GRACE) {
            self.stop.calls().cancel();
        }
    }

    fn end(&mut self, end: End) {
        self.ending.get_or_insert((Instant::now(), end));
    }

    /// Gives the pool what there is room for; says whether there is, or will be, more.
    fn fill(&mut self) -> Result<bool, Failure> {
        if self.ending.is_some() {
            return Ok(false);
        }
        for _ in 0..self.outage.room(&self.pool, self.begun.elapsed()) {
            if self.page.is_empty() {
                self.page = self.ledger.next(&mut self.pass, PAGE)?.into();
            }
            if self.page.is_empty()
                && let Some(undeleted) = &mut self.undeleted
            {
                self.page = self.ledger.next_undeleted(undeleted, PAGE)?.into();
            }
            let Some(transaction) = self.page.pop_front() else { return Ok(false) };
            self.pool.give(transaction);
        }
        Ok(true)
    }

    /// Notes answers, all at once, and only then counts them as done.
    fn note(&mut self, answers: Vec<(Transaction, Answer)>) -> Result<(), Failure> {
        let (now, elapsed, taken) = (SystemTime::now(), self.begun.elapsed(), answers.len());
        let mut tally = Tally::default();
        let mut stop = None;
        let mut batch = self.ledger.batch()?;
        for (transaction, answer) in answers {
            match answer {
                Answer::Cancelled => continue,
                Answer::Stop(failure) => {
                    stop = Some(failure);
                    continue;
                }
                _ => self.outage.note(!answer.is_unreachable(), elapsed),
            }
            self.unfiled = if let Answer::Unfiled(failure) = &answer { Some(failure.message().to_owned()) } else { None };
            let Tally { done, failed, left } = self.notes.note(&mut batch, &transaction, answer, now)?;
            tally.done += done;
            tally.failed += failed;
            tally.left += left;
        }
        batch.commit()?;
        self.pool.noted(taken);
        if let Some(failure) = stop {
            self.end(End::Failed(failure));
        }
        self.notes.kept(self.ledger, tally)
    }
}
