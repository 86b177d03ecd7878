//! Events of calls and attempts, as a listener gets them.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, SystemTime};

use crate::support::{builder, request};
use cloudauth_core::{CallContext, CallOptions, Clock, Event, Kind, Result, SystemClock, blocking, take_events};
use cloudauth_emulator::{Emulator, Options};

const LONG: Duration = Duration::from_secs(30);
/// Whoever takes events takes all of this process's.
static TAKING: Mutex<()> = Mutex::new(());

/// As `tests/log/events.txt` has it.
fn line(event: &Event) -> String {
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let parts = [
        event.operation.clone(),
        text(event.attempt.map(|number| number.to_string())),
        event.attempts.to_string(),
        text(event.kind.map(|kind| kind.name().to_owned())),
        text(event.code.clone()),
        text(event.http_status.map(|status| status.to_string())),
    ];
    parts.join(" ") + "\n"
}

fn emulator() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

// Finding E6
#[test]
fn a_listener_gets_the_events_of_every_language() {
    let _alone = TAKING.lock();
    let emulator = emulator();
    let (sender, events) = channel();
    let builder = builder(emulator.endpoint()).max_attempts(2).throttle_base(Duration::from_millis(1));
    let client = builder.clone().on_event(move |event| sender.send(event.clone()).unwrap()).build_blocking().unwrap();
    let fetched = builder.keep_events(7).build_blocking().unwrap();
    for client in [&client, &fetched] {
        for transaction in ["ekycpro200", "errorThrottlingApi", "pending99"] {
            let _ = client.check_result(&request(transaction));
        }
    }
    let expected = include_str!("../../../tests/log/events.txt");
    let events: Vec<Event> = (0..expected.lines().count()).map(|_| events.recv_timeout(LONG).unwrap()).collect();
    assert_eq!(events.iter().map(line).collect::<String>(), expected);
    let taken: Vec<_> = take_events().into_iter().filter(|(number, _)| *number == 7).collect();
    assert_eq!(taken.iter().map(|(_, event)| line(event)).collect::<String>(), expected);

    // A call is no shorter than its attempts and pauses together, and has all of their bytes.
    let [first, second, whole] = &events[2..5] else { panic!("{events:?}") };
    assert!(first.duration + first.pause + second.duration <= whole.duration, "{events:?}");
    assert_eq!((first.pause, second.pause), (whole.pause, Duration::ZERO));
    assert!(first.bytes_received > 0 && first.bytes_received + second.bytes_received == whole.bytes_received, "{events:?}");
    assert!(events.iter().all(|event| event.region.is_none() && !format!("{event:?}").contains("biz")), "{events:?}");
}

#[test]
fn events_tell_when_and_where() {
    let _alone = TAKING.lock();
    let emulator = emulator();
    let (sender, events) = channel();
    let client =
        builder(emulator.endpoint()).on_event(move |event| sender.send(event.clone()).unwrap()).build_blocking().unwrap();
    let before = SystemTime::now();
    client.check_result(&request("ekycpro200")).unwrap();
    let after = SystemTime::now();
    let [attempt, call] = [(); 2].map(|()| events.recv_timeout(LONG).unwrap());
    assert!(before <= call.ended - call.duration && call.ended <= after, "{before:?} {call:?} {after:?}");
    assert!(
        call.ended - call.duration <= attempt.ended - attempt.duration && attempt.ended <= call.ended,
        "{attempt:?} {call:?}"
    );
    assert_eq!(format!("http://{}:{}", call.server_address, call.server_port), emulator.endpoint());
    assert_eq!((attempt.server_address, attempt.server_port), (call.server_address, call.server_port));
    let ipv6 = builder("https://[::1]").keep_events(6).build_blocking().unwrap();
    let _ = ipv6.run(&request("t"), &CallOptions::default().timeout(Duration::ZERO));
    let (_, event) = take_events().into_iter().find(|(number, _)| *number == 6).unwrap();
    assert_eq!((event.server_address.as_str(), event.server_port), ("::1", 443));
}

/// An hour earlier each time it is read.
#[derive(Debug, Default)]
struct Backwards(AtomicU64);

