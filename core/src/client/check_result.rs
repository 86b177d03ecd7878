//! The outcome of one verification, fetched.

use super::CallOptions;
use super::inner::Inner;
use crate::error::Result;
use crate::reply::{self, Head};
use crate::request::CheckResultRequest;
use crate::result::CheckResult;

impl Inner {
    pub(super) async fn check_result(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        let cap = self.limits.cap(request.asks_for_images());
        self.run(&request.to_call()?, cap, options, self.read_result()).await
    }

    pub(super) fn check_result_on_lane(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        let cap = self.limits.cap(request.asks_for_images());
        self.run_on_lane(&request.to_call()?, cap, options, self.read_result())
    }

    fn read_result(&self) -> impl Fn(&Head, &[u8], &str) -> Result<CheckResult> {
        let nonce = self.lift_nonce;
        move |head, body, signed| reply::check_result(head, body, nonce, signed)
    }
}
