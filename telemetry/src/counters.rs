//! A client's counters as a meter's instruments.

use std::sync::Arc;

use cloudauth_core::{Client, Endpoint, Stats, blocking};
use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider;

use crate::instruments::{INSTRUMENTS, Instrument};
use crate::{scope, server};

/// A client whose counters a meter can read.
pub trait Observe {
    /// Has `provider` read [`Client::stats`] as counters `cloudauth.client.calls` and so on, for as long as the client lives.
    /// Let the provider read once more before you drop the client.
    ///
    /// Each counter has the server's address and port, and `attributes`, which must distinguish clients of the same server.
    fn observe(&self, provider: &dyn MeterProvider, attributes: &[KeyValue]);
}

impl Observe for Client {
    fn observe(&self, provider: &dyn MeterProvider, attributes: &[KeyValue]) {
        observe(self.endpoint(), &self.watch(), provider, attributes);
    }
}

impl Observe for blocking::Client {
    fn observe(&self, provider: &dyn MeterProvider, attributes: &[KeyValue]) {
        observe(self.endpoint(), &self.watch(), provider, attributes);
    }
}

fn observe(
    endpoint: &Endpoint,
    stats: &(impl Fn() -> Option<Stats> + Clone + Send + Sync + 'static),
    provider: &dyn MeterProvider,
    attributes: &[KeyValue],
) {
    let meter = provider.meter_with_scope(scope());
    let mut all = server(&endpoint.to_string());
    all.extend_from_slice(attributes);
    let all = Arc::new(all);
    for Instrument { name, unit, meaning, value } in INSTRUMENTS {
        let (stats, all) = (stats.clone(), all.clone());
        // The meter keeps the callback; the handle is of no use.
        let _ = meter
            .u64_observable_counter(*name)
            .with_unit(*unit)
            .with_description(*meaning)
            .with_callback(move |counter| {
                if let Some(stats) = stats() {
                    counter.observe(value(&stats), &all);
                }
            })
            .build();
    }
}
