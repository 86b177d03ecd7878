//! Connections that are kept warm: who uses them, when they are replaced, and when all of it ends.

#[path = "support/https.rs"]
mod https;
mod support;
#[path = "support/ways.rs"]
mod ways;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::{Admitted, Call, ClientBuilder, Permit, PermitFuture, PermitRequest, Quota, blocking};
use https::{Https, SUCCESS, https};
use support::{builder, request};
use ways::{CALLS, WAYS};

const MS: fn(u64) -> Duration = Duration::from_millis;
/// How often a warm connection is used, and how long the server keeps one that is not.
const PERIOD: Duration = Duration::from_millis(200);
const IDLE: Duration = Duration::from_secs(2);

fn warm(server: &Https) -> ClientBuilder {
    builder(&server.endpoint).ca_pem(server.pem.clone()).keep_warm(PERIOD)
}

fn plain(idle: Duration) -> Https {
    https(idle, |_| SUCCESS)
}

fn wait_until(what: &str, is: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < MS(20_000), "never: {what}");
        thread::sleep(MS(5));
    }
}

/// What was begun in the background before has had its turn: the I/O thread takes it in order.
fn background_is_done() {
    let nowhere = builder("http://127.0.0.1:1").build_blocking().unwrap();
    nowhere.connect_ahead();
    wait_until("counted", || nowhere.stats().background_failures == 1);
}

/// Waits until `count` more keepalives have come.
fn keepalives(server: &Https, count: usize) {
    let before = server.log.keepalives();
    wait_until("keepalives", || server.log.keepalives() >= before + count);
}

/// Where the machine stands still for a tenth of a second, a connection seems lost and another one is made: such a run says
/// nothing, and there is another.
fn undisturbed(run: impl Fn()) {
    if catch_unwind(AssertUnwindSafe(&run)).is_err() && catch_unwind(AssertUnwindSafe(&run)).is_err() {
        run();
    }
}

/// The connections of the calls, in order, each with how often a keepalive had come on it before.
fn calls(server: &Https) -> Vec<(usize, usize)> {
    let requests = server.log.requests();
    let calls = requests.iter().enumerate().filter(|(_, seen)| !seen.is_keepalive());
    calls
        .map(|(at, call)| {
            let earlier = requests[..at].iter().filter(|seen| seen.connection == call.connection && seen.is_keepalive());
            (call.connection, earlier.count())
        })
        .collect()
}

#[test]
fn a_call_after_a_pause_finds_a_warm_connection() {
    for ways in WAYS.into_iter().zip(CALLS) {
        undisturbed(|| {
            let (call, never_twice) = ways;
            let server = plain(IDLE);
            let client = warm(&server).build_blocking().unwrap();
            call(&client, &request("t")).unwrap();
            // Longer than the server keeps a connection, and the call's own is gone.
            keepalives(&server, 25);
            wait_until("the first connection is closed", || server.log.open() == 2);
            for _ in 0..3 {
                keepalives(&server, 3);
                call(&client, &request("t")).unwrap();
            }
            keepalives(&server, 3);
            never_twice(&client, &Call::new("Initialize")).unwrap();
            let calls = calls(&server);
            assert!(calls[1..].iter().all(|(connection, earlier)| *connection > 0 && *earlier > 0), "{calls:?}");
            assert_eq!(server.log.connections(), 3, "the first call's, and two that are kept warm");
            let stats = client.stats();
            assert_eq!((stats.calls, stats.requests, stats.background_failures), (5, 5, 0));
            assert!(stats.keepalives >= 34 && stats.connections == 3, "{stats:?}");
        });
    }
}

