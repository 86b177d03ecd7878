//! The emulator as a client sees it: over sockets, with signatures made by the tests themselves.

// Test helpers favour plain format! pieces over speed.
#![allow(clippy::format_collect, clippy::format_push_string)]

mod client;
mod cloud;
mod control;
mod expiry;
mod faults;
mod gateway;
mod http2;
mod initialize;
mod journey;
mod limits;
mod objects;
mod products;
mod replay;
mod samples;
mod scenarios;
mod signer;
mod tls;