impl Clock for Backwards {
    fn now(&self) -> SystemTime {
        SystemClock.now() - Duration::from_hours(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn random(&self) -> Result<[u8; 16]> {
        SystemClock.random()
    }
}

#[test]
fn attempts_lie_within_their_call_whatever_the_clock_does() {
    let emulator = emulator();
    let (sender, events) = channel();
    let builder = builder(emulator.endpoint()).max_attempts(2).throttle_base(Duration::from_millis(1));
    let listener = move |event: &Event| sender.send(event.clone()).unwrap();
    let client = builder.clock(Arc::new(Backwards::default())).on_event(listener).build_blocking().unwrap();
    client.check_result(&request("errorThrottlingApi")).unwrap_err();
    let [first, second, call] = [(); 3].map(|()| events.recv_timeout(LONG).unwrap());
    let begun = |event: &Event| event.ended - event.duration;
    assert!(begun(&call) <= begun(&first) && second.ended <= call.ended, "{first:?} {second:?} {call:?}");
    assert!(first.ended + first.pause <= begun(&second), "{first:?} {second:?}");
}

#[test]
fn events_of_a_call_come_together_with_its_context() {
    let emulator = emulator();
    let (sender, events) = channel();
    let client =
        builder(emulator.endpoint()).on_event(move |event| sender.send(event.clone()).unwrap()).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let client = &client;
            scope.spawn(move || {
                for turn in 0..10 {
                    let options = CallOptions::default().context(CallContext::new((number, turn)));
                    client.run(&request("ekycpro200"), &options).unwrap();
                }
            });
        }
    });
    let mut calls = HashSet::new();
    for _ in 0..40 {
        let both = [(); 2].map(|()| events.recv_timeout(LONG).unwrap());
        let context = |event: &Event| *event.context.as_ref().and_then(CallContext::get::<(i32, i32)>).unwrap();
        assert_eq!(both.each_ref().map(|event| event.attempt), [Some(1), None]);
        assert_eq!(both.each_ref().map(context), [context(&both[0]); 2]);
        assert!(calls.insert(context(&both[0])));
    }
}

#[test]
fn a_call_that_sends_nothing_is_reported() {
    let (sender, events) = channel();
    let client =
        builder("http://127.0.0.1:1").on_event(move |event| sender.send(event.clone()).unwrap()).build_blocking().unwrap();
    let _ = client.run(&request("t"), &CallOptions::default().timeout(Duration::ZERO));
    let event = events.recv_timeout(LONG).unwrap();
    assert_eq!((event.kind, event.attempt, event.attempts, event.http_status), (Some(Kind::Timeout), None, 0, None));
}

#[test]
fn a_listener_that_is_slow_delays_no_call_and_loses_what_has_no_room() {
    let emulator = emulator();
    let (sender, events) = channel();
    let (open, gate): (_, Receiver<()>) = sync_channel(0);
    let gate = Mutex::new(gate);
    let listener = move |event: &Event| {
        sender.send(event.clone()).unwrap();
        let _ = gate.lock().unwrap().recv();
    };
    let client = builder(emulator.endpoint()).on_event(listener).build_blocking().unwrap();
    client.check_result(&request("faceliveness200")).unwrap();
    // One in its hands, and one that waits.
    events.recv_timeout(LONG).unwrap();
    for _ in 0..600 {
        client.check_result(&request("faceliveness200")).unwrap();
    }
    // Those of a call are dropped together, so one place stays free.
    assert_eq!(client.stats().events_dropped, 2 * 601 - 1 - 1023);
    drop(open);
    assert!((0..1023).all(|_| events.recv_timeout(LONG).is_ok()));
}

#[test]
fn a_listener_may_panic_and_may_call() {
    let emulator = emulator();
    let shared: Arc<OnceLock<blocking::Client>> = Arc::default();
    let (sender, events) = channel();
    let own = shared.clone();
    let listener = move |event: &Event| {
        // Not reported, or there were no end.
        own.wait().check_result(&request("faceliveness200")).unwrap();
        sender.send(event.attempt).unwrap();
        panic!("on purpose");
    };
    let client = builder(emulator.endpoint()).on_event(listener).build_blocking().unwrap();
    shared.set(client.clone()).unwrap();
    client.check_result(&request("faceliveness200")).unwrap();
    assert_eq!((events.recv_timeout(LONG).unwrap(), events.recv_timeout(LONG).unwrap()), (Some(1), None));
    assert!(events.recv_timeout(Duration::from_millis(100)).is_err());
    assert_eq!(client.stats().calls, 3);
}
