//! A quota that is shared on Redis, in C.

#[allow(dead_code, reason = "no fault is tried here")]
#[path = "../../../quota-redis/tests/support/server.rs"]
mod redis;

use redis::Server;

use crate::support::{Program, emulator};

#[test]
fn a_forked_child_is_a_worker_of_its_own() {
    let Some(server) = Server::start(&[]) else { return };
    let (emulator, program) = (emulator(None), Program::new("quota", &["quota.c"]));
    let printed = program.output(&[emulator.endpoint(), &format!("redis://127.0.0.1:{}/0?account=shop", server.port)]);
    if printed.trim() == "none" {
        println!("skipped: this needs a library with the feature quota-redis");
        return;
    }
    let arrivals: Vec<f64> = emulator.attempts().iter().map(|attempt| attempt.at.as_secs_f64()).collect();
    assert_eq!(arrivals.len().to_string(), printed.trim());
    // Together they keep to twenty a second; a machine that is busy may bring a few of them together.
    let busiest = arrivals.iter().map(|begin| arrivals.iter().filter(|at| (*begin..begin + 1.0).contains(*at)).count()).max();
    assert!(busiest <= Some(24), "{busiest:?} in a second");
    // Both are known to the server, each under a name of its own.
    let host = emulator.endpoint().trim_start_matches("http://");
    let workers = server.command(&["ZCARD", &format!("cloudauth:{{shop/{host}/CheckResult}}:seen")]);
    assert_eq!(workers, ":2\r\n");
}
