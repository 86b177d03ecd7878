//! A quota that machines share on Redis.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudauth_quota_redis::{
    Denied, Dial, Dialled, Handle, Inspection, Permit as Granted, Refusal, Target, Watcher, inspect, open,
};

use super::counts::Counts;
use super::{Admitted, Local, Permit, PermitFuture, PermitRequest, Quota};
use crate::error::{Error, Result};
use crate::runtime::{self, PerProcess};
use crate::transport::{Dialer, Settings};

/// Takes permits from the server, and slows down as [`Local`] does where the service throttles all the same.
#[derive(Debug)]
pub(crate) struct Shared {
    target: Target,
    region: String,
    /// Requests a second of each operation, by all machines.
    rate: u64,
    dialer: Arc<Way>,
    counts: Arc<Counts>,
    learnt: Local,
    handle: PerProcess<Mutex<Option<Arc<Handle>>>>,
}

#[derive(Debug)]
struct Way(Dialer);

impl Dial for Way {
    fn dial<'a>(&'a self, target: &'a Target) -> Dialled<'a> {
        Box::pin(async move {
            let stream = self.0.dial(target.host(), target.port()).await.map_err(io_error)?;
            Ok(Box::new(stream) as _)
        })
    }
}

/// The error of the socket itself, where it is one: its kind is shown.
fn io_error(cause: Box<dyn std::error::Error + Send + Sync>) -> io::Error {
    match cause.downcast::<io::Error>() {
        Ok(error) => *error,
        Err(other) => io::Error::other(other),
    }
}

/// Counts and logs.
#[derive(Debug)]
struct Log {
    server: String,
    counts: Arc<Counts>,
}

impl Watcher for Log {
    fn lost(&self, refusal: &Refusal, has_share: bool) {
        self.counts.losses.fetch_add(1, Ordering::Relaxed);
        let instead = if has_share { "this client keeps to its share of the rate" } else { "calls wait for it" };
        tracing::warn!(server = self.server, reason = %refusal, instead, "the shared quota does not answer");
    }

    fn found(&self, after: Duration) {
        tracing::warn!(server = self.server, after_ms = after.as_millis(), "the shared quota answers again");
    }
}

/// The server of a shared quota, for diagnosis.
#[derive(Debug)]
pub(crate) struct QuotaServer {
    target: Target,
    way: Way,
    limit: Duration,
}

impl QuotaServer {
    pub(crate) fn new(url: &str, settings: &Settings) -> Result<Self> {
        let target = target(url)?;
        let way = Way(Dialer::new(settings, target.is_tls())?);
        Ok(Self { target, way, limit: settings.connect_timeout })
    }

    /// Host and port.
    pub(crate) fn name(&self) -> String {
        self.target.server()
    }

    pub(crate) async fn inspect(&self) -> Result<Inspection, Refusal> {
        tokio::time::timeout(self.limit, inspect(&self.target, &self.way)).await.unwrap_or(Err(Refusal::Silent))
    }
}

fn target(url: &str) -> Result<Target> {
    Target::parse(url).map_err(|rule| Error::invalid_argument("quota", rule))
}

impl Shared {
    /// `url` of the server; the operations are `region`'s.
    pub(crate) fn new(url: &str, region: String, rate: usize, settings: &Settings, counts: Arc<Counts>) -> Result<Self> {
        let target = target(url)?;
        let dialer = Dialer::new(settings, target.is_tls())?;
        Ok(Self {
            target,
            region,
            rate: rate as u64,
            dialer: Arc::new(Way(dialer)),
            counts,
            learnt: Local::new(None),
            handle: PerProcess::new(),
        })
    }

    async fn permit(&self, action: &str) -> Result<()> {
        loop {
            match self.handle()?.acquire(action, self.rate).await {
                Ok(Granted::Shared) => self.counts.shared.fetch_add(1, Ordering::Relaxed),
                Ok(Granted::Own) => self.counts.own.fetch_add(1, Ordering::Relaxed),
                // The library was shut down meanwhile.
                Err(Denied::Ended) => continue,
                Err(Denied::Refused(refusal)) => {
                    return Err(Error::quota(format!("the shared quota gives no permits: {refusal}")));
                }
            };
            return Ok(());
        }
    }

    /// This process's own connection, made where there is none.
    fn handle(&self) -> Result<Arc<Handle>> {
        let handle = self.handle.get_or_try_init(|| Ok::<_, Error>(Mutex::default()))?;
        let mut handle = handle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(handle) = handle.as_ref().filter(|handle| !handle.is_ended()) {
            return Ok(handle.clone());
        }
        let mut id = [0; 8];
        getrandom::fill(&mut id).map_err(|_| Error::quota("the operating system gave no random numbers"))?;
        let log = Log { server: self.target.server(), counts: self.counts.clone() };
        let id = format!("{:016x}", u64::from_le_bytes(id));
        let (fresh, driver) = open(self.target.clone(), &self.region, id, self.dialer.clone(), Arc::new(log));
        runtime::background(driver.run())?;
        Ok(handle.insert(Arc::new(fresh)).clone())
    }
}

impl Quota for Shared {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> PermitFuture<'a> {
        Box::pin(async move {
            self.learnt.admit(request.action).await;
            self.permit(request.action).await?;
            Ok(self.learnt.now())
        })
    }

    fn report(&self, action: &str, permit: Permit, admitted: Admitted) {
        self.learnt.report(action, permit, admitted);
    }
}
