//! What the library's threads have to tell Java: outcomes of calls, and questions for keys.
//!
//! They leave it here; threads of Java's wait for it. So no thread of the library's is attached to the virtual machine, holds
//! one of its objects or keeps it from ending.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cloudauth_core::Result;
use cloudauth_core::result::{CheckResult, Fields};
use jni::objects::JClass;
use jni::sys::{jlong, jobjectArray};
use jni::{EnvUnowned, Outcome, jni_mangle};

use crate::entry;
use crate::failure::{self, Tag, tagged};
use crate::wire::Message;

/// What there is to tell, each with a number that Java chose.
pub(crate) enum Item {
    CheckResult(i64, Box<Result<CheckResult>>),
    Call(i64, Result<Fields>),
    /// A source of credentials is asked; the second number is the question's.
    Asked(i64, i64),
    /// A source of credentials is asked no more.
    Forgotten(i64),
}

static ITEMS: Mutex<VecDeque<Item>> = Mutex::new(VecDeque::new());
static ARRIVED: Condvar = Condvar::new();

fn items() -> MutexGuard<'static, VecDeque<Item>> {
    ITEMS.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Waits for the next item, for so many milliseconds at most.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn take<'a>(mut env: EnvUnowned<'a>, _class: JClass<'a>, milliseconds: jlong) -> jobjectArray {
    let limit = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    let message = entry::value(None, || pop(limit)).map_or_else(|| tagged(Tag::Waiting), told);
    match env.with_env(|env| entry::copy(env, &message)).into_outcome() {
        Outcome::Ok(arrays) => arrays,
        // Most likely no room for pictures: whoever waits for the outcome is told as much.
        Outcome::Err(_) | Outcome::Panic(_) => entry::give(env, &without_outcome(&message)),
    }
}

/// An item whose outcome cannot be handed over.
fn without_outcome(message: &Message) -> Message {
    let mut out = Message { tree: message.tree[..message.tree.len().min(HEAD)].to_vec(), images: Vec::new() };
    out.tree.extend(failure::internal("the Java virtual machine had no room for the outcome of this call").tree);
    out
}

/// The bytes before an item's outcome: a tag, which item it is, and its number.
const HEAD: usize = 1 + 1 + size_of::<i64>();

/// Which item, its number, and what belongs to it.
fn told(item: Item) -> Message {
    let mut out = tagged(Tag::Value);
    let mut begin = |which: u8, number: i64| {
        out.byte(which);
        out.number(number);
    };
    match item {
        Item::CheckResult(number, outcome) => {
            begin(0, number);
            failure::outcome(*outcome, &mut out);
        }
        Item::Call(number, outcome) => {
            begin(1, number);
            failure::outcome(outcome, &mut out);
        }
        Item::Asked(source, question) => {
            begin(2, source);
            out.number(question);
        }
        Item::Forgotten(source) => begin(3, source),
    }
    out
}
