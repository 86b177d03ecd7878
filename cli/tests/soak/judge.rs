//! Judges outcomes, each call's once.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cloudauth_core::{CheckResult, CheckResultRequest, Error, Kind, Result};
use serde_json::Value;

use crate::emulator::Control;
use crate::faults;

/// What face liveness may come to: each call asks for one of these.
const SUB_CODES: [&str; 5] = ["200", "204", "205", "206", "233"];

pub(crate) struct Judge {
    next: AtomicUsize,
    /// How often each call has ended.
    ended: Vec<AtomicU8>,
    /// What the slowest call took, in milliseconds.
    slowest: AtomicU64,
    results: AtomicUsize,
    errors: Mutex<BTreeMap<&'static str, usize>>,
    wrong: Mutex<Vec<String>>,
    control: Control,
}

/// What it came to.
pub(crate) struct Verdict {
    pub(crate) slowest: Duration,
    pub(crate) results: usize,
    /// By kind.
    pub(crate) errors: BTreeMap<&'static str, usize>,
    pub(crate) wrong: Vec<String>,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
}

/// A call to make, and when it was begun.
#[derive(Clone, Copy)]
pub(crate) struct Number(usize, Instant);

impl Number {
    fn sub_code(self) -> &'static str {
        SUB_CODES[self.0 % SUB_CODES.len()]
    }

    fn transaction_id(self) -> String {
        format!("faceliveness{}-no{}", self.sub_code(), self.0)
    }

    pub(crate) fn request(self) -> CheckResultRequest {
        CheckResultRequest::new("soak", self.transaction_id())
    }
}

impl Judge {
    pub(crate) fn new(calls: usize, control: Control) -> Self {
        let (errors, wrong) = (Mutex::default(), Mutex::default());
        let ended = (0..calls).map(|_| AtomicU8::new(0)).collect();
        let (next, slowest, results) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicUsize::new(0));
        Self { next, ended, slowest, results, errors, wrong, control }
    }

    /// The next call, until all are made.
    pub(crate) fn next(&self) -> Option<Number> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.ended.len()).then(|| Number(number, Instant::now()))
    }

    /// What share of the calls has begun.
    pub(crate) fn progress(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "not so many")]
        let share = self.next.load(Ordering::Relaxed) as f64 / self.ended.len() as f64;
        share.min(1.0)
    }

    /// May block.
    pub(crate) fn outcome(&self, number: Number, outcome: &Result<CheckResult>) {
        self.ended[number.0].fetch_add(1, Ordering::SeqCst);
        self.slowest.fetch_max(u64::try_from(number.1.elapsed().as_millis()).unwrap(), Ordering::Relaxed);
        let wrong = match outcome {
            Ok(result) => {
                self.results.fetch_add(1, Ordering::Relaxed);
                judge_result(number, result)
            }
            Err(error) => {
                *self.errors.lock().unwrap().entry(error.kind().name()).or_default() += 1;
                self.judge_error(number, error)
            }
        };
        self.wrong.lock().unwrap().extend(wrong.map(|wrong| format!("{}: {wrong}", number.transaction_id())));
    }

    /// Whether the error is one that the fault which struck the last request may give. A fault can close a connection behind
    /// its own call, and another's request is then lost on it: such a request is never seen, and may end in `network`.
    fn judge_error(&self, number: Number, error: &Error) -> Option<String> {
        let seen = self.seen(number);
        let struck: Vec<_> = seen.iter().map(|attempt| attempt["fault"].as_str().unwrap_or("none")).collect();
        let (sent, last) = (error.attempts() as usize, struck.last());
        let may_be = last.is_some_and(|fault| faults::kinds(fault).contains(&error.kind()));
        let was_lost = struck.len() < sent && error.kind() == Kind::Network;
        let is_right = struck.len() <= sent && (may_be || was_lost);
        (!is_right).then(|| format!("{} after {sent} requests, struck by {struck:?}: {error}", error.kind().name()))
    }

    /// A call's requests, as the emulator saw them.
    fn seen(&self, number: Number) -> Vec<Value> {
        let path = format!("/control/attempts?transaction_id={}", number.transaction_id());
        let mut seen = self.control.get(&path);
        seen["attempts"].as_array_mut().map(std::mem::take).expect("a list")
    }

    pub(crate) fn verdict(&self) -> Verdict {
        let times = |fits: fn(u8) -> bool| self.ended.iter().filter(|times| fits(times.load(Ordering::SeqCst))).count();
        Verdict {
            slowest: Duration::from_millis(self.slowest.load(Ordering::Relaxed)),
            results: self.results.load(Ordering::Relaxed),
            errors: self.errors.lock().unwrap().clone(),
            wrong: self.wrong.lock().unwrap().clone(),
            lost: times(|times| times == 0),
            doubled: times(|times| times > 1),
        }
    }
}

/// Whether it is whole, and of the transaction asked for: the video's address holds its id.
fn judge_result(number: Number, result: &CheckResult) -> Option<String> {
    let expected = (Some(number.sub_code() == "200"), Some(number.sub_code()));
    let video = format!("/video/{}.webm?", number.transaction_id());
    let is_right = (result.passed, result.sub_code.as_deref()) == expected
        && result.problems.is_empty()
        && result.face.as_ref().and_then(|face| face.video_url.as_deref()).is_some_and(|url| url.contains(&video));
    (!is_right).then(|| format!("another's result: {result:?}"))
}
