use std::io::Read as _;

use flate2::read::GzDecoder;

use super::raw::{End, apply, honest};

#[test]
fn the_right_json_may_be_called_html() {
    let (_, seen) = apply("content-type-wrong");
    assert_eq!(seen.values("content-type"), ["text/html;charset=utf-8"]);
    let body: serde_json::Value = serde_json::from_slice(seen.body()).unwrap();
    assert_eq!(body["Code"], "Success");
}

#[test]
fn json_may_be_cut_in_a_right_frame() {
    let (_, seen) = apply("json-cut");
    assert_eq!(seen.body().len(), honest().body.len() / 2);
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    assert_eq!(seen.end, End::Open);
}

#[test]
fn json_may_be_deep() {
    for (fault, depth) in [("json-deep", 10_000), ("json-deep:depth=3", 3)] {
        let (_, seen) = apply(fault);
        assert_eq!(seen.status(), "HTTP/1.1 200 OK");
        let text = std::str::from_utf8(seen.body()).unwrap();
        assert_eq!(text, format!("{{\"Code\":\"Success\",\"Result\":{}{}}}", "[".repeat(depth), "]".repeat(depth)));
    }
}

#[test]
fn a_body_may_be_huge_with_its_length_or_in_chunks() {
    let size = 64 << 20;
    let (_, seen) = apply("body-huge");
    assert_eq!(seen.values("content-length"), [size.to_string()]);
    assert_eq!((seen.body().len(), seen.end), (size, End::Open));
    assert!(seen.body().starts_with(b"{\"Code\":\"Success\",\"Padding\":\"aaa") && seen.body().ends_with(b"aaa\"}"));

    let (_, seen) = apply("body-huge:size=1MiB,length=no");
    assert_eq!(seen.values("content-length"), [""; 0]);
    assert_eq!(seen.values("transfer-encoding"), ["chunked"]);
    let chunk = seen.body().strip_prefix(b"100000\r\n").unwrap().strip_suffix(b"\r\n0\r\n\r\n").unwrap();
    let json: serde_json::Value = serde_json::from_slice(chunk).unwrap();
    assert_eq!((chunk.len(), json["Code"].as_str(), seen.end), (1 << 20, Some("Success"), End::Open));
}

#[test]
fn a_bomb_is_small_until_it_is_inflated() {
    let (_, seen) = apply("gzip-bomb");
    assert_eq!(seen.values("content-encoding"), ["gzip"]);
    assert!(seen.body().len() < 128 << 10, "{}", seen.body().len());
    let mut inflated = Vec::new();
    GzDecoder::new(seen.body()).read_to_end(&mut inflated).unwrap();
    assert_eq!(inflated.len(), 64 << 20);
    assert!(inflated.starts_with(b"{\"Code\":\"Success\",") && inflated.ends_with(b"\"}"));
}

#[test]
fn a_reply_may_be_compressed_unasked() {
    let (_, seen) = apply("gzip-unasked");
    assert_eq!(seen.values("content-encoding"), ["gzip"]);
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    let json: serde_json::Value = serde_json::from_reader(GzDecoder::new(seen.body())).unwrap();
    assert_eq!(json["Code"], "Success");
}
