//! Which events are lines.

use std::sync::atomic::{AtomicU8, Ordering};

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};

/// Whose events are lines: other libraries' may name what they were asked for.
const OURS: &str = "cloudauth_core";

/// From 0, none, to 5, trace.
static LEVEL: AtomicU8 = AtomicU8::new(0);

/// Reports nothing for 0; up to errors for 1, warnings for 2, infos for 3, each call for 4; everything for 5.
pub fn set_level(level: u8) {
    LEVEL.store(level, Ordering::Relaxed);
    tracing::callsite::rebuild_interest_cache();
}

pub(super) fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

pub(super) fn wanted() -> LevelFilter {
    match LEVEL.load(Ordering::Relaxed) {
        0 => LevelFilter::OFF,
        1 => LevelFilter::ERROR,
        2 => LevelFilter::WARN,
        3 => LevelFilter::INFO,
        4 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

pub(super) fn is_wanted(metadata: &Metadata<'_>) -> bool {
    let ours = metadata.target().strip_prefix(OURS).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    ours && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
}
