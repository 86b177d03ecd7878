use std::thread;
use std::time::Duration;

use hyper::StatusCode;

use crate::reply::Reply;

/// How a service misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloudFault {
    /// 503, with HTML.
    Down,
    /// The right answer, so much later.
    Slow(Duration),
    /// 200, with something that is no answer.
    Garbage,
    /// Keys that expired an hour ago.
    Expired,
}

impl CloudFault {
    /// What is answered instead of the right answer; `None` where that is to follow all the same.
    pub(crate) fn commit(self) -> Option<Reply> {
        match self {
            CloudFault::Down => {
                Some(Reply::new(StatusCode::SERVICE_UNAVAILABLE, "text/html", "<html><body>Service Unavailable</body></html>"))
            }
            CloudFault::Garbage => {
                Some(Reply::new(StatusCode::OK, "application/json", "{\"Code\":\"Success\",\"Acc\u{fffd}\0ssKey"))
            }
            CloudFault::Slow(pause) => {
                // On a thread that may block: see `connection`.
                thread::sleep(pause);
                None
            }
            CloudFault::Expired => None,
        }
    }
}
