// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

use std::borrow::Cow;

use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Problem};
use crate::typed::read;
use crate::typed::{TypedReply, TypedRequest};
use crate::worker::Job;

/// Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is never
/// sent twice: where no reply came, start anew.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct InitializeRequest(TypedRequest);

impl InitializeRequest {
    /// - `product_code`: the product, such as `eKYC_PRO`.
    /// - `meta_info`: what `getMetaInfo()` of the page or the app gave, unchanged.
    pub fn new(product_code: impl Into<String>, meta_info: impl Into<String>) -> Self {
        let mut request = TypedRequest::of("initialize");
        request.set("product_code", product_code.into());
        request.set("meta_info", meta_info.into());
        Self(request)
    }

    /// Which of the two operations to call; the one that the product's documents have unless given.
    #[must_use]
    pub fn operation(mut self, operation: impl Into<String>) -> Self {
        self.0.set("operation", operation.into());
        self
    }

    /// `MerchantBizId`: your own id of the verification: 1 to 32 letters and digits; one is made where none is given.
    #[must_use]
    pub fn merchant_biz_id(mut self, merchant_biz_id: impl Into<String>) -> Self {
        self.0.set("merchant_biz_id", merchant_biz_id.into());
        self
    }

    /// `MerchantUserId`: your id of the person; hash it.
    #[must_use]
    pub fn merchant_user_id(mut self, merchant_user_id: impl Into<String>) -> Self {
        self.0.set("merchant_user_id", merchant_user_id.into());
        self
    }

    /// `SceneCode`: to find the verification in the console: at most 10 letters, digits and `_`.
    #[must_use]
    pub fn scene_code(mut self, scene_code: impl Into<String>) -> Self {
        self.0.set("scene_code", scene_code.into());
        self
    }

    /// `CallbackUrl`: where the service announces the end, by `https`.
    #[must_use]
    pub fn callback_url(mut self, callback_url: impl Into<String>) -> Self {
        self.0.set("callback_url", callback_url.into());
        self
    }

    /// `CallbackToken`: what the callback must carry; one of 128 bits is made where `callback_url` is given without it.
    #[must_use]
    pub fn callback_token(mut self, callback_token: impl Into<String>) -> Self {
        self.0.set("callback_token", callback_token.into());
        self
    }

    /// `ReturnUrl`: where the browser goes at the end, by `https`; Web.
    #[must_use]
    pub fn return_url(mut self, return_url: impl Into<String>) -> Self {
        self.0.set("return_url", return_url.into());
        self
    }

    /// `SecurityLevel`: `02`: safe mode, which can end in SubCode 206; `01` unless given.
    #[must_use]
    pub fn security_level(mut self, security_level: impl Into<String>) -> Self {
        self.0.set("security_level", security_level.into());
        self
    }

    /// `ProcedurePriority`: for a phone's browser that cannot: `url` shows the URL for another one, `keep` ends with the
    /// reason; `url` unless given.
    #[must_use]
    pub fn procedure_priority(mut self, procedure_priority: impl Into<String>) -> Self {
        self.0.set("procedure_priority", procedure_priority.into());
        self
    }

    /// `LanguageConfig`: of the interface, such as `en`.
    #[must_use]
    pub fn language_config(mut self, language_config: impl Into<String>) -> Self {
        self.0.set("language_config", language_config.into());
        self
    }

    /// `StyleConfig`: the look of the interface, as JSON.
    #[must_use]
    pub fn style_config(mut self, style_config: impl Into<crate::result::Value>) -> Self {
        self.0.set("style_config", style_config.into());
        self
    }

    /// `ExperienceCode`: for a trial.
    #[must_use]
    pub fn experience_code(mut self, experience_code: impl Into<String>) -> Self {
        self.0.set("experience_code", experience_code.into());
        self
    }

    /// `ShowGuidePage`: begin with a guide; yes unless given.
    #[must_use]
    pub fn show_guide_page(mut self, show_guide_page: bool) -> Self {
        self.0.set("show_guide_page", show_guide_page);
        self
    }

    /// `ShowAlbumIcon`: let the person upload a picture from the album; yes unless given.
    #[must_use]
    pub fn show_album_icon(mut self, show_album_icon: bool) -> Self {
        self.0.set("show_album_icon", show_album_icon);
        self
    }

    /// `ShowOcrResult`: show what was read of the document; yes unless given.
    #[must_use]
    pub fn show_ocr_result(mut self, show_ocr_result: bool) -> Self {
        self.0.set("show_ocr_result", show_ocr_result);
        self
    }

    /// `EditOcrResult`: let the person edit what was read; yes unless given.
    #[must_use]
    pub fn edit_ocr_result(mut self, edit_ocr_result: bool) -> Self {
        self.0.set("edit_ocr_result", edit_ocr_result);
        self
    }

