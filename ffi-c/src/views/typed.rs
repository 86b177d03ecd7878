// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

//! Replies of typed operations, as structs.

use cloudauth_core::typed::TypedReply;

use super::arena::Arena;
use super::types::cloudauth_problem_list;
use crate::text::{cloudauth_text, cloudauth_text_list};

/// The reply of "archive". Fetches a verification's result, pictures and video, and files them in a folder of their own.
/// Call it as soon as the person is done, and as often as you like: it completes what an earlier run left, and sends
/// nothing where the archive is whole.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_archive {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// "archived": this run made the archive whole. "unchanged": it was, and is as it was written.
    pub outcome: *const cloudauth_text,
    /// Of the archive.
    pub folder: *const cloudauth_text,
    /// When the archive was whole, in UTC.
    pub archived_at: *const cloudauth_text,
    /// Of "manifest.json", in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can write another
    /// manifest, and has another hash.
    pub manifest_sha256: *const cloudauth_text,
    /// What is not there, of "raw", "face", "document", "video" and "verdict", and why: "not_asked", "none_sent",
    /// "none_offered", "gone", "too_late", "pending", as JSON.
    pub missing: *const cloudauth_text,
    /// The result as in "result.json", with length and hash in the place of pictures, as JSON.
    pub result: *const cloudauth_text,
    /// "deleted": the service says that it is. "refused": it says that it is not. "unknown": no reply came, and it is not asked
    /// for again. "withheld": the service was not asked.
    pub deletion: *const cloudauth_text,
    /// What stands against it; "even_so" accepts it.
    pub withheld_for: *const cloudauth_text_list,
    /// What CheckResult answered then: "absent", "without_pictures", "still_there" or "unknown". Deletion may take the service
    /// minutes; a later run asks again.
    pub afterwards: *const cloudauth_text,
    /// What "receipt.json" has: each request and each answer, with ids, codes and times, as JSON.
    pub receipt: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "delete_result". Deletes what the service keeps of a verification, for good. Store the result first. It is
/// never sent twice: where no reply came, nobody knows whether it was done.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_deletion {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// The service's id of the verification.
    pub transaction_id: *const cloudauth_text,
    /// It is deleted; this, and not the reply's code, says so.
    pub deleted: bool,
    pub deleted_state: *const bool,
    /// Why it is not, such as "NEED_QUERY_VERIFY_RESULT"; only a sibling service documents it. NOT_DELETE_REPEATEDLY after a
    /// lost reply: the first call did it.
    pub fail_reason: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "download_video". Fetches a verification's evidence video into a file, or hands its bytes over as they
/// come. Call it as soon as the person is done: the service deletes the video 30 minutes later, and often there is none.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_video {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// "fetched": the video is there, whole. "none_offered": the result has no video; the network may have been bad, or none
    /// was asked for. "gone": it was there, and is deleted or its URL too old.
    pub outcome: *const cloudauth_text,
    /// Of the file, where there is one.
    pub path: *const cloudauth_text,
    /// Of the video, in bytes.
    pub length: *const i64,
    /// Of the video, in 64 hexadecimal digits.
    pub sha256: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "initialize". Starts a verification, for one attempt within 30 minutes. Store what it gives before the
/// person is sent on. It is never sent twice: where no reply came, start anew.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_started {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// The region whose data it is; absent where "endpoint" is there.
    pub region: *const cloudauth_text,
    /// The server whose data it is, where that is no region's.
    pub endpoint: *const cloudauth_text,
    /// The service's id of the verification: store it, and trust no other.
    pub transaction_id: *const cloudauth_text,
    /// Where the browser goes: once, and as it is; Web.
    pub transaction_url: *const cloudauth_text,
    /// For an iframe's "startVerify".
    pub protocol: *const cloudauth_text,
    /// For the client; pass it on unread.
    pub client_cfg: *const cloudauth_text,
    /// Your own id of the verification.
    pub merchant_biz_id: *const cloudauth_text,
    /// What the callback must carry.
    pub callback_token: *const cloudauth_text,
    /// The product.
    pub product_code: *const cloudauth_text,
    /// The document is checked for forgery.
    pub id_spoof: bool,
    pub id_spoof_state: *const bool,
    /// A video is kept.
    pub doc_video: bool,
    pub doc_video_state: *const bool,
    /// The authoritative source is asked.
    pub authorize: *const cloudauth_text,
    /// When, in UTC, such as "2026-03-01T10:00:00Z".
    pub initialized_at: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "keep_alive". Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds
