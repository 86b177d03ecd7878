//! A fleet on one quota, simulated: real [`Worker`](cloudauth_quota_redis::Worker)s and the script's model, with a network that
//! takes its time, clocks that drift, workers that pause and crash, and a server that fails over. What is sent never passes the
//! rate, and uses it.
//!
//! Outages take up to half of the time in some runs, and each costs a few seconds: the permits that are under way must be used up
//! before the workers live on their shares, and all workers must be back before the server gives any.
//!
//! A seed that breaks a rule is printed; `CLOUDAUTH_SIMULATION_SEED` runs it alone, and `CLOUDAUTH_SIMULATION_SEEDS` more than
//! a hundred. `CLOUDAUTH_SIMULATION_PLOTS` names a folder
//! for plots of a run of each kind.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "a simulation's numbers are small"
)]

mod chance;
mod fleet;
#[path = "../support/model.rs"]
mod model;
mod plot;
mod rules;

use std::env;

use fleet::{Faults, Fleet, Scenario};

fn seeds(count: u64) -> Vec<u64> {
    match env::var("CLOUDAUTH_SIMULATION_SEED") {
        Ok(seed) => vec![seed.parse().expect("a number")],
        Err(_) => (0..count).collect(),
    }
}

/// Runs a scenario once for each seed. At least so much of the rate is to be used, in percent.
fn run(scenario: &Scenario, count: u64, used: u64) {
    let (mut least, mut most, mut all) = (100.0_f64, 0, Vec::new());
    for seed in seeds(count) {
        let history = Fleet::new(scenario, seed).run();
        let found = rules::most_in_a_second(&history.sent);
        let share = history.sent.len() as f64 * 100.0 / (scenario.rate * scenario.seconds) as f64;
        let allowed = rules::allowed(scenario);
        assert!(
            found <= allowed,
            "{} seed {seed}: {found} in a second, {allowed} allowed; {}",
            scenario.name,
            rules::violation(&history, allowed)
        );
        assert!(share >= used as f64, "{} seed {seed}: {share:.1} % of the rate was used", scenario.name);
        (least, most) = (least.min(share), most.max(found));
        all.push(share);
        if seed == 0
            && let Some(folder) = env::var_os("CLOUDAUTH_SIMULATION_PLOTS")
        {
            plot::write(folder.as_ref(), scenario, &history);
        }
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let Scenario { name, rate, .. } = scenario;
    println!("{name} at {rate}: {mean:.1} % used on average, {least:.1} % at least; {most} in a second at most");
}

const CALM: Scenario = Scenario { name: "calm", rate: 10, workers: 16, callers: 1, seconds: 60, faults: Faults::NONE };

#[test]
fn a_small_fleet_uses_its_rate_and_evenly() {
    for rate in [3, 10, 50, 1000] {
        run(&Scenario { rate, callers: rate.div_ceil(5), ..CALM }, 20, 95);
        let history = Fleet::new(&Scenario { rate, callers: rate.div_ceil(5), ..CALM }, 1).run();
        let (least, most) = rules::fairness(&history.by_worker);
        assert!(least * 5 >= most * 4, "{rate}: a worker got {least}, another {most}");
    }
}

#[test]
fn drift_pauses_crashes_and_failovers_do_not_pass_the_rate() {
    let seeds = env::var("CLOUDAUTH_SIMULATION_SEEDS").map_or(100, |seeds| seeds.parse().expect("a number"));
    for rate in [3, 10, 50, 1000] {
        let faults = Faults { failovers: true, pauses: true, crashes: true };
        run(&Scenario { name: "small", rate, callers: rate.div_ceil(5), seconds: 120, faults, ..CALM }, seeds, 70);
    }
}

#[test]
fn ten_thousand_workers_share_one_quota() {
    for rate in [10, 1000] {
        let large = Scenario { name: "calm-10000", rate, workers: 10_000, seconds: 90, ..CALM };
        run(&large, 1, 95);
        let faults = Faults { failovers: true, pauses: true, crashes: true };
        run(&Scenario { name: "faults-10000", faults, seconds: 150, ..large }, 1, 70);
    }
}

#[test]
fn one_worker_alone_uses_the_rate() {
    for rate in [1, 3, 10, 50, 1000] {
        run(&Scenario { name: "one", rate, workers: 1, callers: rate.div_ceil(2), ..CALM }, 5, 95);
    }
}
