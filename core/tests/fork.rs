//! A forked child goes on calling with what it inherited, and leaves its parent alone.

#[path = "support/server.rs"]
mod server;
mod support;

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{CallOptions, ClientBuilder, Delivery, Environment, ManyOptions, blocking, host};
use server::{say, server};
use support::{builder, keyless, request};

const FORKS: usize = 20;
const BODY: &str = r#"{"RequestId":"r","Code":"Success","Result":{"Passed":"Y"}}"#;

/// Answers every request, but for transactions that begin with `slow`: those wait until one is released.
struct Server {
    endpoint: String,
    release: mpsc::Sender<()>,
    waiting: Arc<AtomicUsize>,
}

fn slow_server() -> Server {
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let waiting = Arc::new(AtomicUsize::new(0));
    let counter = waiting.clone();
    let endpoint = server(move |stream, head| {
        if head.contains("slow") {
            counter.fetch_add(1, Ordering::SeqCst);
            released.lock().unwrap().recv().unwrap();
            counter.fetch_sub(1, Ordering::SeqCst);
        }
        say(stream, BODY);
    });
    Server { endpoint, release, waiting }
}

fn client(server: &Server) -> blocking::Client {
    builder(&server.endpoint).build_blocking().unwrap()
}

fn call(client: &blocking::Client, transaction: &str) -> bool {
    client.check_result(&request(transaction)).is_ok_and(|result| result.passed == Some(true))
}

/// Forks; the child's exit says whether `work` held. A child that hangs is ended and fails the test.
fn in_child(work: impl FnOnce() -> bool) {
    // SAFETY: the child runs only `work` and leaves by `_exit`; what it calls is what is under test here.
    let child = unsafe { libc::fork() };
    assert!(child >= 0, "fork failed");
    if child == 0 {
        let held = std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(false);
        // SAFETY: ends the child at once, as a fork in a process with threads must.
        unsafe { libc::_exit(i32::from(!held)) };
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut status = 0;
    loop {
        // SAFETY: `child` is ours and `status` is a valid place to write to.
        let ended = unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) };
        if ended == child {
            break;
        }
        if Instant::now() > deadline {
            // SAFETY: ends the child that this function made.
            unsafe { libc::kill(child, libc::SIGKILL) };
            panic!("the child hangs");
        }
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(status, 0, "the child's work failed");
}

fn a_child_calls_with_a_client_that_was_never_used(server: &Server) {
    for _ in 0..FORKS {
        let client = client(server);
        in_child(|| call(&client, "t"));
        assert!(call(&client, "t"));
    }
}

fn a_child_calls_with_a_client_whose_connections_are_idle(server: &Server) {
    let client = client(server);
    for _ in 0..FORKS {
        assert!(call(&client, "t"));
        in_child(|| call(&client, "t") && call(&client, "t"));
    }
    in_child(|| {
        in_child(|| call(&client, "t"));
        call(&client, "t")
    });
    assert!(call(&client, "t"));
}

fn a_child_calls_while_its_parents_call_is_in_flight(server: &Server) {
    let client = client(server);
    for _ in 0..FORKS {
        let pending = thread::spawn({
            let client = client.clone();
            move || call(&client, "slow")
        });
        while server.waiting.load(Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        in_child(|| call(&client, "t"));
        assert!(call(&client, "t"), "the parent's other calls go on");
        server.release.send(()).unwrap();
        assert!(pending.join().unwrap(), "the parent's call in flight ends well");
    }
}

fn many_calls_under_way_end_as_forked_in_the_child_and_well_in_the_parent(server: &Server) {
    let client = client(server);
    let requests = ["t", "slow"].map(request);
    let mut outcomes = client.check_many(requests, &ManyOptions::default());
    assert!(outcomes.next().is_some_and(|(position, outcome)| position == 0 && outcome.is_ok()));
    in_child(|| {
        let forked = outcomes.next().and_then(|(_, outcome)| outcome.err()).is_some_and(|error| error.kind().name() == "forked");
        forked && outcomes.next().is_none() && call(&client, "t")
    });
    server.release.send(()).unwrap();
    assert!(outcomes.next().is_some_and(|(position, outcome)| position == 1 && outcome.is_ok()));
    assert!(outcomes.next().is_none());
}

/// Keys come from a URI, whose first answer waits until it is released.
fn a_child_fetches_keys_of_its_own(server: &Server) {
    const KEYS: &str = r#"{"Code":"Success","AccessKeyId":"id","AccessKeySecret":"secret","SecurityToken":"t","Expiration":"2100-01-01T00:00:00Z"}"#;
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(Some(released));
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let source = server::server(move |stream, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        let first = released.lock().unwrap().take();
        if let Some(released) = first {
            released.recv().unwrap();
        }
        say(stream, KEYS);
    });
    let variables = [("ALIBABA_CLOUD_CREDENTIALS_URI", &*source), ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")];
    let client = ClientBuilder::default().environment(Environment::given(variables)).endpoint(&server.endpoint);
    let client = client.build_blocking().unwrap();
    let pending = thread::spawn({
        let client = client.clone();
        move || call(&client, "t")
    });
    while asked.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    in_child(|| call(&client, "t") && call(&client, "t"));
    assert_eq!(asked.load(Ordering::SeqCst), 2, "the child fetched once, though the parent's fetch was under way");
    release.send(()).unwrap();
    assert!(pending.join().unwrap(), "the parent's fetch in flight ends well");
    for forks in 1..=FORKS {
        in_child(|| call(&client, "t") && call(&client, "t"));
        assert!(call(&client, "t"));
        assert_eq!(asked.load(Ordering::SeqCst), 2 + forks, "the parent keeps its keys");
    }
}

/// Hangs when it is first asked, until it is released.
#[derive(Debug, Default)]
struct Vault {
    asked: AtomicUsize,
    released: AtomicBool,
}

impl Provider for Vault {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            if self.asked.fetch_add(1, Ordering::SeqCst) == 0 {
                while !self.released.load(Ordering::SeqCst) {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
            Credentials::new("id", "secret", None)
        })
    }

    fn name(&self) -> &'static str {
        "vault"
    }
}