/// where calls are rare.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_keep_alive {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// "SUCCESS".
    pub answer: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "status". Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is
/// asked as well, within the same call.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_status {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// "not_begun": the log has no beginning yet; it may be late. "in_progress": the person has not finished. "pending": the
    /// verdict is still to come. "finished": the result is there. "abandoned": the person broke off. "expired": the person
    /// never began, and the time is over. "gone": the service knows no such transaction, or no longer. "unknown": it cannot be
    /// told.
    pub state: *const cloudauth_text,
    /// Of an abandoned one, the page where the person stopped, such as "OCR_SCAN", where the log has it.
    pub page: *const cloudauth_text,
    /// Of an abandoned one, the client's code, such as "1006", where the log has it; "explain" knows more.
    pub error_code: *const cloudauth_text,
    /// Why this is said of it, in one line.
    pub reason: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// The reply of "verify_log". Fetches what the end user did. The service has it about 30 minutes after the start, for 30
/// days, and only for products with a client.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_verify_log {
    /// The service's id of this call; empty where it sent none.
    pub request_id: cloudauth_text,
    /// 0 finished, 1 broken off, 2 not begun.
    pub verify_status: *const i64,
    /// The person passed, as in the result; only "check_result" decides.
    pub passed: bool,
    pub passed_state: *const bool,
    /// The reason behind the verdict, as in the result; "explain" knows more.
    pub sub_code: *const cloudauth_text,
    /// Why it ended, by the client's codes, such as "1006": the person left.
    pub verify_error_code: *const cloudauth_text,
    /// The last page, in Chinese.
    pub interrupt_page: *const cloudauth_text,
    /// The last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE.
    pub interrupt_page_en: *const cloudauth_text,
    /// What happened, a line each, in Chinese.
    pub log: *const cloudauth_text_list,
    /// What happened, a line each, such as "2026-03-01 10:00:00 FACE_ENTER"; no time zone is documented.
    pub log_en: *const cloudauth_text_list,
    /// How often and how long, by the service's names, as JSON.
    pub statistics: *const cloudauth_text,
    /// Further data, as JSON.
    pub ext_info: *const cloudauth_text,
    /// Every other field of Result, as JSON.
    pub extra: cloudauth_text,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: cloudauth_problem_list,
}

/// A reply by its operation.
#[derive(Debug)]
pub(crate) enum Typed {
    Archive(*const cloudauth_archive),
    Deletion(*const cloudauth_deletion),
    Video(*const cloudauth_video),
    Started(*const cloudauth_started),
    KeepAlive(*const cloudauth_keep_alive),
    Status(*const cloudauth_status),
    VerifyLog(*const cloudauth_verify_log),
}

impl Arena {
    pub(super) fn typed(&mut self, reply: &TypedReply) -> Typed {
        match reply.spec().name {
            "archive" => Typed::Archive(self.archive(reply)),
            "delete_result" => Typed::Deletion(self.deletion(reply)),
            "download_video" => Typed::Video(self.video(reply)),
            "initialize" => Typed::Started(self.started(reply)),
            "keep_alive" => Typed::KeepAlive(self.keep_alive(reply)),
            "status" => Typed::Status(self.status(reply)),
            "verify_log" => Typed::VerifyLog(self.verify_log(reply)),
            other => unreachable!("the table has no {other}"),
        }
    }

