//! One call: requests, until one of them is answered for good.

use std::future::Future;
use std::mem;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tracing::{Instrument, Span};
use zeroize::Zeroizing;

use super::{CallOptions, Inner, spans};
use crate::catalogue::{self, Kind, Retry};
use crate::clock;
use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::quota::Admitted;
use crate::reply::Head;
use crate::request::Call;
use crate::retry::{Failure, History, Once, Repeat};
use crate::sign::{self, Unsigned};
use crate::transport::Way;

/// What a call that runs out of time has come to.
#[derive(Debug, Default)]
struct Progress {
    requests: AtomicU32,
    waits_for_permit: AtomicBool,
}

impl Progress {
    fn timed_out(&self, limit: Duration) -> Error {
        let what = if self.waits_for_permit.load(Ordering::Relaxed) {
            format!("the quota left no room for a request within the {} ms that this call may take", limit.as_millis())
        } else {
            format!("no result within the {} ms that this call may take", limit.as_millis())
        };
        Error::new(Kind::Timeout, what).with_attempts(self.requests.load(Ordering::Relaxed))
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
    /// One call under its deadline, its cancellation and its span.
    pub(super) async fn run<T>(
        &self,
        way: Way<'_>,
        call: &Call,
        cap: usize,
        options: &CallOptions,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
    ) -> Result<T> {
        call.judge(self.signature)?;
        let order = Order { way, call, cap };
        let span = spans::call(call.action(), &self.endpoint, self.signature);
        let progress = Progress::default();
        let outcome = async {
            self.counters.calls.add(1);
            let limit = options.timeout.unwrap_or(self.limits.timeout);
            let outcome = if limit.is_zero() {
                Err(Error::new(Kind::Timeout, "the time for this call was over before it began; nothing was sent"))
            } else {
                // A limit that no clock reaches is none.
                let deadline = Instant::now().checked_add(limit);
                within(limit, options, pin!(self.requests(order, read, deadline, &progress)), &progress).await
            };
            self.tell(&outcome);
            outcome
        }
        .instrument(span.clone())
        .await;
        // After the event, so that its line in a log does not say all of it twice.
        if let Err(error) = &outcome {
            spans::failed(&span, error);
        }
        span.record("attempts", progress.requests.load(Ordering::Relaxed));
        outcome
    }

    fn tell<T>(&self, outcome: &Result<T>) {
        match outcome {
            Ok(_) => {
                self.counters.succeeded.add(1);
                tracing::debug!("succeeded");
            }
            Err(error) => {
                self.counters.failed.add(1);
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

    async fn requests<T>(
        &self,
        order: Order<'_>,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
        deadline: Option<Instant>,
        progress: &Progress,
    ) -> Result<T> {
        let repeat = Repeat::of(order.call.action());
        let mut history = History::default();
        loop {
            let span = spans::attempt(history.attempts() + 1);
            let sent = self.request(order, &read, &mut history, progress, &span).instrument(span.clone()).await;
            let failed = match sent {
                Ok(outcome) => {
                    self.budget.deposit();
                    return Ok(outcome);
                }
                Err(failed) => failed,
            };
            spans::failed(&span, &failed.error);
            let Some(pause) = self.pause(&failed, order.way, repeat, &mut history, deadline).await else {
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
        deadline: Option<Instant>,
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
        let left = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
        history.next(&self.policy, &self.budget, failure, self.begun.elapsed(), left, chance)
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
        history: &mut History,
        progress: &Progress,
        span: &Span,
    ) -> Result<T, Failed> {
        let nothing_sent =
            |error: Error, attempts| Failed { error: error.with_attempts(attempts), credentials: None, date: None };
        let credentials = self.credentials(way).await.map_err(|error| nothing_sent(error, history.attempts()))?;
        progress.waits_for_permit.store(true, Ordering::Relaxed);
        let permit = spans::permit_wait(span, self.quota.acquire(call.action())).await;
        progress.waits_for_permit.store(false, Ordering::Relaxed);
        let (query, form) = call.placed();
        let nonce = clock::nonce(&*self.clock).map_err(|error| nothing_sent(error, history.attempts()))?;
        let mut signed = sign::sign(
            self.signature,
            &Unsigned {
                host: self.endpoint.host(),
                action: call.action(),
                version: sign::API_VERSION,
                query: &query,
                form: &form,
                date: &clock::signing_date(self.skew.corrected(&*self.clock)),
                nonce: &nonce,
            },
            &credentials,
        );
        let transport = self.transport().map_err(|error| nothing_sent(error, history.attempts()))?;
        let string_to_sign = Zeroizing::new(mem::take(&mut signed.string_to_sign));
        history.attempt();
        progress.requests.store(history.attempts(), Ordering::Relaxed);
        self.counters.requests.add(1);
        let failed =
            |error: Error, date| Failed { error: error.with_attempts(history.attempts()), credentials: Some(credentials), date };
        let exchange = pin!(transport.send(way, signed, cap));
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

/// `call`, unless time is up or the caller gives up first.
async fn within<T>(
    limit: Duration,
    options: &CallOptions,
    call: impl Future<Output = Result<T>>,
    progress: &Progress,
) -> Result<T> {
    tokio::select! {
        biased;
        () = options.cancelled() => {
            Err(cancelled().with_attempts(progress.requests.load(Ordering::Relaxed)))
        }
        outcome = tokio::time::timeout(limit, call) => outcome.unwrap_or_else(|_| Err(progress.timed_out(limit))),
    }
}
