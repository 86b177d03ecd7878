//! The header's layout is that of the structs here.

use std::collections::BTreeSet;
use std::fs;
use std::mem::{offset_of, size_of};

use cloudauth::event::cloudauth_event;
use cloudauth::explain::cloudauth_explanation;
use cloudauth::text::{cloudauth_text, cloudauth_text_list};
use cloudauth::views::{
    cloudauth_document, cloudauth_duplicate, cloudauth_duplicate_list, cloudauth_face, cloudauth_identity, cloudauth_image,
    cloudauth_page, cloudauth_page_list, cloudauth_problem, cloudauth_problem_list, cloudauth_spoof,
};

use crate::support::folder;

/// The assertions of the header, as rustc would write them.
macro_rules! layout {
    ($($name:ident { $($member:ident),* $(,)? })*) => {
        [$(
            $(format!("offsetof({}, {}) == {}", stringify!($name), stringify!($member), offset_of!($name, $member)),)*
            format!("sizeof({}) == {}", stringify!($name), size_of::<$name>()),
        )*]
    };
}

#[test]
fn it_is_what_rustc_made() {
    let header = fs::read_to_string(folder("include/cloudauth.h")).expect("the header is there");
    let asserted: BTreeSet<String> =
        header.lines().filter_map(|line| line.strip_prefix("CLOUDAUTH_ASSERT(")?.strip_suffix(");")).map(str::to_owned).collect();
    let made = layout! {
        cloudauth_text { data, len }
        cloudauth_image { data, len, format, extension }
        cloudauth_duplicate { face_group_code, face_id, merchant_user_id, score }
        cloudauth_duplicate_list { items, count }
        cloudauth_face { passed, passed_state, comparison_score, image, attack, attack_state, quality, occlusion, occlusion_state, video_url, age, gender, attack_score, guard_risk_score, registered, registered_state, registration_id, duplicates, device_token, extra }
        cloudauth_identity { full_name, latin_name, surname, given_names, native_surname, native_given_names, name_code, sex, birth_date, document_number, nationality, country_code, issue_date, first_issue_date, expiry_date, place_of_issue, issuing_authority, place_of_birth, address, ethnicity, permanent, permanent_state, symbols }
        cloudauth_text_list { items, count }
        cloudauth_spoof { detected, detected_state, types }
        cloudauth_page { number, passed, passed_state, image, fields, identity, spoof, extra }
        cloudauth_page_list { items, count }
        cloudauth_document { passed, passed_state, pages, edited_fields, edited_identity, extra }
        cloudauth_problem { path, reason, text }
        cloudauth_problem_list { items, count }
        cloudauth_event { operation, region, attempt, attempts, kind, code, http_status, duration_ms, permit_wait_ms, pause_ms, bytes_received }
        cloudauth_explanation { subject, kind, action, http_status, code, meaning, cause, advice, billed, retry, products }
    };
    assert_eq!(asserted, made.into_iter().collect());
}
