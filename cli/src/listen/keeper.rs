//! The thread that has the ledger: it notes callbacks and answers, and gives out what is due.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use cloudauth_core::typed::Started;
use cloudauth_core::{CallOptions, Callback, Kind};
use cloudauth_ledger::{Ledger, Transaction, Undeleted};
use tokio::sync::oneshot;

use super::backoff::pause;
use super::intake::Intake;
use super::message::Message;
use super::metrics::{Metrics, Noted};
use super::pulse::Pulse;
use super::warnings::Warnings;
use super::watch::Watch;
use crate::bulk::Results;
use crate::exit::Failure;
use crate::fetching::{Answer, Clients, Fetch, Pool, video_hint};
use crate::stop::Stop;

/// How long to wait before looking for what is due.
const TICK: Duration = Duration::from_millis(250);
/// How often to look for what has lost something.
const PERIOD: Duration = Duration::from_secs(1);
/// After a stop is asked for, how long fetches have.
const GRACE: Duration = Duration::from_secs(10);

/// What is written by one thread alone.
pub(crate) struct Book {
    pub(crate) ledger: Ledger,
    pub(crate) results: Results,
    /// What is to be deleted of what was archived before.
    pub(crate) undeleted: Option<Undeleted>,
}

/// How others speak to the thread.
pub(crate) struct Keeper {
    messages: Sender<Message>,
    thread: JoinHandle<Result<(), Failure>>,
    pulse: Pulse,
    /// Of the thread that reads the folder of starts.
    starts: Option<Pulse>,
}

impl Keeper {
    pub(crate) fn start(
        book: Book,
        fetch: &Arc<dyn Fetch>,
        concurrency: usize,
        starts: Option<PathBuf>,
        clients: Arc<Clients>,
        stop: Stop,
    ) -> Result<Self, Failure> {
        let (messages, received) = mpsc::channel();
        let answers = messages.clone();
        let answered = move |transaction, answer| answers.send(Message::Answer(Box::new((transaction, answer)))).is_ok();
        let pool = Pool::start(concurrency, fetch, &CallOptions::default().cancellation(stop.calls()), answered)?;
        let intake = starts.map(|folder| Intake::start(folder, clients, messages.clone(), stop.clone()));
        let (starts, pulse) = (intake.transpose()?, Pulse::begin());
        let desk = Desk {
            book,
            pool,
            received,
            stop,
            pulse: pulse.clone(),
            under_way: HashSet::new(),
            metrics: Metrics::default(),
            clock: Watch::default(),
            looked: None,
            warnings: Warnings::default(),
        };
        let thread = thread::Builder::new().name("ledger".to_owned()).spawn(move || desk.work());
        Ok(Self { messages, thread: thread.map_err(|error| Failure::io("threads", &error))?, pulse, starts })
    }

    /// How a callback was noted; `None` where it could not be.
    pub(super) async fn note(&self, callback: Box<Callback>) -> Option<Noted> {
        let (reply, noted) = oneshot::channel();
        self.messages.send(Message::Callback(callback, reply)).ok()?;
        noted.await.ok()
    }

    pub(super) async fn metrics(&self) -> Option<String> {
        let (reply, text) = oneshot::channel();
        self.messages.send(Message::Metrics(reply)).ok()?;
        text.await.ok()
    }

    /// Whether it still works.
    pub(super) fn is_alive(&self) -> bool {
        !self.thread.is_finished()
    }

    /// What is stuck, and for how long; `None` where all works.
    pub(super) fn trouble(&self) -> Option<String> {
        let starts = self.starts.as_ref().and_then(Pulse::stuck_for).map(|stuck| ("the folder of starts", stuck));
        let stuck = self.pulse.stuck_for().map(|stuck| ("the ledger", stuck)).or(starts);
        stuck.map(|(what, stuck)| format!("{what} has not answered for {} s", stuck.as_secs()))
    }

    /// Waits for its end, after a stop was asked for.
    pub(super) fn end(self) -> Result<(), Failure> {
        let _ = self.messages.send(Message::Wake);
        self.thread.join().unwrap_or_else(|_| Err(Failure::new(Kind::Internal, "the ledger's thread panicked")))
    }
}

/// What the thread works with.
struct Desk {
    book: Book,
    pool: Pool,
    received: Receiver<Message>,
    stop: Stop,
    pulse: Pulse,
    under_way: HashSet<i64>,
    metrics: Metrics,
    clock: Watch,
    /// When it was last looked at what has lost something.
    looked: Option<Instant>,
    warnings: Warnings,
}

impl Desk {
    fn work(mut self) -> Result<(), Failure> {
        let mut asked: Option<Instant> = None;
        loop {
            self.pulse.beat();
            if self.stop.is_asked() {
                let since = *asked.get_or_insert_with(Instant::now);
                if self.pool.is_idle() {
                    return self.book.results.finish(&self.book.ledger);
                }
                if since.elapsed() > GRACE {
                    self.stop.calls().cancel();
                }
            } else {
                self.look()?;
                self.fill()?;
            }
            if let Ok(first) = self.received.recv_timeout(TICK) {
                let messages: Vec<Message> = std::iter::once(first).chain(self.received.try_iter()).collect();
                self.take(messages)?;
            }
        }
    }

