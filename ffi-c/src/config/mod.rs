//! The options of a client; `options` has a setter for each.

pub mod options;

use std::ffi::c_char;
use std::mem;
use std::sync::Arc;

use cloudauth_core::options::{Value, named};
use cloudauth_core::{ClientBuilder, Event, Limiter};

use crate::boundary;
use crate::handle::{self, Handle};
use crate::language;
use crate::provider::{HostCredentials, HostProvider};
use crate::text::{self, Faults};

/// The options of clients. A client takes a copy: changes that come later do not reach it. A text that is NULL and a
/// number that is 0 leave the choice to the library; docs/options.md says what the environment does then.
#[derive(Debug)]
pub struct cloudauth_config {
    _opaque: (),
}

impl Handle for cloudauth_config {
    type Object = Config;
    const NAME: &'static str = "cloudauth_config";
}

#[derive(Clone, Default)]
pub(crate) struct Config {
    options: ClientBuilder,
    credentials: Option<Arc<HostCredentials>>,
    listener: Option<Arc<Listener>>,
    limiter: Option<Arc<dyn Limiter>>,
    faults: Faults,
}

/// Gets the host's events.
pub(crate) type Listener = dyn Fn(&Event) + Send + Sync;

impl Config {
    /// Core's builder with what was given, or which option could not be taken over.
    pub(crate) fn builder(&self) -> cloudauth_core::Result<ClientBuilder> {
        self.faults.none()?;
        let mut options = self.options.clone();
        if let Some(listener) = self.listener.clone() {
            options = options.on_event(move |event| listener(event));
        }
        if let Some(limiter) = self.limiter.clone() {
            options = options.shared_limiter(limiter);
        }
        Ok(match &self.credentials {
            Some(host) => options.credentials(Arc::new(HostProvider(host.clone()))),
            None => options,
        })
    }

    /// The host's source of keys; what it takes the place of is the caller's to drop.
    pub(crate) fn replace_credentials(&mut self, host: Option<Arc<HostCredentials>>) -> Option<Arc<HostCredentials>> {
        mem::replace(&mut self.credentials, host)
    }

    /// The same for the host's limiter.
    pub(crate) fn replace_limiter(&mut self, limiter: Option<Arc<dyn Limiter>>) -> Option<Arc<dyn Limiter>> {
        mem::replace(&mut self.limiter, limiter)
    }

    /// The same for who gets the events.
    pub(crate) fn replace_listener(&mut self, listener: Option<Arc<Listener>>) -> Option<Arc<Listener>> {
        mem::replace(&mut self.listener, listener)
    }
}

/// Sets an option; a fault is reported when the client is made.
fn set<T: Into<Value>>(config: *mut cloudauth_config, name: &str, value: Result<T, &'static str>) {
    boundary::value((), || {
        handle::change(config, |config| {
            if let Some(value) = config.faults.accept(name, value) {
                let taken = config.options.set(name, value);
                config.faults.take(name, taken);
            }
        });
    });
}

unsafe fn set_text(config: *mut cloudauth_config, name: &str, value: *const c_char) {
    // SAFETY: the caller's promise, as the header has it: NULL or a C string.
    set(config, name, unsafe { text::read(value) });
}

/// The name of an option as the host spells it; core knows none that is empty.
unsafe fn option(name: *const c_char) -> String {
    // SAFETY: the caller's promise, as the header has it: NULL or a C string.
    let name = unsafe { text::read(name) }.ok().flatten().unwrap_or_default();
    named(&name, language::of_host()).to_owned()
}

/// New options, all at their defaults. A client needs a region or an endpoint besides, here or in the environment.
#[unsafe(no_mangle)]
#[must_use]
pub extern "C" fn cloudauth_config_new() -> *mut cloudauth_config {
    boundary::value(std::ptr::null_mut(), || handle::give(Config::default()))
}

/// Frees options; clients made from them live on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_free(config: *mut cloudauth_config) {
    boundary::value((), || drop(handle::take(config)));
}

/// Sets the option of that name in docs/options.md, one that is a text, a path or a choice, as the setter for it does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_text(config: *mut cloudauth_config, name: *const c_char, value: *const c_char) {
    // SAFETY: the caller's promise, as the header has it; so for every setter below.
    unsafe { set_text(config, &option(name), value) }
}

/// The same for a number, also one of milliseconds or of bytes; a negative one is refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_number(config: *mut cloudauth_config, name: *const c_char, value: i64) {
    // SAFETY: as above.
    set(config, &unsafe { option(name) }, Ok(value));
}
