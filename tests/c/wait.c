/* Waiting for a person to finish: wait ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>

#include "control.h"

static const char *endpoint;

/* What became of a wait in the background. */
typedef struct ending {
    atomic_int called;
    cloudauth_error *error;
    cloudauth_result *result;
} ending;

static void ended(void *context, cloudauth_error *error, cloudauth_result *result) {
    ending *ending = context;
    ending->error = error;
    ending->result = result;
    CHECK(!error != !result && atomic_fetch_add(&ending->called, 1) == 0);
}

static void await(ending *ending) {
    for (int i = 0; !atomic_load(&ending->called); i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static uint64_t requests(const cloudauth_client *client) { return cloudauth_client_counter(client, CLOUDAUTH_COUNTER_REQUESTS); }

/* A person who finishes once so many requests more have been made, and so many milliseconds have gone. */
typedef struct person {
    const cloudauth_client *client;
    char transaction[64];
    uint64_t asked;
    long after_ms;
    pthread_t thread;
} person;

static void *finish(void *given) {
    person *person = given;
    char body[128], reply[4096];
    for (int i = 0; requests(person->client) < person->asked; i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
    wait_ms(person->after_ms);
    snprintf(body, sizeof body, "{\"transaction_id\":\"%s\",\"sub_code\":\"200\"}", person->transaction);
    control(endpoint, "POST", "finish", body, reply, sizeof reply);
    return NULL;
}

/* Begins a verification; the request of its result pauses for 20 ms. */
static cloudauth_request *begin(person *person) {
    static const char KEY[] = "\"TransactionId\":\"";
    cloudauth_call *call = cloudauth_call_new("Initialize");
    cloudauth_reply *reply = NULL;
    cloudauth_call_set_parameter(call, "ProductCode", "eKYC_PRO");
    cloudauth_call_set_parameter(call, "MerchantBizId", "biz");
    cloudauth_call_set_parameter(call, "MerchantUserId", "user");
    cloudauth_call_set_parameter(call, "MetaInfo", "{}");
    SUCCEED(cloudauth_client_call(person->client, call, &reply));
    const char *found = strstr(cloudauth_reply_json(reply).data, KEY);
    CHECK(found && sscanf(found + sizeof KEY - 1, "%63[^\"]", person->transaction) == 1);
    cloudauth_reply_free(reply);
    cloudauth_call_free(call);
    cloudauth_request *request = cloudauth_request_new("biz", person->transaction);
    cloudauth_request_set_wait_first_pause_ms(request, 20);
    cloudauth_request_set_wait_longest_pause_ms(request, 20);
    return request;
}

static void will_finish(person *person, long after_ms) {
    person->asked = requests(person->client) + 3;
    person->after_ms = after_ms;
    CHECK(pthread_create(&person->thread, NULL, finish, person) == 0);
}

static void finished(const cloudauth_client *client) {
    person person = {.client = client};
    cloudauth_request *request = begin(&person);
    cloudauth_result *result = NULL;
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_NOT_COMPLETED, "");
    will_finish(&person, 0);
    SUCCEED(cloudauth_client_wait_for_result(client, request, &result));
    CHECK(cloudauth_result_passed(result) && cloudauth_result_face(result) && requests(client) >= person.asked);
    CHECK(pthread_join(person.thread, NULL) == 0);
    cloudauth_result_free(result);
    cloudauth_request_free(request);
}

static void finished_in_the_background(const cloudauth_client *client, bool on_io_thread) {
    person person = {.client = client};
    cloudauth_request *request = begin(&person);
    ending ending = {0};
    will_finish(&person, 0);
    cloudauth_request_set_callback_on_io_thread(request, on_io_thread);
    SUCCEED(cloudauth_client_wait_for_result_start(client, request, ended, &ending, NULL));
    /* What is set now is of the next call. */
    cloudauth_request_set_wait_timeout_ms(request, 1);
    cloudauth_request_free(request);
    await(&ending);
    if (ending.error) fprintf(stderr, "%s\n", cloudauth_error_message(ending.error));
    CHECK(ending.result && cloudauth_result_passed(ending.result) && requests(client) >= person.asked);
    CHECK(pthread_join(person.thread, NULL) == 0);
    cloudauth_result_free(ending.result);
}

/* In a pause of two seconds, which is the default. */
static void cancelled(const cloudauth_client *client, bool on_io_thread) {
    cloudauth_request *request = cloudauth_request_new("biz", "pending1000");
    cloudauth_operation *operation = NULL;
    ending ending = {0};
    uint64_t before = requests(client);
    cloudauth_request_set_callback_on_io_thread(request, on_io_thread);
    SUCCEED(cloudauth_client_wait_for_result_start(client, request, ended, &ending, &operation));
    for (int i = 0; requests(client) == before; i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
    wait_ms(100);
    CHECK(!atomic_load(&ending.called) && requests(client) == before + 1);
    double begun = now();
    cloudauth_operation_cancel(operation);
    await(&ending);
    CHECK(now() - begun < 1 && cloudauth_error_kind(ending.error) == CLOUDAUTH_KIND_CANCELLED);
    cloudauth_error_free(ending.error);
    cloudauth_operation_free(operation);
    cloudauth_request_free(request);
}

static void time_is_over(const cloudauth_client *client) {
    cloudauth_request *request = cloudauth_request_new("biz", "pending1000");
    cloudauth_result *result = NULL;
    /* The default's first pause is longer, and is cut. */
    cloudauth_request_set_wait_timeout_ms(request, 500);
    uint64_t before = requests(client);
    double begun = now();
    REFUSED(cloudauth_client_wait_for_result(client, request, &result), CLOUDAUTH_KIND_NOT_COMPLETED, "");
    CHECK(now() - begun >= 0.5 && requests(client) == before + 2 && !result);
    /* More than any clock has; and no pause is longer than the longest. */
    cloudauth_request_free(request);
    request = cloudauth_request_new("biz", "pending7");
    cloudauth_request_set_wait_timeout_ms(request, UINT64_MAX);
    cloudauth_request_set_wait_first_pause_ms(request, UINT64_MAX);
    cloudauth_request_set_wait_longest_pause_ms(request, 1);
    before = requests(client);
    SUCCEED(cloudauth_client_wait_for_result(client, request, &result));
    CHECK(requests(client) == before + 8);
    cloudauth_result_free(result);
    cloudauth_request_free(request);
}

/* The time of a request is that of each call, and another failure ends the wait. */
static void failed(const cloudauth_client *client) {
    cloudauth_request *request = cloudauth_request_new("biz", "errorTransactionIdInvalid");
    cloudauth_result *result = NULL;
    uint64_t before = requests(client);
    REFUSED(cloudauth_client_wait_for_result(client, request, &result), CLOUDAUTH_KIND_INVALID_REQUEST, "");
    CHECK(requests(client) == before + 1);
    cloudauth_request_free(request);
    person person = {.client = client};
    request = begin(&person);
    cloudauth_request_set_timeout_ms(request, 1000);
    will_finish(&person, 1200);
    SUCCEED(cloudauth_client_wait_for_result(client, request, &result));
    CHECK(pthread_join(person.thread, NULL) == 0);
    cloudauth_result_free(result);
    cloudauth_request_free(request);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    endpoint = argv[1];
    cloudauth_client *client = client_for(endpoint);
    finished(client);
    finished_in_the_background(client, false);
    finished_in_the_background(client, true);
    cancelled(client, false);
    cancelled(client, true);
    time_is_over(client);
    failed(client);
    cloudauth_client_free(client);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
