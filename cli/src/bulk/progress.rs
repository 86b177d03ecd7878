//! How far a run is, on stderr.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::time::{Duration, Instant, SystemTime};

use cloudauth_ledger::{Forecast, Ledger, Meter, time_left};

use crate::exit::Failure;
use crate::fetching::Tally;

/// How often people see it, and files.
const PERIODS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(10)];
/// How often it is counted how many come too late.
const FORECAST: Duration = Duration::from_secs(5);

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Facts {
    done: u64,
    all: u64,
    /// Transactions a second.
    rate: f64,
    time_left: Option<Duration>,
    /// They have failed for good.
    failed: u64,
    /// They were asked for in vain, and are left for another run.
    left: u64,
    /// They lose something before their turn.
    late: u64,
}

impl Facts {
    fn line(&self) -> String {
        let mut line = format!("{} of {}, {:.0} a second", self.done, self.all, self.rate);
        match self.time_left {
            Some(left) => drop(write!(line, ", {} left", humantime::format_duration(Duration::from_secs(left.as_secs())))),
            None => line.push_str(", time left not known"),
        }
        for (count, what) in
            [(self.failed, "failed"), (self.left, "put off for another run"), (self.late, "will expire before their turn")]
        {
            if count > 0 {
                // Writing to a String cannot fail.
                let _ = write!(line, ", {count} {what}");
            }
        }
        line
    }
}

/// Says on stderr how far a run is, from time to time.
#[derive(Debug)]
pub(crate) struct Progress {
    facts: Facts,
    begun: Instant,
    meter: Meter,
    is_terminal: bool,
    shown: Duration,
    forecast: Duration,
}

impl Progress {
    /// Of so many transactions, of which some are done.
    pub(crate) fn begin(done: u64, all: u64) -> Self {
        let facts = Facts { done, all, ..Facts::default() };
        let is_terminal = io::stderr().is_terminal();
        let zero = Duration::ZERO;
        Self { facts, begun: Instant::now(), meter: Meter::default(), is_terminal, shown: zero, forecast: zero }
    }

    pub(crate) fn count(&mut self, tally: Tally) {
        self.facts.done += u64::from(tally.done);
        self.facts.failed += u64::from(tally.failed);
        self.facts.left += u64::from(tally.left);
        self.meter.count(tally.done + tally.left, self.begun.elapsed());
    }

    /// Shows it, where it is time.
    pub(crate) fn show(&mut self, ledger: &Ledger) -> Result<(), Failure> {
        let now = self.begun.elapsed();
        if now < self.shown + PERIODS[usize::from(!self.is_terminal)] {
            return Ok(());
        }
        self.shown = now;
        self.facts.rate = self.meter.rate(now);
        let waiting = self.facts.all.saturating_sub(self.facts.done + self.facts.left);
        self.facts.time_left = time_left(waiting, self.facts.rate);
        if now >= self.forecast + FORECAST {
            self.forecast = now;
            self.facts.late = late(ledger, self.facts)?;
        }
        let mut stderr = io::stderr().lock();
        let line = self.facts.line();
        // Progress is not worth failing for.
        let _ = if self.is_terminal { write!(stderr, "\r\x1b[K{line}") } else { writeln!(stderr, "cloudauth: {line}") };
        Ok(())
    }

    /// Leaves a terminal's line.
    pub(crate) fn end(&self) {
        if self.is_terminal && !self.shown.is_zero() {
            let _ = writeln!(io::stderr());
        }
    }
}

/// How many lose something before their turn. What is lost later than the run ends comes in time.
fn late(ledger: &Ledger, facts: Facts) -> Result<u64, Failure> {
    let now = SystemTime::now();
    let Some(end) = facts.time_left.and_then(|left| now.checked_add(left)) else { return Ok(0) };
    let mut forecast = Forecast::new(now, facts.rate);
    ledger.losses(now, end, |loss| forecast.next(loss))?;
    Ok(forecast.late())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_there_is_to_say() {
        let facts = Facts { done: 5, all: 100, rate: 9.7, time_left: Some(Duration::from_millis(3_661_900)), ..Facts::default() };
        assert_eq!(facts.line(), "5 of 100, 10 a second, 1h 1m 1s left");
        let facts = Facts { time_left: None, failed: 1, left: 2, late: 3, ..facts };
        assert_eq!(
            facts.line(),
            "5 of 100, 10 a second, time left not known, 1 failed, 2 put off for another run, 3 will expire before their turn"
        );
    }
}
