// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! The views of a result.

use std::mem::{offset_of, size_of};

use cloudauth::views::{
    cloudauth_document, cloudauth_duplicate, cloudauth_duplicate_list, cloudauth_face, cloudauth_identity, cloudauth_page,
    cloudauth_page_list, cloudauth_problem, cloudauth_problem_list, cloudauth_spoof,
};

pub(super) fn made() -> Vec<String> {
    layout! {
cloudauth_face { passed, passed_state, comparison_score, image, attack, attack_state, quality, occlusion, occlusion_state, video_url, age, gender, attack_score, guard_risk_score, registered, registered_state, registration_id, duplicates, device_token, extra }
cloudauth_duplicate { face_group_code, face_id, merchant_user_id, score }
cloudauth_duplicate_list { items, count }
cloudauth_document { passed, passed_state, pages, edited_fields, edited_identity, extra }
cloudauth_page { number, passed, passed_state, image, fields, identity, spoof, extra }
cloudauth_page_list { items, count }
cloudauth_spoof { detected, detected_state, types }
cloudauth_identity { full_name, latin_name, surname, given_names, native_surname, native_given_names, name_code, sex, birth_date, document_number, nationality, country_code, issue_date, first_issue_date, expiry_date, place_of_issue, issuing_authority, place_of_birth, address, ethnicity, permanent, permanent_state, symbols }
cloudauth_problem { path, reason, text }
cloudauth_problem_list { items, count }
}.to_vec()
}
