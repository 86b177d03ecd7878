//! Time and chance, injected.

use std::fmt::{self, Write};
use std::ops::Deref;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::catalogue::Kind;
use crate::digest;
use crate::error::{Error, Result};
use crate::tree::Text;

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

/// How far the service's clock is from this machine's, as far as it is known.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// What is known of it, in milliseconds.
    pub(crate) fn known(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// The service's time, by `clock`.
    pub(crate) fn corrected(&self, clock: &dyn Clock) -> SystemTime {
        let milliseconds = self.known();
        let offset = Duration::from_millis(milliseconds.unsigned_abs());
        let now = clock.now();
        let corrected = if milliseconds < 0 { now.checked_sub(offset) } else { now.checked_add(offset) };
        corrected.unwrap_or(now)
    }

    /// Takes over the service's `date`; says whether it differs from what was `assumed` when the request was signed by more than
    /// a header's whole seconds and its way here can explain. Another call may have learnt it meanwhile.
    pub(crate) fn learn(&self, clock: &dyn Clock, date: SystemTime, assumed: i64) -> bool {
        let millis = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        let told = millis(date).saturating_sub(millis(clock.now()));
        let differs = |from: i64| told.abs_diff(from) > 5_000;
        if differs(self.known()) {
            self.0.store(told, Ordering::Relaxed);
        }
        differs(assumed)
    }
}

/// `yyyy-MM-ddTHH:mm:ssZ`, as both signatures want it.
pub(crate) fn signing_date(time: SystemTime) -> Text {
    // Whole seconds; what lies before 1970 or behind 9999 is as wrong as 1970 to the service, and does not panic.
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().min(253_402_300_799));
    let mut date = Text::default();
    // Writing to a text cannot fail.
    let _ = write!(date, "{}", humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(seconds)));
    date
}

/// 32 lower-case hexadecimal digits.
pub(crate) struct Nonce([u8; 32]);

impl Deref for Nonce {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

pub(crate) fn nonce(clock: &dyn Clock) -> Result<Nonce> {
    let mut digits = [0; 32];
    for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(clock.random()?) {
        *pair = digest::digits(byte);
    }
    Ok(Nonce(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_corrected_once() {
        let (skew, clock) = (Skew::default(), SystemClock);
        let theirs = |clock: &SystemClock, hours: u64| clock.now() + Duration::from_hours(hours);
        assert!(skew.learn(&clock, theirs(&clock, 24), skew.known()));
        let corrected = skew.corrected(&clock).duration_since(clock.now()).expect("ahead");
        assert!(corrected.abs_diff(Duration::from_hours(24)) < Duration::from_secs(1));
        // Told again, it is nothing new: another request would meet the same refusal.
        assert!(!skew.learn(&clock, theirs(&clock, 24), skew.known()));
        // A request that was signed before may be sent again, although another's refusal came first.
        assert!(skew.learn(&clock, theirs(&clock, 24), 0));
        assert!(skew.learn(&clock, clock.now() - Duration::from_hours(3), skew.known()));
        assert!(skew.corrected(&clock) < clock.now());
    }

    #[test]
    fn dates_are_utc_seconds_whatever_the_clock_says() {
        let date = |seconds| signing_date(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(date(1_698_315_752), "2023-10-26T10:22:32Z");
        assert_eq!(date(1 << 45), "9999-12-31T23:59:59Z");
        assert_eq!(signing_date(UNIX_EPOCH - Duration::from_secs(1)), "1970-01-01T00:00:00Z");
    }
}
