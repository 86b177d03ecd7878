/* Generated from core/schema/typed by `cargo xtask generate`; do not edit. */
/* Requests of the arguments that a test was given, and replies as JSON, by what typed.cpp has for values. */

inline json as_json(const cloudauth::archive &of)
{
    json out;
    out.value("outcome", of.outcome());
    out.value("folder", of.folder());
    out.value("archived_at", of.archived_at());
    out.value("manifest_sha256", of.manifest_sha256());
    out.raw("missing", of.missing());
    out.raw("result", of.result());
    out.value("deletion", of.deletion());
    out.value("withheld_for", of.withheld_for());
    out.value("afterwards", of.afterwards());
    out.raw("receipt", of.receipt());
    return out;
}

inline json as_json(const cloudauth::deletion &of)
{
    json out;
    out.value("transaction_id", of.transaction_id());
    out.value("deleted", of.deleted_state());
    out.value("fail_reason", of.fail_reason());
    return out;
}

inline json as_json(const cloudauth::video &of)
{
    json out;
    out.value("outcome", of.outcome());
    out.value("path", of.path());
    out.value("length", of.length());
    out.value("sha256", of.sha256());
    return out;
}

inline json as_json(const cloudauth::started &of)
{
    json out;
    out.value("region", of.region());
    out.value("endpoint", of.endpoint());
    out.value("transaction_id", of.transaction_id());
    out.value("transaction_url", of.transaction_url());
    out.value("protocol", of.protocol());
    out.value("client_cfg", of.client_cfg());
    out.value("merchant_biz_id", of.merchant_biz_id());
    out.value("callback_token", of.callback_token());
    out.value("product_code", of.product_code());
    out.value("id_spoof", of.id_spoof_state());
    out.value("doc_video", of.doc_video_state());
    out.value("authorize", of.authorize());
    out.value("initialized_at", of.initialized_at());
    return out;
}

inline json as_json(const cloudauth::keep_alive &of)
{
    json out;
    out.value("answer", of.answer());
    return out;
}

inline json as_json(const cloudauth::status &of)
{
    json out;
    out.value("state", of.state());
    out.value("page", of.page());
    out.value("error_code", of.error_code());
    out.value("reason", of.reason());
    return out;
}

inline json as_json(const cloudauth::verify_log &of)
{
    json out;
    out.value("verify_status", of.verify_status());
    out.value("passed", of.passed_state());
    out.value("sub_code", of.sub_code());
    out.value("verify_error_code", of.verify_error_code());
    out.value("interrupt_page", of.interrupt_page());
    out.value("interrupt_page_en", of.interrupt_page_en());
    out.value("log", of.log());
    out.value("log_en", of.log_en());
    out.raw("statistics", of.statistics());
    out.raw("ext_info", of.ext_info());
    return out;
}

