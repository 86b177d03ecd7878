//! `cloudauth listen`: the real binary, between an emulator and those who call it.

mod callbacks;
mod flows;
mod restarts;
mod service;
mod starts;
#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "shared with the other tests of the command")]
mod support;
