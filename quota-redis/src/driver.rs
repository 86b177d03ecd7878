//! What waits and sends for a worker's calls.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use crate::connection::{Connection, Dial};
use crate::keys::keys;
use crate::queue::Queue;
use crate::refusal::Refusal;
use crate::resp::Value;
use crate::script::{Granted, SCRIPT};
use crate::target::Target;
use crate::wish::{Denied, Wish};
use crate::worker::{PATIENCE, Worker};

/// How long connecting may take, TLS and password included.
const CONNECTING: Duration = Duration::from_secs(1);
/// Pauses between attempts to connect, microseconds: from the first on they double up to the last.
const FIRST_PAUSE: u64 = 50_000;
const LAST_PAUSE: u64 = 400_000;
/// The same where somebody has to change something first.
const PERMANENT_PAUSE: u64 = 2_000_000;

/// A process that is so late, microseconds, stood still.
const STANDSTILL: u64 = 100_000;

/// Learns when the server is lost and found again.
pub trait Watcher: fmt::Debug + Send + Sync {
    /// The server does not answer; whether it did before, so that this worker has a share to live on.
    fn lost(&self, refusal: &Refusal, has_share: bool);

    /// It answers again, after so long.
    fn found(&self, after: Duration);
}

/// Serves the calls of one process on one connection.
pub struct Driver {
    target: Target,
    region: String,
    id: String,
    wishes: mpsc::UnboundedReceiver<Wish>,
    dial: Arc<dyn Dial>,
    watcher: Arc<dyn Watcher>,
    begun: Instant,
    queues: Vec<Queue>,
    link: Link,
    /// The queues whose questions are under way, in the order of the answers.
    asked: VecDeque<usize>,
    /// The server has forgotten the script.
    forgotten: bool,
    /// Since when nothing was answered.
    down: Option<u64>,
    failures: u32,
}

enum Link {
    Down { until: u64 },
    Opening(Pin<Box<dyn Future<Output = Result<Connection, Refusal>> + Send>>),
    Open(Connection),
}

enum Event {
    Opened(Result<Connection, Refusal>),
    Replied(Result<Value, Refusal>),
}

impl Link {
    /// What happens next. Nothing is lost where it is dropped.
    async fn event(&mut self) -> Event {
        match self {
            Self::Down { .. } => pending().await,
            Self::Opening(opening) => Event::Opened(opening.await),
            Self::Open(connection) => Event::Replied(connection.reply().await),
        }
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("target", &self.target).finish_non_exhaustive()
    }
}

impl Driver {
    pub(crate) fn new(
        target: Target,
        region: String,
        id: String,
        wishes: mpsc::UnboundedReceiver<Wish>,
        dial: Arc<dyn Dial>,
        watcher: Arc<dyn Watcher>,
    ) -> Self {
        Self {
            target,
            region,
            id,
            wishes,
            dial,
            watcher,
            begun: Instant::now(),
            queues: Vec::new(),
            link: Link::Down { until: 0 },
            asked: VecDeque::new(),
            forgotten: false,
            down: None,
            failures: 0,
        }
    }

    /// Serves until the handle is dropped.
    pub async fn run(mut self) {
        let mut planned = u64::MAX;
        loop {
            let now = self.now();
            if now > planned.saturating_add(STANDSTILL) {
                for queue in &mut self.queues {
                    queue.worker.stood_still(now);
                }
            }
            self.connect(now);
            for queue in &mut self.queues {
                queue.serve(now);
            }
            self.ask(now);
            planned = self.wake(now).max(now + 1);
            let wake = self.begun + Duration::from_micros(planned);
            tokio::select! {
                wish = self.wishes.recv() => match wish {
                    Some(wish) => self.take_in(wish),
                    None => break,
                },
                event = self.link.event() => self.handle(event),
                () = sleep_until(wake) => self.check_silence(),
            }
        }
        self.leave().await;
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn take_in(&mut self, Wish { action, rate, waiter }: Wish) {
        let known = self.queues.iter().position(|queue| queue.action == action);
        let index = known.unwrap_or_else(|| {
            let keys = keys(self.target.account(), &self.region, &action);
            self.queues.push(Queue::new(action, keys, Worker::new(rate, self.now())));
            self.queues.len() - 1
        });
        self.queues[index].push(waiter);
    }

    fn connect(&mut self, now: u64) {
        if matches!(self.link, Link::Down { until } if until <= now) {
            let (target, dial) = (self.target.clone(), self.dial.clone());
            self.link = Link::Opening(Box::pin(async move {
                timeout(CONNECTING, Connection::open(&target, &*dial)).await.unwrap_or(Err(Refusal::Silent))
            }));
        }
    }

    /// Sends what the workers have to ask.
    fn ask(&mut self, now: u64) {
        let Link::Open(connection) = &mut self.link else { return };
        for (index, queue) in self.queues.iter_mut().enumerate() {
            let waiting = queue.len();
            let Some(ask) = queue.worker.ask(now, waiting) else { continue };
            let arguments = ask.arguments();
            send(connection, self.forgotten, &queue.keys, &self.id, &arguments);
            self.asked.push_back(index);
        }
    }

    /// When something is to be done, if nothing happens before.
    fn wake(&mut self, now: u64) -> u64 {
        let mut wake = u64::MAX / 2;
        for queue in &mut self.queues {
            let waiting = queue.len();
            let permit = queue.worker.next(now).filter(|_| waiting > 0);
            let ask = queue.worker.next_ask(now, waiting).filter(|_| matches!(self.link, Link::Open(_)));
            let times = [permit, ask, queue.worker.overdue()];
            wake = times.into_iter().flatten().fold(wake, u64::min);
        }
        if let Link::Down { until } = self.link { wake.min(until) } else { wake.min(now + 3_600_000_000) }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Opened(Ok(connection)) => {
                self.forgotten = false;
                self.link = Link::Open(connection);
            }
            Event::Replied(Ok(value)) => self.answered(&value),
            Event::Opened(Err(refusal)) | Event::Replied(Err(refusal)) => self.lost(&refusal, self.now()),
        }
    }

