//! Views of a result, made once with the result's handle.

use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::Arc;

use cloudauth_core::result::{Document, Duplicate, Face, Fields, Identity, Image, ImageFormat, Page, Problem, Spoof};
use cloudauth_core::{CheckResult, Error, Result, canonical_fields, canonical_value};

use super::arena::Arena;
use super::types::{
    cloudauth_document, cloudauth_duplicate, cloudauth_duplicate_list, cloudauth_face, cloudauth_identity, cloudauth_image,
    cloudauth_page, cloudauth_page_list, cloudauth_problem, cloudauth_problem_list, cloudauth_spoof,
};
use crate::text::{cloudauth_text, cloudauth_text_list};

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
        let problems = result.problems.iter().map(|problem| arena.problem(problem)).collect::<Vec<_>>();
        let views = Self {
            request_id: arena.text(&result.request_id),
            passed: at(result.passed.as_ref()),
            sub_code: arena.optional(result.sub_code.as_deref()),
            face: result.face.as_ref().map_or(ptr::null(), |face| arena.face(face)),
            document: result.document.as_ref().map_or(ptr::null(), |document| arena.document(document)),
            source: arena.optional(result.source.as_ref().map(canonical_value).transpose()?.as_deref()),
            extra: arena.fields(&result.extra),
            problems: cloudauth_problem_list { count: problems.len(), items: arena.list(problems) },
            arena,
            result,
        };
        if views.arena.has_lost { Err(Error::no_memory("the result")) } else { Ok(views) }
    }
}

fn at<T>(value: Option<&T>) -> *const T {
    value.map_or(ptr::null(), ptr::from_ref)
}

impl Arena {
    fn fields(&mut self, fields: &Fields) -> cloudauth_text {
        if fields.is_empty() {
            return cloudauth_text::of(b"{}\0");
        }
        match canonical_fields(fields) {
            Ok(text) => self.text(&text),
            Err(_) => self.lost(),
        }
    }

    fn optional_fields(&mut self, fields: Option<&Fields>) -> *const cloudauth_text {
        let text = fields.map(canonical_fields).transpose().unwrap_or_else(|_| {
            self.lost();
            None
        });
        self.optional(text.as_deref())
    }

    fn face(&mut self, face: &Face) -> *const cloudauth_face {
        let view = cloudauth_face {
            passed: face.passed == Some(true),
            passed_state: at(face.passed.as_ref()),
            comparison_score: at(face.comparison_score.as_ref()),
            image: self.image(face.image.as_ref()),
            attack: face.attack == Some(true),
            attack_state: at(face.attack.as_ref()),
            quality: at(face.quality.as_ref()),
            occlusion: face.occlusion == Some(true),
            occlusion_state: at(face.occlusion.as_ref()),
            video_url: self.optional(face.video_url.as_deref()),
            age: at(face.age.as_ref()),
            gender: self.optional(face.gender.as_deref()),
            attack_score: at(face.attack_score.as_ref()),
            guard_risk_score: at(face.guard_risk_score.as_ref()),
            registered: face.registered == Some(true),
            registered_state: at(face.registered.as_ref()),
            registration_id: self.optional(face.registration_id.as_deref()),
            duplicates: face.duplicates.as_ref().map_or(ptr::null(), |duplicates| self.duplicates(duplicates)),
            device_token: self.optional(face.device_token.as_deref()),
            extra: self.fields(&face.extra),
        };
        self.keep(view)
    }

    fn duplicates(&mut self, duplicates: &[Duplicate]) -> *const cloudauth_duplicate_list {
        let mut items = Vec::with_capacity(duplicates.len());
        for duplicate in duplicates {
            let view = cloudauth_duplicate {
                face_group_code: self.optional(duplicate.face_group_code.as_deref()),
                face_id: self.optional(duplicate.face_id.as_deref()),
                merchant_user_id: self.optional(duplicate.merchant_user_id.as_deref()),
                score: at(duplicate.score.as_ref()),
            };
            items.push(self.keep(view));
        }
        let list = cloudauth_duplicate_list { count: items.len(), items: self.list(items) };
        self.keep(list)
    }

    fn document(&mut self, document: &Document) -> *const cloudauth_document {
        let mut pages: Vec<_> = document.pages.iter().collect();
        // As canonical JSON sorts them, so that it can be printed from the views.
        pages.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
        let pages = pages.into_iter().map(|(number, page)| self.page(number, page)).collect::<Vec<_>>();
        let view = cloudauth_document {
            passed: document.passed == Some(true),
            passed_state: at(document.passed.as_ref()),
            pages: cloudauth_page_list { count: pages.len(), items: self.list(pages) },
            edited_fields: self.optional_fields(document.edited_fields.as_ref()),
            edited_identity: self.identity(document.edited_identity.as_ref()),
            extra: self.fields(&document.extra),
        };
        self.keep(view)
    }

