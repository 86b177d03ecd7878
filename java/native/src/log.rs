//! Core's lines for Java's logger.
//!
//! The library's threads are not attached to the virtual machine. Lines wait in core, and Java's threads take them out.

use std::ptr;

use cloudauth_core::log;
use jni::objects::JClass;
use jni::sys::{jint, jobjectArray};
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::outcome::message;

/// Keeps lines up to that level from now on.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn set_log_level<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, level: jint) {
    entry::value((), || {
        // Nothing else in this library receives events.
        log::keep();
        log::set_level(u8::try_from(level).unwrap_or_default());
    });
}

/// Takes the lines that wait, the oldest first, each after its level; null where there are none.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn log_lines<'a>(env: EnvUnowned<'a>, _class: JClass<'a>) -> jobjectArray {
    let lines = || log::take().into_iter().map(|(level, line)| (i64::from(level), line)).collect();
    let taken: Vec<_> = entry::value(Vec::new(), lines);
    if taken.is_empty() { ptr::null_mut() } else { entry::run(env, |_env| Ok(message(Ok(taken)))) }
}
