//! One command a file: its arguments, and what it does with them.

pub(crate) mod archive;
pub(crate) mod archive_purge;
pub(crate) mod archive_verify;
#[cfg(feature = "ledger")]
pub(crate) mod bulk;
pub(crate) mod call;
pub(crate) mod callback;
pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod delete;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod emulator;
pub(crate) mod emulator_control;
pub(crate) mod explain;
#[cfg(feature = "ledger")]
pub(crate) mod listen;
pub(crate) mod report;
pub(crate) mod start;
pub(crate) mod status;
#[cfg(feature = "ledger")]
pub(crate) mod sweep;
pub(crate) mod wait;
