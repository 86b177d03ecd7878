//! Functions of the host's that a download calls. The host makes downloads that have some on threads of its own alone.

use std::error::Error;
use std::sync::OnceLock;

use cloudauth_core::typed::{Argument, ArgumentKind, Progress, Received, Receiver, TypedSpec};
use jni::ids::JStaticMethodID;
use jni::objects::{JClass, JThrowable};
use jni::refs::Weak;
use jni::signature::JavaType;
use jni::sys::jvalue;
use jni::{Env, JavaVM, jni_sig, jni_str};

use crate::failure::Failure;
use crate::thrown::Thrown;

/// `Transfer`, and its methods that call the host's functions.
struct Methods {
    /// Held weakly: it would keep its class loader, and this library with it, for ever.
    class: Weak<JClass<'static>>,
    receive: JStaticMethodID,
    report: JStaticMethodID,
}

impl Methods {
    /// It is there while its code runs.
    fn class<'local>(&self, env: &mut Env<'local>) -> jni::errors::Result<JClass<'local>> {
        self.class.upgrade_local(env)?.ok_or(jni::errors::Error::ObjectFreed)
    }
}

static METHODS: OnceLock<Methods> = OnceLock::new();

/// Looks them up once, as the library is loaded.
pub(crate) fn prepare(env: &mut Env<'_>) -> jni::errors::Result<()> {
    let class = env.find_class(jni_str!("io/github/libcloudauth/Transfer"))?;
    let receive = jni_sig!("(JLjava/lang/String;[B)Ljava/lang/Throwable;");
    let receive = env.get_static_method_id(&class, jni_str!("receive"), receive)?;
    let report = jni_sig!("(JLjava/lang/String;JJ)Ljava/lang/Throwable;");
    let report = env.get_static_method_id(&class, jni_str!("report"), report)?;
    let class = env.new_weak_ref(class)?;
    let _ = METHODS.set(Methods { class, receive, report });
    Ok(())
}

/// The function that Java has for that argument of the call of this number.
pub(crate) fn function(spec: &TypedSpec, name: &str, number: i64) -> Result<Argument, Failure> {
    let own = name.to_owned();
    match spec.argument(name).map(|argument| argument.kind) {
        Some(ArgumentKind::Receiver) => Ok(Receiver::new(move |bytes| receive(number, &own, bytes)).into()),
        Some(ArgumentKind::Progress) => Ok(Progress::new(move |received, total| report(number, &own, received, total)).into()),
        _ => Err(Failure::Internal("an argument that is no function was given one")),
    }
}

fn receive(number: i64, name: &str, bytes: &[u8]) -> Received {
    call(|env, methods| {
        let class = methods.class(env)?;
        let (name, bytes) = (env.new_string(name)?, env.byte_array_from_slice(bytes)?);
        let arguments = [jvalue { j: number }, jvalue { l: name.as_raw() }, jvalue { l: bytes.as_raw() }];
        // SAFETY: the method is that class's, with these arguments.
        unsafe { env.call_static_method_unchecked(&class, methods.receive, JavaType::Object, &arguments)? }.l()
    })
}

fn report(number: i64, name: &str, received: u64, total: u64) -> Received {
    call(|env, methods| {
        let class = methods.class(env)?;
        let name = env.new_string(name)?;
        let [received, total] = [received, total].map(|bytes| jvalue { j: i64::try_from(bytes).unwrap_or(i64::MAX) });
        let arguments = [jvalue { j: number }, jvalue { l: name.as_raw() }, received, total];
        // SAFETY: as above.
        unsafe { env.call_static_method_unchecked(&class, methods.report, JavaType::Object, &arguments)? }.l()
    })
}

/// What the function threw, if it did.
fn call(
    call: impl for<'local> FnOnce(&mut Env<'local>, &Methods) -> jni::errors::Result<jni::objects::JObject<'local>>,
) -> Received {
    let refused = |_| Box::<dyn Error + Send + Sync>::from("the Java virtual machine had no room for the call");
    let methods = METHODS.get().ok_or("the Java half of the library is another one")?;
    let vm = JavaVM::singleton().map_err(refused)?;
    let thrown = vm.attach_current_thread(|env| {
        let thrown = call(env, methods)?;
        if thrown.is_null() {
            return Ok(None);
        }
        let thrown = env.cast_local::<JThrowable<'_>>(thrown)?;
        Ok::<_, jni::errors::Error>(Some(Thrown::keep(env, &thrown)))
    });
    match thrown.map_err(refused)? {
        None => Ok(()),
        Some(Some(thrown)) => Err(Box::new(thrown)),
        Some(None) => Err("the Java virtual machine had no room for the exception".into()),
    }
}
