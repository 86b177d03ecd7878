//! What core reports, for Java's logger.
//!
//! The library's threads are not attached to the virtual machine. They leave lines here, and Java's threads take them out.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::{mem, ptr};

use cloudauth_core::log;
use jni::objects::JClass;
use jni::sys::{jint, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::failure::message;

/// Lines that may wait; further ones are dropped.
const WAITING: usize = 1024;

/// Lines with their levels, as `log::set_level` counts them.
static LINES: Mutex<VecDeque<(i64, String)>> = Mutex::new(VecDeque::new());

fn lines() -> MutexGuard<'static, VecDeque<(i64, String)>> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(level: u8, line: String) {
    let mut lines = lines();
    if lines.len() < WAITING {
        lines.push_back((level.into(), line));
    }
}

/// Keeps lines up to that level from now on.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn set_log_level<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, level: jint) {
    static INSTALLED: Once = Once::new();
    entry::value((), || {
        // Nothing else in this library receives events.
        INSTALLED.call_once(|| assert!(log::install(keep), "another receiver"));
        log::set_level(u8::try_from(level).unwrap_or_default());
    });
}

/// Takes the lines that wait, the oldest first, each after its level; null where there are none.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn log_lines<'a>(env: EnvUnowned<'a>, _class: JClass<'a>) -> jobjectArray {
    let taken = entry::value(VecDeque::new(), || mem::take(&mut *lines()));
    if taken.is_empty() { ptr::null_mut() } else { entry::run(env, |_env| Ok(message(Ok(Vec::from(taken))))) }
}
