//! Closes connections that nobody uses: those that the server has closed, and those that have waited too long.
//!
//! A thread of its own does it, and lives only while there are any. Nothing drives a lane between two calls, and a process that
//! only ever blocks has no other thread.

use std::convert::Infallible;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::runtime::{self, PerProcess};

static REAPER: PerProcess<Reaper> = PerProcess::new();

/// Something to be swept from time to time.
pub(crate) trait Chore: Send + Sync {
    /// How often.
    fn period(&self) -> Duration;

    /// Closes what is closed or old, or all of it; says whether anything is left. What says no is on the list no longer.
    fn sweep(&self, all: bool) -> bool;
}

#[derive(Default)]
struct Reaper {
    state: Mutex<State>,
    wake: Notify,
}

#[derive(Default)]
struct State {
    chores: Vec<Weak<dyn Chore>>,
    running: bool,
}

/// Sweeps `chore` until nothing is left in it. `false`: no thread can be had for that.
pub(crate) fn watch(chore: Weak<dyn Chore>) -> bool {
    let reaper = reaper();
    let mut state = reaper.state();
    state.chores.push(chore);
    if !state.running {
        state.running = runtime::spawn_stoppable("cloudauth-idle", move |stay| reaper.run(&stay.stop())).is_ok();
        if !state.running {
            state.chores.pop();
        }
    }
    state.running
}

/// Something that was watched is gone.
pub(super) fn wake() {
    reaper().wake.notify_one();
}

fn reaper() -> &'static Reaper {
    let Ok(reaper) = REAPER.get_or_try_init(|| Ok::<_, Infallible>(Reaper::default()));
    reaper
}

impl Reaper {
    fn run(&self, stop: &CancellationToken) {
        let generation = runtime::generation();
        // Without I/O, it takes no descriptor.
        let Ok(timer) = Builder::new_current_thread().enable_time().build() else {
            self.state().running = false;
            return;
        };
        timer.block_on(async {
            while self.rest(stop).await {
                if !self.sweep(generation, false) {
                    return;
                }
            }
            while self.sweep(generation, true) {}
        });
    }

    /// Waits for the next sweep; `false` where there is none.
    async fn rest(&self, stop: &CancellationToken) -> bool {
        let periods = self.state().chores.iter().filter_map(Weak::upgrade).map(|chore| chore.period()).min();
        tokio::select! {
            () = stop.cancelled() => false,
            () = self.wake.notified() => true,
            () = tokio::time::sleep(periods.unwrap_or_default()) => true,
        }
    }

    /// Sweeps each chore; says whether any is left, and gives up the thread where none is.
    fn sweep(&self, generation: u64, all: bool) -> bool {
        if runtime::generation() != generation {
            // The program has closed these descriptors, and may have files of its own under their numbers.
            return false;
        }
        let mut chores = mem::take(&mut self.state().chores);
        chores.retain(|chore| chore.upgrade().is_some_and(|chore| chore.sweep(all)));
        let mut state = self.state();
        state.chores.append(&mut chores);
        state.running = !state.chores.is_empty();
        state.running
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