    /// `ProductFlow`: which comes first; `KYC_GLOBAL` only, `DOC_FACE` unless given.
    #[must_use]
    pub fn product_flow(mut self, product_flow: impl Into<String>) -> Self {
        self.0.set("product_flow", product_flow.into());
        self
    }

    /// `DocType`: the document, such as `GLB03002`, a passport, or `01000000` for the products whose codes have eight digits.
    #[must_use]
    pub fn doc_type(mut self, doc_type: impl Into<String>) -> Self {
        self.0.set("doc_type", doc_type.into());
        self
    }

    /// `Pages`: `01`: the page with the portrait; `01,02`: both.
    #[must_use]
    pub fn pages(mut self, pages: impl Into<String>) -> Self {
        self.0.set("pages", pages.into());
        self
    }

    /// `DocPageConfig`: more pages, such as `OCR_ID_BACK`.
    #[must_use]
    pub fn doc_page_config(mut self, doc_page_config: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.set("doc_page_config", doc_page_config.into_iter().map(Into::into).collect::<Vec<String>>());
        self
    }

    /// `AutoDocPageConfig`: automatic classification; its values are not documented.
    #[must_use]
    pub fn auto_doc_page_config(mut self, auto_doc_page_config: impl Into<String>) -> Self {
        self.0.set("auto_doc_page_config", auto_doc_page_config.into());
        self
    }

    /// `DocScanMode`: how the picture is taken; `auto` unless given.
    #[must_use]
    pub fn doc_scan_mode(mut self, doc_scan_mode: impl Into<String>) -> Self {
        self.0.set("doc_scan_mode", doc_scan_mode.into());
        self
    }

    /// `IdSpoof`: check whether the document is forged: without it, the result's `spoof` says nothing.
    #[must_use]
    pub fn id_spoof(mut self, id_spoof: bool) -> Self {
        self.0.set("id_spoof", id_spoof);
        self
    }

    /// `IdThreshold`: how good the document's picture must be: `0` standard, `1` strict, `2` loose, `3` off; `3` unless given.
    #[must_use]
    pub fn id_threshold(mut self, id_threshold: impl Into<String>) -> Self {
        self.0.set("id_threshold", id_threshold.into());
        self
    }

    /// `IdFaceQuality`: check the quality of the portrait.
    #[must_use]
    pub fn id_face_quality(mut self, id_face_quality: bool) -> Self {
        self.0.set("id_face_quality", id_face_quality);
        self
    }

    /// `Ocr`: read the document's fields.
    #[must_use]
    pub fn ocr(mut self, ocr: bool) -> Self {
        self.0.set("ocr", ocr);
        self
    }

    /// `Crop`: crop the picture to the document.
    #[must_use]
    pub fn crop(mut self, crop: bool) -> Self {
        self.0.set("crop", crop);
        self
    }

    /// `OcrValueStandard`: give the fields in cleaned form too.
    #[must_use]
    pub fn ocr_value_standard(mut self, ocr_value_standard: bool) -> Self {
        self.0.set("ocr_value_standard", ocr_value_standard);
        self
    }

    /// `Authorize`: ask the authoritative source: `T` or `Y`, on which the documents disagree.
    #[must_use]
    pub fn authorize(mut self, authorize: impl Into<String>) -> Self {
        self.0.set("authorize", authorize.into());
        self
    }

    /// `Mobile`: the person's number for Indonesia's source: `+62` and 9 to 11 digits; with `authorize` only.
    #[must_use]
    pub fn mobile(mut self, mobile: impl Into<String>) -> Self {
        self.0.set("mobile", mobile.into());
        self
    }

