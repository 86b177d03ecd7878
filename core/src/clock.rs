//! Time and chance, injected.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// Where a request's date and nonce come from.
pub trait Clock: fmt::Debug + Send + Sync {
    fn now(&self) -> SystemTime;

    /// Sixteen bytes that no request had before.
    fn random(&self) -> Result<[u8; 16]>;
}

/// The system's clock and random numbers. These come from the operating system each time, so that a forked child does
/// not repeat its parent's.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> Result<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| Error::new(Kind::Io, "the operating system gave no random bytes for a nonce"))?;
        Ok(bytes)
    }
}

/// `yyyy-MM-ddTHH:mm:ssZ`, as both signatures want it.
pub(crate) fn signing_date(time: SystemTime) -> String {
    // Whole seconds; what lies before 1970 or behind 9999 is as wrong as 1970 to the service, and does not panic.
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().min(253_402_300_799));
    humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
}

/// 32 lower-case hexadecimal digits.
pub(crate) fn nonce(clock: &dyn Clock) -> Result<String> {
    Ok(format!("{:032x}", u128::from_be_bytes(clock.random()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_utc_seconds_whatever_the_clock_says() {
        let date = |seconds| signing_date(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(date(1_698_315_752), "2023-10-26T10:22:32Z");
        assert_eq!(date(1 << 45), "9999-12-31T23:59:59Z");
        assert_eq!(signing_date(UNIX_EPOCH - Duration::from_secs(1)), "1970-01-01T00:00:00Z");
    }
}
