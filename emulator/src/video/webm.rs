//! A `WebM` file of one still picture: the drawn face for two seconds, as four VP8 key frames half a second apart.

use std::sync::LazyLock;

use hyper::body::Bytes;

/// The drawn face, 180 by 240, as one VP8 key frame.
const FRAME: &[u8] = include_bytes!("face.vp8");
const WIDTH: u64 = 180;
const HEIGHT: u64 = 240;
/// When each frame is shown, in milliseconds.
const TIMES: [i16; 4] = [0, 500, 1000, 1500];
const DURATION: f64 = 2000.0;

/// The file, as long as is asked for, or longer where that is too short for its pictures.
pub(super) fn file(length: Option<usize>) -> Bytes {
    static FILE: LazyLock<Bytes> = LazyLock::new(|| mux(0).into());
    let own = Bytes::clone(&FILE);
    match length.and_then(|length| length.checked_sub(own.len())) {
        None | Some(0..9) => own,
        Some(more) => mux(more - 9).into(),
    }
}

/// `more`: so many bytes in an element that players skip.
fn mux(more: usize) -> Vec<u8> {
    let header = [
        number(&[0x42, 0x86], 1),
        number(&[0x42, 0xf7], 1),
        number(&[0x42, 0xf2], 4),
        number(&[0x42, 0xf3], 8),
        element(&[0x42, 0x82], b"webm"),
        number(&[0x42, 0x87], 2),
        number(&[0x42, 0x85], 2),
    ];
    let info = [
        // Times are in milliseconds: a million nanoseconds each.
        number(&[0x2a, 0xd7, 0xb1], 1_000_000),
        element(&[0x44, 0x89], &DURATION.to_be_bytes()),
        element(&[0x4d, 0x80], b"cloudauth-emulator"),
        element(&[0x57, 0x41], b"cloudauth-emulator"),
    ];
    let picture = [number(&[0xb0], WIDTH), number(&[0xba], HEIGHT)];
    let track = [
        number(&[0xd7], 1),
        number(&[0x73, 0xc5], 1),
        number(&[0x83], 1),
        number(&[0x9c], 0),
        element(&[0x86], b"V_VP8"),
        element(&[0xe0], &picture.concat()),
    ];
    let mut cluster = number(&[0xe7], 0);
    for time in TIMES {
        // Track 1, the time, and the mark of a key frame.
        let [high, low] = time.to_be_bytes();
        cluster.extend(element(&[0xa3], &[&[0x81, high, low, 0x80], FRAME].concat()));
    }
    let filler: Vec<u8> = (0..more).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    let filler = if more == 0 { Vec::new() } else { element(&[0xec], &filler) };
    let segment = [
        element(&[0x15, 0x49, 0xa9, 0x66], &info.concat()),
        element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &track.concat())),
        element(&[0x1f, 0x43, 0xb6, 0x75], &cluster),
        filler,
    ];
    [element(&[0x1a, 0x45, 0xdf, 0xa3], &header.concat()), element(&[0x18, 0x53, 0x80, 0x67], &segment.concat())].concat()
}

fn number(id: &[u8], value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// An element: its id, its length in eight bytes (the first bit of which says so), its content.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = content.len() as u64 | 1 << 56;
    [id, &length.to_be_bytes(), content].concat()
}
