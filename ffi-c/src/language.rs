//! The language whose names stand in messages and advice.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use cloudauth_core::spelling::Language;

static GO: AtomicBool = AtomicBool::new(false);

/// The language in which errors and advice are read.
pub(crate) fn of_host() -> Language {
    if GO.load(Relaxed) { Language::Go } else { Language::C }
}

/// For the Go package, before anything else: messages and advice then name options and fields as Go does, in the whole process.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_use_go_names() {
    GO.store(true, Relaxed);
}
