use serde_json::json;

use super::answer::Answer;

/// `KeepaliveIntl`: answers, and does nothing else.
pub(super) fn answer(request_id: &str) -> Answer {
    Answer::result(request_id, "Success", &json!({"Result": "SUCCESS"}))
}
