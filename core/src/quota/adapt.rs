//! The rate that a service admits, learnt from what it throttles: pure, with time given.
//!
//! The rate falls when a request is throttled and grows back by a cubic curve, slowly near where it fell and faster beyond,
//! as TCP CUBIC does (RFC 9438). Where nothing is admitted any more, it falls on and stays there; once something is, it doubles
//! and doubles again up to that curve, as TCP's slow start does.

use std::time::Duration;

/// To what part of what was admitted the rate falls.
const FALL: f64 = 0.8;
/// How steeply it grows: the part of the former rate that a second cubed adds.
const GROWTH: f64 = 0.02;
/// Where nothing was admitted for a while, how long it takes to double once something is; seconds.
const DOUBLED: f64 = 0.5;
/// A service counts by the second: what is throttled in the second after a fall says nothing new.
const SETTLING: Duration = Duration::from_secs(1);
/// Slower than this no one asks whether the service is there again; requests a second.
const SLOWEST: f64 = 1.0;
/// Without throttling for so long, the limit is lifted.
const FORGOTTEN: Duration = Duration::from_mins(1);

/// Buckets of a tenth of a second, a second of them.
const BUCKETS: usize = 10;

#[derive(Debug, Default)]
pub(super) struct Adaptive {
    limit: Option<Limit>,
    sent: Meter,
    admitted: Meter,
}

#[derive(Clone, Copy, Debug)]
struct Limit {
    /// What was admitted before: near that, it grows slowly.
    reached: f64,
    /// What it fell to.
    fallen: f64,
    since: Duration,
    /// Nothing has been admitted since, so that it does not grow.
    barred: bool,
}

impl Limit {
    fn fallen_from(reached: f64, now: Duration) -> Self {
        Self { reached: reached.max(SLOWEST), fallen: (FALL * reached).max(SLOWEST), since: now, barred: false }
    }

    fn rate(self, now: Duration) -> f64 {
        if self.barred {
            return self.fallen;
        }
        let seconds = now.saturating_sub(self.since).as_secs_f64();
        let doubling = (FALL * self.reached / self.fallen).log2().max(0.0) * DOUBLED;
        if seconds < doubling {
            return self.fallen * (seconds / DOUBLED).exp2();
        }
        let plateau = ((1.0 - FALL) / GROWTH).cbrt();
        (self.reached * (1.0 + GROWTH * (seconds - doubling - plateau).powi(3))).max(SLOWEST)
    }
}

impl Adaptive {
    /// Requests a second, `None` where there is no limit.
    pub(super) fn rate(&mut self, now: Duration) -> Option<f64> {
        self.limit = self.limit.filter(|limit| now.saturating_sub(limit.since) < FORGOTTEN);
        self.limit.map(|limit| limit.rate(now))
    }

    pub(super) fn sent(&mut self, now: Duration) {
        self.sent.count(now);
    }

    /// A request that was sent at `sent` was not throttled.
    pub(super) fn admitted(&mut self, sent: Duration, now: Duration) {
        self.admitted.count(now);
        let admitted = self.admitted.last_second(now);
        let Some(limit) = &mut self.limit else { return };
        if sent <= limit.since {
            // On its way when the rate fell: more is admitted than was known then.
            let reached = if limit.barred { admitted } else { admitted.max(limit.reached) };
            *limit = Limit::fallen_from(reached, limit.since);
        } else if limit.barred {
            (limit.barred, limit.since) = (false, now);
        }
    }

    /// A request that was sent at `sent` was throttled.
    pub(super) fn throttled(&mut self, sent: Duration, now: Duration) {
        if self.limit.is_some_and(|limit| sent <= limit.since + SETTLING) {
            return;
        }
        let tried = self.rate(now).unwrap_or_else(|| self.sent.last_second(now));
        let admitted = self.admitted.last_second(now);
        let known = if admitted > 0.0 { admitted.min(tried) } else { tried / 2.0 };
        let mut limit = Limit::fallen_from(known, now);
        if admitted <= 0.0 {
            // The rate is too high, by how much is not known; what was admitted once may be admitted again.
            limit.barred = true;
            limit.reached = self.limit.map_or(limit.reached, |former| former.reached);
        }
        self.limit = Some(limit);
    }
}

/// Counts events of the last second.
#[derive(Debug, Default)]
struct Meter {
    counts: [u32; BUCKETS],
    last: u64,
}

impl Meter {
    fn count(&mut self, now: Duration) {
        let at = self.turn(now);
        self.counts[at] = self.counts[at].saturating_add(1);
    }

    fn last_second(&mut self, now: Duration) -> f64 {
        self.turn(now);
        self.counts.iter().map(|count| f64::from(*count)).sum()
    }

