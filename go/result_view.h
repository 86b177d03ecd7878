/* Generated from core/schema/result.toml by `cargo xtask generate`; do not edit. */
#ifndef CLOUDAUTH_GO_RESULT_VIEW_H
#define CLOUDAUTH_GO_RESULT_VIEW_H

#include <cloudauth.h>

/* A result's parts, which end with it. */
typedef struct cloudauth_go_check_result {
    cloudauth_text request_id;
    const bool *passed_state;
    const cloudauth_text *sub_code;
    const cloudauth_face *face;
    const cloudauth_document *document;
    const cloudauth_text *source;
    cloudauth_text extra;
    cloudauth_problem_list problems;
    const uint8_t *raw;
    size_t raw_len;
} cloudauth_go_check_result;

static inline void cloudauth_go_look(const cloudauth_result *result, cloudauth_go_check_result *view)
{
    *view = (cloudauth_go_check_result) {
        .request_id = cloudauth_result_request_id(result),
        .passed_state = cloudauth_result_passed_state(result),
        .sub_code = cloudauth_result_sub_code(result),
        .face = cloudauth_result_face(result),
        .document = cloudauth_result_document(result),
        .source = cloudauth_result_source(result),
        .extra = cloudauth_result_extra(result),
        .problems = cloudauth_result_problems(result),
    };
    view->raw = cloudauth_result_raw(result, &view->raw_len);
}

#endif
