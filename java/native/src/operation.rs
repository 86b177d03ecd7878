//! Calls under way: those that do not block, and how each of them is cancelled.

use cloudauth_core::{CallContext, CallOptions, Cancellation, Delivery, Operation, WaitForResult};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::client::open;
use crate::entry;
use crate::failure::{Failure, message};
use crate::queue::{self, Item};
use crate::table::Table;
use crate::wire::{Message, ToWire};

/// Calls under way.
static CALLS: Table<Cancellation> = Table::new();

/// A call under a number of Java's, by which it can be cancelled until it ends.
pub(crate) struct Begun(i64);

impl Begun {
    pub(crate) fn new(number: i64, options: CallOptions) -> (Self, CallOptions) {
        let cancellation = Cancellation::new();
        let options = options.cancellation(&cancellation).context(CallContext::new(number));
        CALLS.put(number, cancellation);
        (Self(number), options)
    }

    /// Ends it, once its outcome is there.
    fn end(self) -> i64 {
        self.0
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        CALLS.take(self.0);
    }
}

/// Begins an operation; its outcome arrives under that number, unless an error comes back.
fn start<O: Operation<Output: ToWire>>(
    client: jlong,
    operation: O,
    options: CallOptions,
    number: jlong,
) -> Result<Message, Failure> {
    let client = open(client)?;
    let (begun, options) = Begun::new(number, options);
    let tell = move |outcome| queue::push(Item::Outcome(begun.end(), Box::new(move || message(outcome))));
    client.start(operation, options, Delivery::OnIoThread, tell)?;
    Ok(message(Ok(())))
}

/// Begins `CheckResult`.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn start_check_result<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    encoded: JByteArray<'a>,
    timeout: jlong,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |env| {
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        start(client, request, arguments::call_options(timeout), number)
    })
}

/// Begins `CheckResult` until the person has finished.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn start_wait_for_result<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    encoded: JByteArray<'a>,
    options: JByteArray<'a>,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |env| {
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        let wait = arguments::wait_options(&entry::bytes(env, &options)?)?;
        start(client, WaitForResult::new(request, wait), CallOptions::default(), number)
    })
}

/// Begins any operation.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn start_call<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    encoded: JByteArray<'a>,
    timeout: jlong,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |env| {
        let call = arguments::call(&entry::bytes(env, &encoded)?)?;
        start(client, call, arguments::call_options(timeout), number)
    })
}

/// Begins a typed operation.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn start_run<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    encoded: JByteArray<'a>,
    timeout: jlong,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |env| {
        let request = arguments::typed(&entry::bytes(env, &encoded)?)?;
        start(client, request, arguments::call_options(timeout), number)
    })
}

/// Ends a call. Its outcome arrives all the same; a call that is over is left alone.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn cancel<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, number: jlong) {
    entry::value((), || {
        if let Ok(cancellation) = CALLS.get(number) {
            cancellation.cancel();
        }
    });
}
