//! A quota that the client must find out.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};
use crate::trouble;

/// The quotas of the service's operations.
const QUOTAS: [u32; 3] = [3, 10, 50];

#[tokio::test(flavor = "multi_thread")]
async fn the_rate_settles_at_what_the_service_admits() {
    let storms = QUOTAS.map(|quota| {
        let emulator = emulator(Some(quota));
        let client = builder(&emulator).build().unwrap();
        (quota, Callers::start(&client, Duration::from_millis(1)), emulator)
    });
    let (first, settled) = (Duration::from_secs(1), Duration::from_secs(10));
    tokio::time::sleep(settled + trouble()).await;

    for (quota, callers, emulator) in &storms {
        let arrivals = Arrivals::of(emulator);
        let outcomes = callers.judge(&[Kind::Throttled, Kind::Timeout]);
        let per_call = arrivals.attempts_per_call(first, settled + trouble());
        let sent = arrivals.rate(settled, trouble());
        let admitted = arrivals.success_rate(settled, trouble());
        println!("{quota} a second admitted: {sent:.1} sent, {admitted:.1} taken, {per_call:.3} per call; calls: {outcomes:?}");
        assert!(per_call <= 1.1, "{quota}: {per_call} attempts per call");
        assert!(sent <= 1.5 * f64::from(*quota), "{quota}: {sent} sent");
        assert!(admitted >= 0.5 * f64::from(*quota), "{quota}: {admitted} taken, it is not used up");
    }
}
