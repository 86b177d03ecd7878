//! The two ways of making a call: on the calling thread, and in the background.

use std::sync::mpsc;

use cloudauth_core::{CallOptions, CheckResult, CheckResultRequest, Result, blocking};

pub(crate) type Way = fn(&blocking::Client, &CheckResultRequest) -> Result<CheckResult>;

pub(crate) const WAYS: [Way; 2] = [blocking::Client::check_result, in_background];

fn in_background(client: &blocking::Client, request: &CheckResultRequest) -> Result<CheckResult> {
    let (sender, outcome) = mpsc::channel();
    let done = move |outcome| {
        sender.send(outcome).expect("someone waits");
    };
    client.start_check_result(request.clone(), CallOptions::default(), done)?;
    outcome.recv().expect("the callback comes")
}
