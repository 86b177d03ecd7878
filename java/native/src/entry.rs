//! The way in from Java, and back.

use std::ptr;

use cloudauth_core::{Buffer, Error};
use jni::errors::{Error as JavaError, JniError};
use jni::objects::{JByteArray, JObject, JObjectArray};
use jni::sys::{jbyte, jobjectArray};
use jni::{Env, EnvUnowned, Outcome, jni_str};

use crate::failure::Failure;
use crate::outcome::{Tag, internal, message, tagged};
use crate::thrown::{self, Thrown};
use crate::wire::{Beside, Message};

/// Runs one entry. Whatever comes of it goes back as a message, panics included; what Java itself refuses is thrown there.
pub(crate) fn run(mut env: EnvUnowned<'_>, body: impl FnOnce(&mut Env<'_>) -> Result<Message, Failure>) -> jobjectArray {
    let told = match env.with_env(body).into_outcome() {
        Outcome::Ok(message) => message,
        Outcome::Err(Failure::Closed) => tagged(Tag::Closed),
        Outcome::Err(Failure::Core(error)) => message::<()>(Err(error)),
        Outcome::Err(Failure::Internal(reason)) => internal(reason),
        Outcome::Err(Failure::Java(error)) => internal(refused(&error)),
        Outcome::Panic(_) => internal("the native library panicked; this is a bug of its own"),
    };
    give(env, told).unwrap_or(std::ptr::null_mut())
}

/// Hands a message over, its tree and its pictures each copied once into an array of Java's; or gives it back. Then it is
/// thrown why, or there is no saying what happened: null is an error of kind internal to the Java half.
pub(crate) fn give(mut env: EnvUnowned<'_>, message: Message) -> Result<jobjectArray, Message> {
    match env.with_env(|env| copy(env, &message).map_err(|error| refuse(env, error))).into_outcome() {
        Outcome::Ok(arrays) => {
            drop(message);
            value((), thrown::forget_unneeded);
            Ok(arrays)
        }
        Outcome::Err(_) | Outcome::Panic(_) => Err(message),
    }
}

/// Runs an entry that cannot fail, whose panics change nothing.
pub(crate) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).unwrap_or(fallback)
}

/// The bytes that Java hands over; keys may be among them.
pub(crate) fn bytes(env: &Env<'_>, array: &JByteArray<'_>) -> Result<Buffer, Failure> {
    let read = |bytes: &mut [u8]| {
        // SAFETY: the same bytes, to which Java gives a sign.
        array.get_region(env, 0, unsafe { &mut *(ptr::from_mut(bytes) as *mut [jbyte]) })
    };
    let read = Buffer::written(array.len(env)?, read).ok_or_else(|| Error::no_memory("the body"))?;
    Ok(read?)
}

fn refuse(env: &mut Env<'_>, error: JavaError) -> JavaError {
    if !matches!(error, JavaError::JniCall(JniError::NoMemory)) {
        return error;
    }
    let message = jni_str!("no room on the heap for the result and its pictures");
    env.throw_new(jni_str!("java/lang/OutOfMemoryError"), message).err().unwrap_or(error)
}

fn copy(env: &mut Env<'_>, message: &Message) -> Result<jobjectArray, JavaError> {
    let tree = env.byte_array_from_slice(&message.tree)?;
    let arrays = JObjectArray::<JObject<'_>>::new(env, message.beside.len() + 1, &tree)?;
    for (index, beside) in message.beside.iter().enumerate() {
        match beside {
            Beside::Bytes(bytes) => {
                let array = env.byte_array_from_slice(bytes)?;
                arrays.set_element(env, index + 1, &array)?;
                env.delete_local_ref(array);
            }
            Beside::Error(error) => {
                if let Some(exception) = Thrown::behind(error) {
                    arrays.set_element(env, index + 1, exception)?;
                }
            }
        }
    }
    Ok(arrays.into_raw())
}

fn refused(error: &JavaError) -> &'static str {
    match error {
        JavaError::JniCall(JniError::NoMemory) => "the Java virtual machine is out of memory",
        JavaError::NullPtr(_) => "an argument of a native method was null",
        _ => "the Java virtual machine refused a call of the native library",
    }
}
