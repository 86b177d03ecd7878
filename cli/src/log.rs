//! `CLOUDAUTH_LOG`: what the library tells on stderr.

use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::exit::Failure;

const NAME: &str = "CLOUDAUTH_LOG";

/// Starts logging at the level that the environment asks for, at `warn` where it asks for none.
///
/// Only this project's own events are let through: those of the HTTP client can hold whole URLs.
pub(crate) fn start() -> Result<(), Failure> {
    let level = match std::env::var(NAME) {
        Ok(text) if !text.is_empty() => level(&text)?,
        Err(std::env::VarError::NotUnicode(_)) => return Err(refused()),
        _ => LevelFilter::WARN,
    };
    let ours = Targets::new().with_target("cloudauth_core", level);
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false).with_filter(ours);
    let subscriber = tracing_subscriber::registry().with(lines);
    #[cfg(feature = "opentelemetry")]
    let subscriber = subscriber.with(crate::export::layer()?);
    // A process that has a log already, as a Python program may, keeps it.
    drop(subscriber.try_init());
    Ok(())
}

fn level(text: &str) -> Result<LevelFilter, Failure> {
    Ok(match text.to_ascii_lowercase().as_str() {
        "off" => LevelFilter::OFF,
        "error" => LevelFilter::ERROR,
        "warn" => LevelFilter::WARN,
        "info" => LevelFilter::INFO,
        "debug" => LevelFilter::DEBUG,
        "trace" => LevelFilter::TRACE,
        _ => return Err(refused()),
    })
}

fn refused() -> Failure {
    Failure::usage(NAME, "must be off, error, warn, info, debug or trace")
}
