//! A limiter of the host's.
//!
//! A call that blocks asks it on its own thread. For others a question lies in the queue, and a thread of Java's comes back with it
//! by `limit`.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use cloudauth_core::{Error, Limiter, LimiterTurn, LimiterTurns, PermitRequest, Result, WaitFuture};
use jni::ids::JStaticMethodID;
use jni::objects::{JByteArray, JClass, JObjectArray, JThrowable};
use jni::refs::Weak;
use jni::signature::JavaType;
use jni::sys::{jlong, jvalue};
use jni::{Env, EnvUnowned, JavaVM, jni_mangle, jni_sig, jni_str};
use tokio::sync::oneshot;

use crate::entry;
use crate::queue::{self, Item};
use crate::table::Table;
use crate::thrown::Thrown;

/// Questions that wait for an answer.
static QUESTIONS: Table<Question> = Table::new();

struct Question {
    limiter: i64,
    action: String,
    sender: Mutex<Option<oneshot::Sender<Result<Duration>>>>,
    _turn: LimiterTurn,
}

/// A limiter that Java knows by number.
pub(crate) struct JavaLimiter {
    number: i64,
    turns: LimiterTurns,
}

impl JavaLimiter {
    pub(crate) fn shared(number: i64) -> Arc<dyn Limiter> {
        Arc::new(Self { number, turns: LimiterTurns::default() })
    }
}

impl Limiter for JavaLimiter {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
        Box::pin(async {
            let turn = self.turns.turn(request.action).await;
            let (sender, answer) = oneshot::channel();
            let (limiter, action, sender) = (self.number, request.action.to_owned(), Mutex::new(Some(sender)));
            let asked = Asked(QUESTIONS.give(Question { limiter, action, sender, _turn: turn }));
            queue::push(Item::Limited(asked.0));
            answer.await.unwrap_or_else(|_| Err(Error::quota("the limiter gave no answer")))
        })
    }

    /// Where core makes a call on a thread of its own, that is not Java's.
    fn acquire_here(&self, request: PermitRequest<'_>) -> Option<Result<Duration>> {
        let is_javas = JavaVM::singleton().and_then(|vm| vm.is_thread_attached()).unwrap_or(false);
        is_javas.then(|| acquired(self.number, request.action, true))
    }
}

impl Drop for JavaLimiter {
    fn drop(&mut self) {
        queue::push(Item::Forgotten(self.number));
    }
}

/// A question. One that nobody waits for any more is withdrawn, so that Java can interrupt the limiter.
struct Asked(i64);

impl Drop for Asked {
    fn drop(&mut self) {
        if QUESTIONS.take(self.0).is_some() {
            queue::push(Item::LimitWithdrawn(self.0));
        }
    }
}

/// Has the limiter asked on this thread, which is one kept for that; does nothing where nobody waits any more.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn limit<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, question: jlong) {
    entry::value((), || {
        let Ok(asked) = QUESTIONS.get(question) else { return };
        let answer = acquired(asked.limiter, &asked.action, false);
        settle(question, &asked, answer);
    });
}

/// Answers that no thread could be had for it.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn refuse_limit<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, question: jlong) {
    entry::value((), || {
        if let Ok(asked) = QUESTIONS.get(question) {
            settle(question, &asked, Err(Error::quota("the operating system refused a thread for the limiter")));
        }
    });
}

fn settle(number: i64, question: &Question, answer: Result<Duration>) {
    drop(QUESTIONS.take(number));
    let sender = question.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
    drop(sender.map(|sender| sender.send(answer)));
}

/// `Limits`, and its method that calls the host's limiter.
struct Method {
    /// Held weakly: it would keep its class loader, and this library with it, for ever.
    class: Weak<JClass<'static>>,
    acquire: JStaticMethodID,
}

static METHOD: OnceLock<Method> = OnceLock::new();

/// Looks it up once, as the library is loaded.
pub(crate) fn prepare(env: &mut Env<'_>) -> jni::errors::Result<()> {
    let class = env.find_class(jni_str!("io/github/libcloudauth/Limits"))?;
    let acquire = jni_sig!("(JLjava/lang/String;Z[J)[Ljava/lang/Object;");
    let acquire = env.get_static_method_id(&class, jni_str!("acquire"), acquire)?;
    let class = env.new_weak_ref(class)?;
    let _ = METHOD.set(Method { class, acquire });
    Ok(())
}

/// Asks the limiter of that number, on the thread of a caller (`here`) or on one kept for that.
fn acquired(limiter: i64, action: &str, here: bool) -> Result<Duration> {
    let refused = |_| Error::quota("the Java virtual machine had no room to ask the limiter");
    let method = METHOD.get().ok_or_else(|| Error::quota("the Java half of the library is another one"))?;
    let vm = JavaVM::singleton().map_err(refused)?;
    vm.attach_current_thread(|env| call(env, method, limiter, action, here)).map_err(refused)?
}

fn call(env: &mut Env<'_>, method: &Method, limiter: i64, action: &str, here: bool) -> jni::errors::Result<Result<Duration>> {
    let class = method.class.upgrade_local(env)?.ok_or(jni::errors::Error::ObjectFreed)?;
    let (action, wait) = (env.new_string(action)?, env.new_long_array(2)?);
    let arguments = [jvalue { j: limiter }, jvalue { l: action.as_raw() }, jvalue { z: here }, jvalue { l: wait.as_raw() }];
    // SAFETY: the method is that class's, with these arguments.
    let refused = unsafe { env.call_static_method_unchecked(&class, method.acquire, JavaType::Object, &arguments)? }.l()?;
    if refused.is_null() {
        let mut parts = [0; 2];
        wait.get_region(env, 0, &mut parts)?;
        let [seconds, nanos] = parts.map(|part| u64::try_from(part).unwrap_or_default());
        return Ok(Ok(Duration::from_secs(seconds).saturating_add(Duration::from_nanos(nanos))));
    }
    // A reason, and the exception behind it.
    let refused = env.cast_local::<JObjectArray<'_>>(refused)?;
    let reason = refused.get_element(env, 0)?;
    let reason = env.cast_local::<JByteArray<'_>>(reason)?;
    let error = Error::quota(String::from_utf8_lossy(&env.convert_byte_array(&reason)?));
    let thrown = refused.get_element(env, 1)?;
    let thrown = env.cast_local::<JThrowable<'_>>(thrown)?;
    Ok(Err(match Thrown::keep(env, &thrown) {
        Some(cause) => error.with_cause(Arc::new(cause)),
        None => error,
    }))
}
