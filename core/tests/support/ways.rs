//! The two ways of making a call: on the calling thread, and in the background.

use std::sync::mpsc;

use cloudauth_core::typed::{TypedReply, TypedRequest};
use cloudauth_core::{Call, CallOptions, CheckResult, CheckResultRequest, Delivery, Result, blocking, result::Fields};

pub(crate) type Way<Q, A> = fn(&blocking::Client, &Q) -> Result<A>;

pub(crate) const WAYS: [Way<CheckResultRequest, CheckResult>; 2] = [blocking::Client::check_result, check_in_background];

#[allow(dead_code, reason = "not every test calls other operations")]
pub(crate) const CALLS: [Way<Call, Fields>; 2] = [blocking::Client::call, call_in_background];

#[allow(dead_code, reason = "as above")]
pub(crate) const TYPED: [Way<TypedRequest, TypedReply>; 2] = [
    |client, request| client.run(request, &CallOptions::default()),
    |client, request| in_background(|done| client.start(request.clone(), CallOptions::default(), Delivery::default(), done)),
];

fn check_in_background(client: &blocking::Client, request: &CheckResultRequest) -> Result<CheckResult> {
    in_background(|done| client.start(request.clone(), CallOptions::default(), Delivery::default(), done))
}

fn call_in_background(client: &blocking::Client, call: &Call) -> Result<Fields> {
    in_background(|done| client.start(call.clone(), CallOptions::default(), Delivery::default(), done))
}

fn in_background<T: Send + 'static>(start: impl FnOnce(Box<dyn FnOnce(Result<T>) + Send>) -> Result<()>) -> Result<T> {
    let (sender, outcome) = mpsc::channel();
    start(Box::new(move |outcome| sender.send(outcome).expect("someone waits")))?;
    outcome.recv().expect("the callback comes")
}
