//! A pointer of the host's that it gets back, once nothing here needs it any more.

use std::ffi::c_void;

/// Called once with a context that the library no longer holds.
pub(crate) type cloudauth_destroy = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// The pointer, with what it is given back to.
pub(crate) struct HostPointer {
    pointer: *mut c_void,
    destroy: cloudauth_destroy,
}

// SAFETY: the pointer is handed back to the host and never looked at; the header says that it goes to other threads.
unsafe impl Send for HostPointer {}
// SAFETY: as above.
unsafe impl Sync for HostPointer {}

impl HostPointer {
    pub(crate) fn new(pointer: *mut c_void, destroy: cloudauth_destroy) -> Self {
        Self { pointer, destroy }
    }

    pub(crate) fn get(&self) -> *mut c_void {
        self.pointer
    }
}

impl Drop for HostPointer {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the host's function, called once, with the pointer that came with it.
            unsafe { destroy(self.pointer) };
        }
    }
}
