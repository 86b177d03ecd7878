//! Looking up names. A process of its own: it has a `getaddrinfo` of its own, and lowers a limit.

#[path = "support/server.rs"]
mod server;
mod support;
#[path = "support/ways.rs"]
mod ways;

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int};
use std::io::Write as _;
use std::net::{Ipv4Addr, Shutdown};
use std::sync::{Condvar, Mutex, MutexGuard, mpsc};
use std::time::{Duration, Instant};
use std::{io, mem, thread};

use cloudauth_core::{CallOptions, Cancellation, Delivery, Kind, blocking, host};
use libc::{addrinfo, rlimit, sockaddr_in};
use server::server;
use support::{builder, request};
use ways::WAYS;

/// So many threads may look up names.
const MAX_THREADS: usize = 32;
/// So long a look-up is shared.
const SHARED_FOR: Duration = Duration::from_secs(5);
const PATIENT: Duration = Duration::from_mins(1);
const IMPATIENT: Duration = Duration::from_millis(300);

/// The system, as look-ups find it.
#[derive(Default)]
struct System {
    /// Names that begin with `slow` are not answered.
    hangs: bool,
    inside: usize,
    most: usize,
    asked: HashMap<String, usize>,
}

static SYSTEM: Mutex<Option<System>> = Mutex::new(None);
static CHANGED: Condvar = Condvar::new();

fn lock() -> MutexGuard<'static, Option<System>> {
    let mut system = SYSTEM.lock().unwrap();
    system.get_or_insert_default();
    system
}

fn with<T>(change: impl FnOnce(&mut System) -> T) -> T {
    let out = change(lock().as_mut().unwrap());
    CHANGED.notify_all();
    out
}

fn wait_until(holds: impl Fn(&System) -> bool) {
    let (_system, waited) = CHANGED.wait_timeout_while(lock(), PATIENT, |system| !holds(system.as_ref().unwrap())).unwrap();
    assert!(!waited.timed_out());
}

fn asked(name: &str) -> usize {
    with(|system| system.asked.get(name).copied().unwrap_or_default())
}

#[repr(C)]
struct Answer {
    info: addrinfo,
    address: sockaddr_in,
}

