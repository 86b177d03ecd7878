//! Lines that wait for a host whose threads take them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::install;
use crate::runtime::PerProcess;

/// Lines that may wait; further ones are dropped.
const WAITING: usize = 1024;

type Waiting = VecDeque<(u8, String)>;

/// One process's, so that no fork finds the lock taken.
static LINES: PerProcess<Mutex<Waiting>> = PerProcess::new();

fn lines() -> MutexGuard<'static, Waiting> {
    let Ok(lines) = LINES.get_or_try_init(|| Ok::<_, Infallible>(Mutex::default()));
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps lines for [`take`] from now on, at most 1,024. False as for [`install`].
pub fn keep() -> bool {
    install(|level, line| {
        let mut lines = lines();
        if lines.len() < WAITING {
            lines.push_back((level, line.to_owned()));
        }
    })
}

/// The lines that wait, the oldest first, each with its level.
pub fn take() -> Vec<(u8, String)> {
    lines().drain(..).collect()
}
