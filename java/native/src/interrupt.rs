//! `Thread.interrupt` while a call waits.

use std::sync::OnceLock;

use cloudauth_core::CallOptions;
use jni::ids::{JMethodID, JStaticMethodID};
use jni::objects::JClass;
use jni::refs::Global;
use jni::signature::{JavaType, Primitive};
use jni::{Env, JavaVM, jni_sig, jni_str};

/// `java.lang.Thread`, and its methods that tell whether the current one is interrupted.
struct Thread {
    class: Global<JClass<'static>>,
    current: JStaticMethodID,
    is_interrupted: JMethodID,
}

static THREAD: OnceLock<Thread> = OnceLock::new();

/// Looks them up once, as the library is loaded.
pub(crate) fn prepare(env: &mut Env<'_>) -> jni::errors::Result<()> {
    let class = env.find_class(jni_str!("java/lang/Thread"))?;
    let current = env.get_static_method_id(&class, jni_str!("currentThread"), jni_sig!("()Ljava/lang/Thread;"))?;
    let is_interrupted = env.get_method_id(&class, jni_str!("isInterrupted"), jni_sig!("()Z"))?;
    let class = env.new_global_ref(class)?;
    // A second class loader with a copy of the library has another copy of this.
    let _ = THREAD.set(Thread { class, current, is_interrupted });
    Ok(())
}

/// A call with these options ends once its thread is interrupted. The thread stays interrupted, as Java's own methods leave
/// it that throw no `InterruptedException`.
pub(crate) fn watch(options: CallOptions) -> CallOptions {
    options.interrupt(|| interrupted().unwrap_or(false))
}

fn interrupted() -> jni::errors::Result<bool> {
    let Some(thread) = THREAD.get() else { return Ok(false) };
    let vm = JavaVM::singleton()?;
    // Where core drives a call on a thread of its own, Java knows of none to ask about.
    if !vm.is_thread_attached()? {
        return Ok(false);
    }
    vm.attach_current_thread(|env| {
        // SAFETY: the methods are that class's, without arguments, and return what is said here.
        let current = unsafe { env.call_static_method_unchecked(&thread.class, thread.current, JavaType::Object, &[])? }.l()?;
        // SAFETY: as above.
        unsafe { env.call_method_unchecked(current, thread.is_interrupted, JavaType::Primitive(Primitive::Boolean), &[])? }.z()
    })
}
