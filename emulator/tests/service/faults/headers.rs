use super::raw::{End, apply};

#[test]
fn there_may_be_very_many_headers() {
    for (fault, count) in [("headers-many", 100_000), ("headers-many:count=101", 101)] {
        let (_, seen) = apply(fault);
        assert_eq!(seen.head().lines().filter(|line| line.starts_with("x-fault-")).count(), count);
        assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
        assert_eq!(seen.end, End::Open);
    }
}

#[test]
fn one_header_may_be_very_long() {
    for (fault, size) in [("header-huge", 1 << 20), ("header-huge:size=64KiB", 64 << 10)] {
        let (_, seen) = apply(fault);
        assert_eq!(seen.values("x-fault")[0].len(), size);
        assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
        assert_eq!(seen.end, End::Open);
    }
}

#[test]
fn a_header_may_hold_what_none_may() {
    for (fault, line) in [("header-nul", &b"\r\nx-fault: a\0b\r\n"[..]), ("header-cr", b"\r\nx-fault: a\rb\r\n")] {
        let (_, seen) = apply(fault);
        assert!(seen.bytes.windows(line.len()).any(|part| part == line), "{fault}");
        assert!(!seen.body().is_empty());
        assert_eq!(seen.end, End::Open);
    }
}
