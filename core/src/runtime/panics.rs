//! Panics are faults of this library, and no concern of the host's stderr.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::threads;

/// Whether every panic that the hook sees is a fault of this library.
static ALL: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// How often this thread is inside [`contain`].
    static INSIDE: Cell<usize> = const { Cell::new(0) };
}

/// `body`'s outcome; `None` where it panicked, which is logged and not printed.
///
/// The panic hook belongs to the process. The first call chains another before it, which takes the panics of the library's
/// own entry points and threads, and leaves all others to the host's.
pub fn contain<T>(body: impl FnOnce() -> T) -> Option<T> {
    static CHAINED: Once = Once::new();
    CHAINED.call_once(|| {
        let former = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // The poll failed. To unwind would close the program's own files, which have the numbers of what was closed: this
            // thread is left where it stands, as one that sleeps in the poll is.
            while threads::is_stranded() {
                thread::park();
            }
            if !ALL.load(Ordering::Relaxed) && !threads::is_ours() && INSIDE.try_with(Cell::get).is_ok_and(|inside| inside == 0) {
                return former(panic);
            }
            // The place alone: a message may quote what was worked on.
            let place = panic.location().map_or((String::new(), 0), |at| (at.file().to_owned(), at.line()));
            tracing::error!(file = place.0, line = place.1, "a fault in this library; please report it");
        }));
    });
    let change = |by: isize| INSIDE.try_with(|inside| inside.set(inside.get().wrapping_add_signed(by)));
    let _ = change(1);
    // What a panic leaves half done is never seen again: objects are replaced whole, under a lock that runs no code of theirs.
    let outcome = catch_unwind(AssertUnwindSafe(body));
    let _ = change(-1);
    // What was thrown may panic again when it is dropped.
    outcome.map_err(std::mem::forget).ok()
}

/// Has all panics logged and not printed. For a shared library that is loaded into a program of another language: its standard
/// library is a copy of its own, and so is the hook.
pub fn contain_all() {
    ALL.store(true, Ordering::Relaxed);
    contain(|| ());
}
