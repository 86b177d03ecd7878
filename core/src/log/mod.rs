//! What clients report, as lines of text for a host's own log. The feature `log`. All languages have their lines from here.
//!
//! `level` says which events are wanted, `lines` turns them into lines, `spans` knows what the threads are in, and `waiting`
//! keeps lines for a host that takes them on threads of its own.

mod level;
mod levels;
mod lines;
mod spans;
mod waiting;

use std::sync::atomic::{AtomicBool, Ordering};

pub use level::set_level;
use lines::Lines;
pub use waiting::{keep, take};

/// Hands lines to `deliver` from now on, on the thread that reports, each with its level as [`set_level`] counts them. A line
/// holds no secret and no personal data. The first one given stays. False where another part of the process receives the
/// events of `tracing` already.
pub fn install(deliver: fn(u8, &str)) -> bool {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if !INSTALLED.load(Ordering::Acquire) && tracing::subscriber::set_global_default(Lines { deliver }).is_ok() {
        INSTALLED.store(true, Ordering::Release);
    }
    INSTALLED.load(Ordering::Acquire)
}
