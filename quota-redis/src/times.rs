//! The server's clock, as a worker knows it.

/// How far the server's clock is from this process's, from the answers that came quickest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerClock {
    /// The server's time less the local one.
    offset: i64,
    /// How long its answer took: it is off by half of that at most.
    took: u64,
    /// When it was learnt, local.
    at: u64,
}

/// How much two clocks may drift apart: in a second, by a thousandth. Machines' clocks drift less.
const DRIFT: u64 = 1000;

impl ServerClock {
    /// The answer to what was sent at `sent` came at `now` and says that the server's clock was at `server`.
    pub(crate) fn learnt(known: Option<Self>, sent: u64, now: u64, server: u64) -> Self {
        let took = now.saturating_sub(sent);
        let fresh = Self { offset: signed(server) - signed(sent + took / 2), took, at: now };
        match known {
            // It is still the better one, unless the two contradict each other: then the server's clock was set.
            Some(known) if known.error(now) <= took && known.offset.abs_diff(fresh.offset) <= known.error(now) + took => known,
            _ => fresh,
        }
    }

    /// How far off it may be by `now`.
    fn error(self, now: u64) -> u64 {
        self.took + now.saturating_sub(self.at) / DRIFT
    }

    /// The server's time at the local time `now`.
    pub(crate) fn server(self, now: u64) -> u64 {
        now.saturating_add_signed(self.offset)
    }

    /// The local time at the server's time `at`.
    pub(crate) fn local(self, at: u64) -> u64 {
        at.saturating_add_signed(self.offset.saturating_neg())
    }
}

fn signed(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quickest_answer_counts_until_it_is_old_or_wrong() {
        let hour = 3_600_000_000;
        let quick = ServerClock::learnt(None, 1000, 1200, hour + 1100);
        assert_eq!((quick.server(1100), quick.local(hour + 1100)), (hour + 1100, 1100));
        // An answer that took longer says less.
        let after_slow = ServerClock::learnt(Some(quick), 2000, 12_000, hour + 2100);
        assert_eq!(after_slow.server(1100), hour + 1100);
        // One that took as long, much later, says more.
        let later = ServerClock::learnt(Some(quick), 10_000_000, 10_000_300, hour + 10_000_650);
        assert_eq!(later.server(10_000_150), hour + 10_000_650);
        // The server's clock was set back by an hour.
        let set_back = ServerClock::learnt(Some(quick), 20_000, 21_000, 20_500);
        assert_eq!(set_back.server(20_500), 20_500);
    }
}
