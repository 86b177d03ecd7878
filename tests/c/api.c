/* What each function does, and what it answers to misuse: api ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include <math.h>
#include <unistd.h>

static const char *endpoint;
static const char BAD[] = "\xff\xfe";

static bool same(const cloudauth_text *view, cloudauth_text text) {
    return view && view->data == text.data && view->len == text.len;
}

static void nothing(void *context, cloudauth_error *error, cloudauth_result *result) {
    (void)context, (void)error, (void)result;
    CHECK(!"a call that did not start called back");
}

/* What setters were given is reported by cloudauth_client_new, under the option's name. */
static void options(void) {
    static const struct {
        const char *name;
        void (*set)(cloudauth_config *, const char *);
        const char *wrong;
    } texts[] = {
        {"region", cloudauth_config_set_region, "mars-1"},
        {"network", cloudauth_config_set_network, "private"},
        {"endpoint", cloudauth_config_set_endpoint, "ftp://host"},
        {"signature", cloudauth_config_set_signature, "acs4"},
        {"access_key_id", cloudauth_config_set_access_key_id, "two words"},
        {"access_key_secret", cloudauth_config_set_access_key_secret, ""},
        {"security_token", cloudauth_config_set_security_token, "line\nbreak"},
        {"ca_file", cloudauth_config_set_ca_file, "/nowhere/at-all.pem"},
        {"proxy", cloudauth_config_set_proxy, "not a URL"},
        {"user_agent", cloudauth_config_set_user_agent, "line\nbreak"},
    };
    char message[64];
    cloudauth_client *client = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cloudauth_config *config = config_for(endpoint);
        texts[i].set(config, BAD);
        snprintf(message, sizeof message, "%s: must be UTF-8", texts[i].name);
        REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, message);
        texts[i].set(config, texts[i].wrong);
        snprintf(message, sizeof message, "%s: ", texts[i].name);
        REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, message);
        CHECK(!client);
        cloudauth_config_free(config);
    }
    cloudauth_config *config = cloudauth_config_new();
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, "");
    cloudauth_config_set_endpoint(config, endpoint);
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_CREDENTIALS, "");
    cloudauth_config_set_access_key_id(config, "emulator-key-id");
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, "access_key_secret: ");
    cloudauth_config_set_access_key_secret(config, "emulator-key-secret");
    REFUSED(cloudauth_client_new(config, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "client: must not be NULL");
    void *misaligned = (char *)&client + 1;
    REFUSED(cloudauth_client_new(config, misaligned), CLOUDAUTH_KIND_INVALID_ARGUMENT, "client: is not aligned");
    cloudauth_config_set_endpoint(config, "http://192.0.2.1");
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, "endpoint: ");
    cloudauth_config_set_allow_insecure(config, true);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_client_free(client);
    /* NULL and 0 are the defaults. */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strncmp(texts[i].name, "access_key", 10) != 0) texts[i].set(config, NULL);
    cloudauth_config_set_endpoint(config, endpoint);
    void (*const numbers[])(cloudauth_config *, uint64_t) = {
        cloudauth_config_set_timeout_ms,         cloudauth_config_set_attempt_timeout_ms,
        cloudauth_config_set_connect_timeout_ms, cloudauth_config_set_idle_timeout_ms,
        cloudauth_config_set_max_body_bytes,     cloudauth_config_set_max_body_bytes_without_images,
        cloudauth_config_set_max_concurrency,    cloudauth_config_set_max_connections,
    };
    for (int value = 0; value < 2; value++) {
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) numbers[i](config, value ? UINT64_MAX : 0);
        SUCCEED(cloudauth_client_new(config, &client));
        CHECK(cloudauth_client_max_concurrency(client) == (value ? SIZE_MAX : 16));
        CHECK(passes(client));
        cloudauth_client_free(client);
    }
    /* Options that are seen at work. */
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    cloudauth_config_set_max_body_bytes_without_images(config, 10);
    SUCCEED(cloudauth_client_new(config, &client));
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_TOO_LARGE, "");
    cloudauth_client_free(client);
    cloudauth_config_set_max_body_bytes_without_images(config, 0);
    cloudauth_config_set_access_key_secret(config, "wrong");
    cloudauth_config_set_signature(config, "rpc1");
    SUCCEED(cloudauth_client_new(config, &client));
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_AUTHENTICATION, "");
    CHECK(!result);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_config_free(config);
}

