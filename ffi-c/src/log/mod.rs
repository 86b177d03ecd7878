//! What the library says of its own doings, line by line.
//!
//! Core makes the lines, `sink` brings them to the host on a thread of its own, and `state` holds it.

mod level;
mod queue;
mod sink;
mod state;

use std::ffi::{c_char, c_void};
use std::mem;
use std::time::{Duration, Instant};

use cloudauth_core::{Error, log};

use crate::error::{cloudauth_error, fallible};
use crate::failure::Failure;
pub use level::cloudauth_log_level;
use sink::{Host, Running, Sink};
use state::lock;

/// Gets one line of the log, without a line break, that lives for the time of the call, on a thread kept for it. Lines come
/// one after the other. The callback may take its time and call the library: what it does on its own thread is not logged,
/// and where more than 1,024 lines wait, further ones are dropped. It must return: no longjmp, no C++ exception.
pub type cloudauth_log_callback = Option<unsafe extern "C" fn(context: *mut c_void, level: u32, line: *const c_char)>;

/// How long the end of a log waits for the host to take its last lines.
const PATIENCE: Duration = Duration::from_secs(1);

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
        if level > cloudauth_log_level::MOST as u32 {
            return Err(Error::invalid_argument("level", "must be one of cloudauth_log_level").into());
        }
        let host = callback.filter(|_| level > 0).map(|callback| Host { callback, context });
        if host.is_some() && !log::install(state::deliver) {
            return Err(Failure::Internal("another part of this process receives the log already"));
        }
        log::set_level(if host.is_some() { u8::try_from(level).unwrap_or(u8::MAX) } else { 0 });
        let former = mem::replace(&mut lock().sink, host.map(Sink::new));
        let running = former.and_then(|mut former| former.pause());
        if let Some(slow) = running.and_then(|running| running.end().wait(PATIENCE)) {
            slow.silence();
            lock().ending.push(slow);
        }
        Ok(())
    })
}
