//! Calls under way: those that do not block, and how each of them is cancelled.

use cloudauth_core::{CallOptions, Cancellation};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::client::open;
use crate::entry;
use crate::failure::{Failure, message};
use crate::queue::{self, Item};
use crate::table::Table;

/// Calls under way.
static CALLS: Table<Cancellation> = Table::new();

/// A call under a number of Java's, by which it can be cancelled until it ends.
pub(crate) struct Begun(i64);

impl Begun {
    pub(crate) fn new(number: i64, options: CallOptions) -> (Self, CallOptions) {
        let cancellation = Cancellation::new();
        let options = options.cancellation(&cancellation);
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

/// Begins `CheckResult`; its outcome is told under that number, unless an error is what comes back.
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
        let open = open(client)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        let (begun, options) = Begun::new(number, arguments::call_options(timeout));
        open.client.start_check_result_quick(request, options, move |outcome| {
            queue::push(Item::CheckResult(begun.end(), Box::new(outcome)));
        })?;
        Ok::<_, Failure>(message(Ok(())))
    })
}

/// Begins `CheckResult` until the person has finished, as `startCheckResult` does.
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
        let open = open(client)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        let mut wait = arguments::wait_options(&entry::bytes(env, &options)?)?;
        let (begun, each) = Begun::new(number, wait.each);
        wait.each = each;
        open.client.start_wait_for_result_quick(request, wait, move |outcome| {
            queue::push(Item::CheckResult(begun.end(), Box::new(outcome)));
        })?;
        Ok::<_, Failure>(message(Ok(())))
    })
}

/// Begins any operation, as `startCheckResult` does.
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
        let open = open(client)?;
        let call = arguments::call(&entry::bytes(env, &encoded)?)?;
        let (begun, options) = Begun::new(number, arguments::call_options(timeout));
        open.client.start_call_quick(call, options, move |outcome| queue::push(Item::Call(begun.end(), outcome)))?;
        Ok::<_, Failure>(message(Ok(())))
    })
}

/// Ends a call. Its outcome is told all the same; a call that is over is left alone.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn cancel<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, number: jlong) {
    entry::value((), || {
        if let Ok(cancellation) = CALLS.get(number) {
            cancellation.cancel();
        }
    });
}
