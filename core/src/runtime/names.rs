//! Looking up names. The system's look-up blocks its thread, and nothing can end it: each runs on a thread of its own, which
//! no shutdown waits for. It holds nothing but the name and the way back to whoever waits for its addresses.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch::{self, Receiver, Sender};

use super::{PerProcess, no_thread, spawn};

static LOOKUPS: PerProcess<Lookups> = PerProcess::new();

/// So many threads look up names; further names wait for one of them.
const MAX_THREADS: usize = 32;

/// Calls share the look-up of a name, unless it began so long ago that its answer may never come.
const SHARED_FOR: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
struct Lookups(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    threads: usize,
    waiting: VecDeque<Job>,
    pending: Vec<Pending>,
}

/// Nothing, until the system has answered.
type Answer = Option<io::Result<Vec<SocketAddr>>>;

/// A look-up for a thread to make.
#[derive(Debug)]
struct Job {
    name: String,
    answer: Sender<Answer>,
}

/// A look-up that others may share.
#[derive(Debug)]
struct Pending {
    name: String,
    begun: Instant,
    answer: Receiver<Answer>,
}

/// The addresses that the system knows for `name`, with port 0.
///
/// # Errors
/// The system's own, or an [`Error`](crate::Error) where no thread can be had.
pub(crate) async fn look_up(name: &str) -> io::Result<Vec<SocketAddr>> {
    let Ok(lookups) = LOOKUPS.get_or_try_init(|| Ok::<_, Infallible>(Lookups::default()));
    let mut answer = lookups.begin(name)?;
    let answer = answer.wait_for(Option::is_some).await.map_err(io::Error::other)?;
    match &*answer {
        Some(Ok(found)) => Ok(found.clone()),
        Some(Err(error)) => Err(same(error)),
        None => Err(io::ErrorKind::Other.into()),
    }
}

/// An error cannot be cloned.
fn same(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error)
}

impl Lookups {
    fn begin(&'static self, name: &str) -> io::Result<Receiver<Answer>> {
        let mut state = self.state();
        // Of one that is done, the sender is gone.
        state.pending.retain(|pending| pending.answer.has_changed().is_ok());
        let shared = state.pending.iter().rfind(|pending| pending.name == name && pending.begun.elapsed() < SHARED_FOR);
        if let Some(shared) = shared {
            return Ok(shared.answer.clone());
        }
        let (sender, answer) = watch::channel(None);
        let job = Job { name: name.to_owned(), answer: sender };
        if state.threads < MAX_THREADS {
            spawn("cloudauth-dns", move || self.work(job)).map_err(|_| io::Error::other(no_thread().transient()))?;
            state.threads += 1;
        } else {
            state.waiting.push_back(job);
        }
        state.pending.push(Pending { name: name.to_owned(), begun: Instant::now(), answer: answer.clone() });
        Ok(answer)
    }

    fn work(&self, job: Job) {
        let mut next = Some(job);
        while let Some(Job { name, answer }) = next {
            answer.send_replace(Some((name.as_str(), 0).to_socket_addrs().map(Iterator::collect)));
            next = self.next();
        }
    }

    /// A look-up that still has callers; the calling thread ends where there is none.
    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        while let Some(job) = state.waiting.pop_front() {
            // The list of those pending has one, too.
            if job.answer.receiver_count() > 1 {
                return Some(job);
            }
        }
        state.threads -= 1;
        None
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
