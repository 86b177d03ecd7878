//! A quota that the client was told.

use std::time::Duration;

use cloudauth_core::Kind;

use crate::arrivals::Arrivals;
use crate::callers::{Callers, builder, emulator};
use crate::{CALM, HEALED, trouble};

const QUOTA: usize = 10;

/// Ten a second keep a thousand callers waiting: most of their calls end without a request, at their time limit.
#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_kept_whatever_the_service_answers() {
    let emulator = emulator(None);
    let client = builder(&emulator).qps(QUOTA).timeout(Duration::from_secs(3)).build().unwrap();
    let callers = Callers::start(&client, Duration::from_millis(1));
    tokio::time::sleep(CALM).await;
    emulator.set_faults(vec!["throttle".parse().unwrap()], None, 0).unwrap();
    tokio::time::sleep(trouble()).await;
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    tokio::time::sleep(HEALED).await;

    let arrivals = Arrivals::of(&emulator);
    let outcomes = callers.judge(&[Kind::Throttled, Kind::Timeout]);
    let (busiest, after) = (arrivals.busiest_second(), arrivals.rate(CALM + trouble() + HEALED / 2, HEALED / 2));
    println!("quota of {QUOTA}: {busiest} in the busiest second, {after:.1} a second in the end; calls: {outcomes:?}");
    assert!(busiest <= QUOTA + 1, "{busiest} in a second");
    // A timer that is late on a busy machine costs some.
    assert!(after >= 7.0, "{after} a second in the end: it is not used up");
}
