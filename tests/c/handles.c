/* What is no handle, or no longer one, is refused by every function: handles ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

static const char *endpoint;

static void nothing(void *context, cloudauth_error *error, cloudauth_result *result) {
    (void)context, (void)error, (void)result;
    CHECK(!"a call that did not start called back");
}

static void nothing_for_call(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    (void)context, (void)error, (void)reply;
    CHECK(!"a call that did not start called back");
}

/* Every function that takes a handle, given one that is not alive or of another type. `why` begins the error's rule. */
static void no_handle(void *bad, const char *why) {
    char message[128];
    size_t before = cloudauth_live_handles();
    cloudauth_config *config = config_for(endpoint);
    cloudauth_client *client = client_for(endpoint), *client_out = client;
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_call *call = cloudauth_call_new("Initialize");
    cloudauth_result *result_out = (cloudauth_result *)&before;
    cloudauth_reply *reply_out = (cloudauth_reply *)&before;
    cloudauth_operation *operation_out = (cloudauth_operation *)&before;
    cloudauth_decision *decision_out = (cloudauth_decision *)&before;

#define MISUSED(argument, expression)                              \
    snprintf(message, sizeof message, "%s: %s", argument, why);    \
    REFUSED(expression, CLOUDAUTH_KIND_INVALID_ARGUMENT, message)

    MISUSED("config", cloudauth_client_new(bad, &client_out));
    MISUSED("client", cloudauth_client_check_result(bad, request, &result_out));
    MISUSED("request", cloudauth_client_check_result(client, bad, &result_out));
    MISUSED("client", cloudauth_client_check_result_start(bad, request, nothing, NULL, &operation_out));
    MISUSED("request", cloudauth_client_check_result_start(client, bad, nothing, NULL, &operation_out));
    MISUSED("client", cloudauth_client_wait_for_result(bad, request, &result_out));
    MISUSED("request", cloudauth_client_wait_for_result(client, bad, &result_out));
    MISUSED("client", cloudauth_client_wait_for_result_start(bad, request, nothing, NULL, &operation_out));
    MISUSED("request", cloudauth_client_wait_for_result_start(client, bad, nothing, NULL, &operation_out));
    MISUSED("client", cloudauth_client_call(bad, call, &reply_out));
    MISUSED("call", cloudauth_client_call(client, bad, &reply_out));
    MISUSED("client", cloudauth_client_call_start(bad, call, nothing_for_call, NULL, &operation_out));
    MISUSED("call", cloudauth_client_call_start(client, bad, nothing_for_call, NULL, &operation_out));
    MISUSED("result", cloudauth_result_decision(bad, NULL, &decision_out));
    MISUSED("callback", cloudauth_callback_verify(bad, "s3cr3t"));
    CHECK(client_out == client && (void *)result_out == (void *)&before && (void *)reply_out == (void *)&before);
    CHECK((void *)operation_out == (void *)&before && (void *)decision_out == (void *)&before);

    cloudauth_config_set_region(bad, "ap-southeast-1");
    cloudauth_config_set_network(bad, "public");
    cloudauth_config_set_endpoint(bad, endpoint);
    cloudauth_config_set_signature(bad, "acs3");
    cloudauth_config_set_access_key_id(bad, "a");
    cloudauth_config_set_access_key_secret(bad, "b");
    cloudauth_config_set_security_token(bad, "c");
    cloudauth_config_set_timeout_ms(bad, 1);
    cloudauth_config_set_attempt_timeout_ms(bad, 1);
    cloudauth_config_set_connect_timeout_ms(bad, 1);
    cloudauth_config_set_idle_timeout_ms(bad, 1);
    cloudauth_config_set_max_body_bytes(bad, 1);
    cloudauth_config_set_max_body_bytes_without_images(bad, 1);
    cloudauth_config_set_max_concurrency(bad, 1);
    cloudauth_config_set_ca_file(bad, "/");
    cloudauth_config_set_proxy(bad, "none");
    cloudauth_config_set_allow_insecure(bad, true);
    cloudauth_config_set_user_agent(bad, "a");
    cloudauth_config_set_keep_raw(bad, true);
    cloudauth_config_set_credentials_callback(bad, NULL, NULL, NULL);
    cloudauth_credentials_set(bad, "a", "b", "c");
    cloudauth_credentials_fail(bad, "a");
    cloudauth_request_set_return_image(bad, true);
    cloudauth_request_set_extra_image_control_list(bad, "a");
    cloudauth_request_set_return_five_category_spoof_result(bad, true);
    cloudauth_request_set_parameter(bad, "A", "b");
    cloudauth_request_set_unchecked(bad, true);
    cloudauth_request_set_timeout_ms(bad, 1);
    cloudauth_request_set_wait_timeout_ms(bad, 1);
    cloudauth_request_set_wait_first_pause_ms(bad, 1);
    cloudauth_request_set_wait_longest_pause_ms(bad, 1);
    cloudauth_call_set_parameter(bad, "A", "b");
    cloudauth_call_set_unchecked(bad, true);
    cloudauth_call_set_timeout_ms(bad, 1);
    cloudauth_operation_cancel(bad);

    CHECK(cloudauth_client_max_concurrency(bad) == 0);
    CHECK(!cloudauth_result_request_id(bad).data && cloudauth_result_request_id(bad).len == 0);
    CHECK(!cloudauth_result_passed(bad) && !cloudauth_result_sub_code(bad) && !cloudauth_result_face(bad));
    CHECK(!cloudauth_result_document(bad) && !cloudauth_result_page(bad, "01") && !cloudauth_result_source(bad));
    CHECK(!cloudauth_result_extra(bad).data && !cloudauth_result_problems(bad).items && !cloudauth_result_problems(bad).count);
    CHECK(!cloudauth_result_canonical_json(bad).data && !cloudauth_reply_json(bad).data);
    CHECK(!cloudauth_result_request_id_view(bad) && !cloudauth_result_extra_view(bad) && !cloudauth_result_problems_view(bad));
    CHECK(!cloudauth_result_to_json(bad).data && !cloudauth_result_to_json_view(bad));
    size_t len = 7;
    CHECK(!cloudauth_result_raw(bad, &len) && len == 7 && !cloudauth_result_raw(bad, NULL));
    CHECK(!cloudauth_result_canonical_json_view(bad) && !cloudauth_reply_json_view(bad) && !cloudauth_decision_reasons_view(bad));
    CHECK(cloudauth_decision_action(bad) == CLOUDAUTH_ACTION_NONE && cloudauth_decision_reasons(bad).count == 0);
    CHECK(!cloudauth_callback_transaction_id(bad) && !cloudauth_callback_parameter(bad, "passed") && !cloudauth_callback_parameter_name(bad, 0));
    CHECK(cloudauth_error_kind(bad) == CLOUDAUTH_KIND_NONE && !cloudauth_error_code(bad) && !cloudauth_error_message(bad));
    CHECK(!cloudauth_error_advice(bad) && !cloudauth_error_http_status(bad) && !cloudauth_error_request_id(bad));
    CHECK(!cloudauth_error_retry_after_ms(bad) && !cloudauth_error_attempts(bad) && !cloudauth_error_retryable(bad));

    cloudauth_config_free(config);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_call_free(call);
    CHECK(cloudauth_live_handles() == before);
}

