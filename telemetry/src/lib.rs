//! OpenTelemetry for libcloudauth: a client's spans and counters, for the providers that a program has set up.
//!
//! Depends on OpenTelemetry's API alone; the program chooses the SDK and the exporter.
//!
//! ```no_run
//! use cloudauth_core::Client;
//! use cloudauth_opentelemetry::Observe;
//! use opentelemetry_sdk::{metrics::SdkMeterProvider, trace::SdkTracerProvider};
//! use tracing_subscriber::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let tracers = SdkTracerProvider::builder().build(); // with an exporter
//! let meters = SdkMeterProvider::builder().build(); // with a reader
//! tracing_subscriber::registry().with(cloudauth_opentelemetry::layer(&tracers)).init();
//!
//! let client = Client::builder().build()?;
//! client.observe(&meters, &[]);
//! # Ok(())
//! # }
//! ```

mod attributes;
mod counters;
mod instruments;
mod layer;
mod names;

pub use counters::Observe;
pub use layer::layer;

use opentelemetry::{InstrumentationScope, KeyValue};
use url::Url;

/// Names this library in what is exported.
fn scope() -> InstrumentationScope {
    InstrumentationScope::builder("cloudauth").with_version(env!("CARGO_PKG_VERSION")).build()
}

/// The attributes of a server, given as an endpoint is printed.
fn server(endpoint: &str) -> Vec<KeyValue> {
    let Ok(url) = Url::parse(endpoint) else { return Vec::new() };
    let address = url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']').to_owned());
    let address = address.map(|address| KeyValue::new(attributes::SERVER_ADDRESS, address));
    let port = url.port_or_known_default().map(|port| KeyValue::new(attributes::SERVER_PORT, i64::from(port)));
    address.into_iter().chain(port).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_its_address_and_port() {
        let attributes = |endpoint| server(endpoint).iter().map(|one| format!("{}={}", one.key, one.value)).collect::<Vec<_>>();
        assert_eq!(attributes("http://127.0.0.1:8080"), ["server.address=127.0.0.1", "server.port=8080"]);
        assert_eq!(attributes("https://example.com"), ["server.address=example.com", "server.port=443"]);
        assert_eq!(attributes("http://[::1]:80"), ["server.address=::1", "server.port=80"]);
    }
}
