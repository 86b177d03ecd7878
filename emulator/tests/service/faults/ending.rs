use super::raw::{End, apply, ask, call, exchange, honest, start};
use crate::client::connect;

#[test]
fn connections_end_where_the_fault_says() {
    let whole = honest().body;
    for (name, end) in [("close", End::Closed), ("reset", End::Reset)] {
        let start = if name == "close" { "close-without-answer" } else { "reset-before-headers" };
        let (emulator, seen) = apply(start);
        assert_eq!((seen.bytes.len(), seen.end), (0, end), "{start}");
        assert_eq!(emulator.attempts_of("idocr200")[0].http_status, 200, "the call was done");

        let (_, seen) = apply(&format!("{name}-mid-headers"));
        assert!(seen.bytes.starts_with(b"HTTP/1.1 200 OK\r\n"));
        assert_eq!((seen.head(), seen.end), ("", end), "{name} in the head");

        let (_, seen) = apply(&format!("{name}-mid-body"));
        assert_eq!(seen.values("content-length"), [whole.len().to_string()]);
        assert_eq!((seen.body().len(), seen.end), (whole.len() / 2, end), "{name} in the body");
    }
}

#[test]
fn a_whole_reply_may_be_the_last_one_without_a_word() {
    let (_, seen) = apply("close-after-reply");
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    assert!(serde_json::from_slice::<serde_json::Value>(seen.body()).is_ok());
    assert_eq!(seen.values("connection"), [""; 0]);
    assert_eq!(seen.end, End::Closed);
}

#[test]
fn reuse_is_punished_and_a_first_request_is_not() {
    for (fault, end) in [("close-on-reuse", End::Closed), ("reset-on-reuse", End::Reset)] {
        let emulator = start(fault);
        for _ in 0..2 {
            let mut stream = connect(emulator.endpoint());
            assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success");
            let seen = ask(&mut stream, &call(&emulator, "idocr200"));
            assert_eq!((seen.bytes.len(), seen.end), (0, end), "{fault}");
        }
        let attempts = emulator.attempts_of("idocr200");
        let statuses: Vec<_> = attempts.iter().map(|attempt| (attempt.connection, attempt.http_status)).collect();
        assert_eq!(statuses, [(1, 200), (1, 0), (2, 200), (2, 0)], "{fault}: the second call was not done");
    }
}

#[test]
fn pages_are_no_calls_and_do_not_count_as_use() {
    let emulator = start("reset-on-reuse");
    let mut stream = connect(emulator.endpoint());
    for _ in 0..2 {
        crate::client::write(&mut stream, "GET", "/healthz", &[], b"").unwrap();
        assert_eq!(crate::client::read(&mut stream).unwrap().status, 200);
    }
    assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success");
}
