//! Callers that are tasks of one runtime.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::{Callers, Given, Result};

/// A client that calls once.
pub(crate) trait Check: Send + Sync + 'static {
    fn check(&self) -> impl Future<Output = Result<()>> + Send;
}

pub(crate) struct Tasks<C> {
    runtime: Runtime,
    client: Arc<C>,
    in_flight: usize,
}

impl<C: Check> Tasks<C> {
    pub(crate) fn new(given: &Given, open: fn(&Given) -> Result<C>) -> Result<Self> {
        let runtime = Runtime::new()?;
        let entered = runtime.enter();
        let client = Arc::new(open(given)?);
        drop(entered);
        Ok(Self { runtime, client, in_flight: given.in_flight })
    }
}

impl<C: Check> Callers for Tasks<C> {
    fn one(&mut self) -> Result<u64> {
        self.runtime.block_on(self.client.check())?;
        Ok(1)
    }

    fn some(&mut self, limit: Duration) -> Result<u64> {
        let until = Instant::now() + limit;
        self.runtime.block_on(async {
            let mut tasks = JoinSet::new();
            for _ in 0..self.in_flight {
                let client = self.client.clone();
                tasks.spawn(async move {
                    let mut done = 0;
                    while done == 0 || Instant::now() < until {
                        client.check().await?;
                        done += 1;
                    }
                    Ok(done)
                });
            }
            let mut calls = 0;
            while let Some(done) = tasks.join_next().await {
                calls += done?.map_err(|failed: Box<dyn std::error::Error + Send + Sync>| failed)?;
            }
            Ok(calls)
        })
    }
}
