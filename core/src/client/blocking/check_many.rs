//! Many calls for an iterator of requests.

use std::fmt;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Client, Many, Outcome, Waiting};
use crate::client::ManyOptions;
use crate::request::CheckResultRequest;
use crate::runtime::{self, Thread};

impl Client {
    /// See [`crate::Client::check_many`]. Requests are read on a thread of their own, as calls become due, so that one that is
    /// long in coming holds no outcome up; calls under way go on between two steps of the iterator.
    pub fn check_many<I>(&self, requests: I, options: &ManyOptions) -> CheckMany
    where
        I: IntoIterator<Item = CheckResultRequest>,
        I::IntoIter: Send + 'static,
    {
        let many = Arc::new(self.many(options));
        let requests: Requests = Arc::new(Mutex::new(Box::new(requests.into_iter())));
        let read = {
            let (many, requests) = (many.clone(), requests.clone());
            move || while matches!(many.wants_more_within(Duration::MAX), Ok(true)) && push_next(&many, &requests) {}
        };
        CheckMany { many, requests, reader: runtime::spawn("cloudauth-requests", read).ok() }
    }
}

type Requests = Arc<Mutex<Box<dyn Iterator<Item = CheckResultRequest> + Send>>>;

/// Gives `many` the next request; `false` after the last.
fn push_next(many: &Many, requests: &Requests) -> bool {
    let ends = Ends(many);
    let request = requests.lock().unwrap_or_else(PoisonError::into_inner).next();
    let Some(request) = request else { return false };
    std::mem::forget(ends);
    many.push(Ok(request), None).is_ok()
}

/// An iterator that has no more, or panics, has ended.
struct Ends<'a>(&'a Many);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}

/// Outcomes of many calls, each with its request's position. Dropping it cancels the calls under way.
pub struct CheckMany {
    many: Arc<Many>,
    requests: Requests,
    /// `None` where the system refused a thread: requests are read between two outcomes then.
    reader: Option<Thread<()>>,
}

impl CheckMany {
    /// [`next`](Iterator::next), for a caller that has to look up from time to time: `Err` where nothing came within `limit`.
    pub fn next_within(&mut self, limit: Duration) -> Result<Option<Outcome>, Waiting> {
        if self.reader.is_none() {
            while self.many.wants_more() && push_next(&self.many, &self.requests) {}
        }
        let next = self.many.next_within(limit);
        // Outcomes come before what the iterator panicked with.
        if matches!(next, Ok(None))
            && self.many.is_of_this_process()
            && let Some(Err(panicked)) = self.reader.take().map(Thread::join)
        {
            panic::resume_unwind(panicked);
        }
        next
    }
}

impl Iterator for CheckMany {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        self.next_within(Duration::MAX).unwrap_or_default()
    }
}

impl Drop for CheckMany {
    fn drop(&mut self) {
        self.many.cancel();
        if !self.many.is_of_this_process() {
            // A forked child has no such thread.
            std::mem::forget(self.reader.take());
        }
    }
}

impl fmt::Debug for CheckMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckMany").finish_non_exhaustive()
    }
}
