// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! The views of a whole result.

use std::ptr;

use cloudauth_core::{CheckResult, Result, canonical_value};

use super::arena::Arena;
use super::types::{cloudauth_document, cloudauth_face, cloudauth_problem_list};
use super::values::at;
use crate::text::cloudauth_text;

/// Flags, numbers and pictures are pointed to where core put them.
pub(crate) struct Whole {
    pub(crate) request_id: cloudauth_text,
    pub(crate) passed: *const bool,
    pub(crate) sub_code: *const cloudauth_text,
    pub(crate) face: *const cloudauth_face,
    pub(crate) document: *const cloudauth_document,
    pub(crate) source: *const cloudauth_text,
    pub(crate) extra: cloudauth_text,
    pub(crate) problems: cloudauth_problem_list,
}

impl Whole {
    /// # Errors
    /// Kind `too_large` where there is no memory for them.
    pub(super) fn new(arena: &mut Arena, of: &CheckResult) -> Result<Self> {
        Ok(Self {
            request_id: arena.text(&of.request_id),
            passed: at(of.passed.as_ref()),
            sub_code: arena.optional(of.sub_code.as_deref()),
            face: of.face.as_ref().map_or(ptr::null(), |part| arena.face(part)),
            document: of.document.as_ref().map_or(ptr::null(), |part| arena.document(part)),
            source: arena.optional(of.source.as_ref().map(canonical_value).transpose()?.as_deref()),
            extra: arena.fields(&of.extra),
            problems: arena.problem_list(&of.problems),
        })
    }
}
