/* Many calls, a bounded number at a time: many ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>

#include "child.h"
#include "server.h"

static const uint64_t FOREVER = UINT64_MAX;

/* An outcome, taken and freed. */
typedef struct taken {
    size_t position;
    cloudauth_kind kind; /* 0 where there is a result */
    char message[200];
} taken;

static bool take(cloudauth_many *many, uint64_t timeout_ms, taken *taken) {
    cloudauth_error *error = NULL;
    cloudauth_result *result = NULL;
    if (!cloudauth_many_next(many, timeout_ms, &taken->position, &error, &result)) return false;
    CHECK(!error != !result);
    taken->kind = cloudauth_error_kind(error);
    snprintf(taken->message, sizeof taken->message, "%s", error ? cloudauth_error_message(error) : "");
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    return true;
}

static void push(cloudauth_many *many, const char *transaction) {
    cloudauth_request *request = cloudauth_request_new("biz", transaction);
    SUCCEED(cloudauth_many_push(many, request));
    cloudauth_request_free(request);
}

static cloudauth_many *begin(const cloudauth_client *client, size_t concurrency, bool ordered) {
    cloudauth_many *many = NULL;
    SUCCEED(cloudauth_many_new(client, concurrency, ordered, &many));
    CHECK(many);
    return many;
}

/* Finding E3: a bad row is its own outcome, which names it. */
static void a_bad_row(const cloudauth_client *client, bool ordered) {
    enum { ROWS = 200, BAD = 100 };
    cloudauth_many *many = begin(client, 4, ordered);
    bool seen[ROWS] = {false};
    taken taken;
    for (int i = 0; i < ROWS; i++) push(many, i == BAD ? NULL : "ekycpro200");
    cloudauth_many_finish(many);
    for (size_t i = 0; i < ROWS; i++) {
        CHECK(!cloudauth_many_has_ended(many) && take(many, FOREVER, &taken));
        CHECK(taken.position < ROWS && !seen[taken.position] && (!ordered || taken.position == i));
        seen[taken.position] = true;
        CHECK((taken.position == BAD) == (taken.kind == CLOUDAUTH_KIND_INVALID_ARGUMENT));
        CHECK(taken.position != BAD || strncmp(taken.message, "item 100: transaction_id: ", 26) == 0);
    }
    CHECK(!take(many, FOREVER, &taken) && cloudauth_many_has_ended(many));
    cloudauth_many_free(many);
}

/* Finding G11: outcomes come, and time counts, while the rows are slow. */
static void slow_rows(const cloudauth_client *client) {
    cloudauth_many *many = begin(client, 0, true);
    taken taken;
    push(many, "ekycpro200");
    CHECK(take(many, FOREVER, &taken) && taken.position == 0 && !taken.kind);
    CHECK(!take(many, 20, &taken) && !cloudauth_many_has_ended(many));
    push(many, "ekycpro200");
    CHECK(take(many, FOREVER, &taken) && taken.position == 1 && !taken.kind);
    cloudauth_many_finish(many);
    CHECK(!take(many, FOREVER, &taken) && cloudauth_many_has_ended(many));
    cloudauth_many_free(many);
}

/* The client's max_concurrency is the window's, unless another is given. */
static void no_more_calls_than_asked_for(const char *silent) {
    cloudauth_config *config = config_for(silent);
    cloudauth_client *client = NULL;
    cloudauth_config_set_max_concurrency(config, 2);
    SUCCEED(cloudauth_client_new(config, &client));
    CHECK(cloudauth_client_max_concurrency(client) == 2);
    for (size_t concurrency = 0; concurrency <= 3; concurrency += 3) {
        uint64_t before = cloudauth_client_counter(client, CLOUDAUTH_COUNTER_CALLS);
        size_t window = concurrency ? concurrency : 2;
        cloudauth_many *many = begin(client, concurrency, false);
        for (size_t i = 0; i < 5; i++) {
            CHECK(cloudauth_many_wants_more(many, 0) == (i < window));
            push(many, "t");
        }
        wait_ms(100);
        CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_CALLS) == before + window);
        cloudauth_many_free(many);
        /* What is cancelled is over before the next run is counted. */
        wait_ms(100);
    }
    cloudauth_client_free(client);
    cloudauth_config_free(config);
}

static void cancelled(const cloudauth_client *silent) {
    cloudauth_many *many = begin(silent, 2, true);
    cloudauth_request *request = cloudauth_request_new("biz", "t");
    taken taken;
    for (int i = 0; i < 5; i++) push(many, "t");
    CHECK(!take(many, 20, &taken));
    cloudauth_many_cancel(many);
    REFUSED(cloudauth_many_push(many, request), CLOUDAUTH_KIND_INVALID_ARGUMENT, "requests: ");
    CHECK(!cloudauth_many_wants_more(many, FOREVER));
    for (size_t i = 0; i < 5; i++) CHECK(take(many, 5000, &taken) && taken.position == i && taken.kind == CLOUDAUTH_KIND_CANCELLED);
    CHECK(!take(many, FOREVER, &taken) && cloudauth_many_has_ended(many));
    cloudauth_request_free(request);
    cloudauth_many_free(many);
}

