//! A run that a signal ends in good order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use cloudauth_core::Cancellation;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::exit::Failure;

/// Whether SIGINT or SIGTERM came. The first asks to begin nothing new; the second ends the calls under way, too.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    asked: Arc<AtomicBool>,
    calls: Cancellation,
}

impl Stop {
    /// From here on, signals do not end the process.
    pub(crate) fn on_signals() -> Result<Self, Failure> {
        let failed = |error| Failure::io("signals", &error);
        let stop = Self { asked: Arc::default(), calls: Cancellation::new() };
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(failed)?;
        let heard = stop.clone();
        let listen = move || {
            for _ in signals.forever() {
                if heard.asked.swap(true, Ordering::Relaxed) {
                    heard.calls.cancel();
                }
            }
        };
        thread::Builder::new().name("signals".to_owned()).spawn(listen).map_err(failed)?;
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
