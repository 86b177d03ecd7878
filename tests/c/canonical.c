#include "canonical.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_add(text_buffer *buffer, const char *data, size_t len) {
    if (buffer->room - buffer->len <= len) {
        buffer->room = (buffer->len + len + 1) * 2;
        buffer->data = realloc(buffer->data, buffer->room);
        if (!buffer->data) abort();
    }
    if (len) memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    buffer->data[buffer->len] = 0;
}

void buffer_puts(text_buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }

static void string(text_buffer *out, cloudauth_text text) {
    static const char *const names[] = {"\\b", "\\t", "\\n", NULL, "\\f", "\\r"};
    /* Every text ends in NUL as well, whatever it holds. */
    if (text.data[text.len] != 0) abort();
    buffer_puts(out, "\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char escape[8];
        if (c == '"' || c == '\\') {
            snprintf(escape, sizeof escape, "\\%c", c);
            buffer_puts(out, escape);
        } else if (c >= 8 && c <= 13 && names[c - 8]) {
            buffer_puts(out, names[c - 8]);
        } else if (c < 32) {
            snprintf(escape, sizeof escape, "\\u%04x", c);
            buffer_puts(out, escape);
        } else {
            buffer_add(out, text.data + i, 1);
        }
    }
    buffer_puts(out, "\"");
}

/* As ECMAScript prints numbers: the shortest digits that read back as the same double. */
static void number(text_buffer *out, double value) {
    char digits[32], text[64];
    int precision = 1;
    if (value == 0) {
        buffer_puts(out, "0");
        return;
    }
    do snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
    while (strtod(digits, NULL) != value && precision++ < 17);
    const char *sign = value < 0 ? "-" : "";
    char *mantissa = digits + (value < 0), *mark = strchr(mantissa, 'e');
    int exponent = atoi(mark + 1), count = 0;
    char all[32];
    for (char *at = mantissa; at < mark; at++)
        if (*at != '.') all[count++] = *at;
    while (count > 1 && all[count - 1] == '0') count--;
    all[count] = 0;
    if (exponent >= count - 1 && exponent < 21)
        snprintf(text, sizeof text, "%s%s%.*s", sign, all, exponent - count + 1, "00000000000000000000");
    else if (exponent >= 0 && exponent < 21)
        snprintf(text, sizeof text, "%s%.*s.%s", sign, exponent + 1, all, all + exponent + 1);
    else if (exponent < 0 && exponent >= -6)
        snprintf(text, sizeof text, "%s0.%.*s%s", sign, -exponent - 1, "000000", all);
    else
        snprintf(text, sizeof text, "%s%c%s%se%+d", sign, all[0], count > 1 ? "." : "", all + 1, exponent);
    buffer_puts(out, text);
}

static void key(text_buffer *out, const char *name) {
    char last = out->len ? out->data[out->len - 1] : '{';
    if (last != '{') buffer_puts(out, ",");
    buffer_puts(out, "\"");
    buffer_puts(out, name);
    buffer_puts(out, "\":");
}

static void text_or_null(text_buffer *out, const char *name, const cloudauth_text *text) {
    key(out, name);
    if (text) string(out, *text);
    else buffer_puts(out, "null");
}

static void flag_or_null(text_buffer *out, const char *name, const bool *flag) {
    key(out, name);
    buffer_puts(out, flag ? *flag ? "true" : "false" : "null");
}

static void number_or_null(text_buffer *out, const char *name, const double *value) {
    key(out, name);
    if (value) number(out, *value);
    else buffer_puts(out, "null");
}

/* JSON that the view holds already. */
static void json_or_null(text_buffer *out, const char *name, const cloudauth_text *json) {
    key(out, name);
    if (json) buffer_add(out, json->data, json->len);
    else buffer_puts(out, "null");
}

static void image_or_null(text_buffer *out, const cloudauth_image *image) {
    char text[160], hash[65];
    key(out, "image");
    if (!image) {
        buffer_puts(out, "null");
        return;
    }
    sha256_hex(image->data, image->len, hash);
    snprintf(text, sizeof text, "{\"length\":%zu,\"sha256\":\"%s\",\"format\":\"%s\"}", image->len, hash, image->format);
    buffer_puts(out, text);
}

