//! A service that is down.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};
use crate::{CALM, HEALED, trouble};

/// Callers rest between two calls, so that it is they and not this machine who set how many there are.
#[tokio::test(flavor = "multi_thread")]
async fn retries_cease_in_an_outage_and_all_goes_on_after_it() {
    let (second, window) = (Duration::from_secs(1), Duration::from_secs(2));
    let emulator = emulator(None);
    let client = builder(&emulator).build().unwrap();
    let callers = Callers::start(&client, Duration::from_secs(2));
    tokio::time::sleep(window + CALM).await;
    emulator.set_faults(vec!["json-503".parse().unwrap()], None, 0).unwrap();
    tokio::time::sleep(trouble()).await;
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    tokio::time::sleep(HEALED).await;

    let arrivals = Arrivals::of(&emulator);
    let outcomes = callers.judge(&[Kind::Unavailable]);
    let (begins, ends) = (window + CALM, window + CALM + trouble());
    let per_call = arrivals.attempts_per_call(begins + second, ends);
    let before = arrivals.success_rate(window, CALM);
    let after = |begin: u32| arrivals.success_rate(ends + Duration::from_millis(500) * begin, window);
    let healed = (0..=16).position(|begin| after(begin) >= 0.95 * before);
    println!("outage: {per_call:.3} per call; {before:.1} results a second before, {:.1} after; calls: {outcomes:?}", after(16));
    assert!(per_call <= 1.1, "{per_call} attempts per call");
    assert!(healed.is_some(), "{before} results a second before, {} ten seconds after", after(16));
}
