//! Something for each operation.

use std::sync::OnceLock;

/// A list that only grows, by the few operations there are: every request looks its own up, and none waits for another.
#[derive(Debug, Default)]
pub(super) struct PerAction<T>(OnceLock<Box<Named<T>>>);

#[derive(Debug)]
struct Named<T> {
    action: String,
    value: T,
    next: PerAction<T>,
}

impl<T: Default> PerAction<T> {
    /// What there is for `action`, made where there is none yet.
    pub(super) fn get(&self, action: &str) -> &T {
        let mut place = self;
        loop {
            let named = place.0.get_or_init(|| {
                Box::new(Named { action: action.to_owned(), value: T::default(), next: PerAction(OnceLock::new()) })
            });
            if named.action == action {
                return &named.value;
            }
            place = &named.next;
        }
    }
}
