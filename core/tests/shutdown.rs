//! Shutting the library down and starting it anew. A process of its own: shutdown is for all of it.

#[path = "support/server.rs"]
mod server;
mod support;

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::{CallOptions, Kind, host};
use server::{say, server};
use support::{builder, request};

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
        client.start_check_result(request("slow"), CallOptions::default(), done).unwrap();
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
    assert!(host::shutdown(Duration::from_secs(20)));
}
