//! What must hold of what was sent.

use crate::fleet::{History, SECOND, Scenario};

/// The most that was sent in any second.
pub(crate) fn most_in_a_second(sent: &[u64]) -> u64 {
    let (mut first, mut most) = (0, 0);
    for (last, time) in sent.iter().enumerate() {
        while sent[first] + SECOND <= *time {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most as u64
}

/// One more than the rate, or 1 %. A server that lost what it knew may cost a further one; and workers that stood still while
/// the server came back live on their shares until they have noticed, for half a second at most: seldom more than two do.
pub(crate) fn allowed(scenario: &Scenario) -> u64 {
    let Scenario { rate, workers, faults, .. } = *scenario;
    let late = if faults.failovers && faults.pauses { rate.div_ceil(workers as u64) } else { 0 };
    (rate + 1).max(rate * 101 / 100) + u64::from(faults.failovers) + late
}

/// The least and the most that a worker sent.
pub(crate) fn fairness(by_worker: &[u64]) -> (u64, u64) {
    (by_worker.iter().copied().min().unwrap_or_default(), by_worker.iter().copied().max().unwrap_or_default())
}

/// The first second that holds more than is allowed, for a message: who sent what by when, and when the server was down.
pub(crate) fn violation(history: &History, allowed: u64) -> String {
    let first = history.sent.windows(allowed as usize + 1).position(|window| window[allowed as usize] < window[0] + SECOND);
    let Some(first) = first else { return String::new() };
    let from = history.sent[first];
    let sent = history.sent[first..].iter().take_while(|time| **time < from + SECOND).take(40);
    let sent: Vec<_> = sent.map(|time| (time - from, history.own.binary_search(time).is_ok())).collect();
    let within = |times: &[u64]| times.iter().filter(|time| (from..from + SECOND).contains(time)).count();
    let (all, own) = (within(&history.sent), within(&history.own));
    format!("from {from} {all}, {own} of them of shares: {sent:?}; outages {:?}", history.outages)
}
