//! Many calls, a bounded number at a time: requests go in, outcomes come out.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tracing::Span;

use super::Client;
use super::window::{Outcome, Row, Waiting, Window};
use crate::client::{CallOptions, Cancellation, ManyOptions};
use crate::error::{Error, Result};
use crate::request::CheckResultRequest;
use crate::runtime::{self, Delivery};

/// Makes many calls, at most [`ManyOptions::concurrency`] at a time, on the library's own threads. [`push`](Self::push) gives it
/// requests and [`next`](Self::next) takes their outcomes, from any threads. A call is made once its request comes within so
/// many of the outcomes that were taken; further requests wait for that.
///
/// Dropping it cancels the calls under way. After a fork, they are the parent's.
pub struct Many {
    run: Arc<Run>,
    generation: u64,
    /// A forked child was told that the calls are not its own.
    reported: AtomicBool,
}

struct Run {
    client: Client,
    each: CallOptions,
    cancellation: Cancellation,
    span: Span,
    window: Arc<Window>,
}

impl Client {
    /// Begins a run of many calls, to which requests are [pushed](Many::push).
    pub fn many(&self, options: &ManyOptions) -> Many {
        let (each, cancellation) = options.each.cancellable();
        let window = Arc::new(Window::new(options.concurrency, options.ordered));
        let run = Run { client: self.clone(), each, cancellation, span: Span::current(), window };
        Many { run: Arc::new(run), generation: runtime::generation(), reported: AtomicBool::new(false) }
    }
}

impl Many {
    /// Calls `hook` once an outcome can be taken, or none is to come, where [`next_within`](Self::next_within) found that not
    /// to be so. It may run on the thread that does all I/O and must return at once. Set it before the first request.
    pub fn on_ready(&self, hook: impl Fn() + Send + Sync + 'static) {
        self.run.window.on_ready(hook);
    }

    /// Gives it the next request, or why there is none in its place, which becomes that position's outcome. Returns the
    /// position. `timeout` is for this call, in place of [`ManyOptions::each`]'s.
    ///
    /// # Errors
    /// Kind `invalid_argument` after [`finish`](Self::finish) and [`cancel`](Self::cancel), `forked` in a forked child.
    pub fn push(&self, request: Result<CheckResultRequest>, timeout: Option<Duration>) -> Result<usize> {
        self.push_with(request, |each| timeout.into_iter().fold(each, CallOptions::timeout))
    }

    /// [`push`](Self::push), with what becomes of [`ManyOptions::each`] for this call.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn push_with(
        &self,
        request: Result<CheckResultRequest>,
        options: impl FnOnce(CallOptions) -> CallOptions,
    ) -> Result<usize> {
        if !self.is_of_this_process() {
            return Err(forked());
        }
        let options = options(self.run.each.clone());
        let pushed = self.run.window.push(Row { request, options });
        self.run.begin();
        pushed.ok_or_else(|| Error::invalid_argument("requests", "were said to have ended"))
    }

    /// Whether a request that comes now is called at once.
    pub fn wants_more(&self) -> bool {
        self.wants_more_within(Duration::ZERO).unwrap_or_default()
    }

    /// Waits until a request that comes is called at once; `false` where no more requests are taken, and `Err` where there was
    /// no room within `limit`.
    pub fn wants_more_within(&self, limit: Duration) -> Result<bool, Waiting> {
        if self.is_of_this_process() { self.run.window.wants_more(limit) } else { Ok(false) }
    }

    /// No request comes any more: outcomes end after those of the requests given.
    pub fn finish(&self) {
        if self.is_of_this_process() {
            self.run.window.finish();
        }
    }

    /// Takes no more requests, and ends those given as kind `cancelled`, unless they have their outcomes.
    pub fn cancel(&self) {
        if self.is_of_this_process() {
            self.run.cancellation.cancel();
            self.run.window.finish();
        }
    }

    /// Waits for the next outcome; `None` after the last.
    pub fn next(&self) -> Option<Outcome> {
        self.next_within(Duration::MAX).unwrap_or_default()
    }

    /// [`next`](Self::next), waited for so long at most; `Err` where nothing came.
    ///
    /// After a fork the child's copy yields kind `forked` once and ends: the calls are its parent's.
    pub fn next_within(&self, limit: Duration) -> Result<Option<Outcome>, Waiting> {
        if !self.is_of_this_process() {
            let first = !self.reported.swap(true, Ordering::Relaxed);
            return Ok(first.then(|| (0, Err(forked()))));
        }
        let next = self.run.window.next(limit);
        if matches!(next, Ok(Some(_))) {
            self.run.begin();
        }
        next
    }

    /// Whether all outcomes were taken and none can come.
    pub fn has_ended(&self) -> bool {
        if self.is_of_this_process() { self.run.window.has_ended() } else { self.reported.load(Ordering::Relaxed) }
    }

    pub(super) fn is_of_this_process(&self) -> bool {
        self.generation == runtime::generation()
    }
}

fn forked() -> Error {
    Error::forked("these calls were under way when the process forked")
}

impl Run {
    /// Begins the calls for which there is room.
    fn begin(&self) {
        while let Some((position, Row { request, options })) = self.window.begin() {
            let window = self.window.clone();
            let done = move |outcome| window.land(position, outcome);
            let start = |request| self.span.in_scope(|| self.client.start(request, options, Delivery::OnIoThread, done));
            if let Err(error) = request.and_then(start) {
                self.window.land(position, Err(error));
            }
        }
    }
}

impl Drop for Many {
    fn drop(&mut self) {
        self.cancel();
        if !self.is_of_this_process() {
            // A lock in it may have been held by a thread that a forked child does not have: it is left where it lies.
            mem::forget(self.run.clone());
        }
    }
}

impl fmt::Debug for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many").finish_non_exhaustive()
    }
}
