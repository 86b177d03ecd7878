//! What calls may take.

use std::time::Duration;

/// How long a call and its requests may take, how large a reply may be and whether it is kept, and how many calls a
/// program makes at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) attempt_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) max_body_bytes: usize,
    pub(super) max_body_bytes_without_images: usize,
    pub(super) max_concurrency: usize,
    pub(super) keep_raw: bool,
}

impl Limits {
    /// The largest reply, in bytes.
    pub(super) fn cap(&self, with_images: bool) -> usize {
        if with_images { self.max_body_bytes } else { self.max_body_bytes_without_images }
    }
}
