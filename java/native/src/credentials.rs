//! Keys from a provider of the host's.
//!
//! A request that needs keys leaves a question in the queue and waits, under its own deadline. A Java thread takes it, calls
//! the provider and answers.

use std::sync::{Arc, Mutex, PoisonError};

use cloudauth_core::Error;
use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use jni::objects::{JByteArray, JClass};
use jni::sys::{jlong, jobjectArray};
use jni::{EnvUnowned, jni_mangle};
use tokio::sync::oneshot;

use crate::entry;
use crate::failure::message;
use crate::queue::{self, Item};
use crate::table::Table;
use crate::wire::Reader;

type Answer = cloudauth_core::Result<Credentials>;

/// Questions that wait for an answer.
static QUESTIONS: Table<Mutex<Option<oneshot::Sender<Answer>>>> = Table::new();

/// A provider that Java knows by number.
#[derive(Debug)]
pub(crate) struct JavaProvider(i64);

impl JavaProvider {
    pub(crate) fn shared(source: i64) -> Arc<dyn Provider> {
        Arc::new(Self(source))
    }
}

impl Provider for JavaProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let (sender, receiver) = oneshot::channel();
            let question = Question(QUESTIONS.give(Mutex::new(Some(sender))));
            queue::push(Item::Asked(self.0, question.0));
            receiver.await.unwrap_or_else(|_| Err(Error::credentials("the credentials provider gave no answer")))
        })
    }

    fn name(&self) -> &'static str {
        "provider"
    }
}

impl Drop for JavaProvider {
    fn drop(&mut self) {
        queue::push(Item::Forgotten(self.0));
    }
}

/// A question; a call that ends without an answer leaves none behind.
struct Question(i64);

impl Drop for Question {
    fn drop(&mut self) {
        QUESTIONS.take(self.0);
    }
}

/// Answers a question with keys, or with the reason why there are none, which holds no secret.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn answer<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, question: jlong, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let encoded = entry::bytes(env, &encoded)?;
        let mut given = Reader(&encoded);
        let keys = match given.optional_text()? {
            Some(reason) => Err(Error::credentials(reason)),
            None => Credentials::new(given.text()?, given.text()?, given.optional_text()?)
                .map_err(|error| Error::credentials(format!("from the credentials provider, {error}"))),
        };
        // A call that is over has no use for them.
        if let Ok(waiting) = QUESTIONS.get(question)
            && let Some(sender) = waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
        {
            drop(sender.send(keys));
        }
        Ok(message(Ok(())))
    })
}