static void face(text_buffer *out, const cloudauth_face *face) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", face->passed_state);
    number_or_null(out, "comparison_score", face->comparison_score);
    image_or_null(out, face->image);
    flag_or_null(out, "attack", face->attack_state);
    number_or_null(out, "quality", face->quality);
    flag_or_null(out, "occlusion", face->occlusion_state);
    text_or_null(out, "video_url", face->video_url);
    key(out, "age");
    char age[32] = "null";
    if (face->age) snprintf(age, sizeof age, "%" PRId64, *face->age);
    buffer_puts(out, age);
    text_or_null(out, "gender", face->gender);
    number_or_null(out, "attack_score", face->attack_score);
    number_or_null(out, "guard_risk_score", face->guard_risk_score);
    flag_or_null(out, "registered", face->registered_state);
    text_or_null(out, "registration_id", face->registration_id);
    key(out, "duplicates");
    buffer_puts(out, face->duplicates ? "[" : "null");
    for (size_t i = 0; face->duplicates && i < face->duplicates->count; i++) {
        const cloudauth_duplicate *one = face->duplicates->items[i];
        buffer_puts(out, i ? ",{" : "{");
        text_or_null(out, "face_group_code", one->face_group_code);
        text_or_null(out, "face_id", one->face_id);
        text_or_null(out, "merchant_user_id", one->merchant_user_id);
        number_or_null(out, "score", one->score);
        buffer_puts(out, "}");
    }
    if (face->duplicates) buffer_puts(out, "]");
    text_or_null(out, "device_token", face->device_token);
    json_or_null(out, "extra", &face->extra);
    buffer_puts(out, "}");
}

static void identity_or_null(text_buffer *out, const char *name, const cloudauth_identity *of) {
    key(out, name);
    if (!of) {
        buffer_puts(out, "null");
        return;
    }
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

static void page(text_buffer *out, const cloudauth_page *page) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", page->passed_state);
    image_or_null(out, page->image);
    json_or_null(out, "fields", page->fields);
    identity_or_null(out, "identity", page->identity);
    key(out, "spoof");
    if (page->spoof) {
        const cloudauth_text_list *types = page->spoof->types;
        buffer_puts(out, "{");
        flag_or_null(out, "detected", page->spoof->detected_state);
        key(out, "types");
        buffer_puts(out, types ? "[" : "null");
        for (size_t i = 0; types && i < types->count; i++) {
            if (i) buffer_puts(out, ",");
            string(out, types->items[i]);
        }
        buffer_puts(out, types ? "]}" : "}");
    } else {
        buffer_puts(out, "null");
    }
    json_or_null(out, "extra", &page->extra);
    buffer_puts(out, "}");
}

static void document(text_buffer *out, const cloudauth_document *document) {
    buffer_puts(out, "{");
    flag_or_null(out, "passed", document->passed_state);
    key(out, "pages");
    buffer_puts(out, "{");
    for (size_t i = 0; i < document->pages.count; i++) {
        if (i) buffer_puts(out, ",");
        string(out, document->pages.items[i]->number);
        buffer_puts(out, ":");
        page(out, document->pages.items[i]);
    }
    buffer_puts(out, "}");
    json_or_null(out, "edited_fields", document->edited_fields);
    identity_or_null(out, "edited_identity", document->edited_identity);
    json_or_null(out, "extra", &document->extra);
    buffer_puts(out, "}");
}

void canonical(text_buffer *out, const cloudauth_result *result) {
    cloudauth_text request_id = cloudauth_result_request_id(result), extra = cloudauth_result_extra(result);
    cloudauth_problem_list problems = cloudauth_result_problems(result);
    buffer_puts(out, "{");
    text_or_null(out, "request_id", &request_id);
    flag_or_null(out, "passed", cloudauth_result_passed_state(result));
    text_or_null(out, "sub_code", cloudauth_result_sub_code(result));
    key(out, "face");
    if (cloudauth_result_face(result)) face(out, cloudauth_result_face(result));
    else buffer_puts(out, "null");
    key(out, "document");
    if (cloudauth_result_document(result)) document(out, cloudauth_result_document(result));
    else buffer_puts(out, "null");
    json_or_null(out, "source", cloudauth_result_source(result));
    json_or_null(out, "extra", &extra);
    key(out, "problems");
    buffer_puts(out, "[");
    for (size_t i = 0; i < problems.count; i++) {
        buffer_puts(out, i ? ",{" : "{");
        text_or_null(out, "path", &problems.items[i]->path);
        text_or_null(out, "reason", &problems.items[i]->reason);
        text_or_null(out, "text", &problems.items[i]->text);
        buffer_puts(out, "}");
    }
    buffer_puts(out, "]}");
}