/* The request's own time counts; a shutdown ends what is under way. */
static void timed_out_and_shut_down(const cloudauth_client *silent) {
    cloudauth_many *many = begin(silent, 0, true);
    cloudauth_request *request = cloudauth_request_new("biz", "t");
    taken taken;
    cloudauth_request_set_timeout_ms(request, 30);
    SUCCEED(cloudauth_many_push(many, request));
    push(many, "t");
    CHECK(take(many, 5000, &taken) && taken.kind == CLOUDAUTH_KIND_TIMEOUT);
    CHECK(cloudauth_shutdown(5000));
    CHECK(take(many, 5000, &taken) && taken.kind == CLOUDAUTH_KIND_CANCELLED);
    cloudauth_request_free(request);
    cloudauth_many_free(many);
}

static void *wait_for(void *many) {
    taken taken;
    while (take(many, FOREVER, &taken)) CHECK(taken.kind == CLOUDAUTH_KIND_CANCELLED);
    return NULL;
}

static void freed_while_a_thread_waits(const cloudauth_client *silent) {
    cloudauth_many *many = begin(silent, 0, true);
    pthread_t thread;
    push(many, "t");
    CHECK(pthread_create(&thread, NULL, wait_for, many) == 0);
    wait_ms(50);
    cloudauth_many_free(many);
    CHECK(pthread_join(thread, NULL) == 0);
}

typedef struct hook {
    atomic_int called, destroyed;
} hook;

static void ready(void *context) { atomic_fetch_add(&((hook *)context)->called, 1); }
static void destroyed(void *context) { atomic_fetch_add(&((hook *)context)->destroyed, 1); }

static void until(atomic_int *count, int wanted) {
    for (int i = 0; atomic_load(count) < wanted; i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
    CHECK(atomic_load(count) == wanted);
}

static void reported(const cloudauth_client *client) {
    hook hook = {0};
    cloudauth_many *many = begin(client, 0, true);
    taken taken;
    cloudauth_many_set_ready_callback(many, ready, &hook, destroyed);
    push(many, "ekycpro200");
    until(&hook.called, 1);
    CHECK(take(many, 0, &taken) && !take(many, 0, &taken));
    cloudauth_many_finish(many);
    until(&hook.called, 2);
    CHECK(!take(many, 0, &taken) && cloudauth_many_has_ended(many) && atomic_load(&hook.destroyed) == 0);
    cloudauth_many_free(many);
    until(&hook.destroyed, 1);
    cloudauth_many_set_ready_callback(NULL, ready, &hook, destroyed);
    until(&hook.destroyed, 2);
}

static void forked(const cloudauth_client *client, const cloudauth_client *silent) {
    cloudauth_many *many = begin(silent, 0, true);
    taken taken;
    push(many, "t");
    pid_t child = begin_child();
    if (child == 0) {
        cloudauth_request *request = cloudauth_request_new("biz", "t");
        REFUSED(cloudauth_many_push(many, request), CLOUDAUTH_KIND_FORKED, "");
        CHECK(take(many, FOREVER, &taken) && taken.kind == CLOUDAUTH_KIND_FORKED);
        CHECK(!take(many, FOREVER, &taken) && cloudauth_many_has_ended(many) && !cloudauth_many_wants_more(many, FOREVER));
        cloudauth_many_cancel(many);
        cloudauth_many_free(many);
        slow_rows(client);
        end_child();
    }
    await_child(child);
    cloudauth_many_cancel(many);
    CHECK(take(many, 5000, &taken) && taken.kind == CLOUDAUTH_KIND_CANCELLED);
    cloudauth_many_free(many);
}

static void misused(const cloudauth_client *client) {
    cloudauth_request *request = cloudauth_request_new("biz", "t");
    cloudauth_many *none = NULL, *other = (cloudauth_many *)request;
    cloudauth_error *error = NULL;
    cloudauth_result *result = NULL;
    size_t position = 7;
    REFUSED(cloudauth_many_new(client, 0, true, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "many: ");
    REFUSED(cloudauth_many_new(NULL, 0, true, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT, "client: ");
    CHECK(!none);
    cloudauth_many *wrong[] = {none, other};
    for (int i = 0; i < 2; i++) {
        REFUSED(cloudauth_many_push(wrong[i], request), CLOUDAUTH_KIND_INVALID_ARGUMENT, "many: ");
        CHECK(!cloudauth_many_wants_more(wrong[i], FOREVER) && cloudauth_many_has_ended(wrong[i]));
        CHECK(!cloudauth_many_next(wrong[i], FOREVER, &position, &error, &result) && position == 7 && !error && !result);
        cloudauth_many_finish(wrong[i]);
        cloudauth_many_cancel(wrong[i]);
        cloudauth_many_free(wrong[i]);
    }
    cloudauth_many *many = begin(client, 0, true);
    REFUSED(cloudauth_many_push(many, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "request: ");
    push(many, "ekycpro200");
    CHECK(!cloudauth_many_next(many, FOREVER, NULL, &error, &result) && !cloudauth_many_next(many, FOREVER, &position, NULL, &result));
    CHECK(cloudauth_many_next(many, FOREVER, &position, &error, &result) && position == 0);
    cloudauth_result_free(result);
    cloudauth_many_free(many);
    cloudauth_request_free(request);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    silent_server server = silent();
    cloudauth_client *client = client_for(argv[1]), *silent = client_for(server.endpoint);
    a_bad_row(client, true);
    a_bad_row(client, false);
    slow_rows(client);
    no_more_calls_than_asked_for(server.endpoint);
    cancelled(silent);
    timed_out_and_shut_down(silent);
    freed_while_a_thread_waits(silent);
    reported(client);
    forked(client, silent);
    misused(client);
    cloudauth_client_free(client);
    cloudauth_client_free(silent);
    CHECK(cloudauth_live_handles() == 0);
    close(server.socket);
    return 0;
}
