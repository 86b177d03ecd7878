//! Faults: what the emulator does wrong when it is told to, and when.
//!
//! `fault` is one of them as somebody wrote it, `when` says which requests it strikes, `plan` holds those
//! that are set and chooses for each request, by `draw` alone, so that the same seed chooses the same. `catalogue` lists all there
//! are; what each does stands in the file of its family and comes out as an `effect`.

mod argument;
mod catalogue;
mod content;
mod draw;
mod effect;
mod ending;
mod fault;
mod framing;
mod gzip;
mod handshake;
mod headers;
mod pace;
mod plan;
mod refusal;
mod stand_in;
mod when;

pub(crate) use effect::{DateHeader, Effect, Refused, Wiring};
pub use fault::{Fault, FaultError};
pub(crate) use plan::{Call, Faults, check};
