//! What an archive holds, and whether it is as it was written.

use std::ffi::{OsStr, c_char};
use std::os::unix::ffi::OsStrExt;

use cloudauth_core::Error;
use cloudauth_core::evidence::verify_archive;

use crate::boundary::place;
use crate::call::{Replied, Reply, cloudauth_reply};
use crate::error::{cloudauth_error, fallible};
use crate::handle;
use crate::text;

/// Holds each file of an archive against its manifest. `folder` is what the operation "archive" was given as "into"; links in it
/// are not followed. `*complete` says whether the archive is whole and unchanged. cloudauth_reply_json of `*report` has the same,
/// with "manifest_sha256" and "problems", each a "file" and its "problem": "missing", "changed", "unknown" to the manifest,
/// "not_regular" or "unreadable". `complete` may be NULL; the caller frees `*report` with cloudauth_reply_free.
///
/// Errors: io where the folder cannot be read, invalid_argument where `folder` is empty or a newer library wrote the manifest.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_verify_archive(
    folder: *const c_char,
    complete: *mut bool,
    report: *mut *mut cloudauth_reply,
) -> *mut cloudauth_error {
    fallible(|| {
        let report = place(report, "report")?;
        let complete = if complete.is_null() { None } else { Some(place(complete, "complete")?) };
        // SAFETY: the caller's promise, as the header has it: NULL or a C string. A path is bytes.
        let folder = unsafe { text::read_bare(folder) }.and_then(|folder| folder.ok_or("must not be NULL"));
        let folder = folder.map_err(|rule| Error::invalid_argument("folder", rule))?;
        let found = verify_archive(OsStr::from_bytes(folder.to_bytes()))?;
        if let Some(complete) = complete {
            // SAFETY: `place` saw to alignment; that the place may be written is the caller's promise.
            unsafe { complete.write(found.is_complete()) };
        }
        let found = handle::give(Reply::new(Replied::Fields(found.to_object()))?);
        // SAFETY: as above, and `place` saw to NULL.
        unsafe { report.write(found) };
        Ok(())
    })
}
