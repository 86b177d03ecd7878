//! Views of a result or a reply, made once with its handle.

use std::ops::Deref;
use std::sync::Arc;

use cloudauth_core::typed::TypedReply;
use cloudauth_core::{CheckResult, Error, Result};

use super::arena::Arena;
use super::typed::Typed;
use super::whole::Whole;

/// Views of a result, and the result itself.
pub(crate) struct Views {
    pub(crate) result: Arc<CheckResult>,
    whole: Whole,
    _arena: Arena,
}

// SAFETY: nothing changes once it is made, and all that is pointed to is owned here.
unsafe impl Send for Views {}
// SAFETY: as above.
unsafe impl Sync for Views {}

impl Views {
    /// # Errors
    /// Kind `too_large` where there is no memory for them.
    pub(crate) fn new(result: CheckResult) -> Result<Self> {
        // Shared rather than boxed: it must stay where it is, and be pointed into while it does.
        let result = Arc::new(result);
        let mut arena = Arena::default();
        let whole = Whole::new(&mut arena, &result)?;
        if arena.has_lost { Err(Error::no_memory("the result")) } else { Ok(Self { result, whole, _arena: arena }) }
    }
}

/// Views of a typed operation's reply.
pub(crate) struct TypedViews {
    reply: Typed,
    _arena: Arena,
}

// SAFETY: as for `Views`.
unsafe impl Send for TypedViews {}
// SAFETY: as for `Views`.
unsafe impl Sync for TypedViews {}

impl TypedViews {
    /// # Errors
    /// Kind `too_large` where there is no memory for them.
    pub(crate) fn new(reply: &TypedReply) -> Result<Self> {
        let mut arena = Arena::default();
        let views = arena.typed(reply);
        if arena.has_lost { Err(Error::no_memory("the reply")) } else { Ok(Self { reply: views, _arena: arena }) }
    }

    pub(crate) fn reply(&self) -> &Typed {
        &self.reply
    }
}

impl Deref for Views {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        &self.whole
    }
}
