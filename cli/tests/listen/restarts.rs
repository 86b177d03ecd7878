//! Callbacks by the hundred, and stops and kills among them. `CLOUDAUTH_LISTEN_CALLBACKS` says how many; `make soak-bulk` makes a
//! thousand.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::flows::{Flow, begin, note};
use crate::service::{Service, World, until};

/// Calls for each flow, from several threads, with a forged callback between any two; gives how long that took.
fn call_for(service: &Service, flows: &[Flow]) -> Duration {
    let (begun, next) = (Instant::now(), AtomicUsize::new(0));
    let call = || {
        while let Some(flow) = flows.get(next.fetch_add(1, Ordering::Relaxed)) {
            assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
            assert_eq!(service.get(&format!("/callback?transactionId={}&callbackToken=guess", flow.id)).0, 403);
        }
    };
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(call);
        }
    });
    begun.elapsed()
}

#[test]
fn after_a_storm_of_callbacks_and_a_stop_each_verification_is_fetched_once() {
    let count = std::env::var("CLOUDAUTH_LISTEN_CALLBACKS").map_or(250, |count| count.parse().expect("a whole number"));
    let world = World::new();
    let flows = begin(&world.emulator, count, |_| true);
    note(&world, &flows);
    let service = world.listen(&[]);
    let lasted = call_for(&service, &flows);
    let noted = service.metric("cloudauth_callbacks_total{outcome=\"noted\"}");
    service.stop_in_order();
    let before = world.results().len();
    println!("{count} callbacks and as many forged ones in {lasted:?}; {before} fetched before the stop");
    assert_eq!(noted, count as u64);
    assert!(before < count, "it stopped too late to show anything");
    // Nobody calls again.
    let service = world.listen(&[]);
    world.until_results(count);
    service.stop_in_order();
    assert!(world.results().values().all(|(lines, outcome)| *lines == 1 && outcome == "fetched"));
    let asked = world.asked();
    assert_eq!(asked.len(), count);
    assert!(asked.values().all(|times| *times == 1), "{:?}", asked.values().max());
}

#[test]
fn killed_it_repeats_at_most_what_was_in_flight() {
    const CONCURRENCY: usize = 4;
    let world = World::new();
    let flows = begin(&world.emulator, 80, |_| true);
    note(&world, &flows);
    let (concurrency, kills) = (CONCURRENCY.to_string(), 3);
    let listen = || world.listen(&["--concurrency", &concurrency]);
    let mut service = listen();
    call_for(&service, &flows);
    for kill in 1..=kills {
        until(|| world.results().len() >= kill * 18);
        service.kill();
        service = listen();
    }
    world.until_results(flows.len());
    service.stop_in_order();
    assert!(world.results().values().all(|(lines, outcome)| *lines == 1 && outcome == "fetched"));
    let asked = world.asked();
    let repeated = asked.values().sum::<usize>() - asked.len();
    assert_eq!(asked.len(), flows.len());
    assert!(repeated <= kills * CONCURRENCY, "{repeated} were repeated");
}

#[test]
fn what_is_archived_is_deleted_also_what_an_earlier_run_archived() {
    let world = World::new();
    let flows = begin(&world.emulator, 3, |_| true);
    note(&world, &flows);
    let service = world.listen(&[]);
    assert_eq!(service.get(&format!("/callback?{}", flows[0].query())).0, 200);
    world.until_results(1);
    service.stop_in_order();
    let deleting = || world.listen(&["--then-delete", "All"]);
    let mut service = deleting();
    for flow in &flows[1..] {
        assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
    }
    world.until_results(3);
    until(|| world.deleted().len() == 3);
    // It is killed, and begins again.
    service.kill();
    service = deleting();
    until(|| service.metric("cloudauth_fetches_under_way") == 0);
    service.stop_in_order();
    assert!(world.deleted().values().all(|times| *times == 1), "{:?}", world.deleted());
    let lines = world.lines();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line["deletion"] == "deleted" && line["afterwards"] == "absent"), "{lines:?}");
}
