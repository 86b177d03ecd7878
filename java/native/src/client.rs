//! The client.

use std::sync::Arc;

use cloudauth_core::{CallOptions, WaitForResult, blocking, options};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::entry;
use crate::failure::{Failure, message};
use crate::interrupt;
use crate::operation::Begun;
use crate::table::Table;

/// Core's client, and what a binding has to know beside it.
pub(crate) struct Open {
    pub(crate) client: blocking::Client,
    pub(crate) max_concurrency: usize,
}

static CLIENTS: Table<Open> = Table::new();

pub(crate) fn open(number: i64) -> Result<Arc<Open>, Failure> {
    CLIENTS.get(number)
}

/// Makes a client: its number, and where it calls.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn client_new<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let (builder, max_concurrency) = arguments::client(&entry::bytes(env, &encoded)?)?;
        let client = builder.build_blocking()?;
        let endpoint = client.endpoint().to_string();
        let max_concurrency = max_concurrency.unwrap_or(options::MAX_CONCURRENCY);
        Ok(message(Ok((CLIENTS.give(Open { client, max_concurrency }), endpoint))))
    })
}

/// Where a client with these options will call.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn endpoint<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let (builder, _) = arguments::client(&entry::bytes(env, &encoded)?)?;
        Ok(message(Ok(&builder.chosen_endpoint()?)))
    })
}

/// Lets go of a client; false where that was done already. Calls under way go on.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn client_free<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, client: jlong) -> jboolean {
    entry::value(false, || CLIENTS.take(client).is_some())
}

/// What a client has done so far, in the order of `Stats`.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn stats<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, client: jlong) -> jobjectArray {
    entry::run(env, |_| {
        let mut out = message(Ok(()));
        for (_, number) in open(client)?.client.stats().named() {
            out.number(i64::try_from(number).unwrap_or(i64::MAX));
        }
        Ok(out)
    })
}

/// `CheckResult`, on the calling thread, under a number to cancel it by.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn check_result<'a>(
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
        let (_begun, options) = Begun::new(number, interrupt::watch(arguments::call_options(timeout)));
        Ok(message(open.client.run(&request, &options)))
    })
}

/// `CheckResult` until the person has finished, on the calling thread.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn wait_for_result<'a>(
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
        let wait = arguments::wait_options(&entry::bytes(env, &options)?)?;
        let (_begun, each) = Begun::new(number, interrupt::watch(CallOptions::default()));
        Ok(message(open.client.run(&WaitForResult::new(request, wait), &each)))
    })
}

/// Any operation, on the calling thread.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn call<'a>(
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
        let (_begun, options) = Begun::new(number, interrupt::watch(arguments::call_options(timeout)));
        Ok(message(open.client.run(&call, &options)))
    })
}
