//! What a caller has a call carry.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Something of the caller's that belongs to a call: its listener finds it in the call's [events](crate::Event), and
/// its limiter in each [request for a permit](crate::PermitRequest).
#[derive(Clone)]
pub struct CallContext(Arc<dyn Any + Send + Sync>);

impl CallContext {
    pub fn new(value: impl Any + Send + Sync) -> Self {
        Self(Arc::new(value))
    }

    /// What it was made of, where that is of this type.
    pub fn get<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

/// Each equals its clones alone.
impl PartialEq for CallContext {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for CallContext {}

impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallContext")
    }
}
