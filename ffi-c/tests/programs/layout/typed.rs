// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

//! The replies of typed operations.

use std::mem::{offset_of, size_of};

use cloudauth::views::{
    cloudauth_archive, cloudauth_deletion, cloudauth_keep_alive, cloudauth_started, cloudauth_status, cloudauth_verify_log,
    cloudauth_video,
};

pub(super) fn made() -> Vec<String> {
    layout! {
cloudauth_archive { request_id, outcome, folder, archived_at, manifest_sha256, missing, result, deletion, withheld_for, afterwards, receipt, extra, problems }
cloudauth_deletion { request_id, transaction_id, deleted, deleted_state, fail_reason, extra, problems }
cloudauth_video { request_id, outcome, path, length, sha256, extra, problems }
cloudauth_started { request_id, region, endpoint, transaction_id, transaction_url, protocol, client_cfg, merchant_biz_id, callback_token, product_code, id_spoof, id_spoof_state, doc_video, doc_video_state, authorize, initialized_at, extra, problems }
cloudauth_keep_alive { request_id, answer, extra, problems }
cloudauth_status { request_id, state, page, error_code, reason, extra, problems }
cloudauth_verify_log { request_id, verify_status, passed, passed_state, sub_code, verify_error_code, interrupt_page, interrupt_page_en, log, log_en, statistics, ext_info, extra, problems }
}.to_vec()
}
