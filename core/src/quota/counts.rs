//! What a shared quota counts.

use std::sync::atomic::AtomicU64;

/// Numbers since the client was made.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Permits that the server gave.
    pub(crate) shared: AtomicU64,
    /// Permits of the client's own share.
    pub(crate) own: AtomicU64,
    /// Times that the server was lost.
    pub(crate) losses: AtomicU64,
}
