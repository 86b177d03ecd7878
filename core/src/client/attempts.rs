//! One call: requests, until one of them is answered for good.

use std::future::Future;
use std::mem;
use std::pin::pin;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tracing::{Instrument, Span};
use zeroize::Zeroizing;

use super::inner::Inner;
use super::{CallOptions, spans};
use crate::call::Call;
use crate::catalogue::{self, Kind, Retry};
use crate::clock;
use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::operations::API_VERSION;
use crate::quota::Admitted;
use crate::reply::Head;
use crate::retry::{Failure, History, Once, Repeat};
use crate::runtime;
use crate::sign::{self, Unsigned};
use crate::transport::{Reuse, Timer, Way};

/// A call that has begun: what it may take, and what it has come to.
pub(super) struct Begun {
    span: Span,
    limit: Duration,
    /// `None` where no clock reaches the limit.
    deadline: Option<Instant>,
    requests: AtomicU32,
    waits_for: AtomicU8,
}

/// What a call waits for besides replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum WaitsFor {
    Nothing,
    Permit,
    Connection,
}

impl Begun {
    pub(super) fn waits(&self, what: WaitsFor) {
        self.waits_for.store(what as u8, Ordering::Relaxed);
    }

    fn left(&self) -> Duration {
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()))
    }

    fn timed_out(&self) -> Error {
        let limit = self.limit.as_millis();
        let waits_for = self.waits_for.load(Ordering::Relaxed);
        let what = if limit == 0 {
            "the time for this call was over before it began; nothing was sent".to_owned()
        } else if waits_for == WaitsFor::Permit as u8 {
            format!("the quota left no room for a request within the {limit} ms that this call may take")
        } else if waits_for == WaitsFor::Connection as u8 {
            format!(
                "no connection came free within the {limit} ms that this call may take; max_connections is how many there are"
            )
        } else {
            format!("no result within the {limit} ms that this call may take")
        };
        Error::new(Kind::Timeout, what).with_attempts(self.requests.load(Ordering::Relaxed))
    }

    /// `step`, unless time is up or the caller gives up first.
    pub(super) async fn within<T>(&self, options: &CallOptions, step: impl Future<Output = Result<T>>) -> Result<T> {
        let left = self.left();
        if left.is_zero() {
            return Err(self.timed_out());
        }
        tokio::select! {
            biased;
            () = options.cancelled() => Err(cancelled().with_attempts(self.requests.load(Ordering::Relaxed))),
            outcome = tokio::time::timeout(left, step) => outcome.unwrap_or_else(|_| Err(self.timed_out())),
        }
    }
}

/// What is to be sent, and how.
#[derive(Clone, Copy)]
struct Order<'a> {
    way: Way<'a>,
    call: &'a Call,
    /// The largest reply, in bytes.
    cap: usize,
}

/// A request that failed.
struct Failed {
    error: Error,
    /// What it was signed with; `None` where there were no keys.
    credentials: Option<Credentials>,
    /// The server's time, where it told it.
    date: Option<SystemTime>,
}

impl Inner {
    /// One call that is awaited, under its deadline, its cancellation and its span.
    pub(super) async fn run<T>(
        &self,
        call: &Call,
        cap: usize,
        options: &CallOptions,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
    ) -> Result<T> {
        let begun = self.begin(call, options)?;
        let order = Order { way: Way::Pool, call, cap };
        let requests = pin!(self.requests(order, read, &begun));
        let outcome = begun.within(options, requests).instrument(begun.span.clone()).await;
        self.end(&begun, outcome)
    }

