//! Spans of this library as OpenTelemetry's.

use std::fmt::Debug;

use opentelemetry::trace::{SpanKind, Status, TraceContextExt, Tracer, TracerProvider};
use opentelemetry::{Context, KeyValue, Value};
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{self, Layer};
use tracing_subscriber::registry::LookupSpan;

use super::names;
use crate::attributes::{ATTEMPT, KIND, METHOD};

/// Only core's spans are exported: those of other libraries may contain whole URLs.
const TARGET: &str = "cloudauth_core::";

/// Exports calls and their attempts to `provider`: each is a span of kind client. The parent of an attempt is its call, and
/// that of a call the OpenTelemetry span in which it was made. Other libraries' spans, and events, are left to other layers.
pub fn layer<S, P>(provider: &P) -> impl Layer<S> + Send + Sync + use<S, P>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    P: TracerProvider,
    P::Tracer: Send + Sync + 'static,
    <P::Tracer as Tracer>::Span: Send + Sync + 'static,
{
    let of_core = filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with(TARGET));
    Bridge(provider.tracer_with_scope(super::scope())).with_filter(of_core.with_max_level_hint(LevelFilter::TRACE))
}

struct Bridge<T>(T);

/// What belongs to an open span.
struct Open {
    /// Holds OpenTelemetry's span.
    context: Context,
    server: Vec<KeyValue>,
}

impl<S, T> Layer<S> for Bridge<T>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    T: Tracer + 'static,
    T::Span: Send + Sync + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, spans: layer::Context<'_, S>) {
        let Some(span) = spans.span(id) else { return };
        let mut facts = Facts::default();
        attributes.record(&mut facts);
        let (above, mut server) = span
            .parent()
            .and_then(|parent| parent.extensions().get::<Open>().map(|open| (open.context.clone(), open.server.clone())))
            .unwrap_or_else(|| (Context::current(), Vec::new()));
        if let Some(endpoint) = &facts.endpoint {
            server = super::server(endpoint);
        }
        let mut attributes = facts.attributes;
        attributes.extend(server.iter().cloned());
        let name = facts.action.unwrap_or_else(|| {
            // An attempt is one HTTP request. Its URL holds a person's ids, so there is none.
            attributes.push(KeyValue::new(METHOD, "POST"));
            "POST".to_owned()
        });
        let builder = self.0.span_builder(name).with_kind(SpanKind::Client).with_attributes(attributes);
        let context = above.with_span(self.0.build_with_context(builder, &above));
        span.extensions_mut().insert(Open { context, server });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, spans: layer::Context<'_, S>) {
        let Some(span) = spans.span(id) else { return };
        let mut facts = Facts::default();
        values.record(&mut facts);
        if let Some(open) = span.extensions().get::<Open>() {
            let span = open.context.span();
            if facts.attributes.iter().any(|attribute| attribute.key.as_str() == KIND) {
                span.set_status(Status::error(""));
            }
            span.set_attributes(facts.attributes);
        }
    }

    fn on_close(&self, id: Id, spans: layer::Context<'_, S>) {
        let open = spans.span(&id).and_then(|span| span.extensions_mut().remove::<Open>());
        if let Some(open) = open {
            open.context.span().end();
        }
    }
}

/// A span's fields, as OpenTelemetry has them.
#[derive(Default)]
struct Facts {
    attributes: Vec<KeyValue>,
    action: Option<String>,
    endpoint: Option<String>,
}

impl Facts {
    fn add(&mut self, field: &Field, value: impl Into<Value>) {
        if let Some(name) = names::attribute(field.name()) {
            self.attributes.push(KeyValue::new(name, value));
        }
    }
}

impl Visit for Facts {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        if field.name() == "number" {
            // The first attempt repeats nothing.
            self.attributes.extend((value > 1).then(|| KeyValue::new(ATTEMPT, value - 1)));
        }
        self.add(field, value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "action" {
            self.action = Some(value.to_owned());
        }
        self.add(field, value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "endpoint" {
            self.endpoint = Some(format!("{value:?}"));
        }
    }
}
