//! A service in changing moods, well in the end.

use std::collections::VecDeque;
use std::time::Duration;

use super::chance::Chance;
use crate::quota::Admitted;
use crate::retry::{Failure, Once};

/// How long it is well in the end.
const WELL: Duration = Duration::from_secs(7);

#[derive(Clone, Copy, Debug)]
enum Mood {
    Well,
    /// So many requests in any second are let through.
    Quota(usize),
    Throttling(Option<Duration>),
    Down(Option<Duration>),
    /// Anything may happen to a request.
    Flaky,
}

#[derive(Debug)]
pub(super) struct Service {
    /// Each with when it begins.
    moods: Vec<(Duration, Mood)>,
    /// When requests were let through by a quota.
    recent: VecDeque<Duration>,
    pub(super) healed: Duration,
    pub(super) end: Duration,
}

/// What becomes of a request: its failure, and what its quota's owner hears of it.
pub(super) type Answer = (Option<Failure>, Option<Admitted>);

impl Service {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let (mut moods, mut begins) = (Vec::new(), Duration::ZERO);
        for _ in 0..chance.within(1..=4) {
            let asked = if chance.one_in(3) { Some(chance.millis(1..=1000)) } else { None };
            let quota = usize::try_from(chance.within(1..=20)).expect("a small number");
            let choices = [Mood::Well, Mood::Quota(quota), Mood::Throttling(asked), Mood::Down(asked), Mood::Flaky];
            moods.push((begins, chance.one_of(&choices)));
            begins += chance.millis(100..=3000);
        }
        moods.push((begins, Mood::Well));
        Self { moods, recent: VecDeque::new(), healed: begins, end: begins + WELL }
    }

    /// Whether no request can succeed.
    pub(super) fn fails_always(&self, now: Duration) -> bool {
        matches!(self.mood(now), Mood::Throttling(_) | Mood::Down(_))
    }

    fn mood(&self, now: Duration) -> Mood {
        self.moods.iter().rev().find(|(begins, _)| *begins <= now).expect("the first begins at 0").1
    }

    pub(super) fn answer(&mut self, now: Duration, chance: &mut Chance) -> Answer {
        let throttled = |retry_after| (Some(Failure::Pause { throttled: true, retry_after }), Some(Admitted::No));
        match self.mood(now) {
            Mood::Well => (None, Some(Admitted::Yes)),
            Mood::Quota(quota) => {
                self.recent.retain(|then| now < *then + Duration::from_secs(1));
                if self.recent.len() >= quota {
                    return throttled(None);
                }
                self.recent.push_back(now);
                (None, Some(Admitted::Yes))
            }
            Mood::Throttling(retry_after) => throttled(retry_after),
            Mood::Down(retry_after) => (Some(Failure::Pause { throttled: false, retry_after }), Some(Admitted::Yes)),
            Mood::Flaky => match chance.within(0..=9) {
                0..=2 => (None, Some(Admitted::Yes)),
                3 => throttled(None),
                // Lost on its way: nobody answered.
                4 => (Some(Failure::Pause { throttled: false, retry_after: None }), None),
                5 => (Some(Failure::Final), Some(Admitted::Yes)),
                _ => (Some(Failure::Once(chance.one_of(&REASONS))), Some(Admitted::Yes)),
            },
        }
    }
}

pub(super) const REASONS: [Once; 6] = [Once::Nonce, Once::Time, Once::Token, Once::Connection, Once::Reply, Once::Name];
