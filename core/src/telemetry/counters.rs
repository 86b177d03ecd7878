//! A client's counters as a meter's instruments.

use std::sync::Arc;

use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider;

use crate::client::{Client, Stats};

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
        for (position, (name, _)) in Stats::default().named().into_iter().enumerate() {
            let (stats, all) = (self.watch(), all.clone());
            // A meter keeps what it was given; the handle is of no use.
            let _ = meter
                .u64_observable_counter(format!("cloudauth.client.{name}"))
                .with_unit(unit(name))
                .with_callback(move |counter| {
                    if let Some(stats) = stats() {
                        counter.observe(stats.named()[position].1, &all);
                    }
                })
                .build();
        }
    }
}

/// UCUM's unit, as OpenTelemetry asks for it.
fn unit(name: &str) -> &'static str {
    match name {
        "bytes_received" => "By",
        "calls" | "succeeded" | "failed" => "{call}",
        "connections" => "{connection}",
        _ => "{request}",
    }
}
