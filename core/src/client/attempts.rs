//! Requests, until one of them is answered for good.

use std::borrow::Cow;
use std::mem;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use tracing::{Instrument, Span};
use zeroize::Zeroizing;

use super::any::{AnyOperation, AnyOutput};
use super::inner::Inner;
use super::progress::{Progress, WaitsFor};
use super::report::Figures;
use super::spans;
use crate::call::Call;
use crate::catalogue::{self, Kind, Retry};
use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::quota::{Admitted, PermitRequest};
use crate::reply::Received;
use crate::retry::{Failure, History, Once, Resend};
use crate::transport::{Channel, Reuse};

/// The requests of one call.
pub(super) struct Attempts<'a> {
    client: &'a Inner,
    operation: &'a dyn AnyOperation,
    /// What is sent: first what the operation asks, then what may follow it.
    call: Cow<'a, Call>,
    channel: Channel<'a>,
    progress: &'a Progress,
    resend: Resend,
    history: History,
    /// Of the attempt under way.
    figures: Figures,
    /// How far the service's clock was taken to be from this machine's when it began.
    assumed_skew: i64,
}

/// A request that failed.
struct Failed {
    error: Error,
    /// What it was signed with; `None` where there were no keys.
    credentials: Option<Credentials>,
    /// The server's time, where it told it.
    date: Option<SystemTime>,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(
        client: &'a Inner,
        operation: &'a dyn AnyOperation,
        call: &'a Call,
        channel: Channel<'a>,
        progress: &'a Progress,
    ) -> Self {
        let resend = Resend::of(call.action());
        let call = Cow::Borrowed(call);
        let (history, figures) = (History::default(), Figures::default());
        Self { client, operation, call, channel, progress, resend, history, figures, assumed_skew: 0 }
    }

