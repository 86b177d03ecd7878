/* The events of three calls, as tests/log says: events ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdatomic.h>

#include "support.h"

static atomic_int freed;

static void number(uint64_t value) {
    if (value) {
        printf(" %" PRIu64, value);
    } else {
        printf(" -");
    }
}

static void reported(void *context, const cloudauth_event *event) {
    CHECK(context == stdout && !event->region.data);
    printf("%s", event->operation.data);
    number(event->attempt);
    number(event->attempts);
    printf(" %s %s", event->kind ? cloudauth_kind_name(event->kind) : "-", event->code.data ? event->code.data : "-");
    number(event->http_status);
    printf("\n");
    CHECK(event->bytes_received > 0 && event->duration_ms < 60000);
}

static void forgotten(void *context) {
    CHECK(context == stdout);
    atomic_fetch_add(&freed, 1);
}

static atomic_int of_request, of_call, gone;

static void counted(void *context, const cloudauth_event *event) {
    (void)context;
    atomic_fetch_add((atomic_int *)event->context, 1);
    CHECK(event->ended_ms > 0 && strcmp(event->server_address.data, "127.0.0.1") == 0 && event->server_port > 0);
}

static void over(void *context) {
    CHECK(context == &of_request || context == &of_call);
    atomic_fetch_add(&gone, 1);
}

/* Contexts come with the events of the calls that they were given to, and go back once. */
static void contexts(const char *endpoint) {
    cloudauth_config *config = config_for(endpoint);
    cloudauth_config_set_event_callback(config, counted, NULL, NULL);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    cloudauth_request_set_event_context(NULL, &of_request, over);
    CHECK(atomic_load(&gone) == 1);
    cloudauth_request *request = cloudauth_request_new("biz", "ekycpro200");
    cloudauth_request_set_event_context(request, &of_call, over);
    cloudauth_request_set_event_context(request, &of_request, over);
    CHECK(atomic_load(&gone) == 2);
    cloudauth_result *result = NULL;
    SUCCEED(cloudauth_client_check_result(client, request, &result));
    cloudauth_result_free(result);
    cloudauth_many *many = NULL;
    SUCCEED(cloudauth_many_new(client, 1, true, &many));
    SUCCEED(cloudauth_many_push(many, request));
    cloudauth_many_finish(many);
    size_t position;
    cloudauth_error *error = NULL;
    CHECK(cloudauth_many_next(many, UINT64_MAX, &position, &error, &result) && !error);
    cloudauth_result_free(result);
    cloudauth_many_free(many);
    cloudauth_request_free(request);
    cloudauth_call *call = cloudauth_call_new("CheckResult");
    cloudauth_call_set_event_context(call, &of_call, over);
    cloudauth_call_set_parameter(call, "MerchantBizId", "biz");
    cloudauth_call_set_parameter(call, "TransactionId", "ekycpro200");
    cloudauth_reply *reply = NULL;
    SUCCEED(cloudauth_client_call(client, call, &reply));
    cloudauth_reply_free(reply);
    cloudauth_call_free(call);
    cloudauth_client_free(client);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    contexts(argv[1]);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 2);
    cloudauth_config_set_throttle_base_ms(config, 1);
    cloudauth_config_set_event_callback(NULL, reported, stdout, forgotten);
    cloudauth_config_set_event_callback(config, reported, stdout, forgotten);
    CHECK(atomic_load(&freed) == 1);
    cloudauth_config_set_event_callback(config, reported, stdout, forgotten);
    CHECK(atomic_load(&freed) == 2);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    make_three_calls(client);
    CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_EVENTS_DROPPED) == 0);
    cloudauth_client_free(client);
    /* Delivers what waits. */
    CHECK(cloudauth_shutdown(10000));
    CHECK(atomic_load(&freed) == 3 && cloudauth_live_handles() == 0);
    CHECK(atomic_load(&of_request) == 4 && atomic_load(&of_call) == 2 && atomic_load(&gone) == 4);
    return 0;
}
