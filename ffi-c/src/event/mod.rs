//! Events of calls and attempts, for the host.

mod view;

use std::ffi::c_void;
use std::sync::Arc;

use cloudauth_core::Event;

use crate::boundary;
use crate::config::{Listener, cloudauth_config};
use crate::handle;
use crate::host_pointer::{HostPointer, cloudauth_destroy};
pub use view::cloudauth_event;
use view::with_view;

/// Gets one event, which lives for the time of the call, on a thread kept for callbacks. Events of a client come one after the
/// other; its calls do not wait for them, and where more than 1,024 wait, further ones are dropped and counted. It must
/// return: no longjmp, no C++ exception.
pub type cloudauth_event_callback = Option<unsafe extern "C" fn(context: *mut c_void, event: *const cloudauth_event)>;

/// Has each attempt and each call of the clients made from these options reported. A NULL `callback` takes it out again.
/// `destroy`, unless NULL, gets `context` once, as soon as neither the options nor a client made from them nor a call needs it
/// any more: on a thread that frees one of these, or on one kept for callbacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_event_callback(
    config: *mut cloudauth_config,
    callback: cloudauth_event_callback,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    boundary::value((), || {
        let listener = callback.map(|callback| -> Arc<Listener> {
            let context = HostPointer::new(context, destroy);
            Arc::new(move |event: &Event| {
                // SAFETY: the host's function, with the context that came with it; the view lives through the call.
                with_view(event, |view| unsafe { callback(context.get(), view) });
            })
        });
        // The earlier one is dropped here, where no lock is held. So is this one, where the handle is none.
        drop(handle::change(config, |config| config.replace_listener(listener)));
    });
}