/// In place of the C library's: every name is 127.0.0.1.
#[unsafe(no_mangle)]
unsafe extern "C" fn getaddrinfo(
    node: *const c_char,
    _: *const c_char,
    hints: *const addrinfo,
    found: *mut *mut addrinfo,
) -> c_int {
    // SAFETY: std gives a C string.
    let name = unsafe { CStr::from_ptr(node) }.to_str().unwrap();
    with(|system| {
        system.inside += 1;
        system.most = system.most.max(system.inside);
        *system.asked.entry(name.to_owned()).or_default() += 1;
    });
    drop(CHANGED.wait_while(lock(), |system| system.as_ref().unwrap().hangs && name.starts_with("slow")));
    with(|system| system.inside -= 1);
    // SAFETY: it is plain data, for which zeros are a value.
    let mut answer = Box::new(unsafe { mem::zeroed::<Answer>() });
    answer.address.sin_family = libc::AF_INET.try_into().unwrap();
    answer.address.sin_addr.s_addr = u32::from_ne_bytes(Ipv4Addr::LOCALHOST.octets());
    answer.info.ai_family = libc::AF_INET;
    // SAFETY: std gives hints.
    answer.info.ai_socktype = unsafe { (*hints).ai_socktype };
    answer.info.ai_addrlen = size_of::<sockaddr_in>().try_into().unwrap();
    let answer = Box::into_raw(answer);
    // SAFETY: it lives until it is freed, and goes where std wants it.
    unsafe {
        (*answer).info.ai_addr = (&raw mut (*answer).address).cast();
        *found = answer.cast();
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn freeaddrinfo(info: *mut addrinfo) {
    // SAFETY: it is from `getaddrinfo` above, and freed once.
    drop(unsafe { Box::from_raw(info.cast::<Answer>()) });
}

/// A client of the server on `port` under a name.
fn client(name: &str, port: &str, patience: Duration) -> blocking::Client {
    let builder = builder(&format!("http://{name}:{port}")).allow_insecure(true).connect_timeout(patience).max_attempts(1);
    builder.build_blocking().unwrap()
}

#[test]
fn names_are_looked_up_on_threads_that_are_few_and_may_hang() {
    // It ends each connection: there are more of them than it has threads.
    let endpoint = server(|stream, _| {
        let body = r#"{"Code":"Success"}"#;
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let _ = stream.shutdown(Shutdown::Both);
    });
    let port = endpoint.rsplit(':').next().unwrap();
    a_client_looks_nothing_up_and_its_calls_keep_their_time(port);
    calls_share_a_look_up(port);
    threads_are_few(port);
    one_that_hangs_is_not_waited_for(port);
    a_thread_that_is_refused_is_an_error(&endpoint, port);
    a_call_that_gets_no_thread_is_counted(&endpoint);
}

// Issue 13: the name of a plain endpoint was looked up where the client was made, for as long as that took.
fn a_client_looks_nothing_up_and_its_calls_keep_their_time(port: &str) {
    const NAME: &str = "slow-from-the-start.test";
    with(|system| system.hangs = true);
    assert!(builder(&format!("http://{NAME}:{port}")).build_blocking().is_err(), "it may be anywhere");
    let client = client(NAME, port, PATIENT);
    assert_eq!(asked(NAME), 0);
    let in_background = |options: CallOptions| {
        let (sender, outcome) = mpsc::channel();
        client.start(request("t"), options, Delivery::default(), move |outcome| sender.send(outcome.map(drop)).unwrap()).unwrap();
        outcome.recv().unwrap()
    };
    let blocking = |options: CallOptions| client.run(&request("t"), &options).map(drop);
    let calls: [&(dyn Fn(CallOptions) -> _ + Sync); 2] = [&blocking, &in_background];
    for call in calls {
        let begun = Instant::now();
        assert_eq!(call(CallOptions::default().timeout(IMPATIENT)).unwrap_err().kind(), Kind::Timeout);
        let cancellation = Cancellation::new();
        thread::scope(|scope| {
            let cancelled = scope.spawn(|| call(CallOptions::default().cancellation(&cancellation)).unwrap_err());
            thread::sleep(IMPATIENT);
            cancellation.cancel();
            assert_eq!(cancelled.join().unwrap().kind(), Kind::Cancelled);
        });
        assert!(begun.elapsed() < PATIENT / 4);
    }
    assert!(asked(NAME) > 0);
    with(|system| system.hangs = false);
    client.check_result(&request("t")).unwrap();
    wait_until(|system| system.inside == 0);
}

fn calls_share_a_look_up(port: &str) {
    with(|system| system.hangs = true);
    let clients = [(); 5].map(|()| client("slow.test", port, PATIENT));
    let impatient = client("slow.test", port, IMPATIENT);
    thread::scope(|scope| {
        let given_up = scope.spawn(|| impatient.check_result(&request("t")).unwrap_err());
        wait_until(|system| system.inside == 1);
        let calls: Vec<_> = clients
            .iter()
            .flat_map(|client| WAYS.map(|call| scope.spawn(move || call(client, &request("t")).map(drop))))
            .collect();
        assert_eq!(given_up.join().unwrap().kind(), Kind::Timeout);
        thread::sleep(IMPATIENT);
        with(|system| system.hangs = false);
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
    assert_eq!(asked("slow.test"), 1, "the answer that one no longer waited for was every call's");
    impatient.check_result(&request("t")).unwrap();
    assert_eq!(asked("slow.test"), 2, "an answer is not kept");
}

fn threads_are_few(port: &str) {
    with(|system| system.hangs = true);
    let clients: Vec<_> = (0..MAX_THREADS + 8).map(|number| client(&format!("slow{number}.test"), port, PATIENT)).collect();
    thread::scope(|scope| {
        let calls: Vec<_> =
            clients.iter().map(|client| scope.spawn(move || client.check_result(&request("t")).map(drop))).collect();
        wait_until(|system| system.inside >= MAX_THREADS);
        thread::sleep(IMPATIENT);
        with(|system| system.hangs = false);
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
    assert_eq!(with(|system| system.most), MAX_THREADS);
}

fn one_that_hangs_is_not_waited_for(port: &str) {
    const NAME: &str = "slow-for-ever.test";
    with(|system| system.hangs = true);
    let (hanging, other) = (client(NAME, port, IMPATIENT), client("quick.test", port, PATIENT));
    let begun = Instant::now();
    while asked(NAME) < 2 {
        assert_eq!(hanging.check_result(&request("t")).unwrap_err().kind(), Kind::Timeout);
        other.check_result(&request("t")).unwrap();
        assert!(begun.elapsed() < PATIENT);
    }
    assert!(begun.elapsed() >= SHARED_FOR);
    let begun = Instant::now();
    assert!(host::shutdown(PATIENT), "two threads are still looking, which is nobody's concern");
    assert!(begun.elapsed() < PATIENT / 4);
    assert_eq!(with(|system| system.inside), 2);
    other.check_result(&request("t")).unwrap();
    with(|system| system.hangs = false);
    hanging.check_result(&request("t")).unwrap();
}

// Finding H3: a look-up for which there was no thread was a panic.
fn a_thread_that_is_refused_is_an_error(endpoint: &str, port: &str) {
    // The threads that calls in the background need are there from here on.
    let named = client("quick.test", port, PATIENT);
    WAYS[1](&builder(endpoint).build_blocking().unwrap(), &request("t")).unwrap();
    let limited = Limited::to_no_further_thread();
    for call in WAYS {
        let error = call(&named, &request("t")).unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (Kind::Io, true), "{error}");
        assert!(error.message().contains("quick.test"), "{error}");
        assert!(error.message().contains("the operating system refused a thread"), "{error}");
    }
    drop(limited);
    for call in WAYS {
        call(&named, &request("t")).unwrap();
    }
}

// Finding K6: a call for which there is no thread is counted like any other.
fn a_call_that_gets_no_thread_is_counted(endpoint: &str) {
    let client = builder(endpoint).build_blocking().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert!(host::shutdown(PATIENT));
    let limited = Limited::to_no_further_thread();
    let inside_a_runtime = runtime.block_on(async { client.check_result(&request("t")).map(drop) });
    let started = client.start(request("t"), CallOptions::default(), Delivery::default(), |_| unreachable!("it was not started"));
    drop(limited);
    for refused in [inside_a_runtime, started] {
        assert_eq!(refused.unwrap_err().kind(), Kind::Io);
    }
    let stats = client.stats();
    assert_eq!((stats.calls, stats.failed, stats.requests), (2, 2, 0));
}

struct Limited(rlimit);

impl Limited {
    fn to_no_further_thread() -> Self {
        let mut former = rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: it reads and writes what it is given. Root knows no limit: its threads become those of another user.
        unsafe {
            assert_eq!(libc::getrlimit(libc::RLIMIT_NPROC, &raw mut former), 0, "{}", io::Error::last_os_error());
            if libc::geteuid() == 0 {
                assert_eq!(libc::setresuid(50_000, 50_000, 50_000), 0, "{}", io::Error::last_os_error());
            }
        }
        set(rlimit { rlim_cur: 1, ..former });
        Self(former)
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        set(self.0);
    }
}

fn set(limit: rlimit) {
    // SAFETY: `limit` is read while the call lasts.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NPROC, &raw const limit) }, 0, "{}", io::Error::last_os_error());
}
