//! Many calls, a bounded number at a time.

use std::iter;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{say, server};
use crate::support::{builder, request};
use cloudauth_core::blocking::Waiting;
use cloudauth_core::{CallOptions, Cancellation, CheckResultRequest, Error, Kind, ManyOptions};
use futures_util::StreamExt;

const SUCCESS: &str = r#"{"Code":"Success"}"#;
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that answers after a while and counts how many it serves at once.
fn counting() -> (String, Arc<AtomicUsize>) {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = most.clone();
    let endpoint = server(move |stream, _| {
        seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(20));
        now.fetch_sub(1, Ordering::SeqCst);
        say(stream, "{\"Code\":\"Success\"}");
    });
    (endpoint, most)
}

#[test]
fn many_calls_are_bounded_and_each_comes_once() {
    let (endpoint, most) = counting();
    let client = builder(&endpoint).build_blocking().unwrap();
    for ordered in [true, false] {
        let requests = (0..40).map(|number| request(if number == 7 { "" } else { "t" }));
        let options = ManyOptions { concurrency: 4, ordered, ..ManyOptions::default() };
        let outcomes: Vec<_> = client.check_many(requests.collect::<Vec<_>>(), &options).collect();
        let mut positions: Vec<usize> = outcomes.iter().map(|(position, _)| *position).collect();
        assert!(outcomes.iter().all(|(position, outcome)| outcome.is_ok() == (*position != 7)));
        if !ordered {
            positions.sort_unstable();
        }
        assert_eq!(positions, (0..40).collect::<Vec<_>>());
    }
    assert_eq!(most.load(Ordering::SeqCst), 4);
}

#[test]
fn a_caller_can_look_up_while_it_waits_for_many() {
    let (endpoint, _) = counting();
    let client = builder(&endpoint).build_blocking().unwrap();
    let mut outcomes = client.check_many([request("t")], &ManyOptions::default());
    assert_eq!(outcomes.next_within(Duration::ZERO).err(), Some(Waiting));
    assert!(outcomes.next_within(Duration::from_secs(20)).unwrap().is_some_and(|(_, outcome)| outcome.is_ok()));
    assert!(outcomes.next_within(Duration::from_secs(20)).unwrap().is_none());
}

#[tokio::test]
async fn the_asynchronous_client_streams_and_stops_when_dropped() {
    let (endpoint, _) = counting();
    let client = builder(&endpoint).build().unwrap();
    assert!(client.check_result(&request("t")).await.is_ok());
    let mut stream = std::pin::pin!(client.check_many((0..10).map(|_| request("t")), &ManyOptions::default()));
    assert!(stream.next().await.is_some_and(|(position, outcome)| position == 0 && outcome.is_ok()));
}

/// A server that answers at once, but never those who ask for `silent`.
fn answering() -> String {
    server(|stream, head| {
        if head.contains("silent") {
            thread::sleep(Duration::from_mins(1));
        }
        say(stream, SUCCESS);
    })
}

/// `first`, and after a long while another one.
fn slow(first: CheckResultRequest) -> impl Iterator<Item = CheckResultRequest> {
    iter::once(first).chain(iter::once_with(|| {
        thread::sleep(Duration::from_secs(5));
        request("t")
    }))
}

// Finding G11: outcomes came when the next request did.
#[test]
fn outcomes_come_while_the_requests_are_slow() {
    let client = builder(&answering()).build_blocking().unwrap();
    for ordered in [true, false] {
        let begun = Instant::now();
        let mut outcomes = client.check_many(slow(request("t")), &ManyOptions { ordered, ..ManyOptions::default() });
        assert!(outcomes.next().is_some_and(|(position, outcome)| position == 0 && outcome.is_ok()));
        drop(outcomes);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }
}

