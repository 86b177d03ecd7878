//! Calls that do not block.

use cloudauth_core::{CallOptions, Delivery, Operation, WaitForResult};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::calls::Begun;
use crate::client::open;
use crate::entry;
use crate::failure::Failure;
use crate::outcome::message;
use crate::queue::{self, Item};
use crate::wire::{Message, ToWire};

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
        let request = arguments::typed(&entry::bytes(env, &encoded)?, number)?;
        start(client, request, arguments::call_options(timeout), number)
    })
}
