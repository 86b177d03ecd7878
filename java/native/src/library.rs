//! The library as a whole.

use std::ffi::c_void;

use jni::objects::JClass;
use jni::sys::{JNI_ERR, JNI_VERSION_1_8, jint, jlong, jobjectArray};
use jni::{Env, EnvUnowned, JavaVM, jni_mangle};

use crate::entry;
use crate::interrupt;
use crate::limiter;
use crate::outcome::message;
use crate::table;
use crate::transfer;

/// Called by the virtual machine as it loads the library.
#[unsafe(no_mangle)]
pub(crate) extern "system" fn JNI_OnLoad(vm: *mut jni::sys::JavaVM, _reserved: *mut c_void) -> jint {
    cloudauth_core::host::contain_all();
    let prepare = |env: &mut Env<'_>| {
        interrupt::prepare(env)?;
        limiter::prepare(env)?;
        transfer::prepare(env)
    };
    entry::value(JNI_ERR, || {
        // SAFETY: the virtual machine hands over a pointer to itself.
        let vm = unsafe { JavaVM::from_raw(vm) };
        match vm.attach_current_thread(prepare) {
            Ok(()) => JNI_VERSION_1_8,
            Err(_) => JNI_ERR,
        }
    })
}

/// The version of the library, to be held against that of the Java half.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn version<'a>(env: EnvUnowned<'a>, _class: JClass<'a>) -> jobjectArray {
    entry::run(env, |_env| Ok(message(Ok(env!("CARGO_PKG_VERSION")))))
}

/// How many clients, iterators and calls under way Java has not seen the end of.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn live<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>) -> jlong {
    entry::value(0, || jlong::try_from(table::live()).unwrap_or(jlong::MAX))
}
