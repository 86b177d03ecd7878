use std::collections::HashMap;
use std::io::{self, Read, Write as _};
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

use super::padding::{END, START};

pub(super) fn compress(body: &[u8]) -> Bytes {
    deflate(body)
}

/// JSON that has `size` bytes once it is inflated. Made once for each size.
pub(super) fn bomb(size: u64) -> Bytes {
    static MADE: Mutex<Option<HashMap<u64, Bytes>>> = Mutex::new(None);
    let mut bombs = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || {
        let padding = size.saturating_sub((START.len() + END.len()) as u64);
        deflate(START.chain(io::repeat(b'a').take(padding)).chain(END))
    };
    bombs.get_or_insert_default().entry(size).or_insert_with(make).clone()
}

fn deflate(mut body: impl Read) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Neither memory nor a Vec fails to be read or written.
    let _ = io::copy(&mut body, &mut encoder).and_then(|_| encoder.flush());
    encoder.finish().unwrap_or_default().into()
}
