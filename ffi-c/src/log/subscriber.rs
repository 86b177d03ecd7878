//! Core's events and spans as lines of text.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, Subscriber};
use tracing::{Event, Level, Metadata};

use super::sink;
use super::state::{self, Span};

/// Whose events are lines of the log: other libraries' may name what they were asked for.
const OURS: &str = "cloudauth_core";

static LEVEL: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// The spans that this thread is in.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Makes this crate the receiver of events, once. Says whether it is.
pub(super) fn install() -> bool {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if !INSTALLED.load(Ordering::Acquire) && tracing::subscriber::set_global_default(Lines).is_ok() {
        INSTALLED.store(true, Ordering::Release);
    }
    INSTALLED.load(Ordering::Acquire)
}

/// What is said from now on, as a number of `cloudauth_log_level`.
pub(super) fn set_level(level: u32) {
    LEVEL.store(level, Ordering::Relaxed);
    tracing::callsite::rebuild_interest_cache();
}

fn number(level: Level) -> u32 {
    match level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

struct Lines;

impl Lines {
    fn wants(metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        let ours = target.strip_prefix(OURS).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        ours && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
    }
}

impl Subscriber for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if Self::wants(metadata) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match LEVEL.load(Ordering::Relaxed) {
            0 => LevelFilter::OFF,
            1 => LevelFilter::ERROR,
            2 => LevelFilter::WARN,
            3 => LevelFilter::INFO,
            4 => LevelFilter::DEBUG,
            _ => LevelFilter::TRACE,
        })
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        Self::wants(metadata)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = Text::default();
        attributes.record(&mut text);
        let text = format!("{}{{{}}}", attributes.metadata().name(), text.0);
        let mut state = state::lock();
        let id = state.next_span;
        state.next_span += 1;
        state.spans.insert(id, Span { text, handles: 1 });
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut text = Text::default();
        values.record(&mut text);
        if let Some(span) = state::lock().spans.get_mut(&span.into_u64()) {
            span.text.truncate(span.text.len().saturating_sub(1));
            span.text.push(' ');
            span.text.push_str(&text.0);
            span.text.push('}');
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if sink::delivers() {
            return;
        }
        let mut text = Text::default();
        event.record(&mut text);
        let span = ENTERED.try_with(|entered| entered.borrow().last().copied()).ok().flatten();
        state::say(number(*event.metadata().level()), &text.0, span);
    }

    fn enter(&self, span: &Id) {
        // A thread that is ending has no list any more; its lines go without a span. So below.
        let _ = ENTERED.try_with(|entered| entered.borrow_mut().push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        let _ = ENTERED.try_with(|entered| {
            let mut entered = entered.borrow_mut();
            if let Some(position) = entered.iter().rposition(|other| *other == span.into_u64()) {
                entered.remove(position);
            }
        });
    }

    fn clone_span(&self, span: &Id) -> Id {
        if let Some(span) = state::lock().spans.get_mut(&span.into_u64()) {
            span.handles += 1;
        }
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let mut state = state::lock();
        let Some(open) = state.spans.get_mut(&span.into_u64()) else { return false };
        open.handles -= 1;
        let closed = open.handles == 0;
        if closed {
            state.spans.remove(&span.into_u64());
        }
        closed
    }
}

/// Fields as `message name=value …`, on one line.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &value);
    }

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
