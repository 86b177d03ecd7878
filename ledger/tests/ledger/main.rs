//! The ledger on a disk.

mod crash;
mod notes;
mod order;
mod refusals;
mod support;
