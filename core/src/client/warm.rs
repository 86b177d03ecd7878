//! What a client does ahead of its calls, in the background: connections are made, and kept.

use std::convert::Infallible;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::inner::Inner;
use super::keeper::{Keeper, Turn, Warmed};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::reply::{self, Received};
use crate::runtime;
use crate::transport::Transport;

/// In bytes; a reply of `KeepaliveIntl` has a hundred.
const LARGEST_REPLY: usize = 64 << 10;

impl Inner {
    /// A call begins or is near: where connections are kept warm, that begins or goes on.
    pub(super) fn keep_warm(&self) {
        if let Some(period) = self.settings.keep_warm {
            let Ok(keeper) = self.keeper.get_or_try_init(|| Ok::<_, Infallible>(Keeper::new(self.own.clone(), period)));
            keeper.called();
        }
    }

    /// See [`Client::connect_ahead`](super::Client::connect_ahead).
    pub(super) fn connect_ahead(self: &Arc<Self>) {
        self.keep_warm();
        let client = self.clone();
        self.in_background(async move { client.transport()?.connect_ahead().await });
    }

    /// Does `work` on the I/O thread. Nobody waits for it: a failure is counted.
    fn in_background(&self, work: impl Future<Output = Result<()>> + Send + 'static) {
        let client = self.own.clone();
        let begun = runtime::background(async move {
            if let (Err(error), Some(client)) = (work.await, client.upgrade()) {
                client.failed_in_background(&error);
            }
        });
        if let Err(error) = begun {
            self.failed_in_background(&error);
        }
    }

    fn failed_in_background(&self, error: &Error) {
        self.counters.background_failures.add(1);
        tracing::debug!(kind = error.kind().name(), code = error.code(), "no warm connection");
    }

    /// Sends a `KeepaliveIntl` on a warm connection that has been idle for `due`. Any reply keeps it open, and none is retried.
    async fn send_keepalive(&self, due: Duration) -> Result<()> {
        let transport = self.transport()?;
        if !transport.has_warm(due) {
            return Ok(());
        }
        let call = Call::new("KeepaliveIntl");
        let mut signed = self.sign(&call, &self.provider.credentials().await?)?;
        let string_to_sign = Zeroizing::new(mem::take(&mut signed.string_to_sign));
        let Some(reply) = transport.keep_alive(signed.into(), LARGEST_REPLY, due).await else { return Ok(()) };
        self.counters.keepalives.add(1);
        let reply = reply?;
        let received = Received {
            call: &call,
            caller: self.caller(),
            head: &reply.head,
            body: &reply.body,
            string_to_sign: &string_to_sign,
            nonce: self.lift_nonce,
        };
        reply::call(&received).map(drop)
    }
}

impl Warmed for Inner {
    fn warm(&self) -> usize {
        self.transport().map_or(0, Transport::warm)
    }

    fn warm_younger(&self, longest: Duration) -> usize {
        self.transport().map_or(0, |transport| transport.warm_younger(longest))
    }

    fn warm_up(self: Arc<Self>, turn: Turn) {
        let client = self.clone();
        self.in_background(async move {
            let _turn = turn;
            client.transport()?.warm_up().await
        });
    }

    fn keep_alive(self: Arc<Self>, turn: Turn, due: Duration) {
        let client = self.clone();
        self.in_background(async move {
            let _turn = turn;
            client.send_keepalive(due).await
        });
    }
}
