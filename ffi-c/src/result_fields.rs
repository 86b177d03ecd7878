// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! Functions that give the fields of a result.

use std::ptr;

use crate::result::{ask, cloudauth_result};
use crate::text::cloudauth_text;
use crate::views::{cloudauth_document, cloudauth_face, cloudauth_problem_list};

/// The service's id of this call; empty where it sent none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_request_id(result: *const cloudauth_result) -> cloudauth_text {
    ask(result, cloudauth_text::NONE, |views| views.request_id)
}

/// As cloudauth_result_request_id, by pointer; NULL where the handle is no live result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_request_id_view(result: *const cloudauth_result) -> *const cloudauth_text {
    ask(result, ptr::null(), |views| &raw const views.request_id)
}

/// The person passed: true for a yes alone, false for a no, for none, and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_passed(result: *const cloudauth_result) -> bool {
    // SAFETY: a view of this result, or NULL.
    ask(result, false, |views| unsafe { views.passed.as_ref() } == Some(&true))
}

/// As cloudauth_result_passed, or NULL where the service did not say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_passed_state(result: *const cloudauth_result) -> *const bool {
    ask(result, ptr::null(), |views| views.passed)
}

/// The reason behind the verdict, such as "200" or "212"; "explain" knows more; or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_sub_code(result: *const cloudauth_result) -> *const cloudauth_text {
    ask(result, ptr::null(), |views| views.sub_code)
}

/// The face step; or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_face(result: *const cloudauth_result) -> *const cloudauth_face {
    ask(result, ptr::null(), |views| views.face)
}

/// The document step; or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_document(result: *const cloudauth_result) -> *const cloudauth_document {
    ask(result, ptr::null(), |views| views.document)
}

/// The authoritative source's answer: decoded JSON, or the text where it is not JSON, as JSON; or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_source(result: *const cloudauth_result) -> *const cloudauth_text {
    ask(result, ptr::null(), |views| views.source)
}

/// Every other field of "Result", JSON text in it decoded, as JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_extra(result: *const cloudauth_result) -> cloudauth_text {
    ask(result, cloudauth_text::NONE, |views| views.extra)
}

/// As cloudauth_result_extra, by pointer; NULL where the handle is no live result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_extra_view(result: *const cloudauth_result) -> *const cloudauth_text {
    ask(result, ptr::null(), |views| &raw const views.extra)
}

/// What could not be decoded; the rest of the result stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_problems(result: *const cloudauth_result) -> cloudauth_problem_list {
    ask(result, cloudauth_problem_list { items: ptr::null(), count: 0 }, |views| cloudauth_problem_list { ..views.problems })
}

/// As cloudauth_result_problems, by pointer; NULL where the handle is no live result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_problems_view(result: *const cloudauth_result) -> *const cloudauth_problem_list {
    ask(result, ptr::null(), |views| &raw const views.problems)
}
