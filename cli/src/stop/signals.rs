//! SIGINT, SIGTERM and SIGHUP.

use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::ignored::is_ignored;
use crate::exit::Failure;

/// Calls `heard` with each SIGINT, SIGTERM and SIGHUP, which no longer end the process. A SIGHUP that is ignored stays so.
pub(super) fn on_signals(heard: impl FnMut(i32) + Send + 'static) -> Result<(), Failure> {
    let failed = |error| Failure::io("signals", &error);
    let mut signals =
        Signals::new([SIGINT, SIGTERM].into_iter().chain(Some(SIGHUP).filter(|signal| !is_ignored(*signal)))).map_err(failed)?;
    let listen = move || signals.forever().for_each(heard);
    thread::Builder::new().name("signals".to_owned()).spawn(listen).map(drop).map_err(failed)
}
