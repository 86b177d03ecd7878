//! No memory that an image was decoded into is given back as it was.

use std::alloc::{GlobalAlloc, Layout, System};
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudauth_core::{decode, decode_plainly};

/// The image's bytes, all of them.
const BYTE: u8 = 0xFA;
/// So many of them in a row are no chance.
const RUN: usize = 24;

/// Blocks that were freed with part of an image in them.
static FOUND: AtomicUsize = AtomicUsize::new(0);

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
        if bytes.windows(RUN).any(|run| run.iter().all(|byte| *byte == BYTE)) {
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
                FOUND.store(0, Ordering::Relaxed);
                drop(decode(body.as_bytes()));
                assert_eq!(FOUND.load(Ordering::Relaxed), 0, "{name}, {length} bytes, {way}");
            }
        }
    }
}
