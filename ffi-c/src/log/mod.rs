//! What the library says of its own doings, line by line.
//!
//! `subscriber` turns core's events into lines, `sink` brings them to the host on a thread of its own.

mod sink;
mod subscriber;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::{c_char, c_void};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cloudauth_core::Error;

use crate::boundary::{self, fallible};
use crate::error::{Failure, cloudauth_error};
use crate::fork::{self, Held, Locks};
use sink::{Ending, Host, Running, Sink};

/// How much the library says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub enum cloudauth_log_level {
    /// Nothing.
    Off = 0,
    /// What failed and is not told by an error.
    Error = 1,
    /// What is likely a mistake.
    Warn = 2,
    /// What a reader of an ordinary log wants to know.
    Info = 3,
    /// Each call, and how it ended.
    Debug = 4,
    /// All there is.
    Trace = 5,
}

/// Gets one line of the log, without a line break, that lives for the time of the call, on a thread kept for it. Lines come
/// one after the other. The callback may take its time and call the library: what it does on its own thread is not logged,
/// and where more than 1,024 lines wait, further ones are dropped. It must return: no longjmp, no C++ exception.
pub type cloudauth_log_callback = Option<unsafe extern "C" fn(context: *mut c_void, level: u32, line: *const c_char)>;

/// The log of this process.
#[derive(Debug)]
struct State {
    sink: Option<Sink>,
    /// Threads that had not delivered their last lines when time was over.
    ending: Vec<Ending>,
    /// Open spans, as text.
    spans: BTreeMap<u64, subscriber::Span>,
    next_span: u64,
}

static STATE: Mutex<State> = Mutex::new(State { sink: None, ending: Vec::new(), spans: BTreeMap::new(), next_span: 1 });

/// How long the end of a log waits for the host to take its last lines.
const PATIENCE: Duration = Duration::from_secs(1);

thread_local! {
    /// Whether this thread is one that calls the host with lines.
    static DELIVERS: Cell<bool> = const { Cell::new(false) };
}

/// The log's lock, held.
type Locked = MutexGuard<'static, State>;

impl Locks for Locked {
    fn lock_all() -> Self {
        lock()
    }

    fn held() -> &'static Held<Self> {
        static HELD: Held<Locked> = Held::new();
        &HELD
    }
}

fn lock() -> Locked {
    fork::watch::<Locked>();
    // What runs under the lock does not leave the state half changed.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Delivers what waits and ends the thread; a later line starts it anew. Says whether nothing is left to deliver.
pub(crate) fn stop(timeout: Duration) -> bool {
    let begun = Instant::now();
    let (running, mut ending) = {
        let mut state = lock();
        (state.sink.as_mut().and_then(Sink::pause), mem::take(&mut state.ending))
    };
    ending.extend(running.map(Running::end));
    let left: Vec<_> = ending.into_iter().filter_map(|one| one.wait(timeout.saturating_sub(begun.elapsed()))).collect();
    let stopped = left.is_empty();
    lock().ending.extend(left);
    stopped
}

/// Sends the library's log, up to a level of cloudauth_log_level, to a callback; there is one for the whole process, and the
/// last one given counts. A NULL `callback` or CLOUDAUTH_LOG_LEVEL_OFF ends it. When this returns, the former callback has
/// got all of its lines and will not be called again, unless it is the former callback that calls this. A former callback
/// that takes longer than a second, as one does that waits for this very thread, is not waited for: the line that it is busy
/// with is its last. Lines hold no secret and no personal data.
///
/// Errors: invalid_argument where there is no such level; internal where a program that is written in Rust receives the log.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_log_set_callback(
    level: u32,
    callback: cloudauth_log_callback,
    context: *mut c_void,
) -> *mut cloudauth_error {
    fallible(|| {
        if level > cloudauth_log_level::Trace as u32 {
            return Err(Error::invalid_argument("level", "must be one of cloudauth_log_level").into());
        }
        let host = callback.filter(|_| level > 0).map(|callback| Host { callback, context });
        if host.is_some() && !subscriber::install() {
            return Err(Failure::Internal("another part of this process receives the log already"));
        }
        subscriber::set_level(if host.is_some() { level } else { 0 });
        let former = mem::replace(&mut lock().sink, host.map(Sink::new));
        let running = former.and_then(|mut former| former.pause());
        if let Some(slow) = running.and_then(|running| running.end().wait(PATIENCE)) {
            slow.silence();
            lock().ending.push(slow);
        }
        Ok(())
    })
}

/// One line for the host; dropped where nobody listens.
fn say(level: u32, line: &str, span: Option<u64>) {
    let mut state = lock();
    let State { sink, spans, .. } = &mut *state;
    let Some(sink) = sink else { return };
    let within = span.and_then(|span| spans.get(&span)).map(subscriber::Span::text);
    let line: String = within.into_iter().chain([line]).collect::<Vec<_>>().join(": ");
    sink.send(level, &line);
}

/// Whether this thread calls the host with lines; what happens here is not logged.
fn delivers() -> bool {
    boundary::value(true, || DELIVERS.get())
}
