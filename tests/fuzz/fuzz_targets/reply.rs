//! Whatever bytes a server answers with, the transport ends in a result or an error.
#![no_main]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use cloudauth_core::{CheckResultRequest, Client, Kind, blocking};
use libfuzzer_sys::fuzz_target;

/// What the server answers next.
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

static CLIENT: LazyLock<blocking::Client> = LazyLock::new(|| {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    let client = Client::builder().endpoint(endpoint).access_key("id", "secret", None);
    client.max_attempts(1).timeout(Duration::from_millis(1500)).build_blocking().expect("the options are right")
});

/// Answers one request and closes: the client must not wait for more.
fn serve(mut stream: std::net::TcpStream) {
    let _ = stream.read(&mut [0; 4096]);
    let answer = ANSWER.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let _ = stream.write_all(&answer);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read(&mut [0; 4096]);
}

fuzz_target!(|input: &[u8]| {
    input.clone_into(&mut ANSWER.lock().unwrap_or_else(PoisonError::into_inner));
    if let Err(error) = CLIENT.check_result(&CheckResultRequest::new("demo", "fuzz")) {
        assert!(error.kind() != Kind::Internal, "{error}");
        assert!(!error.message().contains(['\n', '\r']), "{error}");
    }
});
