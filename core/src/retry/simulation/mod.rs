//! Retries, their budget and the pace of requests together, against a service in every mood: a hundred thousand stories of a
//! client, each told by its seed alone, in a time that passes only here.
//!
//! A story that breaks a rule prints its seed; `CLOUDAUTH_SIMULATION_SEED=<seed> cargo test -p cloudauth-core simulation --
//! --nocapture` tells that one again, event by event.

mod chance;
mod client;
mod rules;
mod service;

use std::thread;

use client::Client;

const SEEDS: u64 = 100_000;

/// Says which story failed.
struct Story(u64);

impl Story {
    fn tell(&self, aloud: bool) {
        Client::new(self.0, aloud).run();
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("a rule is broken: tell it again with CLOUDAUTH_SIMULATION_SEED={}", self.0);
        }
    }
}

#[test]
fn the_rules_hold_in_every_story() {
    if let Ok(seed) = std::env::var("CLOUDAUTH_SIMULATION_SEED") {
        return Story(seed.parse().expect("CLOUDAUTH_SIMULATION_SEED must be a whole number")).tell(true);
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || (0..SEEDS).skip(worker).step_by(workers).for_each(|seed| Story(seed).tell(false)));
        }
    });
}
