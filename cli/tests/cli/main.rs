//! The real binary, against an emulator in this process.

mod call;
mod check;
mod decode;
mod demo;
mod doctor;
mod emulator;
mod explain;
#[cfg(feature = "opentelemetry")]
mod export;
mod images;
mod profile;
mod refusals;
mod secrets;
mod support;
