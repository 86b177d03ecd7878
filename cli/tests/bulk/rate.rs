use std::time::Duration;

use cloudauth_emulator::Attempt;

use crate::long;
use crate::support::emulator;
use crate::world::{World, passing};

const SECOND: Duration = Duration::from_secs(1);

/// The most that arrived in any second, wherever it begins, and how many did a second, of the attempts from the first on.
pub(crate) fn arrivals(attempts: &[Attempt]) -> (usize, f64) {
    let mut at: Vec<_> = attempts.iter().map(|attempt| attempt.at).collect();
    at.sort_unstable();
    let mut most = 0;
    let mut first = 0;
    for (index, time) in at.iter().enumerate() {
        while time.saturating_sub(at[first]) >= SECOND {
            first += 1;
        }
        most = most.max(index + 1 - first);
    }
    let lasted = at.last().zip(at.first()).map_or(Duration::MAX, |(last, first)| last.saturating_sub(*first));
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let rate = (at.len() - 1) as f64 / lasted.as_secs_f64();
    (most, rate)
}

/// Not more than so many calls can be late on their way at once, so that the machine's pace has no part in this.
const CONCURRENCY: &str = "4";

#[test]
fn the_rate_is_kept_in_every_second_and_used() {
    // A machine that is busy with other tests wakes late, and what is missed is not made up for. The long form has it for itself.
    let (seconds, used) = if long::is_asked() { (60, 0.95) } else { (3, 0.6) };
    for rate in [50_u32, 200] {
        let world = World::new(emulator(), passing(seconds * rate as usize));
        let run = world.run(&["--in", "ids.csv", "--rate", &rate.to_string(), "--concurrency", CONCURRENCY]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let (most, mean) = arrivals(&world.emulator.attempts());
        let limit = rate + (rate / 100).max(1);
        println!("{rate} a second asked for: {mean:.1} on average, at most {most}");
        assert!(most <= limit as usize, "{most} in a second, where {limit} may be");
        assert!(mean >= used * f64::from(rate), "{mean} of {rate} a second");
    }
}
