//! Alibaba Cloud ID Verification: sign, send, classify, decode.
//!
//! A request falls down through [`sign`] and the transport; a reply comes up through classification and decoding. Nothing
//! below knows of anything above. [`Client`] and [`blocking::Client`] are the way in; [`decode()`] reads a stored reply.

mod access_key;
mod buffer;
mod call;
mod call_context;
mod caller;
mod canonical;
mod client;
mod clock;
mod decision;
mod decode;
mod digest;
mod disk;
mod endpoint;
mod endpoint_source;
mod envelope;
mod environment;
mod error;
mod files;
mod header_lines;
mod identifier;
mod image_files;
mod io_reason;
mod map;
mod nearest;
mod offline;
mod operation;
mod quota;
mod receiver;
mod reply;
mod request;
mod retry;
mod runtime;
mod scrub;
mod stored;
mod transport;
mod tree;
mod video;
mod wait;
mod wipe;
mod word_list;
mod worker;
mod xml_error;

pub mod catalogue;
pub mod credentials;
pub mod doctor;
pub mod evidence;
pub mod host;
pub mod journey;
#[cfg(feature = "log")]
pub mod log;
pub mod operations;
pub mod options;
pub mod result;
pub mod sign;
pub mod spelling;
pub mod typed;

pub use buffer::Buffer;
pub use call::Call;
pub use call_context::CallContext;
pub use canonical::{canonical_fields, canonical_json, canonical_text, canonical_value, in_canonical_order};
pub use catalogue::{Kind, explain};
pub use client::{
    CallOptions, Cancellation, Client, ClientBuilder, DiagnosisOptions, Event, ManyOptions, Stats, blocking, take_events,
};
pub use clock::{Clock, SystemClock};
pub use decision::{Decision, decide};
pub use endpoint::{Endpoint, Network, Region};
pub use environment::Environment;
pub use error::{Error, Result};
#[doc(hidden)]
pub use identifier::{request_id as shown_request_id, sub_code as shown_sub_code};
pub use io_reason::IoReason;
pub use journey::{Callback, parse_callback};
pub use offline::{decode, decode_plainly};
pub use operation::Operation;
pub use quota::{
    Admitted, BlockingLimiter, Limiter, LimiterTurn, LimiterTurns, Permit, PermitFuture, PermitRequest, Quota, WaitFuture,
};
pub use request::{CheckResultRequest, validate_biz_id, validate_transaction_id};
pub use result::CheckResult;
pub use runtime::Delivery;
pub use sign::Signature;
pub use stored::{from_json, to_json};
pub use transport::Proxy;
#[doc(hidden)]
pub use video::admitted_video_url;
pub use wait::{WaitForResult, WaitOptions};
