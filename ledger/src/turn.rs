//! Whose turn is next: pure, with the time given.

use std::time::SystemTime;

use crate::time::to_millis;

/// A transaction's place in the order. The smaller comes first: what will be lost soonest, then what is lost already by the
/// clock, the latest of it first. Clocks err, so nothing is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    is_lost: bool,
    /// Milliseconds, from 1970 or back to it.
    distance: i64,
    number: i64,
}

impl Turn {
    /// `loss`: when something of it is lost next.
    pub fn new(loss: SystemTime, number: i64, now: SystemTime) -> Self {
        Self::of_millis(to_millis(loss), number, to_millis(now))
    }

    pub(crate) fn of_millis(loss: i64, number: i64, now: i64) -> Self {
        let is_lost = loss < now;
        if is_lost { Self { is_lost, distance: -loss, number: -number } } else { Self { is_lost, distance: loss, number } }
    }
}

/// One pass over all that is open, in the order as of its beginning; it comes to each once, however long it takes.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    pub(crate) now: i64,
    /// The last that was given: its loss and number.
    pub(crate) last: Option<(i64, i64)>,
}

impl Pass {
    pub fn begin(now: SystemTime) -> Self {
        Self { now: to_millis(now), last: None }
    }

    /// Whether what is left is lost already.
    pub(crate) fn is_among_lost(&self) -> bool {
        self.last.is_some_and(|(loss, _)| loss < self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_soonest_comes_first_and_what_is_lost_last() {
        let mut order = [(90, 1), (100, 2), (300, 3), (100, 4), (50, 5), (90, 6), (200, 7)];
        order.sort_by_key(|(loss, number)| Turn::of_millis(*loss, *number, 100));
        assert_eq!(order.map(|(_, number)| number), [2, 4, 7, 3, 6, 1, 5]);
    }
}
