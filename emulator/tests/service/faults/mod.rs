//! Each fault as it comes over a socket: what bytes, in what time, and how the connection ends.

mod content;
mod ending;
mod framing;
mod headers;
mod pace;
mod plan;
mod raw;
mod refusal;
mod replacement;
mod stats;
mod storm;
mod tls;
