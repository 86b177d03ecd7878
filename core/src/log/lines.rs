//! Events and spans as lines of text.

use std::fmt::{Debug, Write};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, Subscriber};
use tracing::{Event, Metadata};
use tracing_core::span::Current;

use super::level::{is_wanted, number, wanted};
use super::spans;

pub(super) struct Lines {
    pub(super) deliver: fn(u8, &str),
}

impl Subscriber for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(wanted())
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_wanted(metadata)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let metadata = attributes.metadata();
        let mut fields = Text::default();
        attributes.record(&mut fields);
        let parent = match attributes.parent() {
            None if attributes.is_contextual() => spans::entered(),
            parent => parent.map(Id::into_u64),
        };
        spans::open(parent, metadata, &format!("{}{{{}}}: ", metadata.name(), fields.0))
    }

    // What is known of a span at its end stands in the line that ends it.
    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let within = spans::entered().and_then(spans::text).unwrap_or_default();
        (self.deliver)(number(*event.metadata().level()), &(within + &text.0));
    }

    fn enter(&self, span: &Id) {
        spans::enter(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        spans::exit(span.into_u64());
    }

    fn clone_span(&self, span: &Id) -> Id {
        spans::share(span.into_u64());
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        spans::close(span.into_u64())
    }

    fn current_span(&self) -> Current {
        let current = spans::entered().and_then(|span| Some((Id::from_u64(span), spans::metadata(span)?)));
        current.map_or_else(Current::none, |(span, metadata)| Current::new(span, metadata))
    }
}

/// Fields as `message name=value …`, on one line.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        let separator = if self.0.is_empty() { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = match field.name() {
            "message" => write!(text, "{separator}{value:?}"),
            name => write!(text, "{separator}{name}={value:?}"),
        };
        self.0.extend(text.chars().map(|character| if character.is_control() { ' ' } else { character }));
    }
}
