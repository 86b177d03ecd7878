//! `OTEL_EXPORTER_OTLP_ENDPOINT`: the collector that gets spans and counters, by OTLP over HTTP.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use cloudauth_core::blocking;
use cloudauth_opentelemetry::Observe;
use opentelemetry::Value;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{MetricExporter, OTEL_EXPORTER_OTLP_ENDPOINT, RetryPolicy, SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing_subscriber::layer::Layer;
use tracing_subscriber::registry::LookupSpan;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use crate::exit::Failure;
use crate::output;

/// How long a collector may take, for each of the two.
const PATIENCE: Duration = Duration::from_secs(5);

static EXPORT: OnceLock<Export> = OnceLock::new();

/// What the collector gets.
struct Export {
    spans: SdkTracerProvider,
    counters: SdkMeterProvider,
    /// Lives until its counters have been read.
    client: OnceLock<blocking::Client>,
}

/// What hears of spans; `None` where no collector is named.
pub(crate) fn layer<S>() -> Result<Option<impl Layer<S> + Send + Sync>, Failure>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    if std::env::var_os(OTEL_EXPORTER_OTLP_ENDPOINT).is_none_or(|endpoint| endpoint.is_empty()) {
        return Ok(None);
    }
    let export = Export::new()?;
    let layer = cloudauth_opentelemetry::layer(&export.spans);
    // A process starts its log once.
    let _ = EXPORT.set(export);
    Ok(Some(layer))
}

/// Tells of `client`'s counters, too.
pub(crate) fn observe(client: &blocking::Client) {
    if let Some(export) = EXPORT.get() {
        client.observe(&export.counters, &[]);
        let _ = export.client.set(client.clone());
    }
}

/// Sends what there is. A collector that is not there is worth a note, and changes nothing of how the command ends.
pub(crate) fn finish() {
    let Some(export) = EXPORT.get() else { return };
    let spans = export.spans.shutdown_with_timeout(PATIENCE);
    let counters = export.counters.shutdown_with_timeout(PATIENCE);
    if spans.and(counters).is_err() {
        output::note(&format!("cloudauth: spans or counters did not reach the collector of {OTEL_EXPORTER_OTLP_ENDPOINT}"));
    }
}

impl Export {
    fn new() -> Result<Self, Failure> {
        let refused = |_| Failure::usage(OTEL_EXPORTER_OTLP_ENDPOINT, "must be a URL such as http://127.0.0.1:4318");
        let client: Arc<dyn HttpClient> = Arc::new(Post::new());
        let spans = SpanExporter::builder()
            .with_http()
            .with_shared_http_client(client.clone())
            .with_retry_policy(RetryPolicy::disabled())
            .build()
            .map_err(refused)?;
        let counters = MetricExporter::builder()
            .with_http()
            .with_shared_http_client(client)
            .with_retry_policy(RetryPolicy::disabled())
            .build()
            .map_err(refused)?;
        Ok(Self {
            spans: SdkTracerProvider::builder().with_resource(resource()).with_batch_exporter(spans).build(),
            counters: SdkMeterProvider::builder().with_resource(resource()).with_periodic_exporter(counters).build(),
            client: OnceLock::new(),
        })
    }
}

/// What `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say, with a name for the service in any case.
fn resource() -> Resource {
    const NAME: opentelemetry::Key = opentelemetry::Key::from_static_str("service.name");
    let named = Resource::builder().build().get(&NAME).is_some_and(|name| !unknown(&name));
    let builder = Resource::builder();
    if named { builder.build() } else { builder.with_service_name("cloudauth").build() }
}

/// Whether that is what the SDK says where nobody gave a name.
fn unknown(name: &Value) -> bool {
    name.as_str().starts_with("unknown_service")
}

/// Posts on the thread that exports: the command has no runtime of its own.
#[derive(Debug)]
struct Post(Agent);

impl Post {
    fn new() -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).tls_config(tls);
        Self(config.build().new_agent())
    }
}

#[async_trait]
impl HttpClient for Post {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (head, body) = request.into_parts();
        let (head, mut body) = self.0.run(Request::from_parts(head, &body[..]))?.into_parts();
        Ok(Response::from_parts(head, body.read_to_vec()?.into()))
    }
}
