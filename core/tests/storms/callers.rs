//! Those who call.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudauth_core::{CheckResultRequest, Client, ClientBuilder, Environment, Kind};
use cloudauth_emulator::{Emulator, Options};
use tokio::task::JoinSet;

const CALLERS: u32 = 1000;

/// A thousand tasks of one client. They call again and again, each call with a `TransactionId` of its own, until dropped.
pub(crate) struct Callers {
    outcomes: Arc<Mutex<Outcomes>>,
    _tasks: JoinSet<()>,
}

/// How many calls ended in what; `None` is a result.
pub(crate) type Outcomes = BTreeMap<Option<&'static str>, usize>;

pub(crate) fn emulator(qps: Option<u32>) -> Emulator {
    raise_descriptors();
    Emulator::start(Options { qps, attempts_kept: 1_000_000, ..Options::default() }).unwrap()
}

/// A client of `emulator`, whose pauses are a tenth of the default ones.
pub(crate) fn builder(emulator: &Emulator) -> ClientBuilder {
    ClientBuilder::default()
        .environment(Environment::given::<String, String>([]))
        .access_key(emulator.access_key_id(), emulator.access_key_secret(), None)
        .endpoint(emulator.endpoint())
        .retry_base(Duration::from_millis(5))
        .throttle_base(Duration::from_millis(100))
        .retry_cap(Duration::from_secs(2))
}

impl Callers {
    /// Each rests for `rest` after a result, for a quarter of that after an error; first calls are spread over such a time.
    pub(crate) fn start(client: &Client, rest: Duration) -> Self {
        let (numbers, outcomes) = (Arc::new(AtomicUsize::new(0)), Arc::<Mutex<Outcomes>>::default());
        let mut tasks = JoinSet::new();
        for caller in 1..=CALLERS {
            let (client, numbers, outcomes) = (client.clone(), numbers.clone(), outcomes.clone());
            tasks.spawn(async move {
                tokio::time::sleep(rest * caller / CALLERS).await;
                loop {
                    let id = format!("idocr200-no{}", numbers.fetch_add(1, Ordering::Relaxed));
                    let outcome = client.check_result(&CheckResultRequest::new("storm", id)).await;
                    let kind = outcome.err().map(|error| error.kind().name());
                    *outcomes.lock().unwrap().entry(kind).or_default() += 1;
                    tokio::time::sleep(if kind.is_none() { rest } else { rest / 4 }).await;
                }
            });
        }
        Self { outcomes, _tasks: tasks }
    }

    /// What calls have ended in so far, which is results and errors of these kinds alone.
    pub(crate) fn judge(&self, kinds: &[Kind]) -> Outcomes {
        let outcomes = self.outcomes.lock().unwrap().clone();
        for kind in outcomes.keys().flatten() {
            assert!(kinds.iter().any(|expected| expected.name() == *kind), "{outcomes:?}");
        }
        outcomes
    }
}

/// Each caller may need a connection, both of whose ends are in this process.
fn raise_descriptors() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limit` is a valid place to read to and from, and more descriptors are no one's harm.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = limit.rlim_max;
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
}
