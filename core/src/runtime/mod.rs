//! The process's own threads, for callers that block or want to be called back: started when first needed, again after a
//! fork, and again after [`shutdown`].
//!
//! One thread drives all I/O, on a tokio runtime that never leaves it: a runtime cannot be dropped where one runs. Callbacks
//! that may take their time have threads of their own.

mod callbacks;
mod descriptors;
mod fork;
mod lifecycle;
mod names;
mod panics;
mod per_process;
mod sentinel;
mod thread;
mod threads;

/// What `lifecycle` and `callbacks` wait with; their tests put shuttle's in its place.
mod sync {
    pub(super) use std::sync::{Condvar, Mutex, MutexGuard};
}

pub(crate) use descriptors::{exhausted, exhausted_now, refused};
pub(crate) use fork::generation as noticed_generation;
pub(crate) use names::look_up;
pub use panics::{contain, contain_all};
pub use per_process::PerProcess;
pub(crate) use sentinel::generation;
pub use thread::{Thread, together};
pub(crate) use threads::spawn;

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span};

use crate::catalogue::Kind;
use crate::error::{Error, Result};
use callbacks::Callbacks;
use lifecycle::{Epoch, Lifecycle, Resources, User};
use threads::Crew;

static PROCESS: PerProcess<Lifecycle<Threads>> = PerProcess::new();

/// How long a callback waits for a busy thread, where no further one can be had, before the I/O thread runs it.
const PATIENCE: Duration = Duration::from_millis(100);

/// What runs in the background between two shutdowns.
#[derive(Debug, Default)]
struct Threads {
    stop: CancellationToken,
    /// The way to the I/O thread, once there is one.
    io: OnceCell<Handle>,
    callbacks: Callbacks<Job>,
    crew: Crew,
}

impl Resources for Threads {
    fn stop(&self) {
        self.stop.cancel();
    }

    fn drained(&self) {
        self.callbacks.close();
    }

    fn join(&self, limit: Duration) -> bool {
        self.crew.join(limit)
    }
}

/// Code of the host's, and what keeps its thread alive until it has returned.
struct Job {
    run: Box<dyn FnOnce() + Send>,
    user: User<Threads>,
}

impl Job {
    fn run(self) {
        let Self { run, user } = self;
        // What becomes of a callback that panics is its owner's concern; the thread goes on.
        drop(catch_unwind(AssertUnwindSafe(run)));
        drop(user);
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").finish_non_exhaustive()
    }
}

fn process() -> &'static Lifecycle<Threads> {
    // A runtime whose descriptors were closed drives nothing any more.
    generation();
    noticed_process()
}

fn noticed_process() -> &'static Lifecycle<Threads> {
    let Ok(process) = PROCESS.get_or_try_init(|| Ok::<_, Infallible>(Lifecycle::default()));
    process
}

fn enter() -> User<Threads> {
    process().enter()
}

impl User<Threads> {
    /// The I/O thread, which drives what is spawned there while this user is inside.
    fn io(&self) -> Result<&Handle> {
        self.io.get_or_try_init(|| {
            let started = Arc::new(OnceLock::new());
            let (epoch, starts) = (self.epoch().clone(), Starts(started.clone()));
            self.crew.spawn("cloudauth-io", move || drive(&epoch, starts)).map_err(|_| no_thread())?;
            started.wait().as_ref().map_err(refused).cloned()
        })
    }

    /// Runs `code` of the host's, come what may. For the I/O thread.
    fn deliver(self, code: impl FnOnce() + Send + 'static) {
        let epoch = self.epoch().clone();
        let callbacks = &epoch.resources().callbacks;
        let Err(job) = callbacks.offer(Job { run: Box::new(code), user: self }, || spawn_callback_thread(&epoch)) else { return };
        if let Err(job) = callbacks.enqueue(job) {
            return job.run();
        }
        // The threads that there are may be busy for long, or wait for this very callback.
        let waiting = epoch.clone();
        drop(tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            let callbacks = &waiting.resources().callbacks;
            if let Some(job) = callbacks.take()
                && let Err(job) = callbacks.offer(job, || spawn_callback_thread(&waiting))
            {
                job.run();
            }
        }));
    }
}