    fn page(&mut self, number: &str, page: &Page) -> *const cloudauth_page {
        let view = cloudauth_page {
            number: self.text(number),
            passed: page.passed == Some(true),
            passed_state: at(page.passed.as_ref()),
            image: self.image(page.image.as_ref()),
            fields: self.optional_fields(page.fields.as_ref()),
            identity: self.identity(page.identity.as_ref()),
            spoof: page.spoof.as_ref().map_or(ptr::null(), |spoof| self.spoof(spoof)),
            extra: self.fields(&page.extra),
        };
        self.keep(view)
    }

    fn identity(&mut self, identity: Option<&Identity>) -> *const cloudauth_identity {
        let Some(of) = identity else { return ptr::null() };
        let view = cloudauth_identity {
            full_name: self.optional(of.full_name.as_deref()),
            latin_name: self.optional(of.latin_name.as_deref()),
            surname: self.optional(of.surname.as_deref()),
            given_names: self.optional(of.given_names.as_deref()),
            native_surname: self.optional(of.native_surname.as_deref()),
            native_given_names: self.optional(of.native_given_names.as_deref()),
            name_code: self.optional(of.name_code.as_deref()),
            sex: self.optional(of.sex.as_deref()),
            birth_date: self.optional(of.birth_date.as_deref()),
            document_number: self.optional(of.document_number.as_deref()),
            nationality: self.optional(of.nationality.as_deref()),
            country_code: self.optional(of.country_code.as_deref()),
            issue_date: self.optional(of.issue_date.as_deref()),
            first_issue_date: self.optional(of.first_issue_date.as_deref()),
            expiry_date: self.optional(of.expiry_date.as_deref()),
            place_of_issue: self.optional(of.place_of_issue.as_deref()),
            issuing_authority: self.optional(of.issuing_authority.as_deref()),
            place_of_birth: self.optional(of.place_of_birth.as_deref()),
            address: self.optional(of.address.as_deref()),
            ethnicity: self.optional(of.ethnicity.as_deref()),
            permanent: of.permanent == Some(true),
            permanent_state: at(of.permanent.as_ref()),
            symbols: self.optional(of.symbols.as_deref()),
        };
        self.keep(view)
    }

    fn spoof(&mut self, spoof: &Spoof) -> *const cloudauth_spoof {
        let types = spoof.types.as_ref().map_or(ptr::null(), |types| {
            let items = types.iter().map(|text| self.text(text)).collect::<Vec<_>>();
            let list = cloudauth_text_list { count: items.len(), items: self.list(items) };
            self.keep(list)
        });
        self.keep(cloudauth_spoof { detected: spoof.detected == Some(true), detected_state: at(spoof.detected.as_ref()), types })
    }

    fn image(&mut self, image: Option<&Image>) -> *const cloudauth_image {
        let Some(image) = image else { return ptr::null() };
        let (format, extension) = names(image.format);
        // An empty vector points nowhere; hosts may want an address all the same.
        let data = if image.bytes.is_empty() { format.cast() } else { image.bytes.as_ptr() };
        self.keep(cloudauth_image { data, len: image.bytes.len(), format, extension })
    }

    fn problem(&mut self, problem: &Problem) -> *const cloudauth_problem {
        let view = cloudauth_problem {
            path: self.text(&problem.path),
            reason: self.text(problem.reason),
            text: self.text(&problem.text),
        };
        self.keep(view)
    }
}

/// [`ImageFormat::name`] and [`ImageFormat::extension`], for C.
fn names(format: ImageFormat) -> (*const c_char, *const c_char) {
    let (name, extension): (&CStr, &CStr) = match format {
        ImageFormat::Jpeg => (c"jpeg", c"jpg"),
        ImageFormat::Png => (c"png", c"png"),
        ImageFormat::Webp => (c"webp", c"webp"),
        ImageFormat::Gif => (c"gif", c"gif"),
        ImageFormat::Bmp => (c"bmp", c"bmp"),
        ImageFormat::Unknown => (c"unknown", c"bin"),
    };
    (name.as_ptr(), extension.as_ptr())
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use cloudauth_core::result::ImageFormat;

    use super::names;

    #[test]
    fn image_names_are_those_of_core() {
        use ImageFormat::{Bmp, Gif, Jpeg, Png, Unknown, Webp};
        for format in [Jpeg, Png, Webp, Gif, Bmp, Unknown] {
            let (name, extension) = names(format);
            // SAFETY: both are C strings that live as long as the library.
            let texts = unsafe { (CStr::from_ptr(name), CStr::from_ptr(extension)) };
            assert_eq!((texts.0.to_str(), texts.1.to_str()), (Ok(format.name()), Ok(format.extension())));
        }
    }
}
