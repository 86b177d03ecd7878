//! How often the caller hears how far a video has come.

use std::time::{Duration, Instant};

use crate::error::Result;
use crate::receiver::Progress;

const PERIOD: Duration = Duration::from_millis(100);

pub(super) struct Pace<'a> {
    progress: &'a Progress,
    last: Option<Instant>,
}

impl<'a> Pace<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        Self { progress, last: None }
    }

    /// Reports the first bytes, the last ones, and others at their time.
    pub(super) fn report(&mut self, received: u64, total: u64, now: Instant) -> Result<()> {
        let is_early = self.last.is_some_and(|last| now.saturating_duration_since(last) < PERIOD);
        if is_early && received < total {
            return Ok(());
        }
        self.last = Some(now);
        self.progress.report(received, total)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn ten_reports_a_second_and_the_last_one_at_once() {
        let (sender, reports) = channel();
        let progress = Progress::new(move |received, total| Ok(sender.send((received, total))?));
        let (mut pace, begun) = (Pace::new(&progress), Instant::now());
        for (received, ms) in [(1, 0), (2, 1), (3, 99), (4, 100), (5, 199), (6, 250), (7, 251), (8, 260)] {
            pace.report(received, 8, begun + Duration::from_millis(ms)).unwrap();
        }
        assert_eq!(reports.try_iter().collect::<Vec<_>>(), [(1, 8), (4, 8), (6, 8), (8, 8)]);
    }
}