#[test]
fn a_call_takes_another_connection_while_one_carries_a_keepalive() {
    let held = Arc::new(AtomicUsize::new(0));
    let release = Arc::new(AtomicBool::new(false));
    let both = Arc::new(Barrier::new(2));
    let server = {
        let (held, release) = (held.clone(), release.clone());
        https(IDLE, move |seen| {
            if seen.is_keepalive() {
                held.fetch_add(1, Ordering::SeqCst);
                while !release.load(Ordering::SeqCst) {
                    thread::sleep(MS(1));
                }
                held.fetch_sub(1, Ordering::SeqCst);
            } else if seen.head.contains("together") {
                both.wait();
            }
            SUCCESS
        })
    };
    for call in WAYS {
        let client = warm(&server).max_connections(2).build_blocking().unwrap();
        call(&client, &request("t")).unwrap();
        wait_until("a keepalive that has no reply", || held.load(Ordering::SeqCst) > 0);
        call(&client, &request("t")).unwrap();
        // Both connections are needed: the server answers neither call before it has the other.
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| call(&client, &request("together")).unwrap());
            }
        });
        assert_eq!(client.stats().retries, 0);
    }
    release.store(true, Ordering::SeqCst);
}

#[test]
fn a_connection_that_the_server_closed_is_replaced_before_a_call() {
    for call in WAYS {
        let server = plain(MS(50));
        let client = warm(&server).build_blocking().unwrap();
        call(&client, &request("t")).unwrap();
        wait_until("replaced", || server.log.connections() >= 7);
        assert_eq!(calls(&server).len(), 1);
        // No more than two are made in a period, however soon they are closed.
        let (begun, before) = (Instant::now(), server.log.connections());
        wait_until("replaced again", || server.log.connections() >= before + 8);
        assert!(begun.elapsed() >= 3 * PERIOD, "{:?}", begun.elapsed());
    }
}

#[test]
fn it_ends_after_120_periods_without_a_call_and_begins_with_the_next() {
    let server = plain(IDLE);
    let client = warm(&server).keep_warm(MS(100)).build_blocking().unwrap();
    client.check_result(&request("t")).unwrap();
    wait_until("an end", || server.log.open() == 0);
    let sent = server.log.keepalives();
    assert!((60..=400).contains(&sent), "{sent} keepalives");
    thread::sleep(MS(500));
    assert_eq!(server.log.keepalives(), sent);
    client.check_result(&request("t")).unwrap();
    keepalives(&server, 3);
}

#[test]
fn it_ends_with_the_client() {
    let server = plain(IDLE);
    let client = warm(&server).build_blocking().unwrap();
    client.check_result(&request("t")).unwrap();
    keepalives(&server, 3);
    drop(client);
    wait_until("no connection", || server.log.open() == 0);
    let sent = server.log.keepalives();
    thread::sleep(2 * PERIOD);
    assert_eq!(server.log.keepalives(), sent);
}

#[test]
fn without_the_option_there_is_none_of_it() {
    let server = plain(IDLE);
    let client = warm(&server).keep_warm(Duration::ZERO).build_blocking().unwrap();
    for call in WAYS {
        call(&client, &request("t")).unwrap();
    }
    thread::sleep(3 * PERIOD);
    assert_eq!((server.log.keepalives(), server.log.connections()), (0, 2));
}

#[test]
fn connecting_ahead_leaves_the_connection_to_the_next_call() {
    for call in WAYS {
        undisturbed(|| {
            let server = plain(Duration::from_secs(30));
            let client = warm(&server).keep_warm(Duration::ZERO).build_blocking().unwrap();
            client.connect_ahead();
            wait_until("a connection", || client.stats().connections == 1);
            // The session tickets that follow are read by then.
            thread::sleep(MS(1000));
            client.connect_ahead();
            // It must find the connection before the call has it in use.
            background_is_done();
            call(&client, &request("t")).unwrap();
            thread::sleep(MS(50));
            assert_eq!((server.log.connections(), server.log.keepalives()), (1, 0), "one was ready");
        });
    }
}

#[test]
fn connecting_ahead_fails_silently() {
    let client = builder("http://127.0.0.1:1").build_blocking().unwrap();
    client.connect_ahead();
    wait_until("counted", || client.stats().background_failures == 1);
    let stats = client.stats();
    assert_eq!((stats.calls, stats.failed, stats.connections), (0, 0, 0));
}