    /// `Email`: the person's address for Indonesia's source; with `authorize` only.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.0.set("email", email.into());
        self
    }

    /// `DocName`: the name to check.
    #[must_use]
    pub fn doc_name(mut self, doc_name: impl Into<String>) -> Self {
        self.0.set("doc_name", doc_name.into());
        self
    }

    /// `DocNo`: the document's number to check.
    #[must_use]
    pub fn doc_no(mut self, doc_no: impl Into<String>) -> Self {
        self.0.set("doc_no", doc_no.into());
        self
    }

    /// `UseNFC`: read a passport's chip.
    #[must_use]
    pub fn use_nfc(mut self, use_nfc: bool) -> Self {
        self.0.set("use_nfc", use_nfc);
        self
    }

    /// `MRTDInput`: whence the key to the chip comes: `0` the person types it, `1` from the picture, `2` from this request.
    #[must_use]
    pub fn mrtd_input(mut self, mrtd_input: impl Into<String>) -> Self {
        self.0.set("mrtd_input", mrtd_input.into());
        self
    }

    /// `DocumentNumber`: of the passport; with `mrtd_input` 2.
    #[must_use]
    pub fn document_number(mut self, document_number: impl Into<String>) -> Self {
        self.0.set("document_number", document_number.into());
        self
    }

    /// `DateOfBirth`: of the passport's holder; with `mrtd_input` 2.
    #[must_use]
    pub fn date_of_birth(mut self, date_of_birth: impl Into<String>) -> Self {
        self.0.set("date_of_birth", date_of_birth.into());
        self
    }

    /// `DateOfExpiry`: of the passport; with `mrtd_input` 2.
    #[must_use]
    pub fn date_of_expiry(mut self, date_of_expiry: impl Into<String>) -> Self {
        self.0.set("date_of_expiry", date_of_expiry.into());
        self
    }

    /// `Model`: the liveness check: `LIVENESS` blink, `PHOTINUS_LIVENESS` blink and coloured light, `TEMPLATE` own actions;
    /// `LIVENESS` unless given.
    #[must_use]
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.0.set("model", model.into());
        self
    }

    /// `TemplateConfig`: the actions of `TEMPLATE`, by comma: `01` blink, `02` mouth, `03` head left, `04` right, `05` farther,
    /// `06` closer, `07` light.
    #[must_use]
    pub fn template_config(mut self, template_config: impl Into<String>) -> Self {
        self.0.set("template_config", template_config.into());
        self
    }

    /// `TemplateType`: the actions in sequence, or at random.
    #[must_use]
    pub fn template_type(mut self, template_type: impl Into<String>) -> Self {
        self.0.set("template_type", template_type.into());
        self
    }

    /// `TemplateRanCount`: how many of the actions at random; all unless given.
    #[must_use]
    pub fn template_ran_count(mut self, template_ran_count: i64) -> Self {
        self.0.set("template_ran_count", template_ran_count);
        self
    }

    /// `AppQualityCheck`: be strict about the face's quality; App, yes unless given.
    #[must_use]
    pub fn app_quality_check(mut self, app_quality_check: bool) -> Self {
        self.0.set("app_quality_check", app_quality_check);
        self
    }

    /// `ChameleonFrameEnable`: a frame that changes colour.
    #[must_use]
    pub fn chameleon_frame_enable(mut self, chameleon_frame_enable: bool) -> Self {
        self.0.set("chameleon_frame_enable", chameleon_frame_enable);
        self
    }

    /// `DocVideo`: keep a video of 1 to 2 seconds; it may be missing all the same. No unless given.
    #[must_use]
    pub fn doc_video(mut self, doc_video: bool) -> Self {
        self.0.set("doc_video", doc_video);
        self
    }

    /// `FacePictureBase64`: the face to compare with: JPEG or PNG, at most 1 MiB.
    #[must_use]
    pub fn face_picture(mut self, face_picture: impl Into<Vec<u8>>) -> Self {
        self.0.set("face_picture", face_picture.into());
        self
    }

    /// `FacePictureUrl`: the same by a public `http` or `https` URL.
    #[must_use]
    pub fn face_picture_url(mut self, face_picture_url: impl Into<String>) -> Self {
        self.0.set("face_picture_url", face_picture_url.into());
        self
    }

    /// `FacePictureFile`: the same by a file that was uploaded before; InitializeV2.
    #[must_use]
    pub fn face_picture_file(mut self, face_picture_file: impl Into<String>) -> Self {
        self.0.set("face_picture_file", face_picture_file.into());
        self
    }

    /// `TargetFacePicture`: the reference face of FACE_IDU: JPEG or PNG, at most 1 MiB.
    #[must_use]
    pub fn target_face_picture(mut self, target_face_picture: impl Into<Vec<u8>>) -> Self {
        self.0.set("target_face_picture", target_face_picture.into());
        self
    }

    /// `TargetFacePictureUrl`: the same by a public `http` or `https` URL.
    #[must_use]
    pub fn target_face_picture_url(mut self, target_face_picture_url: impl Into<String>) -> Self {
        self.0.set("target_face_picture_url", target_face_picture_url.into());
        self
    }

    /// `TargetFacePictureFile`: the same by a file that was uploaded before; InitializeV2.
    #[must_use]
    pub fn target_face_picture_file(mut self, target_face_picture_file: impl Into<String>) -> Self {
        self.0.set("target_face_picture_file", target_face_picture_file.into());
        self
    }

    /// `VerifyModel`: `0` search in libraries, `1` compare with the reference face, `2` both; FACE_IDU.
    #[must_use]
    pub fn verify_model(mut self, verify_model: impl Into<String>) -> Self {
        self.0.set("verify_model", verify_model.into());
        self
    }

    /// `FaceGroupCodes`: the libraries to search, by comma.
    #[must_use]
    pub fn face_group_codes(mut self, face_group_codes: impl Into<String>) -> Self {
        self.0.set("face_group_codes", face_group_codes.into());
        self
    }

    /// `AutoRegistration`: put the face into a library where none like it was found.
    #[must_use]
    pub fn auto_registration(mut self, auto_registration: bool) -> Self {
        self.0.set("auto_registration", auto_registration);
        self
    }

    /// `FaceRegisterGroupCode`: that library.
    #[must_use]
    pub fn face_register_group_code(mut self, face_register_group_code: impl Into<String>) -> Self {
        self.0.set("face_register_group_code", face_register_group_code.into());
        self
    }

    /// `UpdateFaceIfUserExists`: replace the face of this `merchant_user_id`.
    #[must_use]
    pub fn update_face_if_user_exists(mut self, update_face_if_user_exists: bool) -> Self {
        self.0.set("update_face_if_user_exists", update_face_if_user_exists);
        self
    }

    /// `ReturnFaces`: how many duplicates to return; 1 unless given.
    #[must_use]
    pub fn return_faces(mut self, return_faces: i64) -> Self {
        self.0.set("return_faces", return_faces);
        self
    }

    /// `SaveFacePicture`: `0` the picture, `1` its features; reserved.
    #[must_use]
    pub fn save_face_picture(mut self, save_face_picture: impl Into<String>) -> Self {
        self.0.set("save_face_picture", save_face_picture.into());
        self
    }

    /// `FaceVerifyThreshold`: reserved.
    #[must_use]
    pub fn face_verify_threshold(mut self, face_verify_threshold: impl Into<String>) -> Self {
        self.0.set("face_verify_threshold", face_verify_threshold.into());
        self
    }

    /// `FaceAttributeCheck`: not documented.
    #[must_use]
    pub fn face_attribute_check(mut self, face_attribute_check: impl Into<String>) -> Self {
        self.0.set("face_attribute_check", face_attribute_check.into());
        self
    }

    /// `NeedMultiFaceCheck`: not documented.
    #[must_use]
    pub fn need_multi_face_check(mut self, need_multi_face_check: impl Into<String>) -> Self {
        self.0.set("need_multi_face_check", need_multi_face_check.into());
        self
    }

    /// Any other parameter of the operation, by its name in the API. What is not in the table of operations is an error, unless
    /// [`unchecked`](Self::unchecked).
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.add_parameter(name, value);
        self
    }

    /// Lets through what the rules of this version refuse.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.0.set_unchecked(true);
        self
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for InitializeRequest {
    type Output = Started;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<Started> {
        self.0.read(reply).map(Started::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<Started>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(Started::from)))
    }
}

