//! Descriptors run out. A process of its own: the limit is for all of it.

#[path = "support/server.rs"]
mod server;
mod support;
#[path = "support/ways.rs"]
mod ways;

use std::fs::File;
use std::io;

use cloudauth_core::{Kind, ManyOptions, blocking};
use server::{say, server};
use support::{builder, request};
use ways::WAYS;

const LIMIT: u64 = 160;

fn lower_the_limit() {
    let limit = libc::rlimit { rlim_cur: LIMIT, rlim_max: LIMIT };
    // SAFETY: `limit` is read while the call lasts.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0, "{}", io::Error::last_os_error());
}

// Finding G1: `network` with "does DNS know it?", or `io` with advice about free space.
// Finding K6: a blocking call that has no descriptor for its lane is counted like any other.
#[test]
fn descriptors_that_ran_out_are_called_so_and_the_client_recovers() {
    let endpoint = server(|stream, _| say(stream, "{\"Code\":\"Success\"}"));
    let by_name = endpoint.replace("127.0.0.1", "localhost");
    lower_the_limit();
    for endpoint in [endpoint, by_name] {
        let warm: [blocking::Client; 2] = [(); 2].map(|()| builder(&endpoint).build_blocking().unwrap());
        // The thread that does I/O for calls in the background is there from here on.
        let background = builder(&endpoint).build_blocking().unwrap();
        WAYS[1](&background, &request("t")).unwrap();
        let mut files = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            files.push(file);
        }
        for (call, client) in WAYS.into_iter().zip(&warm) {
            let error = call(client, &request("t")).unwrap_err();
            assert_eq!((error.kind(), error.retryable()), (Kind::Io, true), "{error}");
            assert!(error.message().contains("too many open files: this process may have 160 (ulimit -n)"), "{error}");
            assert!(error.advice().contains("ulimit -n"), "{}", error.advice());
            assert_eq!((client.stats().calls, client.stats().failed), (1, 1), "{error}");
        }
        // Each of many has its own outcome; all but the first were lost.
        let cold = builder(&endpoint).build_blocking().unwrap();
        let many = cold.check_many(["t"; 5].map(request), &ManyOptions::default());
        let outcomes: Vec<_> = many.map(|(position, outcome)| (position, outcome.unwrap_err().kind())).collect();
        assert_eq!(outcomes, [0, 1, 2, 3, 4].map(|position| (position, Kind::Io)));
        drop(files);
        for (call, client) in WAYS.into_iter().zip(&warm) {
            call(client, &request("t")).unwrap();
        }
    }
}