    fn archive(&mut self, reply: &TypedReply) -> *const cloudauth_archive {
        let mut values = reply.fields().map(|(_, value)| value);
        let outcome = self.read_text(values.next());
        let folder = self.read_text(values.next());
        let archived_at = self.read_text(values.next());
        let manifest_sha256 = self.read_text(values.next());
        let missing = self.read_value(values.next());
        let result = self.read_value(values.next());
        let deletion = self.read_text(values.next());
        let withheld_for = self.read_lines(values.next());
        let afterwards = self.read_text(values.next());
        let receipt = self.read_value(values.next());
        let view = cloudauth_archive {
            request_id: self.text(&reply.request_id),
            outcome,
            folder,
            archived_at,
            manifest_sha256,
            missing,
            result,
            deletion,
            withheld_for,
            afterwards,
            receipt,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn deletion(&mut self, reply: &TypedReply) -> *const cloudauth_deletion {
        let mut values = reply.fields().map(|(_, value)| value);
        let transaction_id = self.read_text(values.next());
        let (deleted, deleted_state) = self.read_flag(values.next());
        let fail_reason = self.read_text(values.next());
        let view = cloudauth_deletion {
            request_id: self.text(&reply.request_id),
            transaction_id,
            deleted,
            deleted_state,
            fail_reason,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn video(&mut self, reply: &TypedReply) -> *const cloudauth_video {
        let mut values = reply.fields().map(|(_, value)| value);
        let outcome = self.read_text(values.next());
        let path = self.read_text(values.next());
        let length = self.read_integer(values.next());
        let sha256 = self.read_text(values.next());
        let view = cloudauth_video {
            request_id: self.text(&reply.request_id),
            outcome,
            path,
            length,
            sha256,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn started(&mut self, reply: &TypedReply) -> *const cloudauth_started {
        let mut values = reply.fields().map(|(_, value)| value);
        let region = self.read_text(values.next());
        let endpoint = self.read_text(values.next());
        let transaction_id = self.read_text(values.next());
        let transaction_url = self.read_text(values.next());
        let protocol = self.read_text(values.next());
        let client_cfg = self.read_text(values.next());
        let merchant_biz_id = self.read_text(values.next());
        let callback_token = self.read_text(values.next());
        let product_code = self.read_text(values.next());
        let (id_spoof, id_spoof_state) = self.read_flag(values.next());
        let (doc_video, doc_video_state) = self.read_flag(values.next());
        let authorize = self.read_text(values.next());
        let initialized_at = self.read_text(values.next());
        let view = cloudauth_started {
            request_id: self.text(&reply.request_id),
            region,
            endpoint,
            transaction_id,
            transaction_url,
            protocol,
            client_cfg,
            merchant_biz_id,
            callback_token,
            product_code,
            id_spoof,
            id_spoof_state,
            doc_video,
            doc_video_state,
            authorize,
            initialized_at,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn keep_alive(&mut self, reply: &TypedReply) -> *const cloudauth_keep_alive {
        let mut values = reply.fields().map(|(_, value)| value);
        let answer = self.read_text(values.next());
        let view = cloudauth_keep_alive {
            request_id: self.text(&reply.request_id),
            answer,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn status(&mut self, reply: &TypedReply) -> *const cloudauth_status {
        let mut values = reply.fields().map(|(_, value)| value);
        let state = self.read_text(values.next());
        let page = self.read_text(values.next());
        let error_code = self.read_text(values.next());
        let reason = self.read_text(values.next());
        let view = cloudauth_status {
            request_id: self.text(&reply.request_id),
            state,
            page,
            error_code,
            reason,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }

    fn verify_log(&mut self, reply: &TypedReply) -> *const cloudauth_verify_log {
        let mut values = reply.fields().map(|(_, value)| value);
        let verify_status = self.read_integer(values.next());
        let (passed, passed_state) = self.read_flag(values.next());
        let sub_code = self.read_text(values.next());
        let verify_error_code = self.read_text(values.next());
        let interrupt_page = self.read_text(values.next());
        let interrupt_page_en = self.read_text(values.next());
        let log = self.read_lines(values.next());
        let log_en = self.read_lines(values.next());
        let statistics = self.read_value(values.next());
        let ext_info = self.read_value(values.next());
        let view = cloudauth_verify_log {
            request_id: self.text(&reply.request_id),
            verify_status,
            passed,
            passed_state,
            sub_code,
            verify_error_code,
            interrupt_page,
            interrupt_page_en,
            log,
            log_en,
            statistics,
            ext_info,
            extra: self.fields(&reply.extra),
            problems: self.problem_list(&reply.problems),
        };
        self.keep(view)
    }
}
