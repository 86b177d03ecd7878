//! No memory is left for the texts of a result. A process of its own: it has an allocator of its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;
use std::sync::atomic::{AtomicIsize, Ordering};

use cloudauth::codes::cloudauth_kind;
use cloudauth::error::{cloudauth_error_free, cloudauth_error_kind};
use cloudauth::result::{
    cloudauth_result, cloudauth_result_canonical_json, cloudauth_result_decode, cloudauth_result_free, cloudauth_result_to_json,
};
use cloudauth::result_fields::cloudauth_result_extra;

/// What is as large as a text of the test.
const LARGE: usize = 256 << 10;

/// So many more large blocks are given, and then one is refused.
static GIVEN: AtomicIsize = AtomicIsize::new(isize::MAX);

struct Limited;

#[global_allocator]
static LIMITED: Limited = Limited;

// SAFETY: all of it is the system's own, but for what is refused.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() >= LARGE && GIVEN.fetch_sub(1, Ordering::Relaxed) == 0 {
            return ptr::null_mut();
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

fn decode(body: &str) -> Result<*mut cloudauth_result, cloudauth_kind> {
    let mut result = ptr::null_mut();
    // SAFETY: the body is that long, and the place is there; an error is freed once.
    unsafe {
        let error = cloudauth_result_decode(body.as_ptr(), body.len(), &raw mut result);
        let kind = cloudauth_error_kind(error);
        cloudauth_error_free(error);
        if error.is_null() { Ok(result) } else { Err(kind) }
    }
}

/// What `make` gives where the block is refused that comes after `given` large ones, and whether there was one.
fn refusing<T>(given: isize, make: impl FnOnce() -> T) -> (T, bool) {
    GIVEN.store(given, Ordering::Relaxed);
    let out = make();
    (out, GIVEN.swap(isize::MAX, Ordering::Relaxed) < 0)
}

/// Finding A7: a result whose texts there is no memory for ended the host.
#[test]
fn texts_that_do_not_fit_are_an_error() {
    let text = "x".repeat(LARGE);
    // What has no field of its own is one text of JSON, in `extra`, and a part of the canonical JSON.
    let body = format!(r#"{{"Code":"Success","Result":{{"SubCode":"{text}","a":"{text}","b":"{text}"}}}}"#);
    let mut errors = 0;
    for given in 0.. {
        let (outcome, refused) = refusing(given, || decode(&body));
        match outcome {
            Ok(result) => {
                // SAFETY: the result is alive until it is freed.
                unsafe {
                    assert!(cloudauth_result_extra(result).len > 2 * LARGE);
                    cloudauth_result_free(result);
                }
                if !refused {
                    break;
                }
            }
            Err(kind) => {
                assert!(refused && kind == cloudauth_kind::TooLarge, "{kind:?}");
                errors += 1;
            }
        }
    }
    assert!(errors > 2, "{errors}");

    let result = decode(&body).unwrap();
    // SAFETY: the result is alive until it is freed.
    unsafe {
        let (text, refused) = refusing(0, || cloudauth_result_canonical_json(result));
        assert!(refused && text.data.is_null() && text.len == 0);
        assert!(cloudauth_result_canonical_json(result).len > 3 * LARGE);
        let (text, refused) = refusing(0, || cloudauth_result_to_json(result));
        assert!(refused && text.data.is_null() && text.len == 0);
        assert!(cloudauth_result_to_json(result).len > 3 * LARGE);
        cloudauth_result_free(result);
    }
}
