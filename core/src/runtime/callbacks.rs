//! Which callback runs on which thread. Threads are started and jobs are run by others; `core/tests/lifecycle.rs` tries this
//! file under shuttle.

use std::collections::VecDeque;
use std::sync::PoisonError;
use std::time::Duration;

use super::sync::{Condvar, Mutex, MutexGuard};

/// More threads than these are never started; further jobs wait for one of them.
const MAX_THREADS: usize = 512;
/// How long a thread waits for a job before it ends. The last one stays.
const KEPT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(crate) struct Callbacks<J> {
    queue: Mutex<Queue<J>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Queue<J> {
    jobs: VecDeque<J>,
    /// Those that are being started, too.
    threads: usize,
    idle: usize,
    closed: bool,
}

impl<J> Default for Callbacks<J> {
    fn default() -> Self {
        let queue = Queue { jobs: VecDeque::new(), threads: 0, idle: 0, closed: false };
        Self { queue: Mutex::new(queue), changed: Condvar::new() }
    }
}

impl<J> Callbacks<J> {
    /// Sees to it that there is a thread at all; whether there is. `spawn` starts one that calls [`work`](Self::work).
    pub(crate) fn prepare(&self, spawn: impl FnOnce() -> bool) -> bool {
        let mut queue = self.queue();
        if queue.threads > 0 {
            return true;
        }
        queue.threads += 1;
        drop(queue);
        self.spawned(spawn())
    }

    /// Hands a job to a thread, which is a new one if all are busy. The job comes back where no thread can be had for it.
    pub(crate) fn offer(&self, job: J, spawn: impl FnOnce() -> bool) -> Result<(), J> {
        let mut queue = self.queue();
        if queue.idle <= queue.jobs.len() && queue.threads < MAX_THREADS {
            queue.threads += 1;
            drop(queue);
            if !self.spawned(spawn()) {
                return Err(job);
            }
            queue = self.queue();
        }
        queue.jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// Lets a job wait for the threads that there are. It comes back if there is none.
    pub(crate) fn enqueue(&self, job: J) -> Result<(), J> {
        let mut queue = self.queue();
        if queue.threads == 0 {
            return Err(job);
        }
        queue.jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// The job that has waited longest.
    pub(crate) fn take(&self) -> Option<J> {
        self.queue().jobs.pop_front()
    }

    /// Lets the threads go once the jobs are done.
    pub(crate) fn close(&self) {
        self.queue().closed = true;
        self.changed.notify_all();
    }

    /// A thread's life: job after job.
    pub(crate) fn work(&self, run: impl Fn(J)) {
        while let Some(job) = self.next() {
            run(job);
        }
    }

    /// `None` where the thread is to end; it does not count any more then.
    fn next(&self) -> Option<J> {
        let mut queue = self.queue();
        let mut late = false;
        loop {
            if let Some(job) = queue.jobs.pop_front() {
                return Some(job);
            }
            if queue.closed || (late && queue.threads > 1) {
                queue.threads -= 1;
                return None;
            }
            queue.idle += 1;
            let (again, outcome) = self.changed.wait_timeout(queue, KEPT).unwrap_or_else(PoisonError::into_inner);
            queue = again;
            queue.idle -= 1;
            late = outcome.timed_out();
        }
    }

    fn spawned(&self, spawned: bool) -> bool {
        if !spawned {
            self.queue().threads -= 1;
        }
        spawned
    }

    fn queue(&self) -> MutexGuard<'_, Queue<J>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
