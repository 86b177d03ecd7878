//! A quota that the client was told.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};
use crate::trouble;

const QUOTA: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_kept_whatever_the_service_answers() {
    let emulator = emulator(None);
    let client = builder(&emulator).qps(QUOTA).timeout(Duration::from_secs(20)).build().unwrap();
    let callers = Callers::start(client, Duration::from_millis(1));
    let (calm, healed) = (Duration::from_secs(3), Duration::from_secs(10));
    tokio::time::sleep(calm).await;
    emulator.set_faults(vec!["throttle".parse().unwrap()], None, 0).unwrap();
    tokio::time::sleep(trouble()).await;
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    tokio::time::sleep(healed).await;

    let outcomes = callers.judge(&[Kind::Throttled, Kind::Timeout]);
    let arrivals = Arrivals::of(&emulator);
    let second = Duration::from_secs(1);
    println!("busiest second: {}; {outcomes:?}; {:?}", arrivals.busiest_second(), (0..(calm+trouble()+healed).as_secs()).map(|s| arrivals.rate(Duration::from_secs(s), second)).collect::<Vec<_>>());
    assert!(arrivals.busiest_second() <= QUOTA + 1);
}
