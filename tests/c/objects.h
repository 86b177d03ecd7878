/* Generated from core/schema/result.toml by `cargo xtask generate`; do not edit. */
/* Each object of a result as canonical JSON, by what canonical.c has for values. */

static void put_face(text_buffer *out, const cloudauth_face *of);
static void put_duplicate(text_buffer *out, const cloudauth_duplicate *of);
static void put_duplicate_list(text_buffer *out, const cloudauth_duplicate_list *of);
static void put_document(text_buffer *out, const cloudauth_document *of);
static void put_page(text_buffer *out, const cloudauth_page *of);
static void put_page_list(text_buffer *out, const cloudauth_page_list *of);
static void put_spoof(text_buffer *out, const cloudauth_spoof *of);
static void put_identity(text_buffer *out, const cloudauth_identity *of);
static void put_problem(text_buffer *out, const cloudauth_problem *of);
static void put_problem_list(text_buffer *out, const cloudauth_problem_list *of);

static void put_face(text_buffer *out, const cloudauth_face *of) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", of->passed_state);
    number_or_null(out, "comparison_score", of->comparison_score);
    image_or_null(out, "image", of->image);
    flag_or_null(out, "attack", of->attack_state);
    number_or_null(out, "quality", of->quality);
    flag_or_null(out, "occlusion", of->occlusion_state);
    text_or_null(out, "video_url", of->video_url);
    whole_or_null(out, "age", of->age);
    text_or_null(out, "gender", of->gender);
    number_or_null(out, "attack_score", of->attack_score);
    number_or_null(out, "guard_risk_score", of->guard_risk_score);
    flag_or_null(out, "registered", of->registered_state);
    text_or_null(out, "registration_id", of->registration_id);
    key(out, "duplicates");
    if (of->duplicates) put_duplicate_list(out, of->duplicates);
    else buffer_puts(out, "null");
    text_or_null(out, "device_token", of->device_token);
    json_or_null(out, "extra", &of->extra);
    buffer_puts(out, "}");
}

static void put_duplicate(text_buffer *out, const cloudauth_duplicate *of) {
    buffer_puts(out, "{");
    text_or_null(out, "face_group_code", of->face_group_code);
    text_or_null(out, "face_id", of->face_id);
    text_or_null(out, "merchant_user_id", of->merchant_user_id);
    number_or_null(out, "score", of->score);
    buffer_puts(out, "}");
}

static void put_duplicate_list(text_buffer *out, const cloudauth_duplicate_list *of) {
    buffer_puts(out, "[");
    for (size_t i = 0; i < of->count; i++) {
        if (i) buffer_puts(out, ",");
        put_duplicate(out, of->items[i]);
    }
    buffer_puts(out, "]");
}

static void put_document(text_buffer *out, const cloudauth_document *of) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", of->passed_state);
    key(out, "pages");
    put_page_list(out, &of->pages);
    json_or_null(out, "edited_fields", of->edited_fields);
    key(out, "edited_identity");
    if (of->edited_identity) put_identity(out, of->edited_identity);
    else buffer_puts(out, "null");
    json_or_null(out, "extra", &of->extra);
    buffer_puts(out, "}");
}

static void put_page(text_buffer *out, const cloudauth_page *of) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", of->passed_state);
    image_or_null(out, "image", of->image);
    json_or_null(out, "fields", of->fields);
    key(out, "identity");
    if (of->identity) put_identity(out, of->identity);
    else buffer_puts(out, "null");
    key(out, "spoof");
    if (of->spoof) put_spoof(out, of->spoof);
    else buffer_puts(out, "null");
    json_or_null(out, "extra", &of->extra);
    buffer_puts(out, "}");
}

static void put_page_list(text_buffer *out, const cloudauth_page_list *of) {
    buffer_puts(out, "{");
    for (size_t i = 0; i < of->count; i++) {
        if (i) buffer_puts(out, ",");
        string(out, of->items[i]->number);
        buffer_puts(out, ":");
        put_page(out, of->items[i]);
    }
    buffer_puts(out, "}");
}

static void put_spoof(text_buffer *out, const cloudauth_spoof *of) {
    buffer_puts(out, "{");
    flag_or_null(out, "detected", of->detected_state);
    texts_or_null(out, "types", of->types);
    buffer_puts(out, "}");
}

static void put_identity(text_buffer *out, const cloudauth_identity *of) {
    buffer_puts(out, "{");
    text_or_null(out, "full_name", of->full_name);
    text_or_null(out, "latin_name", of->latin_name);
    text_or_null(out, "surname", of->surname);
    text_or_null(out, "given_names", of->given_names);
    text_or_null(out, "native_surname", of->native_surname);
    text_or_null(out, "native_given_names", of->native_given_names);
    text_or_null(out, "name_code", of->name_code);
    text_or_null(out, "sex", of->sex);
    text_or_null(out, "birth_date", of->birth_date);
    text_or_null(out, "document_number", of->document_number);
    text_or_null(out, "nationality", of->nationality);
    text_or_null(out, "country_code", of->country_code);
    text_or_null(out, "issue_date", of->issue_date);
    text_or_null(out, "first_issue_date", of->first_issue_date);
    text_or_null(out, "expiry_date", of->expiry_date);
    text_or_null(out, "place_of_issue", of->place_of_issue);
    text_or_null(out, "issuing_authority", of->issuing_authority);
    text_or_null(out, "place_of_birth", of->place_of_birth);
    text_or_null(out, "address", of->address);
    text_or_null(out, "ethnicity", of->ethnicity);
    flag_or_null(out, "permanent", of->permanent_state);
    text_or_null(out, "symbols", of->symbols);
    buffer_puts(out, "}");
}

static void put_problem(text_buffer *out, const cloudauth_problem *of) {
    buffer_puts(out, "{");
    text_or_null(out, "path", &of->path);
    text_or_null(out, "reason", &of->reason);
    text_or_null(out, "text", &of->text);
    buffer_puts(out, "}");
}

static void put_problem_list(text_buffer *out, const cloudauth_problem_list *of) {
    buffer_puts(out, "[");
    for (size_t i = 0; i < of->count; i++) {
        if (i) buffer_puts(out, ",");
        put_problem(out, of->items[i]);
    }
    buffer_puts(out, "]");
}

void canonical(text_buffer *out, const cloudauth_result *of) {
    buffer_puts(out, "{");
    text_or_null(out, "request_id", cloudauth_result_request_id_view(of));
    flag_or_null(out, "passed", cloudauth_result_passed_state(of));
    text_or_null(out, "sub_code", cloudauth_result_sub_code(of));
    key(out, "face");
    if (cloudauth_result_face(of)) put_face(out, cloudauth_result_face(of));
    else buffer_puts(out, "null");
    key(out, "document");
    if (cloudauth_result_document(of)) put_document(out, cloudauth_result_document(of));
    else buffer_puts(out, "null");
    json_or_null(out, "source", cloudauth_result_source(of));
    json_or_null(out, "extra", cloudauth_result_extra_view(of));
    key(out, "problems");
    if (cloudauth_result_problems_view(of)) put_problem_list(out, cloudauth_result_problems_view(of));
    else buffer_puts(out, "null");
    buffer_puts(out, "}");
}
