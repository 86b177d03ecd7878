// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Requests of every typed operation, so that tests miss none. */
final class TypedRequests {
    private TypedRequests() {}

    /** A builder that was given these arguments. */
    static TypedRequest.Builder<?> of(String operation, JsonNode given) {
        switch (operation) {
            case "archive": {
                ArchiveRequest.Builder to = ArchiveRequest.builder(TypedTest.value(given.get("started")), TypedTest.text(given.get("into")));
                if (given.hasNonNull("raw")) {
                    to.raw(TypedTest.flag(given.get("raw")));
                }
                if (given.hasNonNull("images")) {
                    to.images(TypedTest.flag(given.get("images")));
                }
                if (given.hasNonNull("video")) {
                    to.video(TypedTest.flag(given.get("video")));
                }
                if (given.hasNonNull("max_video_bytes")) {
                    to.maxVideoBytes(TypedTest.number(given.get("max_video_bytes")));
                }
                if (given.hasNonNull("video_hosts")) {
                    to.videoHosts(TypedTest.list(given.get("video_hosts")));
                }
                if (given.hasNonNull("then_delete")) {
                    to.thenDelete(TypedTest.text(given.get("then_delete")));
                }
                if (given.hasNonNull("even_so")) {
                    to.evenSo(TypedTest.list(given.get("even_so")));
                }
                return to;
            }
            case "delete_result": {
                DeleteResultRequest.Builder to = DeleteResultRequest.builder(TypedTest.text(given.get("transaction_id")), TypedTest.text(given.get("delete_type")));
                if (given.hasNonNull("after_query")) {
                    to.afterQuery(TypedTest.flag(given.get("after_query")));
                }
                return to;
            }
            case "download_video": {
                DownloadVideoRequest.Builder to = DownloadVideoRequest.builder(TypedTest.text(given.get("to")));
                if (given.hasNonNull("started")) {
                    to.started(TypedTest.value(given.get("started")));
                }
                if (given.hasNonNull("result")) {
                    to.result(TypedTest.value(given.get("result")));
                }
                if (given.hasNonNull("max_bytes")) {
                    to.maxBytes(TypedTest.number(given.get("max_bytes")));
                }
                if (given.hasNonNull("overwrite")) {
                    to.overwrite(TypedTest.flag(given.get("overwrite")));
                }
                if (given.hasNonNull("video_hosts")) {
                    to.videoHosts(TypedTest.list(given.get("video_hosts")));
                }
                return to;
            }
            case "initialize": {
                InitializeRequest.Builder to = InitializeRequest.builder(TypedTest.text(given.get("product_code")), TypedTest.text(given.get("meta_info")));
                if (given.hasNonNull("operation")) {
                    to.operation(TypedTest.text(given.get("operation")));
                }
                if (given.hasNonNull("merchant_biz_id")) {
                    to.merchantBizId(TypedTest.text(given.get("merchant_biz_id")));
                }
                if (given.hasNonNull("merchant_user_id")) {
                    to.merchantUserId(TypedTest.text(given.get("merchant_user_id")));
                }
                if (given.hasNonNull("scene_code")) {
                    to.sceneCode(TypedTest.text(given.get("scene_code")));
                }
                if (given.hasNonNull("callback_url")) {
                    to.callbackUrl(TypedTest.text(given.get("callback_url")));
                }
                if (given.hasNonNull("callback_token")) {
                    to.callbackToken(TypedTest.text(given.get("callback_token")));
                }
                if (given.hasNonNull("return_url")) {
                    to.returnUrl(TypedTest.text(given.get("return_url")));
                }
                if (given.hasNonNull("security_level")) {
                    to.securityLevel(TypedTest.text(given.get("security_level")));
                }
                if (given.hasNonNull("procedure_priority")) {
                    to.procedurePriority(TypedTest.text(given.get("procedure_priority")));
                }
                if (given.hasNonNull("language_config")) {
                    to.languageConfig(TypedTest.text(given.get("language_config")));
                }
                if (given.hasNonNull("style_config")) {
                    to.styleConfig(TypedTest.value(given.get("style_config")));
                }
                if (given.hasNonNull("experience_code")) {
                    to.experienceCode(TypedTest.text(given.get("experience_code")));
                }
                if (given.hasNonNull("show_guide_page")) {
                    to.showGuidePage(TypedTest.flag(given.get("show_guide_page")));
                }
                if (given.hasNonNull("show_album_icon")) {
                    to.showAlbumIcon(TypedTest.flag(given.get("show_album_icon")));
                }
                if (given.hasNonNull("show_ocr_result")) {
                    to.showOcrResult(TypedTest.flag(given.get("show_ocr_result")));
                }
                if (given.hasNonNull("edit_ocr_result")) {
                    to.editOcrResult(TypedTest.flag(given.get("edit_ocr_result")));
                }
                if (given.hasNonNull("product_flow")) {
                    to.productFlow(TypedTest.text(given.get("product_flow")));
                }
                if (given.hasNonNull("doc_type")) {
                    to.docType(TypedTest.text(given.get("doc_type")));
                }
                if (given.hasNonNull("pages")) {
                    to.pages(TypedTest.text(given.get("pages")));
                }
                if (given.hasNonNull("doc_page_config")) {
                    to.docPageConfig(TypedTest.list(given.get("doc_page_config")));
                }
                if (given.hasNonNull("auto_doc_page_config")) {
                    to.autoDocPageConfig(TypedTest.text(given.get("auto_doc_page_config")));
                }
                if (given.hasNonNull("doc_scan_mode")) {
                    to.docScanMode(TypedTest.text(given.get("doc_scan_mode")));
                }
                if (given.hasNonNull("id_spoof")) {
                    to.idSpoof(TypedTest.flag(given.get("id_spoof")));
                }
                if (given.hasNonNull("id_threshold")) {
                    to.idThreshold(TypedTest.text(given.get("id_threshold")));
                }
                if (given.hasNonNull("id_face_quality")) {
                    to.idFaceQuality(TypedTest.flag(given.get("id_face_quality")));
                }
                if (given.hasNonNull("ocr")) {
                    to.ocr(TypedTest.flag(given.get("ocr")));
                }
                if (given.hasNonNull("crop")) {
                    to.crop(TypedTest.flag(given.get("crop")));
                }
                if (given.hasNonNull("ocr_value_standard")) {
                    to.ocrValueStandard(TypedTest.flag(given.get("ocr_value_standard")));
                }
                if (given.hasNonNull("authorize")) {
                    to.authorize(TypedTest.text(given.get("authorize")));
                }
                if (given.hasNonNull("mobile")) {
                    to.mobile(TypedTest.text(given.get("mobile")));
                }
                if (given.hasNonNull("email")) {
                    to.email(TypedTest.text(given.get("email")));
                }
                if (given.hasNonNull("doc_name")) {
                    to.docName(TypedTest.text(given.get("doc_name")));
                }
                if (given.hasNonNull("doc_no")) {
                    to.docNo(TypedTest.text(given.get("doc_no")));
                }
                if (given.hasNonNull("use_nfc")) {
                    to.useNfc(TypedTest.flag(given.get("use_nfc")));
                }
                if (given.hasNonNull("mrtd_input")) {
                    to.mrtdInput(TypedTest.text(given.get("mrtd_input")));
                }
                if (given.hasNonNull("document_number")) {
                    to.documentNumber(TypedTest.text(given.get("document_number")));
                }
                if (given.hasNonNull("date_of_birth")) {
                    to.dateOfBirth(TypedTest.text(given.get("date_of_birth")));
                }
                if (given.hasNonNull("date_of_expiry")) {
                    to.dateOfExpiry(TypedTest.text(given.get("date_of_expiry")));
                }
                if (given.hasNonNull("model")) {
                    to.model(TypedTest.text(given.get("model")));
                }
                if (given.hasNonNull("template_config")) {
                    to.templateConfig(TypedTest.text(given.get("template_config")));
                }
                if (given.hasNonNull("template_type")) {
                    to.templateType(TypedTest.text(given.get("template_type")));
                }
                if (given.hasNonNull("template_ran_count")) {
                    to.templateRanCount(TypedTest.number(given.get("template_ran_count")));
                }
                if (given.hasNonNull("app_quality_check")) {
                    to.appQualityCheck(TypedTest.flag(given.get("app_quality_check")));
                }
                if (given.hasNonNull("chameleon_frame_enable")) {
                    to.chameleonFrameEnable(TypedTest.flag(given.get("chameleon_frame_enable")));
                }
                if (given.hasNonNull("doc_video")) {
                    to.docVideo(TypedTest.flag(given.get("doc_video")));
                }
                if (given.hasNonNull("face_picture")) {
                    to.facePicture(TypedTest.picture(given.get("face_picture")));
                }
                if (given.hasNonNull("face_picture_url")) {
                    to.facePictureUrl(TypedTest.text(given.get("face_picture_url")));
                }
                if (given.hasNonNull("face_picture_file")) {
                    to.facePictureFile(TypedTest.text(given.get("face_picture_file")));
                }
                if (given.hasNonNull("target_face_picture")) {
                    to.targetFacePicture(TypedTest.picture(given.get("target_face_picture")));
                }
                if (given.hasNonNull("target_face_picture_url")) {
                    to.targetFacePictureUrl(TypedTest.text(given.get("target_face_picture_url")));
                }
                if (given.hasNonNull("target_face_picture_file")) {
                    to.targetFacePictureFile(TypedTest.text(given.get("target_face_picture_file")));
                }
                if (given.hasNonNull("verify_model")) {
                    to.verifyModel(TypedTest.text(given.get("verify_model")));
                }
                if (given.hasNonNull("face_group_codes")) {
                    to.faceGroupCodes(TypedTest.text(given.get("face_group_codes")));
                }
                if (given.hasNonNull("auto_registration")) {
                    to.autoRegistration(TypedTest.flag(given.get("auto_registration")));
                }
                if (given.hasNonNull("face_register_group_code")) {
                    to.faceRegisterGroupCode(TypedTest.text(given.get("face_register_group_code")));
                }
                if (given.hasNonNull("update_face_if_user_exists")) {
                    to.updateFaceIfUserExists(TypedTest.flag(given.get("update_face_if_user_exists")));
                }
                if (given.hasNonNull("return_faces")) {
                    to.returnFaces(TypedTest.number(given.get("return_faces")));
                }
                if (given.hasNonNull("save_face_picture")) {
                    to.saveFacePicture(TypedTest.text(given.get("save_face_picture")));
                }
                if (given.hasNonNull("face_verify_threshold")) {
                    to.faceVerifyThreshold(TypedTest.text(given.get("face_verify_threshold")));
                }
                if (given.hasNonNull("face_attribute_check")) {
                    to.faceAttributeCheck(TypedTest.text(given.get("face_attribute_check")));
                }
                if (given.hasNonNull("need_multi_face_check")) {
                    to.needMultiFaceCheck(TypedTest.text(given.get("need_multi_face_check")));
                }
                return to;
            }
            case "keep_alive": {
                KeepAliveRequest.Builder to = KeepAliveRequest.builder();
                return to;
            }
            case "status": {
                StatusRequest.Builder to = StatusRequest.builder(TypedTest.value(given.get("started")));
                return to;
            }
            case "verify_log": {
                VerifyLogRequest.Builder to = VerifyLogRequest.builder(TypedTest.text(given.get("merchant_biz_id")), TypedTest.text(given.get("transaction_id")));
                return to;
            }
            default:
                throw new AssertionError(operation);
        }
    }

    /** A builder of each. */
    static List<TypedRequest.Builder<?>> examples() {
        return List.of(
            ArchiveRequest.builder("text", "text"),
            DeleteResultRequest.builder("text", "text"),
            DownloadVideoRequest.builder("text"),
            InitializeRequest.builder("text", "text"),
            KeepAliveRequest.builder(),
            StatusRequest.builder("text"),
            VerifyLogRequest.builder("text", "text"));
    }

    /** A builder of each reply. */
    static List<?> replies() {
        return List.of(Archive.builder(), Deletion.builder(), Video.builder(), Started.builder(), KeepAlive.builder(), Status.builder(), VerifyLog.builder());
    }
}
