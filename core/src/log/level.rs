//! Which events are lines.

use std::sync::atomic::{AtomicU8, Ordering};

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};

use super::levels::LEVELS;

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
    let position = LEVELS.iter().position(|other| *other == level).unwrap_or_default();
    u8::try_from(position).unwrap_or(u8::MAX)
}

pub(super) fn wanted() -> LevelFilter {
    LEVELS.get(usize::from(LEVEL.load(Ordering::Relaxed))).copied().unwrap_or(LevelFilter::TRACE)
}

pub(super) fn is_wanted(metadata: &Metadata<'_>) -> bool {
    let ours = metadata.target().strip_prefix(OURS).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    ours && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
}
