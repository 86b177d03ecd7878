//! Many calls, a bounded number at a time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudauth_core::blocking::{CheckMany, Waiting};
use cloudauth_core::{CheckResultRequest, ManyOptions};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::arguments;
use crate::client::open;
use crate::entry;
use crate::failure::{self, Tag, message, tagged};
use crate::operation::Begun;
use crate::table::Table;
use crate::wire;

/// Requests that Java gave and core has not taken yet.
#[derive(Clone, Default)]
struct Feed(Arc<Mutex<VecDeque<CheckResultRequest>>>);

impl Feed {
    fn requests(&self) -> MutexGuard<'_, VecDeque<CheckResultRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Iterator for Feed {
    type Item = CheckResultRequest;

    fn next(&mut self) -> Option<CheckResultRequest> {
        self.requests().pop_front()
    }
}

/// A step holds the lock, and the object; one that was closed meanwhile goes with the step.
struct Many {
    _begun: Begun,
    feed: Feed,
    outcomes: Mutex<CheckMany>,
}

static ITERATORS: Table<Many> = Table::new();

/// Makes an iterator, whose calls are cancelled by the number given: its own number, and how many requests it can take before a step.
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
        let options = ManyOptions { concurrency, ordered, each };
        let feed = Feed::default();
        let outcomes = Mutex::new(client.check_many(feed.clone(), &options));
        let number = ITERATORS.give(Many { _begun: begun, feed, outcomes });
        Ok(message(Ok((number, i64::try_from(concurrency).unwrap_or(i64::MAX)))))
    })
}

/// Gives a request for the next step to take.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_give<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let many = ITERATORS.get(many)?;
        let request = arguments::request(&entry::bytes(env, &encoded)?)?;
        many.feed.requests().push_back(request);
        Ok(message(Ok(())))
    })
}

/// The next outcome with its request's position, waited for so many milliseconds at most.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_next<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong, milliseconds: jlong) -> jobjectArray {
    entry::run(env, |_env| {
        let many = ITERATORS.get(many)?;
        let limit = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
        let next = many.outcomes.lock().unwrap_or_else(PoisonError::into_inner).next_within(limit);
        Ok(match next {
            Err(Waiting) => tagged(Tag::Waiting),
            Ok(None) => tagged(Tag::End),
            Ok(Some((position, outcome))) => {
                let mut out = tagged(Tag::Value);
                out.number(i64::try_from(position).unwrap_or(i64::MAX));
                failure::outcome(outcome, &mut out);
                out
            }
        })
    })
}

/// Ends an iterator and the calls it has under way.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn many_free<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, many: jlong) -> jboolean {
    entry::value(false, || ITERATORS.take(many).is_some())
}
