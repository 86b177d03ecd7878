//! When to ask again: pure.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(2);
/// Less than the ledger takes for a clock that was set back.
const LONGEST: Duration = Duration::from_mins(30);

/// The pause after so many failures.
pub(super) fn pause(failures: u32) -> Duration {
    FIRST.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_an_hour() {
        assert_eq!([0, 1, 4, 9, 10, u32::MAX].map(|failures| pause(failures).as_secs()), [2, 4, 32, 1024, 1800, 1800]);
    }
}