impl std::fmt::Debug for InitializeRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`InitializeRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Started {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// The region whose data it is; absent where `endpoint` is there.
    pub region: Option<String>,
    /// The server whose data it is, where that is no region's.
    pub endpoint: Option<String>,
    /// `Result.TransactionId`: the service's id of the verification: store it, and trust no other.
    pub transaction_id: Option<String>,
    /// `Result.TransactionUrl`: where the browser goes: once, and as it is; Web.
    pub transaction_url: Option<String>,
    /// `Result.Protocol`: for an iframe's `startVerify`.
    pub protocol: Option<String>,
    /// `Result.ClientCfg`: for the client; pass it on unread.
    pub client_cfg: Option<String>,
    /// Your own id of the verification.
    pub merchant_biz_id: Option<String>,
    /// What the callback must carry.
    pub callback_token: Option<String>,
    /// The product.
    pub product_code: Option<String>,
    /// The document is checked for forgery.
    pub id_spoof: Option<bool>,
    /// A video is kept.
    pub doc_video: Option<bool>,
    /// The authoritative source is asked.
    pub authorize: Option<String>,
    /// When, in UTC, such as `2026-03-01T10:00:00Z`.
    pub initialized_at: Option<String>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(Started: request_id, region, endpoint, product_code, id_spoof, doc_video, authorize, initialized_at; transaction_id, transaction_url, protocol, client_cfg, merchant_biz_id, callback_token, extra, problems);

impl From<TypedReply> for Started {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            region: read::text(values.next()),
            endpoint: read::text(values.next()),
            transaction_id: read::text(values.next()),
            transaction_url: read::text(values.next()),
            protocol: read::text(values.next()),
            client_cfg: read::text(values.next()),
            merchant_biz_id: read::text(values.next()),
            callback_token: read::text(values.next()),
            product_code: read::text(values.next()),
            id_spoof: read::flag(values.next()),
            doc_video: read::flag(values.next()),
            authorize: read::text(values.next()),
            initialized_at: read::text(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
