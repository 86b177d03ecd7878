//! The client.

use std::sync::Arc;

use cloudauth_core::{CallOptions, WaitForResult, blocking};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::calls::Begun;
use crate::entry;
use crate::failure::Failure;
use crate::interrupt;
use crate::outcome::message;
use crate::table::Table;

static CLIENTS: Table<blocking::Client> = Table::new();

pub(crate) fn open(number: i64) -> Result<Arc<blocking::Client>, Failure> {
    CLIENTS.get(number)
}

/// Makes a client: its number, and where it calls.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn client_new<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let client = arguments::client(&entry::bytes(env, &encoded)?)?.build_blocking()?;
        let endpoint = client.endpoint().to_string();
        Ok(message(Ok((CLIENTS.give(client), endpoint))))
    })
}

/// Where a client with these options will call.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn endpoint<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let builder = arguments::client(&entry::bytes(env, &encoded)?)?;
        Ok(message(Ok(&builder.chosen_endpoint()?)))
    })
}

/// Lets go of a client; false where that was done already. Calls under way go on.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn client_free<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, client: jlong) -> jboolean {
    entry::value(false, || CLIENTS.take(client).is_some())
}

/// Opens a connection in the background, for a call that is near.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn connect_ahead<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, client: jlong) -> jobjectArray {
    entry::run(env, |_| {
        open(client)?.connect_ahead();
        Ok(message(Ok(())))
    })
}

/// What a client has done so far, in the order of `Stats`.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn stats<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, client: jlong) -> jobjectArray {
    entry::run(env, |_| {
        let mut out = message(Ok(()));
        for (_, number) in open(client)?.stats().named() {
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
        let client = open(client)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        let (_begun, options) = Begun::new(number, interrupt::watch(arguments::call_options(timeout)));
        Ok(message(client.run(&request, &options)))
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
        let client = open(client)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        let wait = arguments::wait_options(&entry::bytes(env, &options)?)?;
        let (_begun, each) = Begun::new(number, interrupt::watch(CallOptions::default()));
        Ok(message(client.run(&WaitForResult::new(request, wait), &each)))
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
        let client = open(client)?;
        let call = arguments::call(&entry::bytes(env, &encoded)?)?;
        let (_begun, options) = Begun::new(number, interrupt::watch(arguments::call_options(timeout)));
        Ok(message(client.run(&call, &options)))
    })
}

/// A typed operation, on the calling thread.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn run<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    encoded: JByteArray<'a>,
    timeout: jlong,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |env| {
        let client = open(client)?;
        let request = arguments::typed(&entry::bytes(env, &encoded)?, number)?;
        let (_begun, options) = Begun::new(number, interrupt::watch(arguments::call_options(timeout)));
        Ok(message(client.run(&request, &options)))
    })
}
