//! No memory is left for what is as large as a reply. A process of its own: it has an allocator of its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudauth_core::result::{CheckResult, Fields, Value};
use cloudauth_core::{Kind, canonical_fields, canonical_json, canonical_value};

const MIB: usize = 1 << 20;

/// Larger blocks are refused.
static LARGEST: AtomicUsize = AtomicUsize::new(usize::MAX);

struct Limited;

#[global_allocator]
static LIMITED: Limited = Limited;

// SAFETY: all of it is the system's own, but for what is refused.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() > LARGEST.load(Ordering::Relaxed) {
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

/// Finding A7: text that there is no memory for ended the process.
#[test]
fn canonical_json_that_does_not_fit_is_an_error() {
    let texts = (0..3).map(|number| (number.to_string(), Value::String("é\n".repeat(MIB / 4))));
    let fields: Fields = texts.collect();
    let value = Value::Array(vec![Value::Object(fields.clone())]);
    let mut result = CheckResult::default();
    result.extra = fields.clone();
    let all = || [canonical_fields(&fields), canonical_value(&value), canonical_json(&result)];
    let whole = all().map(Result::unwrap);
    assert!(whole.iter().all(|text| text.len() > 3 * MIB));
    LARGEST.store(MIB, Ordering::Relaxed);
    let refused = all();
    LARGEST.store(usize::MAX, Ordering::Relaxed);
    for refused in refused {
        assert_eq!(refused.unwrap_err().kind(), Kind::TooLarge);
    }
    assert_eq!(all().map(Result::unwrap), whole);
}
