//! What core reports, for Python's `logging`.
//!
//! The library's threads run no Python: they leave lines here, and whoever makes a call takes them out when it ends.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Instant;

use cloudauth_core::host::PerProcess;
use pyo3::prelude::*;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// Whose events are lines: other libraries' may name what they were asked for.
const OURS: &str = "cloudauth_core";

/// Lines that may wait; further ones are dropped.
const WAITING: usize = 1024;

/// The least of Python's levels that the logger takes.
static LEVEL: AtomicU8 = AtomicU8::new(u8::MAX);

/// Lines with Python's levels. One process's, so that no fork finds the lock taken.
static LINES: PerProcess<Mutex<VecDeque<(u8, String)>>> = PerProcess::new();

fn lines() -> MutexGuard<'static, VecDeque<(u8, String)>> {
    let Ok(lines) = LINES.get_or_try_init(|| Ok::<_, Infallible>(Mutex::default()));
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps lines of that level of Python's, and above, from now on.
#[pyfunction]
pub(crate) fn set_log_level(level: u8) {
    static INSTALLED: Once = Once::new();
    LEVEL.store(level, Ordering::Relaxed);
    // Refused where the command runs in this process, whose log is its own.
    INSTALLED.call_once(|| drop(tracing::subscriber::set_global_default(Registry::default().with(Lines))));
    tracing::callsite::rebuild_interest_cache();
}

/// The lines that wait, the oldest first, each with its level.
#[pyfunction]
pub(crate) fn take_log() -> Vec<(u8, String)> {
    lines().drain(..).collect()
}

fn python_level(level: Level) -> u8 {
    match level {
        Level::ERROR => 40,
        Level::WARN => 30,
        Level::INFO => 20,
        Level::DEBUG => 10,
        Level::TRACE => 5,
    }
}

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with(OURS) && python_level(*metadata.level()) >= LEVEL.load(Ordering::Relaxed)
}

/// A call that is open.
struct Call {
    action: String,
    begun: Instant,
}

struct Lines;

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_wanted(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_wanted(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match LEVEL.load(Ordering::Relaxed) {
            ..=5 => LevelFilter::TRACE,
            6..=10 => LevelFilter::DEBUG,
            11..=20 => LevelFilter::INFO,
            21..=30 => LevelFilter::WARN,
            31..=40 => LevelFilter::ERROR,
            41.. => LevelFilter::OFF,
        })
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, spans: Context<'_, S>) {
        let mut text = Text::default();
        attributes.record(&mut text);
        if let (Some(span), Some(action)) = (spans.span(id), text.action) {
            span.extensions_mut().insert(Call { action, begun: Instant::now() });
        }
    }

    fn on_event(&self, event: &Event<'_>, spans: Context<'_, S>) {
        let mut text = Text::default();
        event.record(&mut text);
        let mut line = String::new();
        for span in spans.event_scope(event).into_iter().flatten() {
            if let Some(Call { action, begun }) = span.extensions().get() {
                // Writing to a String cannot fail.
                let _ = write!(line, "{action} after {} ms: ", begun.elapsed().as_millis());
            }
        }
        line.push_str(&text.line);
        let mut lines = lines();
        if lines.len() < WAITING {
            lines.push_back((python_level(*event.metadata().level()), line));
        }
    }
}

/// Fields as `message name=value …`, on one line.
#[derive(Default)]
struct Text {
    line: String,
    action: Option<String>,
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "action" {
            self.action = Some(value.to_owned());
        }
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let separator = if self.line.is_empty() { "" } else { " " };
        let text = match field.name() {
            "message" => format!("{separator}{value:?}"),
            name => format!("{separator}{name}={value:?}"),
        };
        self.line.extend(text.chars().map(|character| if character.is_control() { ' ' } else { character }));
    }
}