static void requests(void) {
    cloudauth_client *client = client_for(endpoint);
    cloudauth_result *result = NULL;
    cloudauth_operation *operation = NULL;
    static const struct {
        const char *biz, *transaction, *message;
    } wrong[] = {
        {NULL, "t", "merchant_biz_id: must not be NULL"},
        {"b", NULL, "transaction_id: must not be NULL"},
        {BAD, "t", "merchant_biz_id: must be UTF-8"},
        {"b", BAD, "transaction_id: must be UTF-8"},
        {"", "t", "merchant_biz_id: must not be empty"},
        {"123456789012345678901234567890123", "t", "merchant_biz_id: must have at most 32"},
        {"b", "\n", "transaction_id: must be printable"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cloudauth_request *request = cloudauth_request_new(wrong[i].biz, wrong[i].transaction);
        REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT, wrong[i].message);
        CHECK(!result);
        cloudauth_request_free(request);
    }
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    REFUSED(cloudauth_client_check_result(client, request, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "result: must not be NULL");
    REFUSED(cloudauth_client_check_result_start(client, request, NULL, NULL, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "callback: must not be NULL");
    REFUSED(cloudauth_client_wait_for_result(client, request, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "result: must not be NULL");
    REFUSED(cloudauth_client_wait_for_result_start(client, request, NULL, NULL, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "callback: must not be NULL");
    cloudauth_request_set_parameter(request, NULL, "x");
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT, "parameter: must not be NULL");
    /* Another name does not mend it. */
    cloudauth_request_set_parameter(request, "ExtraImageControlList", "01");
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT, "parameter: must not be NULL");
    cloudauth_request_free(request);
    request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_request_set_parameter(request, "Name", BAD);
    REFUSED(cloudauth_client_check_result_start(client, request, nothing, NULL, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "Name: must be UTF-8");
    REFUSED(cloudauth_client_wait_for_result_start(client, request, nothing, NULL, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "Name: must be UTF-8");
    CHECK(!operation);
    cloudauth_request_set_parameter(request, "Name", NULL);
    cloudauth_request_set_extra_image_control_list(request, BAD);
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "ExtraImageControlList: must be UTF-8");
    cloudauth_request_set_extra_image_control_list(request, "a");
    cloudauth_request_set_extra_image_control_list(request, NULL);
    cloudauth_request_set_return_five_category_spoof_result(request, true);
    cloudauth_request_set_return_five_category_spoof_result(request, false);
    cloudauth_request_set_timeout_ms(request, 30000);
    SUCCEED(cloudauth_client_check_result(client, request, &result));
    CHECK(!cloudauth_result_face(result)->image);
    cloudauth_result_free(result);
    cloudauth_request_set_return_image(request, true);
    SUCCEED(cloudauth_client_check_result(client, request, &result));
    const cloudauth_image *image = cloudauth_result_face(result)->image;
    CHECK(image && image->len > 100 && strcmp(image->format, "jpeg") == 0 && strcmp(image->extension, "jpg") == 0);
    CHECK(image->data[0] == 0xff && image->data[1] == 0xd8);
    cloudauth_result_free(result);
    cloudauth_request_free(request);

    request = cloudauth_request_new("biz", "errorThrottlingApi");
    cloudauth_error *error = cloudauth_client_check_result(client, request, &result);
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_THROTTLED && cloudauth_error_retryable(error));
    CHECK(strcmp(cloudauth_error_code(error), "Throttling.Api") == 0 && cloudauth_error_http_status(error) >= 400);
    CHECK(cloudauth_error_request_id(error) && *cloudauth_error_advice(error) && cloudauth_error_attempts(error) >= 1);
    cloudauth_error_free(error);
    cloudauth_request_free(request);
    cloudauth_client_free(client);
}

static void calls(void) {
    cloudauth_client *client = client_for(endpoint);
    cloudauth_reply *reply = NULL;
    cloudauth_operation *operation = NULL;
    cloudauth_call *call = cloudauth_call_new(NULL);
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_ARGUMENT, "action: must not be NULL");
    cloudauth_call_free(call);
    call = cloudauth_call_new("Two words");
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_ARGUMENT, "action: ");
    cloudauth_call_free(call);
    call = cloudauth_call_new("Initialize");
    REFUSED(cloudauth_client_call(client, call, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "reply: must not be NULL");
    REFUSED(cloudauth_client_call_start(client, call, NULL, NULL, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT, "callback: ");
    cloudauth_call_set_parameter(call, "Signature", "x");
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_ARGUMENT, "Signature: ");
    cloudauth_call_set_parameter(call, "Signature", NULL);
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_REQUEST, "");
    cloudauth_call_set_parameter(call, "ProductCode", "FACE_LIVENESS");
    cloudauth_call_set_parameter(call, "MerchantBizId", "earlier");
    cloudauth_call_set_parameter(call, "MerchantBizId", "biz");
    cloudauth_call_set_parameter(call, "MerchantUserId", "user");
    cloudauth_call_set_parameter(call, "MetaInfo", "{}");
    cloudauth_call_set_timeout_ms(call, 30000);
    SUCCEED(cloudauth_client_call(client, call, &reply));
    cloudauth_text json = cloudauth_reply_json(reply);
    CHECK(strlen(json.data) == json.len && strstr(json.data, "\"TransactionId\":\""));
    CHECK(same(cloudauth_reply_json_view(reply), json));
    cloudauth_reply_free(reply);
    cloudauth_call_set_parameter(call, "DocPageConfig", "[\"01\",\"02\"]");
    SUCCEED(cloudauth_client_call(client, call, &reply));
    cloudauth_reply_free(reply);
    cloudauth_call_free(call);

    call = cloudauth_call_new("NewerOperation");
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_ARGUMENT, "action: is no operation");
    cloudauth_call_set_unchecked(call, true);
    cloudauth_call_set_parameter(call, "A", "b");
    cloudauth_error *newer = cloudauth_client_call(client, call, &reply);
    CHECK(cloudauth_error_http_status(newer) == 501);
    cloudauth_error_free(newer);
    cloudauth_call_set_unchecked(call, false);
    REFUSED(cloudauth_client_call(client, call, &reply), CLOUDAUTH_KIND_INVALID_ARGUMENT, "action: is no operation");
    cloudauth_call_free(call);

    cloudauth_result *result = NULL;
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_request_set_parameter(request, "Newer", "x");
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "parameter 1: CheckResult has no such parameter");
    cloudauth_request_set_unchecked(request, true);
    SUCCEED(cloudauth_client_check_result(client, request, &result));
    cloudauth_result_free(result);
    cloudauth_request_free(request);
    cloudauth_client_free(client);
}

