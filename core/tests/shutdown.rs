//! Shutting the library down and starting it anew. A process of its own: shutdown is for all of it.

#[path = "support/server.rs"]
mod server;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::typed::{DownloadVideoRequest, Receiver};
use cloudauth_core::{CallOptions, ClientBuilder, Delivery, Environment, Kind, ManyOptions, blocking, host};
use server::{say, server};
use support::{builder, keyless, request};

#[test]
fn shutdown_ends_calls_waits_for_callbacks_and_is_no_end() {
    let endpoint = server(|stream, head| {
        if head.contains("slow") {
            thread::sleep(Duration::from_secs(30));
        }
        say(stream, r#"{"Code":"Success"}"#);
    });
    let client = builder(&endpoint).build_blocking().unwrap();
    assert!(host::shutdown(Duration::ZERO), "nothing was begun yet");
    for _ in 0..3 {
        let begun = Instant::now();
        let (sender, outcome) = mpsc::channel();
        let done = move |outcome: cloudauth_core::Result<_>| {
            thread::sleep(Duration::from_millis(50));
            sender.send(outcome.unwrap_err().kind()).unwrap();
        };
        client.start(request("slow"), CallOptions::default(), Delivery::default(), done).unwrap();
        let blocked = thread::spawn({
            let client = client.clone();
            move || client.check_result(&request("slow")).unwrap_err().kind()
        });
        thread::sleep(Duration::from_millis(50));
        assert!(host::shutdown(Duration::from_secs(20)));
        assert_eq!(outcome.try_recv(), Ok(Kind::Cancelled), "the callback was waited for");
        assert_eq!(blocked.join().unwrap(), Kind::Cancelled);
        assert!(begun.elapsed() < Duration::from_secs(15));
        assert!(client.check_result(&request("t")).is_ok(), "the same client calls again");
    }
    many_calls_end_each_by_itself(&client);
    jobs_end_and_leave_no_file(&client, &endpoint);
    a_receiver_is_waited_for();
    connections_are_kept_warm_no_longer();
    a_fetch_of_keys_is_ended_and_no_fault_of_its_source(&endpoint);
    a_hosts_keys_are_asked_for_anew(&endpoint);
    a_limiters_wait_is_ended_and_its_function_is_waited_for(&endpoint);
    // Finding A6: a limit that no clock reaches is none, and no panic.
    assert!(host::shutdown(Duration::MAX));
}

fn a_limiters_wait_is_ended_and_its_function_is_waited_for(endpoint: &str) {
    let (sender, entered) = mpsc::channel();
    let returned = Arc::new(AtomicUsize::new(0));
    let returns = returned.clone();
    let client = builder(endpoint).limiter(move |_| {
        sender.send(()).unwrap();
        thread::sleep(Duration::from_millis(200));
        returns.fetch_add(1, Ordering::SeqCst);
        Ok(Duration::from_secs(30))
    });
    let client = client.build_blocking().unwrap();
    // While the function blocks, and while the call waits as it said.
    for wait in [Duration::ZERO, Duration::from_millis(400)] {
        let (sender, outcome) = mpsc::channel();
        let done = move |outcome: cloudauth_core::Result<_>| sender.send(outcome.unwrap_err().kind()).unwrap();
        client.start(request("t"), CallOptions::default(), Delivery::default(), done).unwrap();
        let blocked = thread::spawn({
            let client = client.clone();
            move || client.check_result(&request("t")).unwrap_err().kind()
        });
        for _ in 0..2 {
            entered.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        thread::sleep(wait);
        assert!(host::shutdown(Duration::from_secs(20)));
        assert_eq!((outcome.try_recv(), blocked.join().unwrap()), (Ok(Kind::Cancelled), Kind::Cancelled));
    }
    assert_eq!((returned.load(Ordering::SeqCst), client.stats().requests), (4, 0));
}

fn many_calls_end_each_by_itself(client: &blocking::Client) {
    let many = client.many(&ManyOptions { concurrency: 2, ..ManyOptions::default() });
    for transaction in ["slow", "slow", "t"] {
        many.push(Ok(request(transaction)), None).unwrap();
    }
    many.finish();
    thread::sleep(Duration::from_millis(50));
    assert!(host::shutdown(Duration::from_secs(20)));
    for _ in 0..2 {
        assert_eq!(many.next().unwrap().1.unwrap_err().kind(), Kind::Cancelled);
    }
    assert!(many.next().unwrap().1.is_ok(), "what begins later is made anew");
    assert!(many.next().is_none());
}

/// Neither one that carries a `KeepaliveIntl` nor one that is idle holds a shutdown up, and the next call begins it anew.
fn jobs_end_and_leave_no_file(client: &blocking::Client, endpoint: &str) {
    let folder = tempfile::tempdir().unwrap();
    let result = serde_json::json!({"sub_code": null, "face": {"video_url": format!("{endpoint}/slow.webm")}});
    let to = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let request = |name| DownloadVideoRequest::new(to(name)).result(result.clone()).video_hosts(["127.0.0.1"]);
    let (sender, outcome) = mpsc::channel();
    let done = move |outcome: cloudauth_core::Result<_>| sender.send(outcome.unwrap_err().kind()).unwrap();
    client.start(request("one"), CallOptions::default(), Delivery::default(), done).unwrap();
    let blocked = thread::spawn({
        let (client, request) = (client.clone(), request("two"));
        move || client.download_video(&request).unwrap_err().kind()
    });
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    while files() < 2 {
        thread::sleep(Duration::from_millis(5));
    }
    assert!(host::shutdown(Duration::from_secs(20)));
    assert_eq!((outcome.try_recv(), files()), (Ok(Kind::Cancelled), 0));
    assert_eq!(blocked.join().unwrap(), Kind::Cancelled);
}

fn a_receiver_is_waited_for() {
    let endpoint = server(|stream, _| say(stream, "\u{1a}E\u{7e3} and more"));
    let client = builder(&endpoint).build_blocking().unwrap();
    let result = serde_json::json!({"sub_code": null, "face": {"video_url": format!("{endpoint}/v.webm")}});
    let ((entered, inside), (returned, left)) = (mpsc::channel(), mpsc::channel());
    let receiver = move |_: &[u8]| {
        entered.send(())?;
        thread::sleep(Duration::from_millis(300));
        Ok(returned.send("the receiver returned")?)
    };
    let request = DownloadVideoRequest::with_receiver(Receiver::new(receiver)).result(result).video_hosts(["127.0.0.1"]);
    let (sender, outcome) = mpsc::channel();
    let done = move |outcome: cloudauth_core::Result<_>| sender.send((outcome.unwrap_err().kind(), left.try_recv())).unwrap();
    client.start(request, CallOptions::default(), Delivery::OnIoThread, done).unwrap();
    inside.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(!host::shutdown(Duration::ZERO), "it waits for the receiver");
    assert!(host::shutdown(Duration::from_secs(20)));
    assert_eq!(outcome.try_recv().unwrap(), (Kind::Cancelled, Ok("the receiver returned")));
}

fn connections_are_kept_warm_no_longer() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let endpoint = server(move |stream, head| {
        if head.contains("KeepaliveIntl") && counter.fetch_add(1, Ordering::SeqCst) % 4 == 3 {
            thread::sleep(Duration::from_secs(30));
        }
        say(stream, r#"{"Code":"Success"}"#);
    });
    let client = builder(&endpoint).keep_warm(Duration::from_millis(100)).build_blocking().unwrap();
    for round in 1..=2 {
        assert!(client.check_result(&request("t")).is_ok());
        while asked.load(Ordering::SeqCst) < 4 * round {
            thread::sleep(Duration::from_millis(1));
        }
        assert!(host::shutdown(Duration::from_secs(20)));
        let sent = asked.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(300));
        assert_eq!(asked.load(Ordering::SeqCst), sent);
    }
}

fn a_fetch_of_keys_is_ended_and_no_fault_of_its_source(endpoint: &str) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let source = server(move |stream, _| {
        if counter.fetch_add(1, Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_secs(30));
        }
        say(stream, r#"{"Code":"Success","AccessKeyId":"id","AccessKeySecret":"secret"}"#);
    });
    let variables = [("ALIBABA_CLOUD_CREDENTIALS_URI", &*source), ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")];
    let client = ClientBuilder::default().environment(Environment::given(variables)).endpoint(endpoint).build_blocking().unwrap();
    let blocked = thread::spawn({
        let client = client.clone();
        move || client.check_result(&request("t")).unwrap_err().kind()
    });
    while asked.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    assert!(host::shutdown(Duration::from_secs(20)));
    assert_eq!(blocked.join().unwrap(), Kind::Cancelled);
    assert!(client.check_result(&request("t")).is_ok(), "the next call fetches at once");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// Hangs when it is first asked.
#[derive(Debug, Default)]
struct Vault(AtomicUsize);

impl Provider for Vault {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            if self.0.fetch_add(1, Ordering::SeqCst) == 0 {
                std::future::pending::<()>().await;
            }
            Credentials::new("id", "secret", None)
        })
    }

    fn name(&self) -> &'static str {
        "vault"
    }
}

/// A caller on a runtime of its own, whom the shutdown does not concern, goes on as if nothing were.
fn a_hosts_keys_are_asked_for_anew(endpoint: &str) {
    let vault = Arc::new(Vault::default());
    let client = keyless(endpoint).credentials(vault.clone()).build().unwrap();
    let awaiting = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.check_result(&request("t"))).map(drop)
    });
    while vault.0.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    assert!(host::shutdown(Duration::from_secs(20)));
    awaiting.join().unwrap().unwrap();
    assert_eq!(vault.0.load(Ordering::SeqCst), 2);
}
