use super::raw::{End, Seen, apply, ask, call, exchange, honest, start};
use crate::client::connect;

/// What the fault puts on the wire, and how the connection ends.
fn seen(fault: &str) -> Seen {
    apply(fault).1
}

/// The body of the replies here, but for its request id, is as long as this.
fn length() -> usize {
    honest().body.len()
}

#[test]
fn lengths_are_not_those_of_the_body() {
    let length = length();
    for (fault, lengths, end) in [
        ("length-too-long", vec![(length + 100).to_string()], End::Closed),
        ("length-too-short", vec![(length / 2).to_string()], End::Open),
        ("length-contradictory", vec![length.to_string(), (length - 1).to_string()], End::Open),
        ("length-repeated", vec![length.to_string(), length.to_string()], End::Open),
        ("length-not-a-number", vec!["-1".to_owned()], End::Open),
    ] {
        let seen = seen(fault);
        assert_eq!(seen.values("content-length"), lengths, "{fault}");
        assert_eq!(seen.values("transfer-encoding"), [""; 0], "{fault}");
        assert_eq!((seen.body().len(), seen.end), (length, end), "{fault}");
    }
}

#[test]
fn chunks_are_spoilt_each_in_its_way() {
    let length = length();
    let right = format!("{length:x}\r\n");
    for (fault, start, tail, end) in [
        ("length-and-chunked", right.as_str(), &b"}\r\n0\r\n\r\n"[..], End::Open),
        ("chunk-cut", right.as_str(), b"}\r\n", End::Closed),
        ("chunk-size-bad", "zz\r\n", b"}\r\n0\r\n\r\n", End::Open),
        ("chunk-size-overflow", "10000000000000001\r\n", b"}\r\n0\r\n\r\n", End::Open),
    ] {
        let seen = seen(fault);
        assert_eq!(seen.values("transfer-encoding"), ["chunked"], "{fault}");
        assert_eq!(seen.values("content-length").len(), usize::from(fault == "length-and-chunked"), "{fault}");
        assert!(seen.body().starts_with([start.as_bytes(), b"{\""].concat().as_slice()), "{fault}");
        assert!(seen.body().ends_with(tail), "{fault}");
        assert_eq!(seen.body().len(), start.len() + length - 1 + tail.len(), "{fault}");
        assert_eq!(seen.end, end, "{fault}");
    }
}

#[test]
fn a_second_reply_follows_unasked() {
    let seen = seen("reply-twice");
    let (first, second) = seen.bytes.split_at(seen.bytes.len() / 2);
    assert!(first.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert_eq!(first, second);
    assert_eq!(seen.end, End::Open);
}

#[test]
fn a_connection_left_open_takes_the_next_call() {
    for fault in ["length-too-short", "length-repeated", "chunk-size-bad", "reply-twice"] {
        let emulator = start(&format!("{fault}:next=1"));
        let mut stream = connect(emulator.endpoint());
        ask(&mut stream, &call(&emulator, "idocr200"));
        assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success", "{fault}");
        let connections: Vec<_> = emulator.attempts().iter().map(|attempt| attempt.connection).collect();
        assert_eq!(connections, [1, 1], "{fault}: a client that uses it again would be seen");
    }
}
