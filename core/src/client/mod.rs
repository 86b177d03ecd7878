//! The client: one call is credentials, sign, send, classify, decode.

mod any;
mod asynchronous;
mod attempts;
mod build;
mod builder;
mod counters;
mod diagnose;
mod endpoint;
mod event;
mod events;
mod inner;
mod keeper;
mod limits;
mod options;
mod progress;
mod relay;
mod report;
mod run;
mod setters;
mod spans;
mod stats;
mod stream;
mod typed;
mod wait;
mod warm;
mod worker;

pub mod blocking;

pub use asynchronous::Client;
pub use builder::ClientBuilder;
pub use diagnose::DiagnosisOptions;
pub use event::Event;
pub use events::take_events;
pub use options::{CallOptions, Cancellation, ManyOptions};
pub use stats::Stats;