/// Finding I1: the child does not wait for what its parent asks.
fn a_child_asks_the_host_itself(server: &Server) {
    let vault = Arc::new(Vault::default());
    let client = keyless(&server.endpoint).credentials(vault.clone()).build_blocking().unwrap();
    let pending = thread::spawn({
        let client = client.clone();
        move || call(&client, "t")
    });
    while vault.asked.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    in_child(|| call(&client, "t") && call(&client, "t"));
    assert_eq!(vault.asked.load(Ordering::SeqCst), 1, "the parent asks once");
    vault.released.store(true, Ordering::SeqCst);
    assert!(pending.join().unwrap());
}

/// The parent's go on, and the child keeps connections of its own warm.
fn a_child_keeps_connections_warm(server: &Server) {
    let client = builder(&server.endpoint).keep_warm(Duration::from_millis(100)).build_blocking().unwrap();
    let more = |client: &blocking::Client| {
        let (before, begun) = (client.stats().keepalives, Instant::now());
        while client.stats().keepalives < before + 3 && begun.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(1));
        }
        client.stats().keepalives >= before + 3
    };
    assert!(call(&client, "t") && more(&client));
    for _ in 0..3 {
        in_child(|| {
            let inherited = client.stats().connections;
            thread::sleep(Duration::from_millis(150));
            let began = client.stats().connections;
            inherited == 0 && began == 0 && call(&client, "t") && more(&client)
        });
        assert!(more(&client) && call(&client, "t"), "the parent goes on");
    }
    assert_eq!(client.stats().background_failures, 0);
}

/// The standard library's threads take a lock as they begin and end, which a child may find locked for ever.
fn a_childs_threads_end_though_others_came_and_went_at_the_fork(server: &Server) {
    let client = client(server);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    thread::spawn(|| ()).join().unwrap();
                }
            });
        }
        let held = std::panic::catch_unwind(AssertUnwindSafe(|| {
            for _ in 0..10 * FORKS {
                in_child(|| {
                    let (done, outcome) = mpsc::channel();
                    let done = move |outcome: cloudauth_core::Result<_>| done.send(outcome.is_ok()).unwrap();
                    let begun = client.start(request("t"), CallOptions::default(), Delivery::OnCallbackThread, done);
                    begun.is_ok() && outcome.recv() == Ok(true) && host::shutdown(Duration::from_secs(10))
                });
            }
        }));
        over.store(true, Ordering::Relaxed);
        held.unwrap();
    });
}

/// One after the other, so that no test forks while another one starts a thread.
#[test]
fn forked_children_call_and_leave_their_parent_alone() {
    let server = slow_server();
    a_child_calls_with_a_client_that_was_never_used(&server);
    a_child_calls_with_a_client_whose_connections_are_idle(&server);
    a_child_calls_while_its_parents_call_is_in_flight(&server);
    many_calls_under_way_end_as_forked_in_the_child_and_well_in_the_parent(&server);
    a_child_fetches_keys_of_its_own(&server);
    a_child_asks_the_host_itself(&server);
    a_child_keeps_connections_warm(&server);
    a_childs_threads_end_though_others_came_and_went_at_the_fork(&server);
}