#[test]
fn later_connections_resume_the_first_ones_session() {
    for call in WAYS {
        let server = plain(MS(100));
        let client = warm(&server).keep_warm(Duration::ZERO).build_blocking().unwrap();
        for connections in 1..=3 {
            call(&client, &request("t")).unwrap();
            wait_until("closed", || server.log.open() == 0);
            let resumed = server.log.resumed.load(Ordering::SeqCst);
            assert_eq!((server.log.connections(), resumed), (connections, connections - 1));
        }
        client.connect_ahead();
        wait_until("resumed in the background", || server.log.resumed.load(Ordering::SeqCst) == 3);
    }
}

/// In the child: where the system's authorities are.
const AUTHORITIES: &str = "SSL_CERT_FILE";
/// Set in the child.
const CHILD: &str = "CLOUDAUTH_TEST_CHILD";

#[test]
fn clients_share_sessions_where_they_trust_the_system_alone() {
    if std::env::var_os(CHILD).is_none() {
        // The system's authorities are read once in a process.
        let place = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "clients_share_sessions_where_they_trust_the_system_alone"]);
        let ended = child.env(CHILD, "1").env(AUTHORITIES, place.path().join("ca.pem")).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
        return;
    }
    let server = plain(IDLE);
    std::fs::write(std::env::var_os(AUTHORITIES).unwrap(), &server.pem).unwrap();
    let resumes = |builder: ClientBuilder, key: &str| {
        let before = server.log.resumed.load(Ordering::SeqCst);
        let client = builder.access_key(key, "secret", None).build_blocking().unwrap();
        client.check_result(&request("t")).unwrap();
        server.log.resumed.load(Ordering::SeqCst) > before
    };
    let with_system = || builder(&server.endpoint);
    let with_own = || with_system().ca_pem(server.pem.clone());
    assert_eq!([resumes(with_system(), "a"), resumes(with_system(), "b")], [false, true]);
    // A session stands for a certificate that was verified, by the trust of its own client.
    assert_eq!([resumes(with_own(), "a"), resumes(with_own(), "a")], [false, false]);
    assert!(resumes(with_system(), "a"));
}

/// Counts permits by what they are for.
#[derive(Debug, Default)]
struct Counting(Mutex<Vec<String>>);

impl Quota for Counting {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> PermitFuture<'a> {
        self.0.lock().unwrap().push(request.action.to_owned());
        Box::pin(async { Ok(Permit(0)) })
    }

    fn report(&self, _: &str, _: Permit, _: Admitted) {}
}

#[test]
fn keepalives_take_no_permits_and_are_not_retried_and_any_reply_keeps_a_connection() {
    let server = https(IDLE, |seen| if seen.is_keepalive() { r#"{"Code":"Throttling.Api"}"# } else { SUCCESS });
    let quota = Arc::new(Counting::default());
    let client: blocking::Client = warm(&server).quota(quota.clone()).build_blocking().unwrap();
    client.check_result(&request("t")).unwrap();
    keepalives(&server, 10);
    client.check_result(&request("t")).unwrap();
    assert_eq!(*quota.0.lock().unwrap(), ["CheckResult", "CheckResult"]);
    assert_eq!(server.log.connections(), 3);
    wait_until("counted", || client.stats().background_failures >= 10);
    let stats = client.stats();
    assert_eq!((stats.requests, stats.retries, stats.throttled), (2, 0, 0));
    assert!(stats.keepalives >= stats.background_failures, "{stats:?}");
}

#[test]
fn what_does_not_fit_the_other_options_is_refused() {
    let refused = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
    let builder = || builder("http://127.0.0.1:1");
    assert_eq!(refused(builder().keep_warm(MS(99))), "keep_warm: must be 100 ms at least");
    assert_eq!(refused(builder().keep_warm(MS(60_000))), "keep_warm: must be shorter than idle_timeout, which is 60000 ms");
    assert_eq!(
        refused(builder().keep_warm(MS(5000)).max_connections(1)),
        "keep_warm: takes 2 connections; raise max_connections"
    );
    assert!(builder().keep_warm(MS(5000)).max_connections(2).build().is_ok());
}