    fn answered(&mut self, value: &Value) {
        let now = self.now();
        let Some(queue) = self.asked.pop_front().map(|index| &mut self.queues[index]) else {
            return self.lost(&Refusal::Lost("it answers what was not asked".to_owned()), now);
        };
        if let Some(granted) = Granted::read(value) {
            queue.worker.answered(now, granted);
            self.forgotten = false;
            self.failures = 0;
            if let Some(since) = self.down.take() {
                self.watcher.found(Duration::from_micros(now.saturating_sub(since)));
            }
            return;
        }
        match value {
            Value::Error(error) if error.starts_with("NOSCRIPT") && !self.forgotten => {
                self.forgotten = true;
                queue.worker.ask_anew();
            }
            Value::Error(error) => self.lost(&Refusal::of(error), now),
            _ => self.lost(&Refusal::Lost("its answer is not the script's".to_owned()), now),
        }
    }

    fn check_silence(&mut self) {
        let now = self.now();
        let overdue = self.queues.iter().filter_map(|queue| queue.worker.overdue()).filter(|overdue| *overdue <= now).min();
        if let Some(overdue) = overdue {
            self.lost(&Refusal::Silent, overdue - PATIENCE);
        }
    }

    /// The server does not answer since the local time `since`.
    fn lost(&mut self, refusal: &Refusal, since: u64) {
        let now = self.now();
        self.asked.clear();
        let mut has_share = false;
        for queue in &mut self.queues {
            queue.worker.lost(since);
            has_share |= queue.worker.was_reached();
            if refusal.is_permanent() && !queue.worker.was_reached() {
                queue.deny(&Denied::Refused(refusal.clone()));
            }
        }
        let pause = if refusal.is_permanent() {
            PERMANENT_PAUSE
        } else {
            // The more workers there are, the less often each tries.
            let workers = self.queues.iter().map(|queue| queue.worker.workers()).max().unwrap_or(1);
            (FIRST_PAUSE << self.failures.min(3)).max(workers * 100).min(LAST_PAUSE.max(workers * 100))
        };
        self.failures = self.failures.saturating_add(1);
        self.link = Link::Down { until: now + pause * (50 + self.spread() % 51) / 100 };
        if self.down.is_none() {
            self.down = Some(since);
            self.watcher.lost(refusal, has_share);
        }
    }

    /// A number that differs among workers, and from one failure to the next.
    fn spread(&self) -> u64 {
        let mixed = self
            .id
            .bytes()
            .fold(u64::from(self.failures) + 1, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        mixed >> 16
    }

    /// Frees its place among the workers.
    async fn leave(mut self) {
        let Link::Open(connection) = &mut self.link else { return };
        let zeros = [0; 7].map(|zero: u64| zero.to_string());
        for queue in &self.queues {
            let mut arguments = zeros.clone();
            "-1".clone_into(&mut arguments[1]);
            send(connection, false, &queue.keys, &self.id, &arguments);
        }
        drop(timeout(Duration::from_micros(PATIENCE), connection.reply()).await);
    }
}

fn send(connection: &mut Connection, whole: bool, keys: &[String; 3], id: &str, arguments: &[String; 7]) {
    let script = if whole { SCRIPT.as_bytes().to_vec() } else { connection.script.clone() };
    let command: &[u8] = if whole { b"EVAL" } else { b"EVALSHA" };
    let mut parts = vec![command, &script, b"3"];
    parts.extend(keys.iter().map(String::as_bytes));
    parts.push(id.as_bytes());
    parts.extend(arguments.iter().map(String::as_bytes));
    connection.send(parts.into_iter());
}