/// Whoever started the I/O thread waits for it, until this is dropped at the latest.
struct Starts(Arc<OnceLock<io::Result<Handle>>>);

impl Drop for Starts {
    fn drop(&mut self) {
        self.0.get_or_init(|| Err(io::ErrorKind::Other.into()));
    }
}

/// The I/O thread's life.
fn drive(epoch: &Epoch<Threads>, starts: Starts) {
    let mut builder = Builder::new_current_thread();
    builder.enable_io().enable_time();
    match builder.build() {
        Ok(runtime) => {
            starts.0.get_or_init(|| Ok(runtime.handle().clone()));
            drop(starts);
            threads::drive(|| contain(|| runtime.block_on(poll_fn(|context| epoch.poll_drained(context)))));
        }
        Err(error) => drop(starts.0.set(Err(error))),
    }
}

fn spawn_callback_thread(epoch: &Arc<Epoch<Threads>>) -> bool {
    let own = epoch.clone();
    let work = move || own.resources().callbacks.work(Job::run);
    epoch.resources().crew.spawn("cloudauth-callback", work).is_ok()
}

/// A stay in the library, of work in several steps on a thread that may block. A shutdown tells it to end, and waits for that; the
/// I/O thread is there until then.
pub(crate) struct Stay {
    /// `None` once it was left.
    user: Option<User<Threads>>,
    generation: u64,
}

impl Stay {
    fn new(user: User<Threads>) -> Self {
        Self { user: Some(user), generation: noticed_generation() }
    }

    /// Cancelled once the library is shut down.
    pub(crate) fn stop(&self) -> CancellationToken {
        self.user.as_ref().map(|user| user.stop.clone()).unwrap_or_default()
    }

    /// An error where the work must end.
    pub(crate) fn goes_on(&self) -> Result<()> {
        match &self.user {
            _ if self.is_forked() => Err(Error::forked("this call was under way when the process forked")),
            Some(user) if !user.stop.is_cancelled() => Ok(()),
            _ => Err(stopped()),
        }
    }

    /// Runs `future` to its end on this thread, unless the library is shut down first; its I/O is driven by the I/O thread.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        self.goes_on()?;
        let user = self.user.as_ref().ok_or_else(stopped)?;
        user.io()?.block_on(user.stop.run_until_cancelled(future)).ok_or_else(stopped)
    }

    /// Whether the work has gone on in a forked child: the library's threads and locks are its parent's.
    pub(crate) fn is_forked(&self) -> bool {
        noticed_generation() != self.generation
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        if self.is_forked() {
            mem::forget(self.user.take());
        }
    }
}

pub(crate) fn stopped() -> Error {
    Error::new(Kind::Cancelled, "the library was shut down")
}

pub(crate) fn no_thread() -> Error {
    Error::new(Kind::Io, "the operating system refused a thread; is the limit on this user's processes reached?")
}

/// `call`, which needs nothing of the I/O thread, unless the library is shut down first.
pub(crate) async fn until_shutdown<T>(call: impl Future<Output = Result<T>>) -> Result<T> {
    let user = noticed_process().enter();
    user.stop.run_until_cancelled(call).await.ok_or_else(stopped)?
}

/// Runs `future` to its end on the calling thread; its I/O is driven by the I/O thread.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output> {
    Stay::new(enter()).block_on(future)
}

/// Runs `work` on the I/O thread, until it is done or the library is shut down. Nobody waits for it.
pub(crate) fn background(work: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let user = enter();
    let io = user.io()?.clone();
    drop(io.spawn(async move { user.stop.run_until_cancelled(work).await }));
    Ok(())
}

/// Runs `code` of the host's on a thread kept for it, so that it stalls no I/O however long it takes.
///
/// # Errors
/// Kind `io` where no thread can be had: `code` was not run.
pub(crate) async fn run<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (sender, outcome) = oneshot::channel();
    run_later(move || drop(sender.send(code())))?;
    outcome.await.map_err(|_| Error::new(Kind::Internal, "the host's code panicked"))
}

/// The same, without waiting for it.
///
/// # Errors
/// As above.
pub(crate) fn run_later(code: impl FnOnce() + Send + 'static) -> Result<()> {
    let user = enter();
    let epoch = user.epoch().clone();
    let job = Job { run: Box::new(code), user };
    epoch.resources().callbacks.offer(job, || spawn_callback_thread(&epoch)).map_err(|_| no_thread())
}

