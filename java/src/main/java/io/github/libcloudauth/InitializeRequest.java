// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;

/**
 * Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is never
 * sent twice: where no reply came, start anew.
 */
public final class InitializeRequest extends TypedRequest<Started> {
    private InitializeRequest(Builder given) {
        super("initialize", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param productCode the product, such as {@code eKYC_PRO}
     * @param metaInfo what {@code getMetaInfo()} of the page or the app gave, unchanged
     */
    public static Builder builder(String productCode, String metaInfo) {
        return new Builder(productCode, metaInfo);
    }

    /** {@link #builder} and nothing else. */
    public static InitializeRequest of(String productCode, String metaInfo) {
        return builder(productCode, metaInfo).build();
    }

    @Override
    Started read(WireReader in) {
        return new Started(in);
    }

    /** Makes a {@link InitializeRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(String productCode, String metaInfo) {
            set("product_code", "productCode", productCode);
            set("meta_info", "metaInfo", metaInfo);
        }

        /** Which of the two operations to call; the one that the product's documents have unless given. */
        public Builder operation(String operation) {
            return set("operation", "operation", operation, "InitializeV2", "Initialize");
        }

        /**
         * {@code MerchantBizId}: your own id of the verification: 1 to 32 letters and digits; one is made where none is
         * given.
         */
        public Builder merchantBizId(String merchantBizId) {
            return set("merchant_biz_id", "merchantBizId", merchantBizId);
        }

        /** {@code MerchantUserId}: your id of the person; hash it. */
        public Builder merchantUserId(String merchantUserId) {
            return set("merchant_user_id", "merchantUserId", merchantUserId);
        }

        /** {@code SceneCode}: to find the verification in the console: at most 10 letters, digits and {@code _}. */
        public Builder sceneCode(String sceneCode) {
            return set("scene_code", "sceneCode", sceneCode);
        }

        /** {@code CallbackUrl}: where the service announces the end, by {@code https}. */
        public Builder callbackUrl(String callbackUrl) {
            return set("callback_url", "callbackUrl", callbackUrl);
        }

        /**
         * {@code CallbackToken}: what the callback must carry; one of 128 bits is made where {@code callbackUrl} is given
         * without it.
         */
        public Builder callbackToken(String callbackToken) {
            return set("callback_token", "callbackToken", callbackToken);
        }

        /** {@code ReturnUrl}: where the browser goes at the end, by {@code https}; Web. */
        public Builder returnUrl(String returnUrl) {
            return set("return_url", "returnUrl", returnUrl);
        }

        /** {@code SecurityLevel}: {@code 02}: safe mode, which can end in SubCode 206; {@code 01} unless given. */
        public Builder securityLevel(String securityLevel) {
            return set("security_level", "securityLevel", securityLevel, "01", "02");
        }

        /**
         * {@code ProcedurePriority}: for a phone's browser that cannot: {@code url} shows the URL for another one, {@code
         * keep} ends with the reason; {@code url} unless given.
         */
        public Builder procedurePriority(String procedurePriority) {
            return set("procedure_priority", "procedurePriority", procedurePriority, "url", "keep");
        }

        /** {@code LanguageConfig}: of the interface, such as {@code en}. */
        public Builder languageConfig(String languageConfig) {
            return set("language_config", "languageConfig", languageConfig);
        }

        /** {@code StyleConfig}: the look of the interface, as JSON. */
        public Builder styleConfig(Object styleConfig) {
            return setJson("style_config", "styleConfig", styleConfig);
        }

        /** {@code ExperienceCode}: for a trial. */
        public Builder experienceCode(String experienceCode) {
            return set("experience_code", "experienceCode", experienceCode);
        }

        /** {@code ShowGuidePage}: begin with a guide; yes unless given. */
        public Builder showGuidePage(boolean showGuidePage) {
            return set("show_guide_page", "showGuidePage", showGuidePage, "true", "false");
        }

        /** {@code ShowAlbumIcon}: let the person upload a picture from the album; yes unless given. */
        public Builder showAlbumIcon(boolean showAlbumIcon) {
            return set("show_album_icon", "showAlbumIcon", showAlbumIcon, "true", "false");
        }

        /** {@code ShowOcrResult}: show what was read of the document; yes unless given. */
        public Builder showOcrResult(boolean showOcrResult) {
            return set("show_ocr_result", "showOcrResult", showOcrResult, "true", "false");
        }

        /** {@code EditOcrResult}: let the person edit what was read; yes unless given. */
        public Builder editOcrResult(boolean editOcrResult) {
            return set("edit_ocr_result", "editOcrResult", editOcrResult, "true", "false");
        }

        /** {@code ProductFlow}: which comes first; {@code KYC_GLOBAL} only, {@code DOC_FACE} unless given. */
        public Builder productFlow(String productFlow) {
            return set("product_flow", "productFlow", productFlow, "DOC_FACE", "FACE_DOC");
        }

        /**
         * {@code DocType}: the document, such as {@code GLB03002}, a passport, or {@code 01000000} for the products whose
         * codes have eight digits.
         */
        public Builder docType(String docType) {
            return set("doc_type", "docType", docType);
        }

        /** {@code Pages}: {@code 01}: the page with the portrait; {@code 01,02}: both. */
        public Builder pages(String pages) {
            return set("pages", "pages", pages);
        }

        /** {@code DocPageConfig}: more pages, such as {@code OCR_ID_BACK}. */
        public Builder docPageConfig(List<String> docPageConfig) {
            return set("doc_page_config", "docPageConfig", docPageConfig);
        }

        /** {@code AutoDocPageConfig}: automatic classification; its values are not documented. */
        public Builder autoDocPageConfig(String autoDocPageConfig) {
            return set("auto_doc_page_config", "autoDocPageConfig", autoDocPageConfig);
        }

        /** {@code DocScanMode}: how the picture is taken; {@code auto} unless given. */
        public Builder docScanMode(String docScanMode) {
            return set("doc_scan_mode", "docScanMode", docScanMode, "auto", "manual");
        }

        /** {@code IdSpoof}: check whether the document is forged: without it, the result's {@code spoof} says nothing. */
        public Builder idSpoof(boolean idSpoof) {
            return set("id_spoof", "idSpoof", idSpoof, "true", "false");
        }

        /**
         * {@code IdThreshold}: how good the document's picture must be: {@code 0} standard, {@code 1} strict, {@code 2}
         * loose, {@code 3} off; {@code 3} unless given.
         */
        public Builder idThreshold(String idThreshold) {
            return set("id_threshold", "idThreshold", idThreshold, "0", "1", "2", "3");
        }

        /** {@code IdFaceQuality}: check the quality of the portrait. */
        public Builder idFaceQuality(boolean idFaceQuality) {
            return set("id_face_quality", "idFaceQuality", idFaceQuality, "true", "false");
        }

        /** {@code Ocr}: read the document's fields. */
        public Builder ocr(boolean ocr) {
            return set("ocr", "ocr", ocr, "true", "false");
        }

        /** {@code Crop}: crop the picture to the document. */
        public Builder crop(boolean crop) {
            return set("crop", "crop", crop, "true", "false");
        }

        /** {@code OcrValueStandard}: give the fields in cleaned form too. */
        public Builder ocrValueStandard(boolean ocrValueStandard) {
            return set("ocr_value_standard", "ocrValueStandard", ocrValueStandard, "true", "false");
        }

        /** {@code Authorize}: ask the authoritative source: {@code T} or {@code Y}, on which the documents disagree. */
        public Builder authorize(String authorize) {
            return set("authorize", "authorize", authorize);
        }

        /**
         * {@code Mobile}: the person's number for Indonesia's source: {@code +62} and 9 to 11 digits; with {@code authorize}
         * only.
         */
        public Builder mobile(String mobile) {
            return set("mobile", "mobile", mobile);
        }

        /** {@code Email}: the person's address for Indonesia's source; with {@code authorize} only. */
        public Builder email(String email) {
            return set("email", "email", email);
        }

        /** {@code DocName}: the name to check. */
        public Builder docName(String docName) {
            return set("doc_name", "docName", docName);
        }

        /** {@code DocNo}: the document's number to check. */
        public Builder docNo(String docNo) {
            return set("doc_no", "docNo", docNo);
        }

        /** {@code UseNFC}: read a passport's chip. */
        public Builder useNfc(boolean useNfc) {
            return set("use_nfc", "useNfc", useNfc, "true", "false");
        }

        /**
         * {@code MRTDInput}: whence the key to the chip comes: {@code 0} the person types it, {@code 1} from the picture,
         * {@code 2} from this request.
         */
        public Builder mrtdInput(String mrtdInput) {
            return set("mrtd_input", "mrtdInput", mrtdInput, "0", "1", "2");
        }

        /** {@code DocumentNumber}: of the passport; with {@code mrtdInput} 2. */
        public Builder documentNumber(String documentNumber) {
            return set("document_number", "documentNumber", documentNumber);
        }

        /** {@code DateOfBirth}: of the passport's holder; with {@code mrtdInput} 2. */
        public Builder dateOfBirth(String dateOfBirth) {
            return set("date_of_birth", "dateOfBirth", dateOfBirth);
        }

        /** {@code DateOfExpiry}: of the passport; with {@code mrtdInput} 2. */
        public Builder dateOfExpiry(String dateOfExpiry) {
            return set("date_of_expiry", "dateOfExpiry", dateOfExpiry);
        }

        /**
         * {@code Model}: the liveness check: {@code LIVENESS} blink, {@code PHOTINUS_LIVENESS} blink and coloured light,
         * {@code TEMPLATE} own actions; {@code LIVENESS} unless given.
         */
        public Builder model(String model) {
            return set("model", "model", model);
        }

        /**
         * {@code TemplateConfig}: the actions of {@code TEMPLATE}, by comma: {@code 01} blink, {@code 02} mouth, {@code 03}
         * head left, {@code 04} right, {@code 05} farther, {@code 06} closer, {@code 07} light.
         */
        public Builder templateConfig(String templateConfig) {
            return set("template_config", "templateConfig", templateConfig);
        }

        /** {@code TemplateType}: the actions in sequence, or at random. */
        public Builder templateType(String templateType) {
            return set("template_type", "templateType", templateType, "Seq", "Ran");
        }

        /** {@code TemplateRanCount}: how many of the actions at random; all unless given. */
        public Builder templateRanCount(long templateRanCount) {
            return set("template_ran_count", "templateRanCount", templateRanCount);
        }

        /** {@code AppQualityCheck}: be strict about the face's quality; App, yes unless given. */
        public Builder appQualityCheck(boolean appQualityCheck) {
            return set("app_quality_check", "appQualityCheck", appQualityCheck, "true", "false");
        }

        /** {@code ChameleonFrameEnable}: a frame that changes colour. */
        public Builder chameleonFrameEnable(boolean chameleonFrameEnable) {
            return set("chameleon_frame_enable", "chameleonFrameEnable", chameleonFrameEnable, "true", "false");
        }

        /** {@code DocVideo}: keep a video of 1 to 2 seconds; it may be missing all the same. No unless given. */
        public Builder docVideo(boolean docVideo) {
            return set("doc_video", "docVideo", docVideo, "true", "false");
        }

        /** {@code FacePictureBase64}: the face to compare with: JPEG or PNG, at most 1 MiB. */
        public Builder facePicture(byte[] facePicture) {
            return set("face_picture", "facePicture", facePicture);
        }

        /** {@code FacePictureUrl}: the same by a public {@code http} or {@code https} URL. */
        public Builder facePictureUrl(String facePictureUrl) {
            return set("face_picture_url", "facePictureUrl", facePictureUrl);
        }

        /** {@code FacePictureFile}: the same by a file that was uploaded before; InitializeV2. */
        public Builder facePictureFile(String facePictureFile) {
            return set("face_picture_file", "facePictureFile", facePictureFile);
        }

        /** {@code TargetFacePicture}: the reference face of FACE_IDU: JPEG or PNG, at most 1 MiB. */
        public Builder targetFacePicture(byte[] targetFacePicture) {
            return set("target_face_picture", "targetFacePicture", targetFacePicture);
        }

        /** {@code TargetFacePictureUrl}: the same by a public {@code http} or {@code https} URL. */
        public Builder targetFacePictureUrl(String targetFacePictureUrl) {
            return set("target_face_picture_url", "targetFacePictureUrl", targetFacePictureUrl);
        }

        /** {@code TargetFacePictureFile}: the same by a file that was uploaded before; InitializeV2. */
        public Builder targetFacePictureFile(String targetFacePictureFile) {
            return set("target_face_picture_file", "targetFacePictureFile", targetFacePictureFile);
        }

        /**
         * {@code VerifyModel}: {@code 0} search in libraries, {@code 1} compare with the reference face, {@code 2} both;
         * FACE_IDU.
         */
        public Builder verifyModel(String verifyModel) {
            return set("verify_model", "verifyModel", verifyModel);
        }

        /** {@code FaceGroupCodes}: the libraries to search, by comma. */
        public Builder faceGroupCodes(String faceGroupCodes) {
            return set("face_group_codes", "faceGroupCodes", faceGroupCodes);
        }

        /** {@code AutoRegistration}: put the face into a library where none like it was found. */
        public Builder autoRegistration(boolean autoRegistration) {
            return set("auto_registration", "autoRegistration", autoRegistration, "true", "false");
        }

        /** {@code FaceRegisterGroupCode}: that library. */
        public Builder faceRegisterGroupCode(String faceRegisterGroupCode) {
            return set("face_register_group_code", "faceRegisterGroupCode", faceRegisterGroupCode);
        }

        /** {@code UpdateFaceIfUserExists}: replace the face of this {@code merchantUserId}. */
        public Builder updateFaceIfUserExists(boolean updateFaceIfUserExists) {
            return set("update_face_if_user_exists", "updateFaceIfUserExists", updateFaceIfUserExists, "true", "false");
        }

        /** {@code ReturnFaces}: how many duplicates to return; 1 unless given. */
        public Builder returnFaces(long returnFaces) {
            return set("return_faces", "returnFaces", returnFaces);
        }

        /** {@code SaveFacePicture}: {@code 0} the picture, {@code 1} its features; reserved. */
        public Builder saveFacePicture(String saveFacePicture) {
            return set("save_face_picture", "saveFacePicture", saveFacePicture);
        }

        /** {@code FaceVerifyThreshold}: reserved. */
        public Builder faceVerifyThreshold(String faceVerifyThreshold) {
            return set("face_verify_threshold", "faceVerifyThreshold", faceVerifyThreshold);
        }

        /** {@code FaceAttributeCheck}: not documented. */
        public Builder faceAttributeCheck(String faceAttributeCheck) {
            return set("face_attribute_check", "faceAttributeCheck", faceAttributeCheck);
        }

        /** {@code NeedMultiFaceCheck}: not documented. */
        public Builder needMultiFaceCheck(String needMultiFaceCheck) {
            return set("need_multi_face_check", "needMultiFaceCheck", needMultiFaceCheck);
        }

        @Override
        public InitializeRequest build() {
            return new InitializeRequest(this);
        }
    }
}
