use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;
use std::{fmt, io};

use super::draw::Draw;
use super::effect::Effect;
use super::fault::Fault;

/// The faults that are set; another set can take its place at any time.
#[derive(Default)]
pub(crate) struct Faults(RwLock<Arc<Plan>>);

/// A set of faults.
#[derive(Debug)]
struct Plan {
    faults: Vec<Planned>,
    rate: Option<f64>,
    seed: u64,
    since: Instant,
}

#[derive(Debug)]
struct Planned {
    fault: Fault,
    applied: AtomicU64,
}

/// The actions of a request for a video, and of one for an object of the bucket; they are no calls, and only faults that name them are
/// applied to them.
pub(crate) const VIDEO: &str = "video";
pub(crate) const OBJECT: &str = "object";

/// A request, as far as faults want to know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) action: &'a str,
    /// Empty where it has none.
    pub(crate) transaction_id: &'a str,
    /// How many about the same came before it.
    pub(crate) earlier: u64,
    /// Whether others were answered on its connection.
    pub(crate) on_reuse: bool,
    pub(crate) host: &'a str,
}

/// Refuses what cannot be set: the error names the option.
pub(crate) fn check(faults: &[Fault], rate: Option<f64>, tls: bool) -> io::Result<()> {
    let refuse = |message: String| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    if rate.is_some_and(|rate| !(0.0..=1.0).contains(&rate)) {
        return refuse("fault_rate: must be a share from 0 to 1".to_owned());
    }
    match faults.iter().find(|fault| fault.definition.needs_tls() && !tls) {
        Some(fault) => refuse(format!("faults: {} needs an emulator with TLS", fault.name())),
        None => Ok(()),
    }
}

impl Default for Plan {
    fn default() -> Self {
        Plan { faults: Vec::new(), rate: None, seed: 0, since: Instant::now() }
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plan().fmt(f)
    }
}

impl Faults {
    /// Puts these in the place of all others. With a rate, faults that say neither `rate` nor `next` share it:
    /// so many requests get one of them, drawn.
    pub(crate) fn set(&self, faults: Vec<Fault>, rate: Option<f64>, seed: u64) {
        // What a fault needs to be prepared, it prepares on its first effect; that must not cost the first request.
        for fault in &faults {
            drop(fault.effect(Draw::new(0, "", 0), ""));
        }
        let faults = faults.into_iter().map(|fault| Planned { fault, applied: AtomicU64::new(0) }).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Plan { faults, rate, seed, since: Instant::now() });
    }

    fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Those that are set, each with how often it was applied.
    pub(crate) fn list(&self) -> Vec<(Fault, u64)> {
        self.plan().faults.iter().map(|planned| (planned.fault.clone(), planned.applied.load(Relaxed))).collect()
    }

    /// The rate and seed that are set.
    pub(crate) fn chance(&self) -> (Option<f64>, u64) {
        let plan = self.plan();
        (plan.rate, plan.seed)
    }

    /// What is applied to this request.
    pub(crate) fn on_call(&self, call: &Call<'_>) -> Option<(&'static str, Effect)> {
        let subject = if call.transaction_id.is_empty() { call.action } else { call.transaction_id };
        let fits = |fault: &Fault| {
            let same = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
            fault.definition.on.fits(call.on_reuse)
                && (![VIDEO, OBJECT].contains(&call.action) || fault.when.action.is_some())
                && same(&fault.when.action, call.action)
                && same(&fault.when.transaction, call.transaction_id)
        };
        self.plan().apply(subject, call.earlier, call.host, fits)
    }

    /// What is applied to this connection, before there is a request.
    pub(crate) fn on_connection(&self, number: u64) -> Option<(&'static str, Effect)> {
        self.plan().apply("connection", number, "", |fault| fault.definition.on.is_connection())
    }
}

