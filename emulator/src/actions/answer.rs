use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

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

    /// A body that only has the shape of the operation's; a header says so.
    pub(super) fn sample(body: &Value) -> Answer {
        let mut reply = Reply::json(StatusCode::OK, body);
        reply.headers.push((HeaderName::from_static("x-emulator-sample"), HeaderValue::from_static("shape-only")));
        Answer { reply, code: "Success".to_owned() }
    }

    /// A body around `result`; `code` is what the operation calls success.
    pub(super) fn result(request_id: &str, code: &str, result: &Value) -> Answer {
        let body = json!({"RequestId": request_id, "Code": code, "Message": "success", "Result": result});
        Answer { reply: Reply::json(StatusCode::OK, &body), code: code.to_owned() }
    }
}
