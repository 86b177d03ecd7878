//! Calls under way, and how each of them is cancelled.

use cloudauth_core::{CallContext, CallOptions, Cancellation};
use jni::objects::JClass;
use jni::sys::jlong;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::table::Table;

/// Calls under way.
static CALLS: Table<Cancellation> = Table::new();

/// A call under a number of Java's, by which it can be cancelled until it ends.
pub(crate) struct Begun(i64);

impl Begun {
    pub(crate) fn new(number: i64, options: CallOptions) -> (Self, CallOptions) {
        let cancellation = Cancellation::new();
        let options = options.cancellation(&cancellation).context(CallContext::new(number));
        CALLS.put(number, cancellation);
        (Self(number), options)
    }

    /// Ends it, once its outcome is there.
    pub(crate) fn end(self) -> i64 {
        self.0
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        CALLS.take(self.0);
    }
}

/// Ends a call. Its outcome arrives all the same; a call that is over is left alone.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn cancel<'a>(_env: EnvUnowned<'a>, _class: JClass<'a>, number: jlong) {
    entry::value((), || {
        if let Ok(cancellation) = CALLS.get(number) {
            cancellation.cancel();
        }
    });
}