    /// Clears the buckets that are a second old, and gives the one of `now`.
    fn turn(&mut self, now: Duration) -> usize {
        let index = |tick: u64| usize::try_from(tick).unwrap_or(usize::MAX) % BUCKETS;
        let tick = u64::try_from(now.as_millis() / 100).unwrap_or(u64::MAX).max(self.last);
        for passed in (self.last + 1..=tick).rev().take(self.counts.len()) {
            self.counts[index(passed)] = 0;
        }
        self.last = tick;
        index(tick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    /// A service that admits `quota` requests in each second of its clock, and callers that send as fast as they may:
    /// requests sent and admitted in each second.
    fn run(quota: impl Fn(u64) -> u32, seconds: u64) -> Vec<(u32, u32)> {
        let mut adaptive = Adaptive::default();
        let (mut out, mut next) = (Vec::new(), Duration::ZERO);
        for second in 0..seconds {
            let (mut sent, mut admitted) = (0, 0);
            for tick in 0..1000 {
                let now = Duration::from_millis(second * 1000 + tick);
                while next <= now {
                    adaptive.sent(now);
                    sent += 1;
                    if admitted < quota(second) {
                        admitted += 1;
                        adaptive.admitted(now, now + MILLISECOND);
                    } else {
                        adaptive.throttled(now, now + MILLISECOND);
                    }
                    // Nobody sends more than a thousand in a second.
                    next = now + Duration::from_secs_f64(1.0 / adaptive.rate(now).unwrap_or(1000.0).min(1000.0));
                }
            }
            out.push((sent, admitted));
        }
        out
    }

    #[test]
    fn the_rate_settles_at_what_is_admitted() {
        for quota in [3, 10, 50, 400] {
            let seconds = run(|_| quota, 60);
            for (second, (sent, admitted)) in seconds.iter().enumerate().skip(2) {
                assert!(*sent <= quota * 3 / 2 + 1, "{quota}: {sent} sent in second {second}");
                assert!(*admitted <= quota);
            }
            let (sent, admitted) = seconds[2..].iter().fold((0, 0), |sum, second| (sum.0 + second.0, sum.1 + second.1));
            assert!(f64::from(sent) <= 1.1 * f64::from(admitted), "{quota}: {sent} sent for {admitted}");
            assert!(f64::from(admitted) >= 0.75 * f64::from(quota * 58), "{quota}: {admitted} admitted");
        }
    }

    #[test]
    fn it_falls_where_nothing_is_admitted_and_grows_back() {
        let seconds = run(|second| if (10..40).contains(&second) { 0 } else { 10 }, 70);
        let during: u32 = seconds[12..40].iter().map(|second| second.0).sum();
        assert!(during <= 40, "{during} requests while nothing is admitted");
        let after: u32 = seconds[50..70].iter().map(|second| second.1).sum();
        assert!(after >= 140, "{after} admitted in the 20 seconds that begin 10 after healing");
    }

    #[test]
    fn once_something_is_admitted_again_it_is_soon_as_fast_as_before() {
        for quota in [3, 10, 50, 400] {
            let seconds = run(|second| if (10..40).contains(&second) { 0 } else { quota }, 60);
            let admitted = |seconds: &[(u32, u32)]| seconds.iter().map(|second| second.1).sum::<u32>();
            let (before, after) = (admitted(&seconds[5..10]), admitted(&seconds[48..53]));
            assert!(after * 100 >= before * 95, "{quota}: {after} after {before}");
            for (sent, _) in &seconds[40..] {
                assert!(*sent <= quota * 3 / 2 + 1, "{quota}: {sent} sent in a second");
            }
        }
    }

    #[test]
    fn what_was_on_its_way_when_the_rate_fell_counts_too() {
        let (at, later) = (Duration::from_millis(100), Duration::from_millis(110));
        for known in [0, 5] {
            let mut adaptive = Adaptive::default();
            (0..1000).for_each(|_| adaptive.sent(at));
            (0..known).for_each(|_| adaptive.admitted(at, at));
            adaptive.throttled(at, at);
            (known..50).for_each(|_| adaptive.admitted(at, later));
            let rate = adaptive.rate(later).expect("a limit");
            assert!((40.0..41.0).contains(&rate), "{rate} where 50 were admitted, {known} before the first that was not");
        }
    }

    #[test]
    fn without_throttling_there_is_no_limit_and_an_old_one_is_forgotten() {
        let mut adaptive = Adaptive::default();
        assert_eq!(adaptive.rate(Duration::ZERO), None);
        for tick in 0..100 {
            adaptive.sent(Duration::from_millis(tick));
        }
        adaptive.throttled(Duration::from_millis(50), Duration::from_millis(100));
        let fallen = adaptive.rate(Duration::from_millis(100)).expect("a limit");
        assert!((39.9..40.1).contains(&fallen), "{fallen}");
        // On its way when the rate fell.
        adaptive.throttled(Duration::from_millis(99), Duration::from_millis(120));
        assert_eq!(adaptive.rate(Duration::from_millis(120)), Some(fallen));
        adaptive.throttled(Duration::from_millis(1101), Duration::from_millis(1120));
        assert!(adaptive.rate(Duration::from_millis(1120)) < Some(fallen));
        assert_eq!(adaptive.rate(Duration::from_secs(62)), None);
    }
}