template <class Arguments, class Run> void dispatch(const std::string &operation, const Arguments &arguments, Run run)
{
    if (operation == "archive") {
        cloudauth::archive_request request(arguments.text("started"), arguments.text("into"));
        if (arguments.has("raw")) request.raw(arguments.flag("raw"));
        if (arguments.has("images")) request.images(arguments.flag("images"));
        if (arguments.has("video")) request.video(arguments.flag("video"));
        if (arguments.has("max_video_bytes")) request.max_video_bytes(arguments.integer("max_video_bytes"));
        if (arguments.has("video_hosts")) request.video_hosts(arguments.list("video_hosts"));
        if (arguments.has("then_delete")) request.then_delete(arguments.text("then_delete"));
        if (arguments.has("even_so")) request.even_so(arguments.list("even_so"));
        return run(std::move(request));
    }
    if (operation == "delete_result") {
        cloudauth::delete_result_request request(arguments.text("transaction_id"), arguments.text("delete_type"));
        if (arguments.has("after_query")) request.after_query(arguments.flag("after_query"));
        return run(std::move(request));
    }
    if (operation == "download_video") {
        cloudauth::download_video_request request(arguments.text("to"));
        if (arguments.has("started")) request.started(arguments.text("started"));
        if (arguments.has("result")) request.result(arguments.text("result"));
        if (arguments.has("max_bytes")) request.max_bytes(arguments.integer("max_bytes"));
        if (arguments.has("overwrite")) request.overwrite(arguments.flag("overwrite"));
        if (arguments.has("video_hosts")) request.video_hosts(arguments.list("video_hosts"));
        return run(std::move(request));
    }
    if (operation == "initialize") {
        cloudauth::initialize_request request(arguments.text("product_code"), arguments.text("meta_info"));
        if (arguments.has("operation")) request.operation(arguments.text("operation"));
        if (arguments.has("merchant_biz_id")) request.merchant_biz_id(arguments.text("merchant_biz_id"));
        if (arguments.has("merchant_user_id")) request.merchant_user_id(arguments.text("merchant_user_id"));
        if (arguments.has("scene_code")) request.scene_code(arguments.text("scene_code"));
        if (arguments.has("callback_url")) request.callback_url(arguments.text("callback_url"));
        if (arguments.has("callback_token")) request.callback_token(arguments.text("callback_token"));
        if (arguments.has("return_url")) request.return_url(arguments.text("return_url"));
        if (arguments.has("security_level")) request.security_level(arguments.text("security_level"));
        if (arguments.has("procedure_priority")) request.procedure_priority(arguments.text("procedure_priority"));
        if (arguments.has("language_config")) request.language_config(arguments.text("language_config"));
        if (arguments.has("style_config")) request.style_config(arguments.text("style_config"));
        if (arguments.has("experience_code")) request.experience_code(arguments.text("experience_code"));
        if (arguments.has("show_guide_page")) request.show_guide_page(arguments.flag("show_guide_page"));
        if (arguments.has("show_album_icon")) request.show_album_icon(arguments.flag("show_album_icon"));
        if (arguments.has("show_ocr_result")) request.show_ocr_result(arguments.flag("show_ocr_result"));
        if (arguments.has("edit_ocr_result")) request.edit_ocr_result(arguments.flag("edit_ocr_result"));
        if (arguments.has("product_flow")) request.product_flow(arguments.text("product_flow"));
        if (arguments.has("doc_type")) request.doc_type(arguments.text("doc_type"));
        if (arguments.has("pages")) request.pages(arguments.text("pages"));
        if (arguments.has("doc_page_config")) request.doc_page_config(arguments.list("doc_page_config"));
        if (arguments.has("auto_doc_page_config")) request.auto_doc_page_config(arguments.text("auto_doc_page_config"));
        if (arguments.has("doc_scan_mode")) request.doc_scan_mode(arguments.text("doc_scan_mode"));
        if (arguments.has("id_spoof")) request.id_spoof(arguments.flag("id_spoof"));
        if (arguments.has("id_threshold")) request.id_threshold(arguments.text("id_threshold"));
        if (arguments.has("id_face_quality")) request.id_face_quality(arguments.flag("id_face_quality"));
        if (arguments.has("ocr")) request.ocr(arguments.flag("ocr"));
        if (arguments.has("crop")) request.crop(arguments.flag("crop"));
        if (arguments.has("ocr_value_standard")) request.ocr_value_standard(arguments.flag("ocr_value_standard"));
        if (arguments.has("authorize")) request.authorize(arguments.text("authorize"));
        if (arguments.has("mobile")) request.mobile(arguments.text("mobile"));
        if (arguments.has("email")) request.email(arguments.text("email"));
        if (arguments.has("doc_name")) request.doc_name(arguments.text("doc_name"));
        if (arguments.has("doc_no")) request.doc_no(arguments.text("doc_no"));
        if (arguments.has("use_nfc")) request.use_nfc(arguments.flag("use_nfc"));
        if (arguments.has("mrtd_input")) request.mrtd_input(arguments.text("mrtd_input"));
        if (arguments.has("document_number")) request.document_number(arguments.text("document_number"));
        if (arguments.has("date_of_birth")) request.date_of_birth(arguments.text("date_of_birth"));
        if (arguments.has("date_of_expiry")) request.date_of_expiry(arguments.text("date_of_expiry"));
        if (arguments.has("model")) request.model(arguments.text("model"));
        if (arguments.has("template_config")) request.template_config(arguments.text("template_config"));
        if (arguments.has("template_type")) request.template_type(arguments.text("template_type"));
        if (arguments.has("template_ran_count")) request.template_ran_count(arguments.integer("template_ran_count"));
        if (arguments.has("app_quality_check")) request.app_quality_check(arguments.flag("app_quality_check"));
        if (arguments.has("chameleon_frame_enable")) request.chameleon_frame_enable(arguments.flag("chameleon_frame_enable"));
        if (arguments.has("doc_video")) request.doc_video(arguments.flag("doc_video"));
        if (arguments.has("face_picture")) request.face_picture(arguments.bytes("face_picture"));
        if (arguments.has("face_picture_url")) request.face_picture_url(arguments.text("face_picture_url"));
        if (arguments.has("face_picture_file")) request.face_picture_file(arguments.text("face_picture_file"));
        if (arguments.has("target_face_picture")) request.target_face_picture(arguments.bytes("target_face_picture"));
        if (arguments.has("target_face_picture_url")) request.target_face_picture_url(arguments.text("target_face_picture_url"));
        if (arguments.has("target_face_picture_file")) request.target_face_picture_file(arguments.text("target_face_picture_file"));
        if (arguments.has("verify_model")) request.verify_model(arguments.text("verify_model"));
        if (arguments.has("face_group_codes")) request.face_group_codes(arguments.text("face_group_codes"));
        if (arguments.has("auto_registration")) request.auto_registration(arguments.flag("auto_registration"));
        if (arguments.has("face_register_group_code")) request.face_register_group_code(arguments.text("face_register_group_code"));
        if (arguments.has("update_face_if_user_exists")) request.update_face_if_user_exists(arguments.flag("update_face_if_user_exists"));
        if (arguments.has("return_faces")) request.return_faces(arguments.integer("return_faces"));
        if (arguments.has("save_face_picture")) request.save_face_picture(arguments.text("save_face_picture"));
        if (arguments.has("face_verify_threshold")) request.face_verify_threshold(arguments.text("face_verify_threshold"));
        if (arguments.has("face_attribute_check")) request.face_attribute_check(arguments.text("face_attribute_check"));
        if (arguments.has("need_multi_face_check")) request.need_multi_face_check(arguments.text("need_multi_face_check"));
        return run(std::move(request));
    }
    if (operation == "keep_alive") {
        cloudauth::keep_alive_request request;
        return run(std::move(request));
    }
    if (operation == "status") {
        cloudauth::status_request request(arguments.text("started"));
        return run(std::move(request));
    }
    if (operation == "verify_log") {
        cloudauth::verify_log_request request(arguments.text("merchant_biz_id"), arguments.text("transaction_id"));
        return run(std::move(request));
    }
    CHECK(false);
}
