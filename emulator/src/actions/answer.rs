use hyper::StatusCode;
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

    /// A body around `result`; `code` is what the operation calls success.
    pub(super) fn result(request_id: &str, code: &str, result: &Value) -> Answer {
        let body = json!({"RequestId": request_id, "Code": code, "Message": "success", "Result": result});
        Answer { reply: Reply::json(StatusCode::OK, &body), code: code.to_owned() }
    }
}
