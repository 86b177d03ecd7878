//! A client's counters as a meter's instruments.

use std::sync::Arc;

use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider;

use super::instruments::{INSTRUMENTS, Instrument};
use crate::client::Client;

impl Client {
    /// Tells `provider` the numbers of [`stats`](Self::stats) whenever it reads, as counters `cloudauth.client.calls` and so
    /// on, for as long as the client lives; so have the provider read once more before the client is dropped.
    ///
    /// Each number has the server's address and port with it, and `attributes`. These must tell clients of the same server
    /// apart, where there are several.
    pub fn observe(&self, provider: &dyn MeterProvider, attributes: &[KeyValue]) {
        let meter = provider.meter_with_scope(super::scope());
        let mut all = super::server(&self.endpoint().to_string());
        all.extend_from_slice(attributes);
        let all = Arc::new(all);
        for Instrument { name, unit, meaning, value } in INSTRUMENTS {
            let (stats, all) = (self.watch(), all.clone());
            // A meter keeps what it was given; the handle is of no use.
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
}
