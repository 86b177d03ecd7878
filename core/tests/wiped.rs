//! No memory that held an image, or a security token that the service repeated, is given back as it was.

use std::alloc::{GlobalAlloc, Layout, System};
use std::slice;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use cloudauth_core::{decode, decode_plainly};

/// An image's bytes, all of them.
const IMAGE: u8 = 0xFA;
/// A token's.
const TOKEN: u8 = b'Z';
/// So many of them in a row are no chance.
const RUN: usize = 24;

/// What is looked for, in both cases where it is a letter.
static WANTED: AtomicU8 = AtomicU8::new(0);
/// Blocks that were freed with part of it in them.
static FOUND: AtomicUsize = AtomicUsize::new(0);

/// How many blocks `work` leaves with a run of `byte` in them.
fn left_by(byte: u8, work: impl FnOnce()) -> usize {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    WANTED.store(byte, Ordering::Relaxed);
    FOUND.store(0, Ordering::Relaxed);
    work();
    WANTED.store(0, Ordering::Relaxed);
    FOUND.load(Ordering::Relaxed)
}

struct Watching;

#[global_allocator]
static WATCHING: Watching = Watching;

// SAFETY: all of it is the system's own; blocks are only read, and before they are freed.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that all of a block may be read when it is freed.
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is live, has that size, and was zeroed when it was made.
        let bytes = unsafe { slice::from_raw_parts(block, layout.size()) };
        let wanted = WANTED.load(Ordering::Relaxed);
        if wanted != 0 && bytes.windows(RUN).any(|run| run.iter().all(|byte| byte.eq_ignore_ascii_case(&wanted))) {
            FOUND.fetch_add(1, Ordering::Relaxed);
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

/// Base64 of `length` such bytes, in either alphabet.
fn image(length: usize, url_safe: bool) -> String {
    let text = "+vr6".repeat(length / 3);
    if url_safe { text.replace('+', "-") } else { text }
}

// Finding D5: only what was in use was wiped, and nothing of what was refused.
#[test]
fn images_leave_nothing_behind() {
    for length in [30, 3000, 30_000, 90_000, 3_000_000] {
        for (name, image) in [
            ("standard", image(length, false)),
            ("URL-safe", image(length, true)),
            ("refused at the end", image(length, false) + "."),
            ("URL-safe, refused at the end", image(length, true) + "."),
            ("padded in the middle", image(length, false) + "AA==AAAA"),
            ("behind a prefix", "data:image/png;base64,".to_owned() + &image(length, false)),
            ("in lines", image(length, false).replace("+vr6+vr6", "+vr6+vr6\\\\r\\\\n")),
        ] {
            let body = format!(r#"{{"Code":"Success","Result":{{"ExtFaceInfo":"{{\"faceImg\":\"{image}\"}}"}}}}"#);
            for (way, decode) in [("lifted", decode as fn(&[u8]) -> _), ("plain", decode_plainly)] {
                let left = left_by(IMAGE, || drop(decode(body.as_bytes())));
                assert_eq!(left, 0, "{name}, {length} bytes, {way}");
            }
        }
    }
}

// Finding C9: of a refused signature the service repeats what it has signed, which holds the token.
#[test]
fn a_token_that_the_service_repeats_leaves_nothing_behind() {
    let token = String::from_utf8(vec![TOKEN; 300]).unwrap();
    let said = format!("Specified signature does not match. server string to sign is:POST&SecurityToken%3D{token}");
    for body in [
        format!(r#"{{"Code":"SignatureDoesNotMatch","RequestId":"r","Message":"{said}"}}"#),
        format!(r#"{{"message":"{said}","code":"SignatureDoesNotMatch"}}"#),
        format!(r#"{{"Code":"SignatureDoesNotMatch","Message":"of {token}","Data":[{{"of":"{token}"}}]}}"#),
        format!(r#"{{"Message":"without a code: {said}"}}"#),
        format!(r#"{{"statusCode":400,"body":{{"Code":"SignatureDoesNotMatch","Message":"{said}"}}}}"#),
        format!("<Error><Code>SignatureDoesNotMatch</Code><Message>{}</Message></Error>", said.replace('&', "&amp;")),
    ] {
        for decode in [decode as fn(&[u8]) -> _, decode_plainly] {
            let mut shown = String::new();
            let left = left_by(TOKEN, || shown = decode(body.as_bytes()).unwrap_err().to_string());
            assert_eq!(left, 0, "{body}");
            assert!(!shown.contains(&token[..RUN]), "{shown}");
        }
    }
}
