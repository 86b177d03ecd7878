//! Keys from a provider of the host's.
//!
//! A request that needs keys leaves a question in the queue and waits, under its own deadline. A Java thread takes it, calls
//! the provider and answers.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudauth_core::Error;
use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use jni::objects::{JByteArray, JClass, JThrowable};
use jni::sys::{jboolean, jlong};
use jni::{EnvUnowned, Outcome, jni_mangle};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::entry;
use crate::failure::Failure;
use crate::queue::{self, Item};
use crate::table::Table;
use crate::thrown::Thrown;
use crate::wire::Reader;

type Answer = cloudauth_core::Result<Credentials>;

/// Questions that wait for an answer.
static QUESTIONS: Table<Mutex<Option<oneshot::Sender<Answer>>>> = Table::new();

/// A provider that Java knows by number, and how long it may take.
#[derive(Debug)]
pub(crate) struct JavaProvider {
    source: i64,
    limit: Duration,
}

impl JavaProvider {
    pub(crate) fn shared(source: i64, limit: Duration) -> Arc<dyn Provider> {
        Arc::new(Self { source, limit })
    }
}

impl Provider for JavaProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let (sender, receiver) = oneshot::channel();
            let question = Question { source: self.source, number: QUESTIONS.give(Mutex::new(Some(sender))) };
            queue::push(Item::Asked(self.source, question.number));
            match timeout(self.limit, receiver).await {
                Ok(answer) => answer.unwrap_or_else(|_| Err(Error::nobody_waits())),
                Err(_) => Err(Error::credentials("the credentials provider did not answer within the client's timeout")),
            }
        })
    }

    fn name(&self) -> &'static str {
        "provider"
    }
}

impl Drop for JavaProvider {
    fn drop(&mut self) {
        queue::push(Item::Forgotten(self.source));
    }
}

/// A question. One that nobody waits for any more is withdrawn, so that Java can interrupt the provider.
struct Question {
    source: i64,
    number: i64,
}

impl Drop for Question {
    fn drop(&mut self) {
        let question = QUESTIONS.take(self.number);
        if question.is_some_and(|waiting| waiting.lock().unwrap_or_else(PoisonError::into_inner).is_some()) {
            queue::push(Item::Withdrawn(self.source, self.number));
        }
    }
}

/// Whether anybody waits for the answer.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn is_asked<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, question: jlong) -> jboolean {
    entry::value(false, || QUESTIONS.get(question).is_ok())
}

/// Gives a question up that nobody waits for: a call that comes just now has the provider asked again.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn give_up<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, question: jlong) {
    entry::value((), || drop(QUESTIONS.get(question).ok().map(|waiting| taken(&waiting))));
}

fn taken(waiting: &Mutex<Option<oneshot::Sender<Answer>>>) -> Option<oneshot::Sender<Answer>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Answers a question with keys, or with the reason why there are none, which holds no secret, and the exception behind it;
/// null where Java has no room for either.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn answer<'a>(
    mut env: EnvUnowned<'a>,
    _class: JClass<'a>,
    question: jlong,
    encoded: JByteArray<'a>,
    exception: JThrowable<'a>,
) {
    let read = env.with_env(|env| keys(&entry::bytes(env, &encoded)?, Thrown::keep(env, &exception)));
    let keys = match read.into_outcome() {
        Outcome::Ok(keys) => keys,
        Outcome::Err(_) | Outcome::Panic(_) => Err(Error::credentials("the Java virtual machine had no room for the keys")),
    };
    entry::value((), || {
        // A call that is over has no use for them.
        if let Ok(waiting) = QUESTIONS.get(question)
            && let Some(sender) = taken(&waiting)
        {
            drop(sender.send(keys));
        }
    });
}

fn keys(encoded: &[u8], cause: Option<Thrown>) -> Result<Answer, Failure> {
    let mut given = Reader(encoded);
    Ok(match given.optional_text()? {
        Some(reason) => {
            let error = Error::credentials(reason);
            Err(match cause {
                Some(cause) => error.with_cause(Arc::new(cause)),
                None => error,
            })
        }
        None => Credentials::new(given.text()?, given.text()?, given.optional_text()?)
            .map_err(|error| Error::credentials(format!("from the credentials provider, {error}"))),
    })
}
