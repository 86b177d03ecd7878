//! How long the service keeps what.

use std::time::Duration;

/// How long a transaction waits for the person, from its start.
pub const START_LIFETIME: Duration = Duration::from_mins(30);

/// How long the evidence video is kept, from when the person finished.
pub const VIDEO_LIFETIME: Duration = Duration::from_mins(30);

/// How long a result and its log are kept.
pub const RESULT_LIFETIME: Duration = Duration::from_hours(24 * 30);
