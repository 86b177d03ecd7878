//! The service's call of `CallbackUrl`.

use cloudauth_core::Callback;
use jni::objects::{JByteArray, JClass};
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::failure::Failure;
use crate::outcome::message;
use crate::wire::{Message, Reader, ToWire};

/// Reads a callback, which is not verified yet.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn parse_callback<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, query: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| Ok(message(Ok(read(&entry::bytes(env, &query)?)?))))
}

/// Verifies a callback by the token of its transaction, if there is one.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn verify_callback<'a>(
    env: EnvUnowned<'a>,
    _class: JClass<'a>,
    query: JByteArray<'a>,
    token: JByteArray<'a>,
) -> jobjectArray {
    entry::run(env, |env| {
        let callback = read(&entry::bytes(env, &query)?)?;
        let token = Reader(&entry::bytes(env, &token)?).optional_text()?;
        Ok(message(callback.verify(|_: &str| token)))
    })
}

/// `Callback.encoded`: a query as text, or names and values.
fn read(encoded: &[u8]) -> Result<Callback, Failure> {
    let mut given = Reader(encoded);
    if let Some(query) = given.optional_text()? {
        return Ok(Callback::parse(&query)?);
    }
    let mut pairs = Vec::new();
    while !given.is_empty() {
        pairs.push((given.text()?, given.text()?));
    }
    Ok(Callback::from_pairs(pairs)?)
}

impl ToWire for Callback {
    fn write(self, out: &mut Message) {
        (self.transaction_id, self.parameters).write(out);
    }
}
