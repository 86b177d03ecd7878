//! Proxies that do not lead on.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cloudauth_core::{Error, Kind, Proxy};

use crate::calls::emulator;
use crate::proxy::{head, relay};
use crate::support::{builder, request};
use crate::ways::WAYS;

/// A proxy that answers each CONNECT with `answer`; gives its address, and how often it was asked.
fn answers(answer: &str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(AtomicUsize::new(0));
    let (answer, count) = (answer.to_owned(), asked.clone());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
            if head(&mut stream).is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
                let _ = stream.write_all(answer.as_bytes());
            }
        }
    });
    (address, asked)
}

/// The error of a call through it, each way, and how many CONNECTs a call made.
fn through(answer: &str, login: &str) -> Vec<(Error, usize, String)> {
    let each = WAYS.into_iter().map(|way| {
        let (address, asked) = answers(answer);
        let client = builder("https://cloudauth-emulator.test")
            .proxy(Proxy::Url(format!("http://{login}{address}")))
            .retry_base(Duration::from_millis(1))
            .build_blocking()
            .unwrap();
        let error = way(&client, &request("ekycpro200")).unwrap_err();
        (error, asked.load(Ordering::Relaxed), address)
    });
    each.collect()
}

/// A head that opens a tunnel, with so many lines of so many bytes.
fn long_head(count: usize, length: usize) -> String {
    let lines: Vec<_> = (0..count).map(|line| format!("x-{line}: {}\r\n", "y".repeat(length))).collect();
    format!("HTTP/1.1 200 OK\r\n{}\r\n", lines.concat())
}

// Finding B6: a proxy that says no is asked once, and the advice is about the proxy.
#[test]
fn a_refusal_is_final_and_trouble_is_not() {
    let wrong = "it does not take this user name and password (407)";
    for (status, login, says, advice) in [
        (407, "someone:wrong@", wrong, "user:password@host"),
        (407, "", "it wants a user name and a password (407)", "user:password@host"),
        (403, "someone:wrong@", "it refused to connect to https://cloudauth-emulator.test (403)", "runs the proxy"),
        (302, "", "it refused to connect to https://cloudauth-emulator.test (302)", "runs the proxy"),
        (404, "", "it refused to connect to https://cloudauth-emulator.test (404)", "runs the proxy"),
    ] {
        for (error, asked, address) in through(&format!("HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n"), login) {
            assert_eq!((error.kind(), error.message()), (Kind::Network, &*format!("the proxy {address}: {says}")));
            assert_eq!((asked, error.attempts(), error.retryable()), (1, 1, false), "{error}");
            assert!(error.advice().contains(advice), "{}", error.advice());
        }
    }
    for status in [429, 500, 502, 503, 504] {
        for (error, asked, address) in through(&format!("HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n"), "") {
            let says = format!("the proxy {address}: it could not connect to https://cloudauth-emulator.test ({status})");
            assert_eq!((error.kind(), error.message()), (Kind::Network, &*says));
            assert_eq!((asked, error.attempts(), error.retryable()), (3, 3, true), "{error}");
        }
    }
}

// Finding L6: whatever comes in place of a tunnel is named as what it is.
#[test]
fn an_answer_that_is_none_is_told_from_a_name_that_is_unknown() {
    for (answer, says, asked) in [
        (long_head(300, 10), "its answer to CONNECT has too many header lines, or too long ones", 1),
        (long_head(50, 20_000), "its answer to CONNECT has too many header lines, or too long ones", 1),
        ("SSH-2.0-OpenSSH_9.2\r\n".to_owned(), "it did not answer in HTTP", 1),
        (String::new(), "it hung up while the connection was made", 3),
    ] {
        for (error, count, address) in through(&answer, "") {
            assert_eq!((error.kind(), error.message()), (Kind::Network, &*format!("the proxy {address}: {says}")));
            assert_eq!((count, error.retryable()), (asked, asked == 3), "{error}");
        }
    }
}

// Finding L6: more than 8 KiB of header lines are read.
#[test]
fn a_long_answer_opens_a_tunnel_like_any_other() {
    let (emulator, authority) = emulator(true);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let onward = emulator.endpoint().rsplit('/').next().unwrap().to_owned();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            stream.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
            let onward = TcpStream::connect(&onward).unwrap();
            onward.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
            thread::spawn(move || {
                head(&mut stream)?;
                stream.write_all(long_head(20, 1000).as_bytes())?;
                relay(&mut stream, &onward)
            });
        }
    });
    let client = builder("https://cloudauth-emulator.test")
        .proxy(Proxy::Url(format!("http://{address}")))
        .ca_pem(authority.unwrap())
        .build_blocking()
        .unwrap();
    for way in WAYS {
        way(&client, &request("ekycpro200")).unwrap();
    }
}
