//! The native half of the Java library: it converts types and drives calls; all else is core's.
//!
//! Java hands over one `byte[]` and gets one back, with what is no tree of bytes beside it: `wire` says what is in them.
//! No thread of the library's own is ever attached to the virtual machine. What it has to tell waits in `queue`, which
//! threads of Java's come to empty.

#![allow(unreachable_pub, reason = "what Java calls is exported by name, wherever it stands")]

mod arguments;
mod callback;
mod calls;
mod client;
mod convert;
mod credentials;
mod entry;
mod explain;
mod failure;
mod interrupt;
mod library;
mod limiter;
mod log;
mod many;
mod offline;
mod operation;
mod outcome;
mod queue;
mod report;
mod table;
mod thrown;
mod transfer;
mod typed;
mod wire;
