// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! From core's types to the views of them.

use std::collections::BTreeMap;
use std::ptr;

use cloudauth_core::in_canonical_order;
use cloudauth_core::result::{Document, Duplicate, Face, Identity, Page, Problem, Spoof};

use super::arena::Arena;
use super::types::{
    cloudauth_document, cloudauth_duplicate, cloudauth_duplicate_list, cloudauth_face, cloudauth_identity, cloudauth_page,
    cloudauth_page_list, cloudauth_problem, cloudauth_problem_list, cloudauth_spoof,
};
use super::values::at;

#[allow(clippy::needless_borrow, reason = "some of the texts are static")]
impl Arena {
    pub(super) fn face(&mut self, of: &Face) -> *const cloudauth_face {
        let view = cloudauth_face {
            passed: of.passed == Some(true),
            passed_state: at(of.passed.as_ref()),
            comparison_score: at(of.comparison_score.as_ref()),
            image: self.image(of.image.as_ref()),
            attack: of.attack == Some(true),
            attack_state: at(of.attack.as_ref()),
            quality: at(of.quality.as_ref()),
            occlusion: of.occlusion == Some(true),
            occlusion_state: at(of.occlusion.as_ref()),
            video_url: self.optional(of.video_url.as_deref()),
            age: at(of.age.as_ref()),
            gender: self.optional(of.gender.as_deref()),
            attack_score: at(of.attack_score.as_ref()),
            guard_risk_score: at(of.guard_risk_score.as_ref()),
            registered: of.registered == Some(true),
            registered_state: at(of.registered.as_ref()),
            registration_id: self.optional(of.registration_id.as_deref()),
            duplicates: of.duplicates.as_ref().map_or(ptr::null(), |all| {
                let list = self.duplicate_list(all);
                self.keep(list)
            }),
            device_token: self.optional(of.device_token.as_deref()),
            extra: self.fields(&of.extra),
        };
        self.keep(view)
    }

    pub(super) fn duplicate(&mut self, of: &Duplicate) -> *const cloudauth_duplicate {
        let view = cloudauth_duplicate {
            face_group_code: self.optional(of.face_group_code.as_deref()),
            face_id: self.optional(of.face_id.as_deref()),
            merchant_user_id: self.optional(of.merchant_user_id.as_deref()),
            score: at(of.score.as_ref()),
        };
        self.keep(view)
    }

    pub(super) fn duplicate_list(&mut self, all: &[Duplicate]) -> cloudauth_duplicate_list {
        let items = all.iter().map(|one| self.duplicate(one)).collect::<Vec<_>>();
        cloudauth_duplicate_list { count: items.len(), items: self.list(&items) }
    }

    pub(super) fn document(&mut self, of: &Document) -> *const cloudauth_document {
        let view = cloudauth_document {
            passed: of.passed == Some(true),
            passed_state: at(of.passed.as_ref()),
            pages: self.page_list(&of.pages),
            edited_fields: self.optional_fields(of.edited_fields.as_ref()),
            edited_identity: of.edited_identity.as_ref().map_or(ptr::null(), |part| self.identity(part)),
            extra: self.fields(&of.extra),
        };
        self.keep(view)
    }

    pub(super) fn page(&mut self, number: &str, of: &Page) -> *const cloudauth_page {
        let view = cloudauth_page {
            number: self.text(number),
            passed: of.passed == Some(true),
            passed_state: at(of.passed.as_ref()),
            image: self.image(of.image.as_ref()),
            fields: self.optional_fields(of.fields.as_ref()),
            identity: of.identity.as_ref().map_or(ptr::null(), |part| self.identity(part)),
            spoof: of.spoof.as_ref().map_or(ptr::null(), |part| self.spoof(part)),
            extra: self.fields(&of.extra),
        };
        self.keep(view)
    }

    pub(super) fn page_list(&mut self, all: &BTreeMap<String, Page>) -> cloudauth_page_list {
        let items = in_canonical_order(all).map(|(number, one)| self.page(number, one)).collect::<Vec<_>>();
        cloudauth_page_list { count: items.len(), items: self.list(&items) }
    }

    pub(super) fn spoof(&mut self, of: &Spoof) -> *const cloudauth_spoof {
        let view = cloudauth_spoof {
            detected: of.detected == Some(true),
            detected_state: at(of.detected.as_ref()),
            types: self.optional_texts(of.types.as_deref()),
        };
        self.keep(view)
    }

    pub(super) fn identity(&mut self, of: &Identity) -> *const cloudauth_identity {
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

    pub(super) fn problem(&mut self, of: &Problem) -> *const cloudauth_problem {
        let view = cloudauth_problem { path: self.text(&of.path), reason: self.text(&of.reason), text: self.text(&of.text) };
        self.keep(view)
    }

    pub(super) fn problem_list(&mut self, all: &[Problem]) -> cloudauth_problem_list {
        let items = all.iter().map(|one| self.problem(one)).collect::<Vec<_>>();
        cloudauth_problem_list { count: items.len(), items: self.list(&items) }
    }
}
