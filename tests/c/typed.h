/* Generated from core/schema/typed by `cargo xtask generate`; do not edit. */
/* Replies of typed operations as JSON, by what canonical.c has for values. */

static void put_archive(text_buffer *out, const cloudauth_archive *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "outcome", of->outcome);
    text_or_null(out, "folder", of->folder);
    text_or_null(out, "archived_at", of->archived_at);
    text_or_null(out, "manifest_sha256", of->manifest_sha256);
    json_or_null(out, "missing", of->missing);
    json_or_null(out, "result", of->result);
    text_or_null(out, "deletion", of->deletion);
    texts_or_null(out, "withheld_for", of->withheld_for);
    text_or_null(out, "afterwards", of->afterwards);
    json_or_null(out, "receipt", of->receipt);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_deletion(text_buffer *out, const cloudauth_deletion *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "transaction_id", of->transaction_id);
    flag_or_null(out, "deleted", of->deleted_state);
    text_or_null(out, "fail_reason", of->fail_reason);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_video(text_buffer *out, const cloudauth_video *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "outcome", of->outcome);
    text_or_null(out, "path", of->path);
    whole_or_null(out, "length", of->length);
    text_or_null(out, "sha256", of->sha256);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_started(text_buffer *out, const cloudauth_started *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "region", of->region);
    text_or_null(out, "endpoint", of->endpoint);
    text_or_null(out, "transaction_id", of->transaction_id);
    text_or_null(out, "transaction_url", of->transaction_url);
    text_or_null(out, "protocol", of->protocol);
    text_or_null(out, "client_cfg", of->client_cfg);
    text_or_null(out, "merchant_biz_id", of->merchant_biz_id);
    text_or_null(out, "callback_token", of->callback_token);
    text_or_null(out, "product_code", of->product_code);
    flag_or_null(out, "id_spoof", of->id_spoof_state);
    flag_or_null(out, "doc_video", of->doc_video_state);
    text_or_null(out, "authorize", of->authorize);
    text_or_null(out, "initialized_at", of->initialized_at);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_keep_alive(text_buffer *out, const cloudauth_keep_alive *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "answer", of->answer);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_status(text_buffer *out, const cloudauth_status *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    text_or_null(out, "state", of->state);
    text_or_null(out, "page", of->page);
    text_or_null(out, "error_code", of->error_code);
    text_or_null(out, "reason", of->reason);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

static void put_verify_log(text_buffer *out, const cloudauth_verify_log *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &of->request_id);
    whole_or_null(out, "verify_status", of->verify_status);
    flag_or_null(out, "passed", of->passed_state);
    text_or_null(out, "sub_code", of->sub_code);
    text_or_null(out, "verify_error_code", of->verify_error_code);
    text_or_null(out, "interrupt_page", of->interrupt_page);
    text_or_null(out, "interrupt_page_en", of->interrupt_page_en);
    texts_or_null(out, "log", of->log);
    texts_or_null(out, "log_en", of->log_en);
    json_or_null(out, "statistics", of->statistics);
    json_or_null(out, "ext_info", of->ext_info);
    json_or_null(out, "extra", &of->extra);
    key(out, "problems");
    put_problem_list(out, &of->problems);
    buffer_puts(out, "}");
}

void typed_reply(text_buffer *out, const cloudauth_reply *reply) {
    if (cloudauth_reply_archive(reply)) put_archive(out, cloudauth_reply_archive(reply));
    if (cloudauth_reply_deletion(reply)) put_deletion(out, cloudauth_reply_deletion(reply));
    if (cloudauth_reply_video(reply)) put_video(out, cloudauth_reply_video(reply));
    if (cloudauth_reply_started(reply)) put_started(out, cloudauth_reply_started(reply));
    if (cloudauth_reply_keep_alive(reply)) put_keep_alive(out, cloudauth_reply_keep_alive(reply));
    if (cloudauth_reply_status(reply)) put_status(out, cloudauth_reply_status(reply));
    if (cloudauth_reply_verify_log(reply)) put_verify_log(out, cloudauth_reply_verify_log(reply));
}

int typed_views(const cloudauth_reply *reply) {
    return !!cloudauth_reply_archive(reply) + !!cloudauth_reply_deletion(reply) + !!cloudauth_reply_video(reply) + !!cloudauth_reply_started(reply) + !!cloudauth_reply_keep_alive(reply) + !!cloudauth_reply_status(reply) + !!cloudauth_reply_verify_log(reply);
}
