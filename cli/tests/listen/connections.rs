use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::service::World;

/// As docs/bulk.md has them.
const MOST: usize = 512;
const IDLE: Duration = Duration::from_secs(10);

#[test]
fn so_many_connections_are_served_and_the_next_one_waits_for_a_place() {
    let world = World::new();
    let service = world.listen(&[]);
    let connect = || TcpStream::connect(&service.address).unwrap();
    let begun = Instant::now();
    let mut idle: Vec<_> = (1..MOST).map(|_| connect()).collect();
    assert_eq!(service.get("/healthz").0, 200, "one place is left");
    idle.push(connect());
    let mut next = connect();
    next.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    next.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let error = next.read(&mut [0; 1]).unwrap_err();
    assert!([ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()), "{error}");
    assert!(begun.elapsed() < IDLE, "the machine is too slow to show anything");
    drop(idle.pop());
    let mut reply = String::new();
    next.set_read_timeout(Some(IDLE)).unwrap();
    next.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    // Who says nothing loses its place.
    let mut silent = idle.remove(0);
    silent.set_read_timeout(Some(2 * IDLE)).unwrap();
    assert_eq!(silent.read(&mut [0; 1]).unwrap(), 0);
    assert!(begun.elapsed() >= IDLE, "{:?}", begun.elapsed());
    service.stop_in_order();
}
