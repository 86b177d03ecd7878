//! A clock that jumps by hours, forth and back, while persons are still at it.

use std::thread;
use std::time::Duration;

use crate::clock::Clock;
use crate::flows::{begin, note};
use crate::service::{World, until};

#[test]
fn whose_time_is_over_by_a_wrong_clock_alone_is_still_waited_for() {
    let Some(clock) = Clock::new() else { return };
    let world = World::new();
    let flows = begin(&world.emulator, 3, |_| false);
    note(&world, &flows);
    let service = world.listen_by(&clock, &[]);
    for hours in [3, 0, -3, 0, 40 * 24, 0] {
        clock.set(hours * 3600);
        let before = world.emulator.stats().requests;
        // Ahead, all seem to be silent for too long, and are asked for.
        if hours > 0 {
            until(|| world.emulator.stats().requests >= before + flows.len() as u64);
        }
        thread::sleep(Duration::from_millis(300));
        assert_eq!((world.results().len(), service.get("/healthz").0), (0, 200), "{hours} hours");
    }
    for flow in &flows {
        world.emulator.finish(&flow.id, "200").unwrap();
        assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
    }
    world.until_results(flows.len());
    service.stop_in_order();
    assert!(world.results().values().all(|(lines, outcome)| *lines == 1 && outcome == "fetched"));
}
