//! Events for the listeners of clients. As lines of the log do, they wait in core until a thread of Java's takes them.

use std::ptr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudauth_core::{CallContext, Event, Kind, take_events};
use jni::objects::JClass;
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::outcome::message;
use crate::wire::{Message, ToWire};

macro_rules! object {
    ($type:ident { $($field:ident),* }) => {
        impl ToWire for $type {
            fn write(self, out: &mut Message) {
                $(self.$field.write(out);)*
            }
        }
    };
}

cloudauth_core::event_object!(object);

impl ToWire for u64 {
    fn write(self, out: &mut Message) {
        out.number(i64::try_from(self).unwrap_or(i64::MAX));
    }
}

impl ToWire for Kind {
    fn write(self, out: &mut Message) {
        out.text(self.name());
    }
}

/// In milliseconds.
impl ToWire for Duration {
    fn write(self, out: &mut Message) {
        out.number(i64::try_from(self.as_millis()).unwrap_or(i64::MAX));
    }
}

impl ToWire for SystemTime {
    fn write(self, out: &mut Message) {
        self.duration_since(UNIX_EPOCH).unwrap_or_default().write(out);
    }
}

/// Takes the events that wait, the oldest first, each after the numbers of its client's listener and of its call; null where there
/// are none.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn events<'a>(env: EnvUnowned<'a>, _class: JClass<'a>) -> jobjectArray {
    let call = |event: &Event| event.context.as_ref().and_then(CallContext::get::<i64>).copied().unwrap_or_default();
    let numbered =
        || take_events().into_iter().map(|(listener, event)| (listener.cast_signed(), (call(&event), event))).collect();
    let taken: Vec<(i64, (i64, Event))> = entry::value(Vec::new(), numbered);
    if taken.is_empty() { ptr::null_mut() } else { entry::run(env, |_env| Ok(message(Ok(taken)))) }
}
