//! Keeps connections warm while calls are made.
//!
//! The reaper's thread looks from time to time whether there is something to do, and the I/O thread does it. A timer on the I/O
//! thread would wake that in a process that has closed its descriptors.

use std::mem;
use std::sync::{self, Arc, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::transport::{self, Chore};

/// One is ready while the other carries a `KeepaliveIntl`.
pub(super) const KEPT: usize = 2;
/// So many periods without a call end it.
const PERIODS: u32 = 120;

/// Has warm connections.
pub(super) trait Warmed: Send + Sync {
    /// How many are open, those in use included.
    fn warm(&self) -> usize;

    /// How many are idle, and have been so for less than `longest`.
    fn warm_younger(&self, longest: Duration) -> usize;

    /// Makes one more, in the background; drops `turn` when that is done.
    fn warm_up(self: Arc<Self>, turn: Turn);

    /// Uses one that has been idle for `due`, in the background; drops `turn` when that is done.
    fn keep_alive(self: Arc<Self>, turn: Turn, due: Duration);
}

/// Whoever has it does it; nobody else does at the same time.
pub(super) type Turn = OwnedMutexGuard<()>;

/// Keeps a client's connections warm, in one process.
pub(super) struct Keeper {
    client: Weak<dyn Warmed>,
    period: Duration,
    state: sync::Mutex<State>,
    connecting: Arc<Mutex<()>>,
    sending: Arc<Mutex<()>>,
}

struct State {
    /// When a call began or was announced.
    called: Instant,
    /// The reaper has this on its list.
    watched: bool,
    /// When the last connections were begun, the oldest first.
    connected: [Option<Instant>; KEPT],
}

impl Keeper {
    pub(super) fn new(client: Weak<dyn Warmed>, period: Duration) -> Arc<Self> {
        let state = State { called: Instant::now(), watched: false, connected: [None; KEPT] };
        Arc::new(Self { client, period, state: sync::Mutex::new(state), connecting: Arc::default(), sending: Arc::default() })
    }

    /// A call begins, or is announced.
    pub(super) fn called(self: &Arc<Self>) {
        let mut state = self.state();
        state.called = Instant::now();
        if mem::replace(&mut state.watched, true) {
            return;
        }
        drop(state);
        let chore: Arc<dyn Chore> = self.clone();
        if !transport::watch(Arc::downgrade(&chore)) {
            self.state().watched = false;
        }
    }

    /// When an idle connection is used: soon enough that it is not idle for a period, though this looks only now and then.
    fn due(&self) -> Duration {
        self.period.saturating_sub(2 * Chore::period(self))
    }

    fn connect(&self, client: &Arc<dyn Warmed>) {
        if client.warm() >= KEPT {
            return;
        }
        let Ok(turn) = self.connecting.clone().try_lock_owned() else { return };
        // A server that closes each connection at once does not see more of them for that.
        let mut state = self.state();
        if state.connected[0].is_some_and(|begun| begun.elapsed() < self.period) {
            return;
        }
        state.connected.rotate_left(1);
        state.connected[KEPT - 1] = Some(Instant::now());
        drop(state);
        client.clone().warm_up(turn);
    }

    fn send(&self, client: &Arc<dyn Warmed>) {
        let due = self.due();
        if client.warm_younger(due) < KEPT
            && let Ok(turn) = self.sending.clone().try_lock_owned()
        {
            client.clone().keep_alive(turn, due);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chore for Keeper {
    fn period(&self) -> Duration {
        (self.period / 10).clamp(Duration::from_millis(10), Duration::from_millis(500))
    }

    fn sweep(&self, all: bool) -> bool {
        let mut state = self.state();
        state.watched = !all && state.called.elapsed() < self.period * PERIODS;
        if !state.watched {
            return false;
        }
        drop(state);
        let Some(client) = self.client.upgrade() else { return false };
        self.connect(&client);
        self.send(&client);
        true
    }
}
