//! A thousand callers of one client, over real sockets, while the service throttles or is down.
//!
//! What is judged is what the emulator saw arrive, by its own clock. Waits are shortened by options alone. The trouble lasts
//! a few seconds; `CLOUDAUTH_STORM_SECONDS` makes it longer, and `make soak-storms` a minute.

mod arrivals;
mod callers;

mod outage;
mod quota;
mod throttling;

use std::time::Duration;

/// Before the trouble, and after it.
const CALM: Duration = Duration::from_secs(2);
const HEALED: Duration = Duration::from_secs(10);

/// How long the trouble lasts.
fn trouble() -> Duration {
    let given = std::env::var("CLOUDAUTH_STORM_SECONDS");
    Duration::from_secs(given.map_or(6, |seconds| seconds.parse().expect("CLOUDAUTH_STORM_SECONDS must be a whole number")))
}