/* Frees of what is no handle of the type free nothing. */
static void no_free(void *bad) {
    size_t before = cloudauth_live_handles();
    cloudauth_config_free(bad);
    cloudauth_client_free(bad);
    cloudauth_request_free(bad);
    cloudauth_call_free(bad);
    cloudauth_reply_free(bad);
    cloudauth_result_free(bad);
    cloudauth_operation_free(bad);
    cloudauth_decision_free(bad);
    cloudauth_callback_free(bad);
    cloudauth_error_free(bad);
    CHECK(cloudauth_live_handles() == before);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    endpoint = argv[1];
    cloudauth_config *freed = cloudauth_config_new();
    int local[4] = {0};
    cloudauth_config_free(freed);
    void *none[] = {NULL, freed, local, (char *)freed + 1, (void *)(uintptr_t)0xdeadbeefdeadbeef, (void *)(uintptr_t)7};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        no_handle(none[i], none[i] ? "is no live cloudauth_" : "must not be NULL");
        no_free(none[i]);
    }
    /* A decision's handle is taken by none of the functions above but its own. */
    cloudauth_result *result = decoded("{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\"}}");
    cloudauth_decision *decision = NULL;
    SUCCEED(cloudauth_result_decision(result, NULL, &decision));
    CHECK(cloudauth_decision_action((cloudauth_decision *)result) == CLOUDAUTH_ACTION_NONE);
    CHECK(!cloudauth_result_passed((cloudauth_result *)decision));
    cloudauth_result_free((cloudauth_result *)decision);
    cloudauth_decision_free((cloudauth_decision *)result);
    CHECK(cloudauth_live_handles() == 2 && cloudauth_result_passed(result));
    cloudauth_decision_free(decision);
    cloudauth_decision_free(decision);
    cloudauth_result_free(result);
    cloudauth_result_free(result);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
