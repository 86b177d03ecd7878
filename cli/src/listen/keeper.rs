//! The thread that has the ledger: it notes callbacks and answers, and gives out what is due.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use cloudauth_core::typed::Started;
use cloudauth_core::{CallOptions, Callback};
use cloudauth_ledger::{Ledger, Transaction};
use tokio::sync::oneshot;

use super::backoff::pause;
use super::metrics::{Metrics, Noted};
use super::spool;
use crate::bulk::Results;
use crate::exit::Failure;
use crate::fetching::{Answer, Clients, Fetch, Pool};
use crate::output;
use crate::stop::Stop;

/// How long to wait before looking for what is due.
const TICK: Duration = Duration::from_millis(250);
/// How often the folder of starts is looked at, and what has lost something.
const PERIOD: Duration = Duration::from_secs(1);
/// After a stop is asked for, how long fetches have.
const GRACE: Duration = Duration::from_secs(10);
/// How often one and the same trouble is told.
const QUIET: Duration = Duration::from_mins(1);

/// What comes to the keeper.
enum Message {
    Callback(Box<Callback>, oneshot::Sender<Noted>),
    Metrics(oneshot::Sender<String>),
    Answer(Box<(Transaction, Answer)>),
    /// Somebody asked for a stop.
    Wake,
}

/// How others speak to the thread.
pub(crate) struct Keeper {
    messages: Sender<Message>,
    thread: JoinHandle<Result<(), Failure>>,
}

impl Keeper {
    pub(crate) fn start(
        ledger: Ledger,
        results: Results,
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
        let desk = Desk {
            ledger,
            results,
            pool,
            received,
            starts,
            clients,
            stop,
            under_way: HashSet::new(),
            metrics: Metrics::default(),
            looked: None,
            told: None,
        };
        let thread = thread::Builder::new().name("ledger".to_owned()).spawn(move || desk.work());
        Ok(Self { messages, thread: thread.map_err(|error| Failure::io("threads", &error))? })
    }

    /// What became of a callback; `None` where it could not be noted.
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

    /// Waits for its end, after a stop was asked for.
    pub(super) fn end(self) -> Result<(), Failure> {
        let _ = self.messages.send(Message::Wake);
        self.thread.join().unwrap_or_else(|_| Err(Failure::new(cloudauth_core::Kind::Internal, "the ledger's thread panicked")))
    }
}

/// What the thread works with.
struct Desk {
    ledger: Ledger,
    results: Results,
    pool: Pool,
    received: Receiver<Message>,
    starts: Option<PathBuf>,
    clients: Arc<Clients>,
    stop: Stop,
    under_way: HashSet<i64>,
    metrics: Metrics,
    /// When the folder of starts was looked at last.
    looked: Option<Instant>,
    /// When trouble was told last, and which.
    told: Option<(Instant, String)>,
}

impl Desk {
    fn work(mut self) -> Result<(), Failure> {
        let mut asked: Option<Instant> = None;
        loop {
            if self.stop.is_asked() {
                let since = *asked.get_or_insert_with(Instant::now);
                if self.pool.is_idle() {
                    return self.results.finish();
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

    /// Takes in what other programs left.
    fn look(&mut self) -> Result<(), Failure> {
        if self.looked.is_some_and(|looked| looked.elapsed() < PERIOD) {
            return Ok(());
        }
        self.looked = Some(Instant::now());
        let now = SystemTime::now();
        let starts = match self.starts.as_deref().map(spool::starts) {
            None => Vec::new(),
            Some(Ok(starts)) => starts,
            Some(Err(failure)) => {
                self.tell(failure.message());
                Vec::new()
            }
        };
        let mut batch = self.ledger.batch()?;
        batch.pass_losses(now)?;
        let (mut taken, mut refused, mut trouble) = (Vec::new(), Vec::new(), None);
        for (path, begun) in starts {
            match self.clients.validate(&begun) {
                Ok(Ok(())) => {
                    batch.add(begun, now)?;
                    taken.push(path);
                }
                Ok(Err(rule)) => refused.push((path, rule)),
                Err(failure) => trouble = Some(failure),
            }
        }
        batch.commit()?;
        for path in taken {
            // It is in the ledger; where it stays, it is taken for one that is known.
            let _ = fs::remove_file(path);
        }
        for (path, rule) in refused {
            spool::set_aside(&path, &rule)?;
        }
        if let Some(failure) = trouble {
            self.tell(failure.message());
        }
        Ok(())
    }

    /// Gives the pool what is due.
    fn fill(&mut self) -> Result<(), Failure> {
        let room = self.pool.room();
        if room == 0 {
            return Ok(());
        }
        for transaction in self.ledger.due(&self.under_way, SystemTime::now(), room)? {
            self.under_way.insert(transaction.number);
            self.pool.give(transaction);
        }
        Ok(())
    }

    /// Notes what came, all at once, and only then says so.
    fn take(&mut self, messages: Vec<Message>) -> Result<(), Failure> {
        let (mut callbacks, mut answers, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        for message in messages {
            match message {
                Message::Callback(callback, reply) => callbacks.push((self.verified(&callback)?, reply)),
                Message::Answer(answer) => answers.push(*answer),
                Message::Metrics(reply) => asked.push(reply),
                Message::Wake => {}
            }
        }
        let now = SystemTime::now();
        let mut noted = Vec::new();
        if !answers.is_empty() || callbacks.iter().any(|(transaction, _)| transaction.is_some()) {
            let mut batch = self.ledger.batch()?;
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
                    Answer::Ended(outcome) => drop(batch.end(transaction.number, outcome, now)?),
                    Answer::Later { kind, code } => put_off(kind.name(), code.as_deref())?,
                    Answer::Stop(failure) => put_off(failure.kind().name(), None)?,
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
        self.answered(answers)?;
        if !asked.is_empty() {
            self.metrics.under_way = self.under_way.len();
            self.metrics.open = self.ledger.open_count()?;
            let text = self.metrics.text();
            for reply in asked {
                let _ = reply.send(text.clone());
            }
        }
        Ok(())
    }

    /// The transaction of a callback that has its token.
    fn verified(&self, callback: &Callback) -> Result<Option<Transaction>, Failure> {
        let Some(transaction) = self.ledger.find(&callback.transaction_id)? else { return Ok(None) };
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
                Answer::Stop(failure) => {
                    self.tell(failure.message());
                    "put_off"
                }
                Answer::Later { .. } | Answer::Stands(_) => "put_off",
            };
            *self.metrics.fetches.entry(outcome).or_default() += 1;
        }
        self.results.append(&self.ledger)
    }

    /// Tells of trouble on stderr, and of the same not again at once.
    fn tell(&mut self, message: &str) {
        let is_old = self.told.as_ref().is_some_and(|(at, told)| told == message && at.elapsed() < QUIET);
        if !is_old {
            output::note(&crate::plain::plain(&format!("cloudauth: {message}")));
            self.told = Some((Instant::now(), message.to_owned()));
        }
    }
}