/// Runs `work` on a thread that may drive a runtime: this one, unless it does so already. tokio lets no runtime's thread
/// block on another.
pub(crate) fn plain_thread<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    if Handle::try_current().is_err() {
        return work();
    }
    let span = Span::current();
    let work = || {
        threads::begin();
        span.in_scope(work)
    };
    let outcome = thread::apart("cloudauth-call", work).map_err(|_| no_thread())?;
    outcome.unwrap_or_else(|_| Err(Error::new(Kind::Internal, "a blocking call panicked")))
}

/// Runs `work` on the calling thread, and has a shutdown wait for it.
pub(crate) fn stoppable<T>(work: impl FnOnce(Stay) -> T) -> T {
    work(Stay::new(enter()))
}

/// Runs `body` on a thread of its own, until it is done or the library is shut down.
pub(crate) fn spawn_stoppable(name: &str, body: impl FnOnce(Stay) + Send + 'static) -> io::Result<()> {
    let user = enter();
    let epoch = user.epoch().clone();
    let stay = Stay::new(user);
    epoch.resources().crew.spawn(name, move || body(stay))
}

/// On which thread the outcome of a call in the background is handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// On a thread of its own, on which the callback may block.
    #[default]
    OnCallbackThread,
    /// On the thread that does the I/O of all calls: the callback must return at once. Saves the wake-up of a thread.
    OnIoThread,
}

/// What a shutdown does to a call in the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtShutdown {
    /// It is over at once.
    End,
    /// It sees to its end by itself, and is waited for.
    Wait,
}

/// What gets the outcome of a call in the background.
pub(crate) type Done<T> = Box<dyn FnOnce(Result<T>) + Send>;

/// Runs `future` in the background, in `span`; `done` gets its outcome, exactly once.
///
/// # Errors
/// Nothing was started, and `done` is dropped without being called.
pub(crate) fn start<T: Send + 'static>(
    span: Span,
    future: Pin<Box<dyn Future<Output = Result<T>> + Send>>,
    at_shutdown: AtShutdown,
    delivery: Delivery,
    done: Done<T>,
) -> Result<()> {
    let user = enter();
    let io = user.io()?.clone();
    if delivery == Delivery::OnCallbackThread && !user.callbacks.prepare(|| spawn_callback_thread(user.epoch())) {
        return Err(no_thread());
    }
    // From here on `done` is called: the I/O thread finishes every task before it ends.
    let completion = Completion { done: Some(done) };
    let future = future.instrument(span);
    let task = async move {
        let stop = if at_shutdown == AtShutdown::End { user.stop.clone() } else { CancellationToken::new() };
        let outcome = AssertUnwindSafe(stop.run_until_cancelled(future)).catch_unwind().await;
        let outcome = match outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(stopped()),
            Err(_) => Err(Error::new(Kind::Internal, "a call panicked")),
        };
        match delivery {
            Delivery::OnCallbackThread => user.deliver(move || completion.finish(outcome)),
            Delivery::OnIoThread => {
                completion.finish(outcome);
                drop(user);
            }
        }
    };
    drop(io.spawn(task));
    Ok(())
}

/// Calls `done` once, come what may: a task that the runtime drops unfinished was cancelled.
struct Completion<T> {
    done: Option<Done<T>>,
}

impl<T> Completion<T> {
    fn finish(mut self, outcome: Result<T>) {
        if let Some(done) = self.done.take() {
            done(outcome);
        }
    }
}

impl<T> Drop for Completion<T> {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            done(Err(stopped()));
        }
    }
}

/// Ends the calls in flight as `cancelled`, waits for the callbacks under way, and ends the library's threads; calls that
/// come later start them anew. Says whether all of that was done within `timeout`, for this shutdown and for earlier ones.
///
/// From a callback it does not wait, as it would for itself, and says `false`.
pub(crate) fn shutdown(timeout: Duration) -> bool {
    let begun = Instant::now();
    process().close();
    !threads::is_ours() && process().wait(|| timeout.saturating_sub(begun.elapsed()))
}