    pub(super) async fn run(mut self) -> Result<AnyOutput> {
        loop {
            let number = self.history.attempts() + 1;
            let span = spans::attempt(number);
            self.figures.begun = self.progress.elapsed();
            self.assumed_skew = self.client.skew.known();
            let outcome = self.request(&span).instrument(span.clone()).await;
            self.figures.ended = self.progress.elapsed();
            let failed = match outcome {
                Ok(outcome) => {
                    self.client.budget.deposit();
                    self.report(number, None);
                    return Ok(outcome);
                }
                Err(failed) => failed,
            };
            spans::failed(&span, &failed.error);
            // Where nothing was sent, what stood in the way is not the service's.
            let pause = if failed.credentials.is_none() { None } else { self.pause(&failed).await };
            self.figures.pause = pause.unwrap_or_default();
            self.report(number, Some(&failed.error));
            let Some(pause) = pause else {
                let next = self.operation.follow_up(&failed.error, &self.call).ok_or(failed.error)?;
                self.resend = Resend::of(next.action());
                self.call = Cow::Owned(next);
                continue;
            };
            spans::pause(&span, pause);
            // The pause is no part of the attempt.
            drop(span);
            self.client.counters.retries.add(1);
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

    /// Reports the attempt of that number.
    fn report(&mut self, number: u32, error: Option<&Error>) {
        if self.client.events.is_some() {
            let figures = mem::take(&mut self.figures);
            self.progress.attempted.report(self.call.action(), number, self.history.attempts(), error, &figures);
        }
    }

    /// How long to wait for the next request; `None` where there is none.
    async fn pause(&mut self, failed: &Failed) -> Option<Duration> {
        let client = self.client;
        let retry = failed.error.code().and_then(catalogue::response_code).map(|known| known.retry);
        if let (Some(Retry::OnceNewToken), Some(credentials)) = (retry, &failed.credentials) {
            client.provider.expired(credentials);
        }
        let failure = Failure::of(&failed.error, self.resend);
        // With the same time or the same token, the next request would meet the same refusal.
        let learnt = match (failure, &failed.credentials) {
            (Failure::Once(Once::Token), Some(refused)) => {
                let now = self.credentials().await;
                now.map_or(true, |now| now.security_token() != refused.security_token())
            }
            // The next call has use for it, even where this one is not sent again.
            _ if retry == Some(Retry::OnceNewTime) => {
                failed.date.is_some_and(|date| client.skew.learn(&*client.clock, date, self.assumed_skew))
            }
            _ => true,
        };
        if !learnt {
            return None;
        }
        let chance = client.chance().ok()?;
        let (elapsed, left) = (client.begun.elapsed(), self.progress.left());
        self.history.next(&client.policy, &client.budget, failure, elapsed, left, chance)
    }

    /// The keys for the next request. A caller that blocks asks on its own thread, where the source allows that.
    async fn credentials(&self) -> Result<Credentials> {
        let provider = &self.client.provider;
        let asked = if self.channel.blocks() { provider.blocking_credentials() } else { None };
        match asked {
            Some(outcome) => outcome,
            None => provider.credentials().await,
        }
    }

    /// Takes a permit, signs afresh, sends once, reads the reply.
    async fn request(&mut self, span: &Span) -> Result<AnyOutput, Failed> {
        let Self { client, channel, progress, .. } = *self;
        let attempts = self.history.attempts();
        let nothing_sent = |error: Error| Failed { error: error.with_attempts(attempts), credentials: None, date: None };
        let credentials = self.credentials().await.map_err(nothing_sent)?;
        // Before the permit, whose moment is now.
        progress.waits(WaitsFor::Connection);
        let _slot = channel.slot().await;
        progress.waits(WaitsFor::Permit);
        let request =
            PermitRequest { action: self.call.action(), context: progress.attempted.context(), blocks: channel.blocks() };
        let permit = async {
            match client.quota.acquire_now(request) {
                Some(permit) => Ok(permit),
                None => client.quota.acquire(request).await,
            }
        };
        let permit = spans::permit_wait(span, client.events.is_some(), permit);
        let (permit, waited) = permit.await;
        self.figures.permit_wait = waited;
        let permit = permit.map_err(nothing_sent)?;
        // A limiter may have blocked for longer than the call may take.
        progress.still_on_time().map_err(nothing_sent)?;
        progress.waits(WaitsFor::Nothing);
        let call = &*self.call;
        let mut signed = client.sign(call, &credentials).map_err(nothing_sent)?;
        let string_to_sign = Zeroizing::new(mem::take(&mut signed.string_to_sign));
        // A request that is lost on a connection that has waited for long must be one that goes out again, on another.
        let is_first = self.resend == Resend::Always && attempts == 0 && client.policy.max_attempts > 1;
        let reuse = if is_first { Reuse::Any } else { Reuse::Young };
        self.history.attempt();
        let attempts = self.history.attempts();
        progress.sends(attempts);
        client.counters.requests.add(1);
        let failed = |error: Error, date| Failed { error: error.with_attempts(attempts), credentials: Some(credentials), date };
        let cap = client.limits.cap(self.operation.returns_images());
        let exchange = pin!(channel.send(signed.into(), cap, reuse));
        let reply = match tokio::time::timeout(client.limits.attempt_timeout, exchange).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => return Err(failed(error, None)),
            Err(_) => {
                let message =
                    format!("no reply within the {} ms that a request may take", client.limits.attempt_timeout.as_millis());
                return Err(failed(Error::new(Kind::Timeout, message), None));
            }
        };
        client.counters.bytes_received.add(reply.body.len());
        self.figures.bytes = reply.body.len();
        self.figures.status = reply.head.status;
        let received = Received {
            call,
            caller: client.caller(),
            head: &reply.head,
            body: &reply.body,
            string_to_sign: &string_to_sign,
            nonce: client.lift_nonce,
        };
        let mut outcome = self.operation.read(&received);
        let throttled = matches!(&outcome, Err(error) if error.kind() == Kind::Throttled);
        client.counters.throttled.add(usize::from(throttled));
        client.quota.report(call.action(), permit, if throttled { Admitted::No } else { Admitted::Yes });
        if let Ok(output) = &mut outcome {
            spans::status(span, reply.head.status);
            if client.limits.keep_raw || self.operation.keeps_raw() {
                self.operation.keep(output, reply.body);
            }
        }
        outcome.map_err(|error| failed(error, reply.head.date))
    }
}
