use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};

use crate::client::{connect, read, send, write};
use crate::signer::{Call, SCHEMES, Scheme};

fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn alive(emulator: &Emulator) {
    assert_eq!(Call::check(emulator, Scheme::Acs3, "idocr200").send().code(), "Success");
}

#[test]
fn a_body_over_the_cap_gets_413() {
    let emulator = start();
    let mut stream = connect(emulator.endpoint());
    let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", (16 << 20) + 1);
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = vec![b'a'; 1 << 20];
    // The server may answer and close before it has read everything.
    for _ in 0..17 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    assert_eq!(read(&mut stream).unwrap().status, 413);
    let large = send(emulator.endpoint(), "POST", "/?Action=x", &[], &vec![b'a'; 16 << 20]);
    assert_eq!(large.code(), "InvalidVersion", "just at the cap is read");
    alive(&emulator);
}

#[test]
fn too_large_a_head_is_refused() {
    let emulator = start();
    let many: Vec<_> = (0..200).map(|number| (format!("x-{number}"), "1".to_owned())).collect();
    assert_eq!(send(emulator.endpoint(), "GET", "/healthz", &many, b"").status, 431);
    let mut stream = connect(emulator.endpoint());
    let long = [("x-long".to_owned(), "a".repeat(200_000))];
    // It may hang up while we still write; what must not come is success.
    let _ = write(&mut stream, "GET", "/healthz", &long, b"");
    assert!(read(&mut stream).map_or(true, |reply| reply.status == 431));
    alive(&emulator);
}

#[test]
fn garbage_ends_its_own_connection_and_nothing_else() {
    let emulator = start();
    let pieces: [&[u8]; 8] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET",
        b"POST / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame",
        b"GET / HTTP/1.1\r\nhost: a\r\nhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nab",
        b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        &[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00],
    ];
    for piece in pieces {
        let mut stream = connect(emulator.endpoint());
        stream.write_all(piece).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    for target in
        ["/?%", "/?a=%ff", "/?a=1&a=2", "/?=", "/?&&&", "/?Signature", "/video/%00.webm", "/control/", "/verify/<script>"]
    {
        let reply = send(emulator.endpoint(), "POST", target, &[], b"");
        assert!((400..=501).contains(&reply.status), "{target}: {}", reply.status);
    }
    for value in ["ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=,SignedHeaders=,Signature=", "ACS3-\u{e9}", "Basic x"] {
        let headers = [
            ("authorization".to_owned(), value.to_owned()),
            ("x-acs-action".to_owned(), "CheckResult".to_owned()),
            ("x-acs-version".to_owned(), "2022-08-09".to_owned()),
        ];
        assert_eq!(send(emulator.endpoint(), "POST", "/", &headers, b"").code(), "IncompleteSignature", "{value}");
    }
    alive(&emulator);
}

#[test]
fn what_a_page_shows_of_a_stranger_is_escaped() {
    let emulator = start();
    let page = send(emulator.endpoint(), "GET", "/verify/%3Cscript%3Ealert(1)", &[], b"");
    assert!(!page.text().contains("alert(1)"));
}

#[test]
fn a_connection_is_kept_for_many_calls_and_dropped_when_idle() {
    let emulator = start();
    let mut stream = connect(emulator.endpoint());
    for number in 0..50 {
        let call = Call::check(&emulator, SCHEMES[number % 2], "idocr200-no1");
        let (target, headers, body) = call.signed();
        write(&mut stream, call.method, &target, &headers, &body).unwrap();
        assert_eq!(read(&mut stream).unwrap().code(), "Success");
    }
    assert!(emulator.calls().iter().all(|call| call.connection == 1));
    let idle = Instant::now();
    assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0, "closed, not answered");
    assert!((8..20).contains(&idle.elapsed().as_secs()), "after about 10 s");
}

#[test]
fn many_clients_are_served_at_once() {
    let emulator = start();
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = connect(emulator.endpoint());
            stream.write_all(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n").unwrap();
            stream
        })
        .collect();
    std::thread::scope(|scope| {
        for worker in 0..16 {
            let emulator = &emulator;
            scope.spawn(move || {
                for number in 0..25 {
                    let scheme = SCHEMES[(worker + number) % 2];
                    let id = ["ekycpro200", "faceliveness233", "idocr212-hkid", "pending5"][number % 4];
                    let reply = Call::check(emulator, scheme, id).send();
                    assert!(matches!(reply.status, 200 | 404), "{}", reply.text());
                }
            });
        }
    });
    drop(slow);
    let pending: usize = emulator.calls().iter().filter(|call| call.code == "ProcessNotCompleted").count();
    assert!(pending <= 5, "{pending}");
}

#[test]
fn one_nonce_sent_by_many_at_once_is_taken_once() {
    let emulator = start();
    for scheme in SCHEMES {
        let call = Call::check(&emulator, scheme, "idocr200");
        let codes: Vec<String> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..16).map(|_| scope.spawn(|| call.send().code())).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(codes.iter().filter(|code| *code == "Success").count(), 1);
        assert_eq!(codes.iter().filter(|code| *code == "SignatureNonceUsed").count(), 15);
    }
}

#[test]
fn dropping_it_closes_the_port_at_once_even_with_open_connections() {
    let emulator = start();
    let endpoint = emulator.endpoint().to_owned();
    let mut idle = connect(&endpoint);
    let begun = Instant::now();
    drop(emulator);
    assert!(begun.elapsed() < Duration::from_secs(3));
    assert_eq!(idle.read(&mut [0]).unwrap_or(0), 0);
    let address = crate::client::authority(&endpoint).parse().unwrap();
    assert!(TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err());
}

#[test]
fn an_address_that_is_not_loopback_or_taken_is_refused() {
    let listen = |address: &str| Emulator::start(Options { listen: address.parse().unwrap(), ..Options::default() });
    let error = listen("0.0.0.0:0").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    let first = start();
    assert_eq!(listen(crate::client::authority(first.endpoint())).unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}
