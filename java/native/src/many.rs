//! Many calls, a bounded number at a time.

use std::time::Duration;

use cloudauth_core::ManyOptions;
use cloudauth_core::blocking::{self, Waiting};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::calls::Begun;
use crate::client::open;
use crate::entry;
use crate::outcome::{self, Tag, message, tagged};
use crate::table::Table;
use crate::wire;

struct Many {
    _begun: Begun,
    run: blocking::Many,
}

static MANY: Table<Many> = Table::new();

/// Begins a run, whose calls are cancelled by the number given. Gives its own number.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_new<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    client: jlong,
    concurrency: jlong,
    ordered: jboolean,
    timeout: jlong,
    number: jlong,
) -> jobjectArray {
    entry::run(env, |_env| {
        let client = open(client)?;
        let concurrency = wire::count("concurrency", concurrency)?.unwrap_or(client.max_concurrency());
        let (begun, each) = Begun::new(number, arguments::call_options(timeout));
        let run = client.many(&ManyOptions { concurrency, ordered, each });
        Ok(message(Ok(MANY.give(Many { _begun: begun, run }))))
    })
}

/// Gives it the next request.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_push<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let many = MANY.get(many)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        many.run.push(Ok(request), None)?;
        Ok(message(Ok(())))
    })
}

/// Whether there is room for a request, waited for so many milliseconds at most; false, too, where none is wanted any more.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_wants_more<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong, milliseconds: jlong) -> jboolean {
    entry::value(false, || MANY.get(many).is_ok_and(|many| many.run.wants_more_within(limit(milliseconds)) == Ok(true)))
}

/// No request comes any more.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_finish<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong) {
    entry::value((), || {
        if let Ok(many) = MANY.get(many) {
            many.run.finish();
        }
    });
}

/// The next outcome with its request's position, waited for so many milliseconds at most.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_next<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong, milliseconds: jlong) -> jobjectArray {
    entry::run(env, |_env| {
        Ok(match MANY.get(many)?.run.next_within(limit(milliseconds)) {
            Err(Waiting) => tagged(Tag::Waiting),
            Ok(None) => tagged(Tag::End),
            Ok(Some((position, outcome))) => {
                let mut out = tagged(Tag::Value);
                out.number(i64::try_from(position).unwrap_or(i64::MAX));
                outcome::write(outcome, &mut out);
                out
            }
        })
    })
}

/// Ends a run and the calls it has under way, and whoever waits for it.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_free<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong) -> jboolean {
    entry::value(false, || MANY.take(many).inspect(|many| many.run.cancel()).is_some())
}

fn limit(milliseconds: jlong) -> Duration {
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default())
}
