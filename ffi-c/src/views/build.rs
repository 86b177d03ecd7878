//! Views of a result, made once with the result's handle.

use std::ptr;
use std::sync::Arc;

use cloudauth_core::{CheckResult, Error, Result, canonical_value};

use super::arena::Arena;
use super::types::{cloudauth_document, cloudauth_face, cloudauth_problem_list};
use super::values::at;
use crate::text::cloudauth_text;

/// Views of a result, and the result itself: flags, numbers and pictures are pointed to where core put them.
pub(crate) struct Views {
    pub(crate) result: Arc<CheckResult>,
    pub(crate) request_id: cloudauth_text,
    pub(crate) passed: *const bool,
    pub(crate) sub_code: *const cloudauth_text,
    pub(crate) face: *const cloudauth_face,
    pub(crate) document: *const cloudauth_document,
    pub(crate) source: *const cloudauth_text,
    pub(crate) extra: cloudauth_text,
    pub(crate) problems: cloudauth_problem_list,
    arena: Arena,
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
        let views = Self {
            request_id: arena.text(&result.request_id),
            passed: at(result.passed.as_ref()),
            sub_code: arena.optional(result.sub_code.as_deref()),
            face: result.face.as_ref().map_or(ptr::null(), |face| arena.face(face)),
            document: result.document.as_ref().map_or(ptr::null(), |document| arena.document(document)),
            source: arena.optional(result.source.as_ref().map(canonical_value).transpose()?.as_deref()),
            extra: arena.fields(&result.extra),
            problems: arena.problem_list(&result.problems),
            arena,
            result,
        };
        if views.arena.has_lost { Err(Error::no_memory("the result")) } else { Ok(views) }
    }
}
