//! A bounded stream of calls.

use futures_util::stream::{self, Stream, StreamExt};
use tokio::task::JoinError;
use tokio_util::task::AbortOnDropHandle;
use tracing::{Instrument, Span};

use super::{Client, ManyOptions};
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::request::CheckResultRequest;
use crate::result::CheckResult;

impl Client {
    /// Makes many calls, at most `options.concurrency` at a time, and yields each outcome with its request's position.
    ///
    /// Calls under way go on while the stream is not polled; dropping it cancels them.
    pub fn check_many<I>(
        &self,
        requests: I,
        options: &ManyOptions,
    ) -> impl Stream<Item = (usize, Result<CheckResult>)> + Send + use<I>
    where
        I: IntoIterator<Item = CheckResultRequest>,
        I::IntoIter: Send + 'static,
    {
        let concurrency = options.concurrency.max(1);
        let (client, each) = (self.clone(), options.each.clone());
        let span = Span::current();
        let calls = stream::iter(requests.into_iter().enumerate()).map(move |(position, request)| {
            let (client, each, span) = (client.clone(), each.clone(), span.clone());
            async move {
                let task = tokio::spawn(async move { client.run(&request, &each).await }.instrument(span));
                let outcome = AbortOnDropHandle::new(task).await;
                let lost = |error: JoinError| {
                    if error.is_cancelled() {
                        Error::new(Kind::Cancelled, "the threads that made the call have ended")
                    } else {
                        Error::new(Kind::Internal, "a call panicked")
                    }
                };
                (position, outcome.unwrap_or_else(|error| Err(lost(error))).map_err(|error| error.of_item(position)))
            }
        });
        if options.ordered {
            calls.buffered(concurrency).left_stream()
        } else {
            calls.buffer_unordered(concurrency).right_stream()
        }
    }
}
