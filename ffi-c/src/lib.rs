//! The C ABI of libcloudauth. `include/cloudauth.h` is generated from the comments here, and is its documentation.
//!
//! Nothing is decided here: types are converted, and core does the rest. `handle` says which handles are alive, `boundary`
//! keeps panics in, `fork` has locks free in a child, `provider` asks the host for keys, and `host_limiter` for permits. Every public module is a noun
//! of the header.

// The names are C's.
#![allow(non_camel_case_types)]
// The comments are the header's, where names stand as they are.
#![allow(clippy::doc_markdown)]
// The header says what each function asks of its arguments, for all who call it.
#![allow(clippy::missing_safety_doc)]

#[cfg(panic = "abort")]
compile_error!("build with panic = \"unwind\": a panic must become an error of kind internal, not the end of the host");

mod answer;
mod boundary;
mod failure;
mod fork;
mod handle;
mod host_limiter;
mod host_pointer;
mod provider;
mod question;
mod slot;

// In the order of the header.
pub mod runtime;

pub mod language;

pub mod text;

pub mod codes;

pub mod kind;

pub mod error;

pub mod config;

pub mod credentials;
pub mod limiter;

pub mod request;

pub mod call;
pub mod receiver;

pub mod operation;

pub mod counters;

pub mod client;

pub mod many;

pub mod queue;

pub mod result;
pub mod result_fields;

pub mod typed;

pub mod started;

pub mod archive;

pub mod views;

pub mod decision;

pub mod callback;

pub mod event;

pub mod explain;

pub mod log;
