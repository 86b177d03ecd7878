use hyper::StatusCode;

use crate::reply::Reply;

/// A reply, and the `Code` in its body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) code: String,
}

impl Answer {
    pub(super) fn success(body: String) -> Answer {
        let reply = Reply::new(StatusCode::OK, "application/json;charset=utf-8", body);
        Answer { reply, code: "Success".to_owned() }
    }
}
