//! What clients report, as lines of text for a host's own log. The feature `log`. All languages have their lines from here.
//!
//! `lines` turns events into lines, `spans` knows what the threads are in, and `waiting` keeps lines for a host that takes
//! them on threads of its own.

mod lines;
mod spans;
mod waiting;

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use tracing::Metadata;
use tracing::level_filters::LevelFilter;

use lines::{Lines, number};
pub use waiting::{keep, take};

/// Whose events are lines: other libraries' may name what they were asked for.
const OURS: &str = "cloudauth_core";

/// From 0, none, to 5, trace.
static LEVEL: AtomicU8 = AtomicU8::new(0);

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

/// Reports nothing for 0; up to errors for 1, warnings for 2, infos for 3, each call for 4; everything for 5.
pub fn set_level(level: u8) {
    LEVEL.store(level, Ordering::Relaxed);
    tracing::callsite::rebuild_interest_cache();
}

fn wanted() -> LevelFilter {
    match LEVEL.load(Ordering::Relaxed) {
        0 => LevelFilter::OFF,
        1 => LevelFilter::ERROR,
        2 => LevelFilter::WARN,
        3 => LevelFilter::INFO,
        4 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    let ours = metadata.target().strip_prefix(OURS).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    ours && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
}