impl Plan {
    /// The first fault that applies, in the order set. Those that share the common rate come last.
    fn apply(&self, subject: &str, earlier: u64, host: &str, fits: impl Fn(&Fault) -> bool) -> Option<(&'static str, Effect)> {
        if self.faults.is_empty() {
            return None;
        }
        let elapsed = self.since.elapsed();
        let fits = |planned: &&Planned| fits(&planned.fault) && planned.fault.when.lasts.is_none_or(|lasts| elapsed < lasts);
        let mut draw = Draw::new(self.seed, subject, earlier);
        let shares =
            |planned: &Planned| self.rate.is_some() && planned.fault.when.rate.is_none() && planned.fault.when.next.is_none();
        let mut pool = Vec::new();
        for planned in self.faults.iter().filter(fits) {
            if shares(planned) {
                pool.push(planned);
            } else if planned.fault.when.rate.is_none_or(|rate| draw.share() < rate) && planned.take() {
                return Some(planned.apply(draw, host));
            }
        }
        if pool.is_empty() || draw.share() >= self.rate.unwrap_or_default() {
            return None;
        }
        let chosen = pool[draw.below(pool.len())];
        chosen.take();
        Some(chosen.apply(draw, host))
    }
}

impl Planned {
    /// Counts one more time; false where it was applied as often as it may be.
    fn take(&self) -> bool {
        let most = self.fault.when.next.unwrap_or(u64::MAX);
        self.applied.fetch_update(Relaxed, Relaxed, |applied| (applied < most).then(|| applied + 1)).is_ok()
    }

    fn apply(&self, draw: Draw, host: &str) -> (&'static str, Effect) {
        (self.fault.name(), self.fault.effect(draw, host))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn set(faults: &[&str], rate: Option<f64>, seed: u64) -> Faults {
        let set = Faults::default();
        set.set(faults.iter().map(|text| text.parse().unwrap()).collect(), rate, seed);
        set
    }

    fn applied(faults: &Faults, action: &str, id: &str, earlier: u64) -> Option<&'static str> {
        let call = Call { action, transaction_id: id, earlier, on_reuse: false, host: "" };
        faults.on_call(&call).map(|(name, _)| name)
    }

    #[test]
    fn the_first_that_fits_is_applied() {
        let faults = set(&["empty-503:next=2", "html-502:transaction=b", "latency:action=Initialize"], None, 0);
        assert_eq!(applied(&faults, "CheckResult", "a", 0), Some("empty-503"));
        assert_eq!(applied(&faults, "CheckResult", "b", 0), Some("empty-503"));
        assert_eq!(applied(&faults, "CheckResult", "b", 1), Some("html-502"));
        assert_eq!(applied(&faults, "CheckResult", "a", 1), None);
        assert_eq!(applied(&faults, "Initialize", "", 0), Some("latency"));
        assert_eq!(applied(&set(&["empty-503"], None, 0), VIDEO, "a", 0), None);
        assert_eq!(applied(&set(&["empty-503:action=video"], None, 0), VIDEO, "a", 0), Some("empty-503"));
        let counts: Vec<_> = faults.list().into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [2, 1, 1]);
        assert!(faults.on_connection(1).is_none());
    }

    #[test]
    fn a_common_rate_is_shared_evenly_and_repeats_with_its_seed() {
        let run = |seed| {
            let faults = set(&["empty-503", "html-502"], Some(0.1), seed);
            (0..20_000).map(|number| applied(&faults, "CheckResult", &number.to_string(), 0)).collect::<Vec<_>>()
        };
        let first = run(7);
        for name in ["empty-503", "html-502"] {
            let count = first.iter().filter(|applied| **applied == Some(name)).count();
            assert!(count.abs_diff(1000) < 160, "{name}: {count}");
        }
        assert_eq!(first, run(7));
        assert_ne!(first, run(8));
    }

    #[test]
    fn a_fault_for_a_time_ends_by_itself() {
        let faults = set(&["json-503:for=50ms"], None, 0);
        assert_eq!(applied(&faults, "CheckResult", "a", 0), Some("json-503"));
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(applied(&faults, "CheckResult", "a", 1), None);
    }
}
