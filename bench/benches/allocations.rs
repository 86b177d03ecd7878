//! How often a small call allocates, by part: a growing buffer counts each time that it grows.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::error::Error;
use std::hint::black_box;

use cloudauth_bench::{TINY, UNSIGNED, client_of, credentials, success};
use cloudauth_core::sign::sign;
use cloudauth_core::{CheckResultRequest, Signature, decode};

/// The system's allocator, counting what the calling thread asks it for.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    COUNT.set(COUNT.get() + 1);
}

// SAFETY: every call is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TIMES: usize = 100;

/// Runs `work` until what is made once is made, and prints what it allocates from then on, on average.
fn row(what: &str, mut work: impl FnMut()) {
    (0..TIMES).for_each(|_| work());
    let before = COUNT.get();
    (0..TIMES).for_each(|_| work());
    let hundredths = (COUNT.get() - before) * 100 / TIMES;
    println!("| {what} | {}.{:02} |", hundredths / 100, hundredths % 100);
}

fn call(what: &str, body: Vec<u8>) -> Result<(), Box<dyn Error>> {
    let client = client_of(body)?;
    let request = CheckResultRequest::new("demo", "ekycpro200");
    row(what, || drop(client.check_result(&request).expect("the server answers")));
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("| | allocations |\n|---|---|");
    call("a call, a reply that has the verdict alone", TINY.into())?;
    call("a call, a reply with a face and a page", success(""))?;
    let reply = success("");
    row("decoding that reply", || drop(black_box(decode(black_box(&reply)))));
    let credentials = credentials()?;
    for signature in [Signature::Acs3, Signature::Rpc1] {
        row(&format!("signing by {}", signature.algorithm()), || drop(black_box(sign(signature, &UNSIGNED, &credentials))));
    }
    Ok(())
}