    /// [`run`](Self::run) on the calling thread, which must not be driving a runtime already.
    pub(super) fn run_on_lane<T>(
        &self,
        call: &Call,
        cap: usize,
        options: &CallOptions,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
    ) -> Result<T> {
        let begun = self.begin(call, options)?;
        let on_lane = || {
            let transport = self.transport()?;
            let _slot = if let Some(slot) = transport.slots().try_take() {
                slot
            } else {
                begun.waits(WaitsFor::Connection);
                let slot = begun.within(options, async { Ok(transport.slots().take().await) });
                Timer::new()?.wait(runtime::until_shutdown(slot))?
            };
            begun.waits(WaitsFor::Nothing);
            transport.lanes().run(async |lane| {
                let requests = pin!(self.requests(Order { way: Way::Lane(lane), call, cap }, read, &begun));
                let requests = begun.within(options, requests).instrument(begun.span.clone());
                runtime::until_shutdown(pin!(requests)).await
            })?
        };
        let outcome = on_lane();
        self.end(&begun, outcome)
    }

    fn begin(&self, call: &Call, options: &CallOptions) -> Result<Begun> {
        call.validate(self.signature)?;
        self.counters.calls.add(1);
        let limit = options.timeout.unwrap_or(self.limits.timeout);
        Ok(Begun {
            span: spans::call(call.action(), &self.endpoint, self.signature),
            limit,
            deadline: Instant::now().checked_add(limit),
            requests: AtomicU32::new(0),
            waits_for: AtomicU8::new(WaitsFor::Nothing as u8),
        })
    }

    fn end<T>(&self, begun: &Begun, outcome: Result<T>) -> Result<T> {
        begun.span.in_scope(|| self.tell(&outcome));
        // After the event, so that its line in a log does not say all of it twice.
        if let Err(error) = &outcome {
            spans::failed(&begun.span, error);
        }
        begun.span.record("attempts", begun.requests.load(Ordering::Relaxed));
        outcome
    }

    fn tell<T>(&self, outcome: &Result<T>) {
        match outcome {
            Ok(_) => {
                self.counters.succeeded.add(1);
                tracing::debug!("succeeded");
            }
            Err(error) => {
                // What its caller gave up did not fail.
                self.counters.failed.add(usize::from(error.kind() != Kind::Cancelled));
                tracing::debug!(
                    kind = error.kind().name(),
                    code = error.code(),
                    http_status = error.http_status(),
                    attempts = error.attempts(),
                    "failed"
                );
            }
        }
    }

    async fn requests<T>(&self, order: Order<'_>, read: impl Fn(&Head, &[u8], &str) -> Result<T>, begun: &Begun) -> Result<T> {
        let repeat = Repeat::of(order.call.action());
        let mut history = History::default();
        loop {
            let span = spans::attempt(history.attempts() + 1);
            let sent = self.request(order, &read, repeat, &mut history, begun, &span).instrument(span.clone()).await;
            let failed = match sent {
                Ok(outcome) => {
                    self.budget.deposit();
                    return Ok(outcome);
                }
                Err(failed) => failed,
            };
            spans::failed(&span, &failed.error);
            if failed.credentials.is_none() {
                // Nothing was sent, and what stood in the way is not the service's.
                return Err(failed.error);
            }
            let Some(pause) = self.pause(&failed, order.way, repeat, &mut history, begun).await else {
                return Err(failed.error);
            };
            spans::pause(&span, pause);
            // The pause is no part of the attempt.
            drop(span);
            self.counters.retries.add(1);
            tracing::debug!(
                kind = failed.error.kind().name(),
                code = failed.error.code(),
                http_status = failed.error.http_status(),
                pause_ms = pause.as_millis(),
                "trying again"
            );
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
    }

    /// How long to wait for the next request; `None` where there is none.
    async fn pause(
        &self,
        failed: &Failed,
        way: Way<'_>,
        repeat: Repeat,
        history: &mut History,
        begun: &Begun,
    ) -> Option<Duration> {
        let known = failed.error.code().and_then(catalogue::response_code);
        if let (Some(Retry::OnceNewToken), Some(credentials)) = (known.map(|known| known.retry), &failed.credentials) {
            self.provider.expired(credentials);
        }
        let failure = Failure::of(&failed.error, repeat);
        // With the same time or the same token, the next request would meet the same refusal.
        let learnt = match (failure, &failed.credentials) {
            (Failure::Once(Once::Time), _) => failed.date.is_some_and(|date| self.skew.learn(&*self.clock, date)),
            (Failure::Once(Once::Token), Some(refused)) => {
                let now = self.credentials(way).await;
                now.map_or(true, |now| now.security_token() != refused.security_token())
            }
            _ => true,
        };
        if !learnt {
            return None;
        }
        let [high, low, ..] = self.clock.random().ok()?;
        let chance = f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX);
        history.next(&self.policy, &self.budget, failure, self.begun.elapsed(), begun.left(), chance)
    }

