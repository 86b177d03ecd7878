//! What a worker asks the script, and what that answers.

use crate::resp::Value;

/// The script, for `EVAL`.
pub const SCRIPT: &str = include_str!("quota.lua");

/// How far ahead a permit may lie.
pub(crate) const HORIZON: u64 = 10_000_000;
/// How much of the rate one request may take: a tenth of a second's worth.
pub(crate) const LEASE: u64 = 100_000;

/// A worker's request. Times are the server's, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Between two permits.
    pub interval: u64,
    /// Permits; 0 is a sign of life.
    pub wanted: u64,
    /// After that nobody waits for the answer; 0 where the server's time is not known yet.
    pub deadline: u64,
    /// Until when permits were given, as far as the worker knows.
    pub known: u64,
    /// How long all workers take to come back to a server.
    pub grace: u64,
    /// The worker has lived on its own share since it was last answered.
    pub alone: bool,
}

impl Ask {
    /// The arguments of the script, after the worker's id.
    pub fn arguments(&self) -> [String; 7] {
        let Self { interval, wanted, deadline, known, grace, alone } = *self;
        [interval, wanted, HORIZON, deadline, known, grace, alone.into()].map(|number| number.to_string())
    }
}

/// The script's answer. Times are the server's, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    pub permits: u64,
    /// When the first of them may be used.
    pub slot: u64,
    pub now: u64,
    /// When the next one is free.
    pub free: u64,
    /// The worker's place.
    pub place: u64,
    /// How many there are; 0 where the request came too late to be looked at.
    pub places: u64,
    /// How many there were before the number changed; 0 where there was no server before.
    pub before: u64,
    /// From when on all workers know how many there are.
    pub settled: u64,
    /// Until when the worker may live on its share, as all do; the permits begin then.
    pub shares: u64,
}

impl Granted {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let Value::List(values) = value else { return None };
        let mut numbers = [0; 9];
        if values.len() != numbers.len() {
            return None;
        }
        for (number, value) in numbers.iter_mut().zip(values) {
            let Value::Integer(read) = value else { return None };
            *number = u64::try_from(*read).ok()?;
        }
        let [permits, slot, now, free, place, places, before, settled, shares] = numbers;
        Some(Self { permits, slot, now, free, place, places, before, settled, shares })
    }
}
