//! The real binary, against an emulator in this process.

mod archive;
mod call;
mod callback;
mod check;
mod decode;
mod delete;
mod demo;
mod doctor;
mod emulator;
mod explain;
#[cfg(feature = "opentelemetry")]
mod export;
mod images;
#[cfg(feature = "objects")]
mod objects;
mod profile;
mod refusals;
mod report;
mod secrets;
mod start;
mod status;
mod support;