    /// The keys for the next request. A caller that blocks asks on its own thread, where the source allows that.
    async fn credentials(&self, way: Way<'_>) -> Result<Credentials> {
        let asked = if matches!(way, Way::Lane(_)) { self.provider.blocking_credentials() } else { None };
        match asked {
            Some(outcome) => outcome,
            None => self.provider.credentials().await,
        }
    }

    /// Takes a permit, signs afresh, sends once, reads the reply.
    async fn request<T>(
        &self,
        Order { way, call, cap }: Order<'_>,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
        repeat: Repeat,
        history: &mut History,
        begun: &Begun,
        span: &Span,
    ) -> Result<T, Failed> {
        let nothing_sent =
            |error: Error, attempts| Failed { error: error.with_attempts(attempts), credentials: None, date: None };
        let credentials = self.credentials(way).await.map_err(|error| nothing_sent(error, history.attempts()))?;
        let transport = self.transport().map_err(|error| nothing_sent(error, history.attempts()))?;
        // Before the permit, whose moment is now. A lane has its slot already.
        let _slot = match way {
            Way::Lane(_) => None,
            Way::Pool => {
                begun.waits(WaitsFor::Connection);
                Some(transport.slots().take().await)
            }
        };
        begun.waits(WaitsFor::Permit);
        let permit = spans::permit_wait(span, self.quota.acquire(call.action())).await;
        let permit = permit.map_err(|error| nothing_sent(error, history.attempts()))?;
        begun.waits(WaitsFor::Nothing);
        let (query, form) = call.placed();
        let nonce = clock::nonce(&*self.clock).map_err(|error| nothing_sent(error, history.attempts()))?;
        let mut signed = sign::sign(
            self.signature,
            &Unsigned {
                host: self.endpoint.host(),
                action: call.action(),
                version: API_VERSION,
                query: &query,
                form: &form,
                date: &clock::signing_date(self.skew.corrected(&*self.clock)),
                nonce: &nonce,
            },
            &credentials,
        );
        let string_to_sign = Zeroizing::new(mem::take(&mut signed.string_to_sign));
        // A request that is lost on a connection that has waited for long must be one that goes out again, on another.
        let is_first = repeat == Repeat::Always && history.attempts() == 0 && self.policy.max_attempts > 1;
        let reuse = if is_first { Reuse::Any } else { Reuse::Young };
        history.attempt();
        begun.requests.store(history.attempts(), Ordering::Relaxed);
        self.counters.requests.add(1);
        let failed =
            |error: Error, date| Failed { error: error.with_attempts(history.attempts()), credentials: Some(credentials), date };
        let exchange = pin!(transport.send(way, signed, cap, reuse));
        let reply = match tokio::time::timeout(self.limits.attempt_timeout, exchange).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => return Err(failed(error, None)),
            Err(_) => {
                let message =
                    format!("no reply within the {} ms that a request may take", self.limits.attempt_timeout.as_millis());
                return Err(failed(Error::new(Kind::Timeout, message), None));
            }
        };
        self.counters.bytes_received.add(reply.body.len());
        let outcome = read(&reply.head, &reply.body, &string_to_sign);
        let throttled = matches!(&outcome, Err(error) if error.kind() == Kind::Throttled);
        self.counters.throttled.add(usize::from(throttled));
        self.quota.report(call.action(), permit, if throttled { Admitted::No } else { Admitted::Yes });
        if outcome.is_ok() {
            spans::status(span, reply.head.status);
        }
        outcome.map_err(|error| failed(error, reply.head.date))
    }
}

pub(super) fn cancelled() -> Error {
    Error::new(Kind::Cancelled, "the call was cancelled")
}
