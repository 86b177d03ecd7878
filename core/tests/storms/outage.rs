//! A service that is down.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};
use crate::trouble;

#[tokio::test(flavor = "multi_thread")]
async fn retries_cease_in_an_outage_and_all_goes_on_after_it() {
    let emulator = emulator(None);
    let client = builder(&emulator).build().unwrap();
    let callers = Callers::start(client, Duration::from_secs(1));
    let (calm, healed) = (Duration::from_secs(3), Duration::from_secs(10));
    tokio::time::sleep(calm).await;
    emulator.set_faults(vec!["json-503".parse().unwrap()], None, 0).unwrap();
    tokio::time::sleep(trouble()).await;
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    tokio::time::sleep(healed).await;
    let outcomes = callers.judge(&[Kind::Unavailable]);
    let arrivals = Arrivals::of(&emulator);
    let second = Duration::from_secs(1);
        println!("{outcomes:?} {:?} {:?} per call {}", (0..19).map(|s| arrivals.rate(Duration::from_secs(s), second)).collect::<Vec<_>>(), (0..19).map(|s| arrivals.success_rate(Duration::from_secs(s), second)).collect::<Vec<_>>(),
          arrivals.attempts_per_call(calm+second, calm+trouble()));
}
