//! What clients report, as lines of text for a host's own log. The feature `log`.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// Whose events are lines: other libraries' may name what they were asked for.
const OURS: &str = "cloudauth_core";

/// From 0, none, to 5, trace.
static LEVEL: AtomicU8 = AtomicU8::new(0);

/// Hands lines to `deliver` from now on, on the thread that reports, each with its level as [`set_level`] counts them. A line
/// holds no secret and no personal data. False where another part of the process receives the events of `tracing` already.
pub fn install(deliver: fn(u8, String)) -> bool {
    tracing::subscriber::set_global_default(Registry::default().with(Lines { deliver })).is_ok()
}

/// Reports nothing for 0; up to errors for 1, warnings for 2, infos for 3, each call for 4; everything for 5.
pub fn set_level(level: u8) {
    LEVEL.store(level, Ordering::Relaxed);
    tracing::callsite::rebuild_interest_cache();
}

fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

fn wanted() -> LevelFilter {
    match LEVEL.load(Ordering::Relaxed) {
        0 => LevelFilter::OFF,
        1 => LevelFilter::ERROR,
        2 => LevelFilter::WARN,
        3 => LevelFilter::INFO,
        4 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with(OURS) && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
}

struct Lines {
    deliver: fn(u8, String),
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_wanted(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(wanted())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, spans: Context<'_, S>) {
        let mut text = Text::default();
        attributes.record(&mut text);
        if let Some(span) = spans.span(id) {
            span.extensions_mut().insert(text);
        }
    }

    fn on_event(&self, event: &Event<'_>, spans: Context<'_, S>) {
        let mut line = String::new();
        for span in spans.event_scope(event).into_iter().flatten() {
            if let Some(Text(fields)) = span.extensions().get() {
                line = format!("{}{{{fields}}}: {line}", span.name());
            }
        }
        let mut text = Text::default();
        event.record(&mut text);
        (self.deliver)(number(*event.metadata().level()), line + &text.0);
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
