//! What the library's threads have to tell Java: outcomes of calls, and questions for keys and permits.
//!
//! They leave it here; threads of Java's wait for it. So no thread of the library's is attached to the virtual machine, holds
//! one of its objects or keeps it from ending. Java is told in two steps, for it may be out of memory: `take` says what there
//! is and needs no room on Java's heap; an outcome then stays here until `outcome` has handed it over, or Java gives it up.

use std::collections::{HashMap, VecDeque};
use std::ptr;
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jni::objects::{JClass, JLongArray};
use jni::sys::{jint, jlong, jobjectArray};
use jni::{EnvUnowned, Outcome, jni_mangle};

use crate::entry;
use crate::outcome::{Tag, tagged};
use crate::thrown;
use crate::wire::Message;

/// What there is to tell, each with a number that Java chose.
pub(crate) enum Item {
    /// A call's outcome, to be written on a thread of Java's.
    Outcome(i64, Write),
    /// A source of credentials is asked; the second number is the question's.
    Asked(i64, i64),
    /// That question needs no answer any more.
    Withdrawn(i64, i64),
    /// A source of credentials, or a limiter, is asked no more.
    Forgotten(i64),
    /// A limiter is asked, by a question of that number.
    Limited(i64),
    /// That question needs no answer any more.
    LimitWithdrawn(i64),
}

pub(crate) type Write = Box<dyn FnOnce() -> Message + Send>;

static ITEMS: Mutex<VecDeque<Item>> = Mutex::new(VecDeque::new());
static ARRIVED: Condvar = Condvar::new();
/// Outcomes that Java has not fetched.
static READY: LazyLock<Mutex<HashMap<i64, Write>>> = LazyLock::new(Mutex::default);

fn items() -> MutexGuard<'static, VecDeque<Item>> {
    ITEMS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn ready() -> MutexGuard<'static, HashMap<i64, Write>> {
    READY.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn push(item: Item) {
    items().push_back(item);
    ARRIVED.notify_one();
}

fn pop(limit: Duration) -> Option<Item> {
    let until = Instant::now() + limit;
    let mut items = items();
    loop {
        if let Some(item) = items.pop_front() {
            return Some(item);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        items = ARRIVED.wait_timeout(items, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Waits for the next item, for so many milliseconds at most: says which it is, 0 for none, and writes its numbers to `about`.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn take<'a>(mut env: EnvUnowned<'a>, _class: JClass<'a>, milliseconds: jlong, about: JLongArray<'a>) -> jint {
    let limit = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    let item = entry::value(None, || pop(limit));
    entry::value((), thrown::forget_unneeded);
    let Some(item) = item else { return 0 };
    let (which, numbers) = match item {
        Item::Outcome(number, outcome) => {
            ready().insert(number, outcome);
            (1, [number, 0])
        }
        Item::Asked(source, question) => (2, [source, question]),
        Item::Withdrawn(source, question) => (3, [source, question]),
        Item::Forgotten(source) => (4, [source, 0]),
        Item::Limited(question) => (5, [question, 0]),
        Item::LimitWithdrawn(question) => (6, [question, 0]),
    };
    match env.with_env(|env| about.set_region(env, 0, &numbers)).into_outcome() {
        Outcome::Ok(()) => which,
        // Java's half gave no array of two numbers.
        Outcome::Err(_) | Outcome::Panic(_) => 0,
    }
}

/// Hands a call's outcome over. Where Java has no room for it, that is thrown, and the outcome stays.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn outcome<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, number: jlong) -> jobjectArray {
    let message = entry::value(None, || {
        let outcome = ready().remove(&number)?;
        Some(outcome())
    });
    entry::give(env, message.unwrap_or_else(|| tagged(Tag::End))).unwrap_or_else(|message| {
        ready().insert(number, Box::new(move || message));
        ptr::null_mut()
    })
}

/// Gives a call's outcome up.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn discard<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, number: jlong) {
    entry::value((), || drop(ready().remove(&number)));
}
