//! A server that reads requests' heads and does what it is told with the connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Barrier};
use std::thread;

/// So many connections are served at once.
const THREADS: usize = 32;

/// Serves connections; `answer` gets each request's head. Returns the endpoint once all threads run: a test that forks must
/// not do so while one is being started, since std holds a lock then that a child never sees released.
pub(crate) fn server(answer: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(answer);
    let running = Arc::new(Barrier::new(THREADS + 1));
    for _ in 0..THREADS {
        let (listener, answer, running) = (listener.try_clone().expect("a descriptor"), answer.clone(), running.clone());
        thread::spawn(move || {
            running.wait();
            for mut stream in listener.incoming().flatten() {
                while let Some(head) = read_head(&mut stream) {
                    answer(&mut stream, &head);
                }
            }
        });
    }
    running.wait();
    endpoint
}

/// Answers with a whole JSON body.
#[allow(dead_code, reason = "not every test answers so")]
pub(crate) fn say(stream: &mut TcpStream, json: &str) {
    // A client that has hung up is no concern of the server's.
    let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{json}", json.len());
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => seen.push(byte[0]),
            _ => return None,
        }
    }
    String::from_utf8(seen).ok()
}
