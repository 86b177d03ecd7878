//! A run of many calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use cloudauth_core::Cancellation;
use signal_hook::low_level::emulate_default_handler;

use super::signals::on_signals;
use crate::exit::Failure;

/// How long the process has for its end in good order after a second signal. A disk that hangs would keep it for ever.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether SIGINT, SIGTERM or SIGHUP came. The first asks to begin nothing new; the second ends the calls under way, and soon after the
/// process.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    asked: Arc<AtomicBool>,
    calls: Cancellation,
}

impl Stop {
    /// From here on, signals do not end the process.
    pub(crate) fn on_signals() -> Result<Self, Failure> {
        let stop = Self { asked: Arc::default(), calls: Cancellation::new() };
        let heard = stop.clone();
        on_signals(move |signal| {
            if heard.asked.swap(true, Ordering::Relaxed) {
                heard.calls.cancel();
                thread::sleep(PATIENCE);
                // It does not come back.
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(stop)
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Ends when calls are to end.
    pub(crate) fn calls(&self) -> &Cancellation {
        &self.calls
    }
}
