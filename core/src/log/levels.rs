// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

use tracing::level_filters::LevelFilter;

/// Levels by their numbers.
pub(super) const LEVELS: [LevelFilter; 6] =
    [LevelFilter::OFF, LevelFilter::ERROR, LevelFilter::WARN, LevelFilter::INFO, LevelFilter::DEBUG, LevelFilter::TRACE];
