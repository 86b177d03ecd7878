//! The spans that are open, as text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::Metadata;
use tracing::span::Id;

use crate::runtime::PerProcess;

struct Span {
    /// What stands before the lines in it, with that of the spans around it.
    text: String,
    metadata: &'static Metadata<'static>,
    handles: usize,
}

type Open = BTreeMap<u64, Span>;

/// One process's, so that no fork finds the lock taken: a child's lines stand alone until it opens spans of its own.
static OPEN: PerProcess<Mutex<Open>> = PerProcess::new();

thread_local! {
    /// The spans that this thread is in.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

fn lock() -> MutexGuard<'static, Open> {
    let Ok(open) = OPEN.get_or_try_init(|| Ok::<_, Infallible>(Mutex::default()));
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn open(parent: Option<u64>, metadata: &'static Metadata<'static>, text: &str) -> Id {
    // Goes on after a fork, or a span of the parent's and one of the child's would share a number.
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut open = lock();
    let around = parent.and_then(|parent| open.get(&parent)).map_or("", |span| &span.text);
    let text = format!("{around}{text}");
    open.insert(number, Span { text, metadata, handles: 1 });
    Id::from_u64(number)
}

pub(super) fn share(span: u64) {
    if let Some(span) = lock().get_mut(&span) {
        span.handles += 1;
    }
}

/// Says whether that was the last handle.
pub(super) fn close(span: u64) -> bool {
    let mut open = lock();
    let Some(one) = open.get_mut(&span) else { return false };
    one.handles -= 1;
    let closed = one.handles == 0;
    if closed {
        open.remove(&span);
    }
    closed
}

pub(super) fn text(span: u64) -> Option<String> {
    lock().get(&span).map(|span| span.text.clone())
}

pub(super) fn metadata(span: u64) -> Option<&'static Metadata<'static>> {
    lock().get(&span).map(|span| span.metadata)
}

/// The innermost span that this thread is in.
pub(super) fn entered() -> Option<u64> {
    // A thread that is ending has no list any more; its lines go without a span. So below.
    ENTERED.try_with(|entered| entered.borrow().last().copied()).ok().flatten()
}

pub(super) fn enter(span: u64) {
    let _ = ENTERED.try_with(|entered| entered.borrow_mut().push(span));
}

pub(super) fn exit(span: u64) {
    let _ = ENTERED.try_with(|entered| {
        let mut entered = entered.borrow_mut();
        if let Some(position) = entered.iter().rposition(|other| *other == span) {
            entered.remove(position);
        }
    });
}
