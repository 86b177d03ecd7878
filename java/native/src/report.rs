//! Events for the listeners of clients. As lines of the log do, they wait in core until a thread of Java's takes them.

use std::ptr;
use std::time::Duration;

use cloudauth_core::{Event, Kind, take_events};
use jni::objects::JClass;
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::failure::message;
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

/// Takes the events that wait, the oldest first, each after the number of its client's listener; null where there are none.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn events<'a>(env: EnvUnowned<'a>, _class: JClass<'a>) -> jobjectArray {
    let numbered = || take_events().into_iter().map(|(listener, event)| (listener.cast_signed(), event)).collect();
    let taken: Vec<(i64, Event)> = entry::value(Vec::new(), numbered);
    if taken.is_empty() { ptr::null_mut() } else { entry::run(env, |_env| Ok(message(Ok(taken)))) }
}