// Finding G11: a cancellation was seen when the next request came.
#[test]
fn a_cancellation_counts_while_the_requests_are_slow() {
    let client = builder(&answering()).build_blocking().unwrap();
    let cancellation = Cancellation::new();
    let options = ManyOptions { each: CallOptions::default().cancellation(&cancellation), ..ManyOptions::default() };
    let begun = Instant::now();
    let mut outcomes = client.check_many(slow(request("silent")), &options);
    assert_eq!(outcomes.next_within(Duration::from_millis(50)).err(), Some(Waiting));
    cancellation.cancel();
    let (position, outcome) = outcomes.next().unwrap();
    assert_eq!((position, outcome.unwrap_err().kind()), (0, Kind::Cancelled));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

// Finding E3: the run ended, and the row was not named.
#[test]
fn a_bad_row_is_its_own_outcome_and_named() {
    let client = builder(&answering()).build_blocking().unwrap();
    for ordered in [true, false] {
        let many = client.many(&ManyOptions { concurrency: 4, ordered, ..ManyOptions::default() });
        for position in 0..200 {
            let row = match position {
                100 => Err(Error::invalid_argument("transaction_id", "must be a text")),
                101 => Ok(request("a b")),
                _ => Ok(request("t")),
            };
            assert_eq!(many.push(row, None).unwrap(), position);
        }
        many.finish();
        let mut outcomes: Vec<_> = iter::from_fn(|| many.next()).collect();
        if !ordered {
            outcomes.sort_by_key(|(position, _)| *position);
        }
        assert!(outcomes.iter().map(|(position, _)| *position).eq(0..200));
        let failed: Vec<_> = outcomes.into_iter().filter_map(|(_, outcome)| outcome.err()).collect();
        let messages: Vec<_> = failed.iter().map(Error::message).collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert_eq!(messages[0], "item 100: transaction_id: must be a text");
        assert!(messages[1].starts_with("item 101: transaction_id: "), "{messages:?}");
    }
    assert_eq!((client.stats().calls, client.stats().failed), (2 * 199, 2), "what is no request is no call");
}

// Finding E3: fetched outcomes were lost.
#[test]
fn what_was_fetched_comes_before_a_panic_of_the_requests() {
    let client = builder(&answering()).build_blocking().unwrap();
    let requests = (0..11).map(|number| if number < 10 { request("t") } else { panic!("on purpose") });
    let mut outcomes = client.check_many(requests, &ManyOptions::default());
    let mut taken = 0;
    let panicked = panic::catch_unwind(AssertUnwindSafe(|| {
        for (position, outcome) in outcomes.by_ref() {
            assert_eq!((position, outcome.is_ok()), (taken, true));
            taken += 1;
        }
    }));
    assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"on purpose"));
    assert_eq!((taken, outcomes.next().is_none()), (10, true));
}

#[test]
fn no_more_calls_are_under_way_than_were_asked_for() {
    let (endpoint, most) = counting();
    let client = builder(&endpoint).build_blocking().unwrap();
    let many = client.many(&ManyOptions { concurrency: 3, ..ManyOptions::default() });
    assert!(many.wants_more());
    for _ in 0..12 {
        many.push(Ok(request("t")), None).unwrap();
    }
    // Outcomes that nobody takes keep further calls from beginning.
    thread::sleep(Duration::from_millis(200));
    assert_eq!((client.stats().calls, many.wants_more()), (3, false));
    assert_eq!(many.wants_more_within(Duration::from_millis(1)).err(), Some(Waiting));
    for taken in 1..=12 {
        assert!(many.next().is_some_and(|(position, outcome)| position + 1 == taken && outcome.is_ok()));
        assert_eq!(many.wants_more(), taken > 9, "{taken} taken");
    }
    assert_eq!(many.next_within(Duration::ZERO).err(), Some(Waiting), "more may come");
    many.finish();
    assert!(many.next().is_none() && many.next().is_none());
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[test]
fn a_cancelled_run_answers_every_request_and_takes_no_more() {
    let client = builder(&answering()).build_blocking().unwrap();
    let many = client.many(&ManyOptions { concurrency: 2, ..ManyOptions::default() });
    for _ in 0..5 {
        many.push(Ok(request("silent")), None).unwrap();
    }
    let begun = Instant::now();
    many.cancel();
    assert_eq!(many.push(Ok(request("t")), None).unwrap_err().kind(), Kind::InvalidArgument);
    assert_eq!(many.wants_more_within(PATIENCE), Ok(false));
    let kinds: Vec<_> = iter::from_fn(|| many.next()).map(|(_, outcome)| outcome.unwrap_err().kind()).collect();
    assert_eq!(kinds, [Kind::Cancelled; 5]);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_row_may_have_a_time_of_its_own() {
    let client = builder(&answering()).build_blocking().unwrap();
    let many = client.many(&ManyOptions::default());
    many.push(Ok(request("silent")), Some(Duration::from_millis(30))).unwrap();
    many.push(Ok(request("t")), None).unwrap();
    assert_eq!(many.next().unwrap().1.unwrap_err().kind(), Kind::Timeout);
    assert!(many.next().unwrap().1.is_ok());
}

#[test]
fn the_hook_reports_what_was_looked_for_in_vain() {
    let client = builder(&answering()).build_blocking().unwrap();
    let (sender, ready) = mpsc::channel();
    let many = client.many(&ManyOptions::default());
    many.on_ready(move || sender.send(()).unwrap());
    for _ in 0..3 {
        many.push(Ok(request("t")), None).unwrap();
    }
    ready.recv_timeout(PATIENCE).unwrap();
    for _ in 0..3 {
        assert!(many.next().is_some());
    }
    assert!(ready.try_recv().is_err(), "nobody looked in vain");
    assert_eq!(many.next_within(Duration::ZERO).err(), Some(Waiting));
    many.push(Err(Error::invalid_argument("requests", "must be one")), None).unwrap();
    ready.recv_timeout(PATIENCE).unwrap();
    assert!(many.next().is_some());
    assert_eq!(many.next_within(Duration::ZERO).err(), Some(Waiting));
    many.finish();
    ready.recv_timeout(PATIENCE).unwrap();
    assert!(many.next().is_none());
}
