//! Start, finish, cancel and shutdown under shuttle, which tries the orders in which threads can run.
//!
//! The files under test are the library's own, with shuttle's locks in the place of the standard library's. A thread of
//! shuttle's plays the I/O thread: it finishes what was started until its epoch has drained.

#![allow(dead_code)]

#[path = "../src/runtime/callbacks.rs"]
mod callbacks;
#[path = "../src/runtime/lifecycle.rs"]
mod lifecycle;
mod sync {
    pub(super) use shuttle::sync::{Condvar, Mutex, MutexGuard};
}

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::Mutex;
use shuttle::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use shuttle::thread::{self, JoinHandle};

use callbacks::Callbacks;
use lifecycle::{Epoch, Lifecycle, Resources, User};

const ROUNDS: usize = 5000;

/// Stands for the clock: shuttle's waits never end by time.
const LONG: Duration = Duration::from_hours(1);

#[derive(Default)]
struct Threads {
    io: Mutex<Option<Io>>,
    callbacks: Callbacks<Job>,
    workers: Mutex<Vec<JoinHandle<()>>>,
    stopped: AtomicBool,
    drains: AtomicUsize,
}

struct Io {
    tasks: Arc<Mutex<VecDeque<Job>>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A started call, whose outcome is counted once it is handed over.
struct Job {
    outcomes: Arc<AtomicUsize>,
    user: User<Threads>,
}

impl Resources for Threads {
    fn stop(&self) {
        assert!(!self.stopped.swap(true, Ordering::SeqCst), "an epoch is closed once");
    }

    fn drained(&self) {
        assert_eq!(self.drains.fetch_add(1, Ordering::SeqCst), 0, "an epoch drains once");
        self.callbacks.close();
    }

    fn join(&self, limit: Duration) -> bool {
        let mut threads: Vec<_> = self.workers.lock().unwrap().drain(..).collect();
        threads.extend(self.io.lock().unwrap().as_mut().and_then(|io| io.thread.take()));
        if limit.is_zero() && !threads.is_empty() {
            *self.workers.lock().unwrap() = threads;
            return false;
        }
        for thread in threads {
            thread.join().unwrap();
        }
        true
    }
}

/// The I/O thread: hands over what was started, by callback threads that may be refused, until its epoch has drained.
fn drive(epoch: &Arc<Epoch<Threads>>, tasks: &Mutex<VecDeque<Job>>, ended: &AtomicBool) {
    loop {
        let task = tasks.lock().unwrap().pop_front();
        if let Some(job) = task {
            deliver(epoch, job);
            continue;
        }
        let drained = shuttle::future::block_on(poll_fn(|context| match epoch.poll_drained(context) {
            std::task::Poll::Ready(()) => std::task::Poll::Ready(true),
            std::task::Poll::Pending => std::task::Poll::Ready(false),
        }));
        if drained {
            break;
        }
        // The jobs that had to wait: what a timer does in the library.
        if let Some(job) = epoch.resources().callbacks.take() {
            finish(job);
        }
        thread::yield_now();
    }
    assert!(tasks.lock().unwrap().is_empty(), "nothing was started on a thread that ended");
    ended.store(true, Ordering::SeqCst);
}

fn deliver(epoch: &Arc<Epoch<Threads>>, job: Job) {
    let callbacks = &epoch.resources().callbacks;
    let Err(job) = callbacks.offer(job, || worker(epoch)) else { return };
    if let Err(job) = callbacks.enqueue(job) {
        finish(job);
    }
}

fn worker(epoch: &Arc<Epoch<Threads>>) -> bool {
    if thread_rng().gen_bool(0.5) {
        return false;
    }
    let own = epoch.clone();
    let thread = thread::spawn(move || own.resources().callbacks.work(finish));
    epoch.resources().workers.lock().unwrap().push(thread);
    true
}

fn finish(Job { outcomes, user }: Job) {
    assert_eq!(outcomes.fetch_add(1, Ordering::SeqCst), 0, "an outcome comes once");
    drop(user);
}

/// Starts a call as the library does; `false` where it was refused before anything began.
fn start(process: &Lifecycle<Threads>, outcomes: &Arc<AtomicUsize>) -> bool {
    let user = process.enter();
    let mut io = user.io.lock().unwrap();
    if io.is_none() {
        if thread_rng().gen_bool(0.2) {
            return false;
        }
        let (tasks, ended) = (Arc::new(Mutex::new(VecDeque::new())), Arc::new(AtomicBool::new(false)));
        let (epoch, own, end) = (user.epoch().clone(), tasks.clone(), ended.clone());
        let thread = Some(thread::spawn(move || drive(&epoch, &own, &end)));
        *io = Some(Io { tasks, ended, thread });
    }
    let tasks = io.as_ref().unwrap().tasks.clone();
    let ended = io.as_ref().unwrap().ended.clone();
    drop(io);
    if !user.callbacks.prepare(|| worker(user.epoch())) {
        return false;
    }
    assert!(!ended.load(Ordering::SeqCst), "the I/O thread is there while somebody is inside");
    tasks.lock().unwrap().push_back(Job { outcomes: outcomes.clone(), user });
    true
}

/// Finding H1: a call that was started ends once, one that was refused never; nothing is started on threads that end.
#[test]
fn a_started_call_ends_once_whatever_shutdown_does() {
    shuttle::check_random(
        || {
            let process = Arc::new(Lifecycle::<Threads>::default());
            let starters: Vec<_> = (0..2)
                .map(|_| {
                    let process = process.clone();
                    thread::spawn(move || {
                        let calls: Vec<_> = (0..2).map(|_| Arc::new(AtomicUsize::new(0))).collect();
                        calls.into_iter().map(|outcomes| (start(&process, &outcomes), outcomes)).collect::<Vec<_>>()
                    })
                })
                .collect();
            let stopper = thread::spawn({
                let process = process.clone();
                move || {
                    for limit in [Duration::ZERO, LONG] {
                        process.close();
                        process.wait(|| limit);
                    }
                }
            });
            let calls: Vec<_> = starters.into_iter().flat_map(|starter| starter.join().unwrap()).collect();
            stopper.join().unwrap();
            process.close();
            assert!(process.wait(|| LONG), "all of it ends");
            for (started, outcomes) in calls {
                assert_eq!(outcomes.load(Ordering::SeqCst), usize::from(started));
            }
        },
        ROUNDS,
    );
}

/// Finding H4: a shutdown that ran out of time left something behind, which the next one waits for.
#[test]
fn a_second_shutdown_waits_for_what_the_first_left() {
    shuttle::check_random(
        || {
            let process = Arc::new(Lifecycle::<Threads>::default());
            let user = process.enter();
            process.close();
            assert!(!process.wait(|| Duration::ZERO), "somebody is inside");
            let (left, waits) = (Arc::new(AtomicBool::new(false)), process.clone());
            let leaver = thread::spawn({
                let left = left.clone();
                move || {
                    left.store(true, Ordering::SeqCst);
                    drop(user);
                }
            });
            assert!(waits.wait(|| LONG));
            assert!(left.load(Ordering::SeqCst), "it was waited for");
            assert!(process.wait(|| Duration::ZERO) && process.wait(|| LONG), "nothing is left");
            leaver.join().unwrap();
        },
        ROUNDS,
    );
}
