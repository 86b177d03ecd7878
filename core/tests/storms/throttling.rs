//! A quota that the client must find out.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};

#[tokio::test(flavor = "multi_thread")]
async fn the_rate_settles_at_what_the_service_admits() {
    let storms = [3, 10, 50].map(|quota| {
        let emulator = emulator(Some(quota));
        let client = builder(&emulator).build().unwrap();
        (quota, emulator, Callers::start(client, Duration::from_millis(1)))
    });
    tokio::time::sleep(Duration::from_secs(15)).await;
    for (quota, emulator, callers) in &storms {
        let outcomes = callers.judge(&[Kind::Throttled, Kind::Timeout]);
        let arrivals = Arrivals::of(emulator);
        let second = Duration::from_secs(1);
        println!("{quota}: {outcomes:?} {:?} {:?} per call {} strict {}", (0..15).map(|s| arrivals.rate(Duration::from_secs(s), second)).collect::<Vec<_>>(), (0..15).map(|s| arrivals.success_rate(Duration::from_secs(s), second)).collect::<Vec<_>>(),
          arrivals.attempts_per_call(second, Duration::from_secs(14)), callers.client().stats().retries);
    }
}
