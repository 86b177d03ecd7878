//! The catalogue.

use cloudauth_core::Kind;
use cloudauth_core::catalogue::{self, Explanation, Variant};
use cloudauth_core::spelling::{Language, spell};
use jni::objects::{JByteArray, JClass};
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::failure::Failure;
use crate::outcome::{Tag, message, tagged};
use crate::wire::{Message, Reader, ToWire};

/// What a `SubCode`, a response code, a code of the client or a kind means; the end, where it is none that is known.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn explain<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let code = Reader(&entry::bytes(env, &encoded)?).text()?;
        let found = catalogue::explain(&code);
        Ok(found.map_or_else(|| tagged(Tag::End), |found| message(Ok(Explained(found)))))
    })
}

/// What errors of a kind have in common: whether the same call can succeed later, and the advice.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn kind<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, encoded: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let name = Reader(&entry::bytes(env, &encoded)?).text()?;
        let kind = Kind::ALL.iter().find(|kind| kind.name() == name).ok_or(Failure::Internal("there is no such kind"))?;
        Ok(message(Ok((kind.retryable(), kind.advice()))))
    })
}

/// One shape for all subjects.
struct Explained(Explanation);

impl ToWire for Explained {
    fn write(self, out: &mut Message) {
        let products = |variants: &[Variant]| variants.iter().map(|variant| variant.product_code()).collect::<Vec<_>>();
        let none = None::<&str>;
        self.0.subject().name().write(out);
        match self.0 {
            Explanation::SubCode(entry) => {
                let action = Some(entry.action.name());
                (entry.code, entry.meaning, entry.cause, entry.advice, action, Some(entry.billed)).write(out);
                (none, none, None::<i64>, products(entry.variants)).write(out);
            }
            Explanation::Response(entry) => {
                (entry.code, entry.meaning, entry.cause, entry.advice, none, None::<bool>).write(out);
                let status = entry.http_status.map(i64::from);
                (Some(entry.kind.name()), Some(entry.retry.name()), status, products(entry.variants)).write(out);
            }
            Explanation::Client(entry) => {
                (entry.code, entry.meaning, entry.cause, entry.advice, none, Some(entry.billed)).write(out);
                (none, none, None::<i64>, products(&[])).write(out);
            }
            Explanation::Kind(kind) => {
                (kind.name(), kind.meaning(), none, &*spell(kind.advice(), Language::Java), none, None::<bool>).write(out);
                (Some(kind.name()), none, None::<i64>, products(&[])).write(out);
            }
        }
    }
}
