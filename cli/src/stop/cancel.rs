//! A single call or job.

use std::mem;

use cloudauth_core::Cancellation;
use signal_hook::low_level::emulate_default_handler;

use super::signals::on_signals;
use crate::exit::Failure;

/// Cancelled by the first signal. The second ends the process at once.
pub(crate) fn cancellation() -> Result<Cancellation, Failure> {
    let cancellation = Cancellation::new();
    let (calls, mut is_second) = (cancellation.clone(), false);
    on_signals(move |signal| {
        if mem::replace(&mut is_second, true) {
            // It does not come back.
            let _ = emulate_default_handler(signal);
        }
        calls.cancel();
    })?;
    Ok(cancellation)
}