    /// Brings the order of turns up to date.
    fn look(&mut self) -> Result<(), Failure> {
        if self.looked.is_some_and(|looked| looked.elapsed() < PERIOD) {
            return Ok(());
        }
        self.looked = Some(Instant::now());
        let now = SystemTime::now();
        let mut batch = self.book.ledger.batch()?;
        if self.clock.is_set_back(now) {
            batch.review_losses(now)?;
        } else {
            batch.pass_losses(now)?;
        }
        Ok(batch.commit()?)
    }

    /// Gives the pool what is due.
    fn fill(&mut self) -> Result<(), Failure> {
        let room = self.pool.room();
        if room == 0 {
            return Ok(());
        }
        let mut given = self.book.ledger.due(&self.under_way, SystemTime::now(), room)?;
        if let Some(undeleted) = &mut self.book.undeleted {
            given.append(&mut self.book.ledger.next_undeleted(undeleted, room - given.len())?);
        }
        for transaction in given {
            self.under_way.insert(transaction.number);
            self.pool.give(transaction);
        }
        Ok(())
    }

    /// Notes what came, all at once, and only then says so.
    fn take(&mut self, messages: Vec<Message>) -> Result<(), Failure> {
        let (mut callbacks, mut starts, mut answers, mut asked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for message in messages {
            match message {
                Message::Callback(callback, reply) => callbacks.push((self.verified(&callback)?, reply)),
                Message::Starts(begun, reply) => starts.push((begun, reply)),
                Message::Answer(answer) => answers.push(*answer),
                Message::Metrics(reply) => asked.push(reply),
                Message::Wake => {}
            }
        }
        let now = SystemTime::now();
        let mut noted = Vec::new();
        if !answers.is_empty() || !starts.is_empty() || callbacks.iter().any(|(transaction, _)| transaction.is_some()) {
            let mut batch = self.book.ledger.batch()?;
            for begun in starts.iter_mut().flat_map(|(begun, _)| begun.drain(..)) {
                batch.add(begun, now)?;
            }
            for (transaction, _) in &callbacks {
                noted.push(match transaction {
                    Some(transaction) if batch.note_callback(transaction, now)? => Noted::New,
                    Some(_) => Noted::Known,
                    None => Noted::Refused,
                });
            }
            for (transaction, answer) in &answers {
                let later = now + pause(transaction.failures);
                let mut put_off = |kind: &str, code: Option<&str>| batch.note_failure(transaction.number, kind, code, later);
                match answer {
                    Answer::Ended(outcome) => {
                        if batch.end(transaction.number, outcome, now)?.is_none() {
                            self.book.results.note_change();
                        }
                    }
                    Answer::Later { kind, code } => put_off(kind.name(), code.as_deref())?,
                    Answer::Stop(failure) | Answer::Unfiled(failure) => put_off(failure.kind().name(), None)?,
                    Answer::Stands(_) | Answer::Cancelled => {}
                }
            }
            batch.commit()?;
        } else {
            noted = vec![Noted::Refused; callbacks.len()];
        }
        for ((_, reply), noted) in callbacks.into_iter().zip(noted) {
            *self.metrics.callbacks.entry(noted).or_default() += 1;
            // Whoever asked may have gone.
            let _ = reply.send(noted);
        }
        for (_, reply) in starts {
            let _ = reply.send(());
        }
        self.answered(answers)?;
        if !asked.is_empty() {
            self.metrics.under_way = self.under_way.len();
            self.metrics.open = self.book.ledger.open_count()?;
            let text = self.metrics.text();
            for reply in asked {
                let _ = reply.send(text.clone());
            }
        }
        Ok(())
    }

    /// The transaction of a callback that has its token.
    fn verified(&self, callback: &Callback) -> Result<Option<Transaction>, Failure> {
        let Some(transaction) = self.book.ledger.find(&callback.transaction_id)? else { return Ok(None) };
        let started = transaction.begun.started.as_deref().and_then(|json| Started::from_json(json.as_bytes()).ok());
        let token = started.and_then(|started| started.callback_token);
        let is_right = token.is_some_and(|token| callback.verify(token.as_str()).is_ok());
        Ok(is_right.then_some(transaction))
    }

    fn answered(&mut self, answers: Vec<(Transaction, Answer)>) -> Result<(), Failure> {
        if answers.is_empty() {
            return Ok(());
        }
        self.pool.noted(answers.len());
        for (transaction, answer) in answers {
            self.under_way.remove(&transaction.number);
            let outcome = match &answer {
                Answer::Ended(outcome) => outcome.ending.name(),
                Answer::Cancelled => continue,
                Answer::Stop(failure) | Answer::Unfiled(failure) => {
                    self.warnings.warn(failure.message());
                    "put_off"
                }
                Answer::Later { kind, .. } => {
                    if let Some(hint) = video_hint(*kind) {
                        self.warnings.warn(hint);
                    }
                    "put_off"
                }
                Answer::Stands(_) => "put_off",
            };
            *self.metrics.fetches.entry(outcome).or_default() += 1;
        }
        self.book.results.append(&self.book.ledger)
    }
}
