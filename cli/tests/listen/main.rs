//! `cloudauth listen`: the real binary, between an emulator and those who call it.

mod callbacks;
#[path = "../clock/mod.rs"]
mod clock;
mod clocks;
mod connections;
mod flows;
mod restarts;
mod service;
mod starts;
mod stuck;
#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "shared with the other tests of the command")]
mod support;
