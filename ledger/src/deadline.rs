//! Until when what can be had: pure, with the time given.

use std::time::{Duration, SystemTime};

use cloudauth_core::journey::{RESULT_LIFETIME, START_LIFETIME, VIDEO_LIFETIME};

/// How long to wait for a callback before asking without one: a person who walks away causes none.
const CALLBACK_PATIENCE: Duration = Duration::from_mins(45);

/// Until when what can be had of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// The person may begin so long.
    pub start: SystemTime,
    /// The last moment at which there may be a video; `None` where there is none.
    pub video: Option<SystemTime>,
    pub result: SystemTime,
    /// When to ask although nobody called.
    pub silence: SystemTime,
}

impl Deadlines {
    /// `ended_at` is when the service announced the end, if it did. Before that, the person may finish at the last moment.
    pub fn new(began_at: SystemTime, ended_at: Option<SystemTime>, has_video: bool) -> Self {
        let start = after(began_at, START_LIFETIME);
        Self {
            start,
            video: has_video.then(|| after(ended_at.unwrap_or(start), VIDEO_LIFETIME)),
            result: after(began_at, RESULT_LIFETIME),
            silence: after(began_at, CALLBACK_PATIENCE),
        }
    }

    /// When something is lost next; the result's end where all is over.
    pub fn next_loss(&self, now: SystemTime) -> SystemTime {
        self.video.filter(|video| *video >= now && *video < self.result).unwrap_or(self.result)
    }
}

/// A time so far ahead that there is no other is over just then.
fn after(time: SystemTime, duration: Duration) -> SystemTime {
    time.checked_add(duration).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn the_video_goes_first_and_then_the_result() {
        let began = UNIX_EPOCH + Duration::from_hours(1_000_000);
        let at = |minutes| began + Duration::from_mins(minutes);
        let days = |days: u64| at(days * 24 * 60);
        // Without a callback, the person may finish at the last moment.
        let deadlines = Deadlines::new(began, None, true);
        assert_eq!((deadlines.start, deadlines.silence), (at(30), at(45)));
        assert_eq!(
            (deadlines.next_loss(began), deadlines.next_loss(at(60)), deadlines.next_loss(at(61))),
            (at(60), at(60), days(30))
        );
        // With one, the time is known.
        assert_eq!(Deadlines::new(began, Some(at(10)), true).next_loss(at(10)), at(40));
        assert_eq!(Deadlines::new(began, Some(at(10)), false).next_loss(at(10)), days(30));
        assert_eq!(deadlines.next_loss(days(31)), days(30));
    }

    #[test]
    fn no_time_is_too_far_away() {
        let far = UNIX_EPOCH + Duration::from_secs(i64::MAX.unsigned_abs());
        assert_eq!(Deadlines::new(far, Some(far), true).next_loss(UNIX_EPOCH), far);
    }
}
