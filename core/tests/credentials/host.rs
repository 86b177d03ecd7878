//! Keys that the host supplies: one call of its code at a time, shared by who waits for it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{CallOptions, Cancellation, Delivery, Error, Kind, Result, blocking};
use tokio::sync::Notify;

use crate::support::{World, call, request, until};

#[derive(Debug, Default)]
struct Vault {
    begun: AtomicUsize,
    under_way: AtomicUsize,
    most: AtomicUsize,
    takes: Duration,
    /// Hangs until it is notified.
    hangs: AtomicBool,
    release: Notify,
    /// Answers a caller that blocks on its own thread.
    here: bool,
    threads: Mutex<Vec<ThreadId>>,
}

fn keys() -> Result<Credentials> {
    Credentials::new("emulator-key-id", "emulator-key-secret", None)
}

impl Provider for Vault {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            self.begun.fetch_add(1, Ordering::SeqCst);
            let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            if self.hangs.load(Ordering::SeqCst) {
                self.release.notified().await;
            }
            tokio::time::sleep(self.takes).await;
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            keys()
        })
    }

    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        self.threads.lock().unwrap().push(thread::current().id());
        self.here.then(keys)
    }

    fn name(&self) -> &'static str {
        "vault"
    }
}

fn client(world: &World, provider: &Arc<Vault>) -> blocking::Client {
    world.builder().credentials(provider.clone()).build_blocking().unwrap()
}

/// Finding I1: on the state before, as many calls of the host's code as of the client.
#[test]
fn callers_at_the_same_time_share_one_call_of_the_hosts_code() {
    const CALLERS: usize = 40;
    let world = World::new();
    let vault = Arc::new(Vault { takes: Duration::from_millis(200), ..Vault::default() });
    let client = client(&world, &vault);
    let together = Barrier::new(CALLERS);
    thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| {
                together.wait();
                call(&client).unwrap();
            });
        }
    });
    assert_eq!(vault.most.load(Ordering::SeqCst), 1);
    assert!(vault.begun.load(Ordering::SeqCst) < CALLERS / 4, "{vault:?}");
    let before = vault.begun.load(Ordering::SeqCst);
    call(&client).unwrap();
    call(&client).unwrap();
    assert_eq!(vault.begun.load(Ordering::SeqCst), before + 2, "nothing is kept");
}

/// Finding I1
#[test]
fn a_call_that_leaves_neither_ends_the_asking_nor_has_another_begin() {
    let world = World::new();
    let vault = Arc::new(Vault { hangs: true.into(), ..Vault::default() });
    let client = client(&world, &vault);
    let hasty = || CallOptions::default().timeout(Duration::from_millis(50));
    for _ in 0..5 {
        let begun = Instant::now();
        let error = client.run(&request(), &hasty()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 0));
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
    let cancellation = Cancellation::new();
    let options = CallOptions::default().cancellation(&cancellation);
    let (sender, outcome) = std::sync::mpsc::channel();
    client
        .start(request(), options, Delivery::default(), move |outcome| sender.send(outcome.unwrap_err().kind()).unwrap())
        .unwrap();
    thread::sleep(Duration::from_millis(50));
    cancellation.cancel();
    assert_eq!(outcome.recv(), Ok(Kind::Cancelled));
    assert_eq!(vault.begun.load(Ordering::SeqCst), 1);
    vault.hangs.store(false, Ordering::SeqCst);
    vault.release.notify_waiters();
    until(|| vault.under_way.load(Ordering::SeqCst) == 0);
    call(&client).unwrap();
    assert_eq!(vault.begun.load(Ordering::SeqCst), 2, "what came for those who left is not kept");
}

/// Each client has a flight of its own: one whose host hangs stops no other.
#[test]
fn clients_do_not_wait_for_one_another() {
    let world = World::new();
    let hanging = Arc::new(Vault { hangs: true.into(), ..Vault::default() });
    let (first, second) = (client(&world, &hanging), client(&world, &Arc::default()));
    let hasty = CallOptions::default().timeout(Duration::from_millis(50));
    assert_eq!(first.run(&request(), &hasty).unwrap_err().kind(), Kind::Timeout);
    call(&second).unwrap();
}

/// Finding H6
#[test]
fn a_caller_that_blocks_asks_on_its_own_thread_where_the_host_can() {
    let world = World::new();
    let vault = Arc::new(Vault { here: true, ..Vault::default() });
    let client = client(&world, &vault);
    call(&client).unwrap();
    call(&client).unwrap();
    assert_eq!(*vault.threads.lock().unwrap(), [thread::current().id(); 2]);
    assert_eq!(vault.begun.load(Ordering::SeqCst), 0);
}

#[derive(Debug)]
struct Panicking {
    here: bool,
}

impl Provider for Panicking {
    fn credentials(&self) -> CredentialsFuture<'_> {
        panic!("canary");
    }

    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        assert!(!self.here, "canary");
        None
    }

    fn name(&self) -> &'static str {
        "panicking"
    }
}

#[test]
fn a_panic_of_the_hosts_code_is_an_error_of_kind_credentials() {
    let world = World::new();
    for here in [false, true] {
        let client = world.builder().credentials(Arc::new(Panicking { here })).build_blocking().unwrap();
        for _ in 0..2 {
            let error = call(&client).unwrap_err();
            assert_eq!((error.kind(), error.message()), (Kind::Credentials, "the source of credentials panicked"));
        }
    }
}

#[derive(Debug)]
struct Sealed;

impl Provider for Sealed {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let cause = std::io::Error::other("canary");
        Box::pin(async { Err(Error::credentials("sealed\nCRITICAL fake line").with_cause(Arc::new(cause))) })
    }

    fn name(&self) -> &'static str {
        "sealed"
    }
}

/// Findings C7 and I5, core's half.
#[test]
fn the_hosts_own_error_is_kept_as_the_cause_and_shown_nowhere() {
    let world = World::new();
    let client = world.builder().credentials(Arc::new(Sealed)).build_blocking().unwrap();
    let error = call(&client).unwrap_err();
    assert_eq!(error.message(), "sealed CRITICAL fake line", "one line, whatever the host says");
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    assert_eq!(cause.unwrap().to_string(), "canary");
    assert!(!format!("{error} {error:?}").contains("canary"));
}