static void results(void) {
    cloudauth_result *result = NULL;
    const uint8_t byte = '{';
    REFUSED(cloudauth_result_decode(NULL, 1, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT, "body: must not be NULL");
    REFUSED(cloudauth_result_decode(&byte, SIZE_MAX, &result), CLOUDAUTH_KIND_INVALID_ARGUMENT, "len: ");
    REFUSED(cloudauth_result_decode(&byte, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "result: must not be NULL");
    REFUSED(cloudauth_result_decode(NULL, 0, &result), CLOUDAUTH_KIND_PROTOCOL, "");
    REFUSED(cloudauth_result_decode(&byte, 1, &result), CLOUDAUTH_KIND_PROTOCOL, "");
    CHECK(!result);
    result = decoded("{\"Code\":\"Success\",\"Result\":{\"Passed\":\"N\",\"SubCode\":\"205\",\"ExtIdInfo\":"
                     "{\"ocrIdInfoData\":{\"01\":{\"ocrIdPassed\":\"Y\",\"ocrIdInfo\":{\"name\":\"A\\u0000B\"}},\"02\":{}}}}}");
    CHECK(cloudauth_result_request_id(result).data && cloudauth_result_request_id(result).len == 0);
    CHECK(!cloudauth_result_passed(result) && strcmp(cloudauth_result_sub_code(result)->data, "205") == 0);
    CHECK(!cloudauth_result_face(result) && !cloudauth_result_source(result));
    const cloudauth_page *page = cloudauth_result_page(result, "01");
    CHECK(page && page == cloudauth_result_document(result)->pages.items[0] && page->passed);
    CHECK(page->identity->full_name->len == 3 && memcmp(page->identity->full_name->data, "A\0B", 4) == 0);
    CHECK(cloudauth_result_page(result, "02") && !cloudauth_result_page(result, "03") && !cloudauth_result_page(result, "0"));
    CHECK(!cloudauth_result_page(result, NULL) && !cloudauth_result_page(result, BAD));
    CHECK(strcmp(cloudauth_result_extra(result).data, "{}") == 0);
    cloudauth_result_free(result);

    cloudauth_decision *decision = NULL;
    double least = 95;
    result = decoded("{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\",\"ExtFaceInfo\":{\"faceComparisonScore\":91}}}");
    REFUSED(cloudauth_result_decision(result, NULL, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "decision: must not be NULL");
    SUCCEED(cloudauth_result_decision(result, NULL, &decision));
    CHECK(cloudauth_decision_action(decision) == CLOUDAUTH_ACTION_ACCEPT && cloudauth_decision_reasons(decision).count == 1);
    cloudauth_decision_free(decision);
    SUCCEED(cloudauth_result_decision(result, &least, &decision));
    CHECK(cloudauth_decision_action(decision) == CLOUDAUTH_ACTION_REVIEW && cloudauth_decision_reasons(decision).count == 2);
    CHECK(strstr(cloudauth_decision_reasons(decision).items[1].data, "95"));
    cloudauth_decision_free(decision);
    cloudauth_result_free(result);

    const bool yes = true;
    const double score = 91;
    REFUSED(cloudauth_decide(&yes, "200", &score, NULL, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "decision: must not be NULL");
    REFUSED(cloudauth_decide(&yes, BAD, &score, NULL, &decision), CLOUDAUTH_KIND_INVALID_ARGUMENT, "sub_code: must be UTF-8");
    SUCCEED(cloudauth_decide(&yes, "200", &score, NULL, &decision));
    CHECK(cloudauth_decision_action(decision) == CLOUDAUTH_ACTION_ACCEPT);
    cloudauth_decision_free(decision);
    SUCCEED(cloudauth_decide(&yes, "200", &score, &least, &decision));
    CHECK(cloudauth_decision_action(decision) == CLOUDAUTH_ACTION_REVIEW && cloudauth_decision_reasons(decision).count == 2);
    cloudauth_decision_free(decision);
    /* Finding G3 */
    const double beyond[] = { -5, 101, NAN, INFINITY };
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        REFUSED(cloudauth_decide(&yes, "200", &score, &beyond[i], &decision), CLOUDAUTH_KIND_INVALID_ARGUMENT, "min_face_score: must be 0 to 100");
    least = 0.9;
    REFUSED(cloudauth_decide(&yes, "200", &score, &least, &decision), CLOUDAUTH_KIND_INVALID_ARGUMENT,
        "min_face_score: must be 0, or 1 to 100: the scale ends at 100, not at 1");
    SUCCEED(cloudauth_decide(NULL, NULL, NULL, NULL, &decision));
    CHECK(cloudauth_decision_action(decision) == CLOUDAUTH_ACTION_REVIEW && cloudauth_decision_reasons(decision).count == 2);
    cloudauth_decision_free(decision);
}

static void explanations(void) {
    const cloudauth_explanation *explanation = NULL, *again = NULL;
    REFUSED(cloudauth_explain(NULL, &explanation), CLOUDAUTH_KIND_INVALID_ARGUMENT, "code: must not be NULL");
    REFUSED(cloudauth_explain(BAD, &explanation), CLOUDAUTH_KIND_INVALID_ARGUMENT, "code: must be UTF-8");
    REFUSED(cloudauth_explain("nonsense", &explanation), CLOUDAUTH_KIND_INVALID_ARGUMENT, "code: is no ");
    REFUSED(cloudauth_explain("200", NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "explanation: must not be NULL");
    CHECK(!explanation);
    SUCCEED(cloudauth_explain("200", &explanation));
    SUCCEED(cloudauth_explain(" 200 ", &again));
    CHECK(explanation == again && explanation->subject == CLOUDAUTH_SUBJECT_SUB_CODE);
    CHECK(explanation->action == CLOUDAUTH_ACTION_ACCEPT && explanation->kind == CLOUDAUTH_KIND_NONE);
    CHECK(strcmp(explanation->code.data, "200") == 0 && explanation->meaning.len && explanation->advice.len);
    CHECK(explanation->billed && *explanation->billed && !explanation->retry && explanation->products.count == 4);
    SUCCEED(cloudauth_explain("Throttling.Api", &explanation));
    CHECK(explanation->subject == CLOUDAUTH_SUBJECT_RESPONSE_CODE && explanation->kind == CLOUDAUTH_KIND_THROTTLED);
    CHECK(!explanation->billed && strcmp(explanation->retry->data, "after_pause") == 0);
    SUCCEED(cloudauth_explain("A1006_2", &explanation));
    CHECK(explanation->subject == CLOUDAUTH_SUBJECT_CLIENT_CODE && explanation->kind == CLOUDAUTH_KIND_NONE);
    CHECK(explanation->billed && !*explanation->billed && explanation->action == CLOUDAUTH_ACTION_NONE);
    CHECK(strstr(explanation->advice.data, "No code of the client is a verdict") != NULL);
    SUCCEED(cloudauth_explain("not_completed", &explanation));
    CHECK(explanation->subject == CLOUDAUTH_SUBJECT_KIND && explanation->kind == CLOUDAUTH_KIND_NOT_COMPLETED);
    CHECK(!explanation->products.items && explanation->action == CLOUDAUTH_ACTION_NONE);
    CHECK(strcmp(cloudauth_kind_name(CLOUDAUTH_KIND_FORKED), "forked") == 0 && !cloudauth_kind_name(1000));
}

/* Finding G4: the shortest way to ask let rejected people in. */
static void flags(void) {
    CHECK(!cloudauth_result_passed(NULL) && !cloudauth_result_passed_state(NULL));
    const char *words[] = {"\"Y\"", "\"N\"", "null"};
    for (int i = 0; i < 3; i++) {
        char body[400];
        snprintf(body, sizeof body,
                 "{\"Code\":\"Success\",\"Result\":{\"Passed\":%s,\"ExtFaceInfo\":{\"facePassed\":%s,\"faceAttack\":%s},"
                 "\"ExtIdInfo\":{\"ocrIdPassed\":%s,\"ocrIdInfoData\":{\"01\":{\"ocrIdPassed\":%s}}}}}",
                 words[i], words[i], words[i], words[i], words[i]);
        cloudauth_result *result = decoded(body);
        const cloudauth_face *face = cloudauth_result_face(result);
        const cloudauth_document *document = cloudauth_result_document(result);
        const cloudauth_page *page = cloudauth_result_page(result, "01");
        CHECK(face && document && page);
        const bool asked[] = {cloudauth_result_passed(result), face->passed, face->attack, document->passed, page->passed};
        const bool *states[] = {cloudauth_result_passed_state(result), face->passed_state, face->attack_state,
                                document->passed_state, page->passed_state};
        for (size_t flag = 0; flag < sizeof asked; flag++) {
            CHECK(asked[flag] == (i == 0));
            CHECK(i == 2 ? !states[flag] : states[flag] && *states[flag] == (i == 0));
        }
        cloudauth_result_free(result);
    }
}

/* Misuse; what callbacks hold is in tests/calls/callback.json. */
static void callbacks(void) {
    cloudauth_callback *callback = NULL;
    const char *query = "transactionId=hks1&callbackToken=s3cr3t", *names[] = {"transactionId", NULL}, *values[] = {"hks1", BAD};
    REFUSED(cloudauth_callback_parse(query, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "callback: must not be NULL");
    REFUSED(cloudauth_callback_parse(NULL, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "query: must not be NULL");
    REFUSED(cloudauth_callback_parse(BAD, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "query: must be UTF-8");
    REFUSED(cloudauth_callback_parse_pairs(NULL, values, 1, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "names: must not be NULL");
    REFUSED(cloudauth_callback_parse_pairs(names, NULL, 1, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "values: must not be NULL");
    REFUSED(cloudauth_callback_parse_pairs(names, names, 2, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "names[1]: must not be NULL");
    REFUSED(cloudauth_callback_parse_pairs(values, values, 2, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "names[1]: must be UTF-8");
    REFUSED(cloudauth_callback_parse_pairs(NULL, NULL, 0, &callback), CLOUDAUTH_KIND_INVALID_ARGUMENT, "query: has no transactionId");
    CHECK(!callback);
    SUCCEED(cloudauth_callback_parse(query, &callback));
    REFUSED(cloudauth_callback_verify(callback, NULL), CLOUDAUTH_KIND_AUTHENTICATION, "query: no token is known for this transaction");
    REFUSED(cloudauth_callback_verify(callback, BAD), CLOUDAUTH_KIND_INVALID_ARGUMENT, "expected_token: must be UTF-8");
    SUCCEED(cloudauth_callback_verify(callback, "s3cr3t"));
    CHECK(!cloudauth_callback_parameter(callback, NULL) && !cloudauth_callback_parameter(callback, BAD));
    CHECK(!cloudauth_callback_parameter(callback, "callbackToken") && !cloudauth_callback_parameter_name(callback, 1));
    cloudauth_callback_free(callback);
}

/* Of a typed operation, its arguments choose the action. */
static void a_call_knows_its_action(void) {
    cloudauth_call *call = cloudauth_call_new("CheckVerifyLog");
    CHECK(strcmp(cloudauth_call_action(call), "CheckVerifyLog") == 0);
    cloudauth_call_free(call);
    call = cloudauth_typed_call_new("initialize");
    cloudauth_call_set_text(call, "product_code", "FACE_LIVENESS");
    CHECK(strcmp(cloudauth_call_action(call), "Initialize") == 0);
    cloudauth_call_set_text(call, "product_code", "eKYC_PRO");
    CHECK(strcmp(cloudauth_call_action(call), "InitializeV2") == 0);
    cloudauth_call_set_text(call, "operation", "Initialize");
    CHECK(strcmp(cloudauth_call_action(call), "Initialize") == 0);
    cloudauth_call_free(call);
    CHECK(!cloudauth_call_action(call) && !cloudauth_call_action(NULL));
}

/* What "initialize" gave is stored as one line, and read again. */
static void started(void) {
    static const char REPLY[] = "{\"request_id\":\"R-1\",\"region\":\"cn-hongkong\",\"endpoint\":null,\"transaction_id\":\"hks1\","
        "\"merchant_biz_id\":\"order1\",\"callback_token\":\"s3cr3t\",\"product_code\":\"FACE_LIVENESS\",\"doc_video\":true,"
        "\"initialized_at\":\"2026-03-01T10:00:00Z\",\"extra\":{},\"problems\":[]}";
    cloudauth_reply *stored = NULL, *read = NULL;
    REFUSED(cloudauth_started_to_json(REPLY, sizeof REPLY - 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "stored: must not be NULL");
    REFUSED(cloudauth_started_to_json(NULL, 1, &stored), CLOUDAUTH_KIND_INVALID_ARGUMENT, "started: must not be NULL");
    REFUSED(cloudauth_started_to_json("[]", 2, &stored), CLOUDAUTH_KIND_INVALID_ARGUMENT, "started: must be a JSON object");
    REFUSED(cloudauth_started_to_json("{}", 2, &stored), CLOUDAUTH_KIND_INVALID_ARGUMENT, "started: transaction_id: must not be empty");
    REFUSED(cloudauth_started_from_json(REPLY, sizeof REPLY - 1, &stored), CLOUDAUTH_KIND_INVALID_ARGUMENT,
        "json: must be what cloudauth_started_to_json gives; it has no version");
    REFUSED(cloudauth_started_from_json(BAD, 2, &stored), CLOUDAUTH_KIND_INVALID_ARGUMENT, "json: must be UTF-8");
    CHECK(!stored);
    SUCCEED(cloudauth_started_to_json(REPLY, sizeof REPLY - 1, &stored));
    const cloudauth_text json = cloudauth_reply_json(stored);
    CHECK(strncmp(json.data, "{\"version\":1,", 13) == 0 && !strchr(json.data, '\n') && !strstr(json.data, "R-1"));
    SUCCEED(cloudauth_started_from_json(json.data, json.len, &read));
    CHECK(strcmp(cloudauth_reply_json(read).data, json.data) == 0);
    const cloudauth_started *fields = cloudauth_reply_started(read);
    CHECK(fields && strcmp(fields->transaction_id->data, "hks1") == 0 && strcmp(fields->callback_token->data, "s3cr3t") == 0);
    CHECK(!fields->endpoint && fields->doc_video && !fields->id_spoof_state && !fields->request_id.len);
    cloudauth_reply_free(stored);
    cloudauth_reply_free(read);
}

/* Finding H11: what is returned by value comes by pointer too. */
static void by_pointer(void) {
    const char *body = "{\"RequestId\":\"r\",\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\","
                       "\"ExtFaceInfo\":\"{\",\"New\":1}}";
    cloudauth_result *result = decoded(body);
    CHECK(same(cloudauth_result_request_id_view(result), cloudauth_result_request_id(result)));
    CHECK(same(cloudauth_result_extra_view(result), cloudauth_result_extra(result)));
    CHECK(strstr(cloudauth_result_extra_view(result)->data, "New"));
    /* Made when it is asked for, by either. */
    const cloudauth_text *json = cloudauth_result_canonical_json_view(result);
    CHECK(same(json, cloudauth_result_canonical_json(result)) && json == cloudauth_result_canonical_json_view(result));
    json = cloudauth_result_to_json_view(result);
    CHECK(same(json, cloudauth_result_to_json(result)) && json == cloudauth_result_to_json_view(result));
    const cloudauth_problem_list *problems = cloudauth_result_problems_view(result);
    CHECK(problems->count == 1 && problems->items == cloudauth_result_problems(result).items);
    cloudauth_decision *decision = NULL;
    SUCCEED(cloudauth_result_decision(result, NULL, &decision));
    const cloudauth_text_list *reasons = cloudauth_decision_reasons_view(decision);
    CHECK(reasons->count >= 1 && reasons->items == cloudauth_decision_reasons(decision).items);
    cloudauth_decision_free(decision);
    cloudauth_result_free(result);
}

/* Pictures are filed under core's names, and nothing is overwritten. */
static void files(void) {
    const char *body = "{\"Code\":\"Success\",\"Result\":{\"ExtFaceInfo\":{\"faceImg\":\"/9j/\"},"
                       "\"ExtIdInfo\":{\"ocrIdInfoData\":{\"../x\":{\"idImage\":\"/9j/\"}}}}}";
    cloudauth_result *result = decoded(body);
    char folder[] = "/tmp/cloudauth-api-XXXXXX", path[64];
    size_t count = 0;
    CHECK(mkdtemp(folder));
    SUCCEED(cloudauth_result_save_images(result, folder, &count));
    CHECK(count == 2);
    cloudauth_error *error = cloudauth_result_save_images(result, folder, NULL);
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_IO && strstr(cloudauth_error_message(error), "is not overwritten"));
    cloudauth_error_free(error);
    const char *names[] = {"face.jpg", "document.1.jpg"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        CHECK(unlink(path) == 0);
    }
    CHECK(rmdir(folder) == 0);
    error = cloudauth_result_save_images(result, NULL, NULL);
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_INVALID_ARGUMENT);
    cloudauth_error_free(error);
    error = cloudauth_result_save_images(NULL, folder, &count);
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_INVALID_ARGUMENT && count == 2);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
}

/* Finding H12: the header's release is the library's, as text and in numbers. */
#if CLOUDAUTH_VERSION_NUMBER < CLOUDAUTH_MAKE_VERSION(0, 1, 0) || CLOUDAUTH_VERSION_NUMBER >= CLOUDAUTH_MAKE_VERSION(99, 0, 0)
#error "CLOUDAUTH_VERSION_NUMBER cannot be compared"
#endif
static void versions(void) {
    char text[40];
    snprintf(text, sizeof text, "%d.%d.%d", CLOUDAUTH_VERSION_MAJOR, CLOUDAUTH_VERSION_MINOR, CLOUDAUTH_VERSION_PATCH);
    CHECK(strncmp(cloudauth_version(), text, strlen(text)) == 0);
    CHECK(strcmp(cloudauth_version(), CLOUDAUTH_VERSION) == 0);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    endpoint = argv[1];
    CHECK(cloudauth_abi_version() == CLOUDAUTH_ABI_VERSION);
    versions();
    by_pointer();
    files();
    options();
    requests();
    calls();
    a_call_knows_its_action();
    results();
    flags();
    explanations();
    callbacks();
    started();
    REFUSED(cloudauth_log_set_callback(6, NULL, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "level: ");
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
