/* Keys that the host supplies: credentials ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>

#include "support.h"

typedef struct source {
    atomic_int asked, destroyed;
    int answer;
    pthread_t creator;
    bool here;
} source;

static void supply(void *context, cloudauth_credentials *out) {
    source *from = context;
    atomic_fetch_add(&from->asked, 1);
    /* Finding H6: a call that blocks asks on its own thread, which may be the only one that can answer. */
    CHECK(!pthread_equal(pthread_self(), from->creator) == !from->here);
    switch (from->answer) {
    case 0: cloudauth_credentials_set(out, "emulator-key-id", "emulator-key-secret", NULL); break;
    case 1: cloudauth_credentials_fail(out, "the vault is closed"); break;
    case 2: cloudauth_credentials_fail(out, NULL); break;
    case 3: break;
    case 4: cloudauth_credentials_set(out, NULL, "secret", NULL); break;
    case 5: cloudauth_credentials_set(out, "id", "\xff", NULL); break;
    case 6: cloudauth_credentials_set(out, "two words", "secret", NULL); break;
    case 7:
        wait_ms(300);
        cloudauth_credentials_set(out, "emulator-key-id", "emulator-key-secret", NULL);
        break;
    }
}

static void destroy(void *context) { atomic_fetch_add(&((source *)context)->destroyed, 1); }

static cloudauth_client *client_of(const char *endpoint, source *from) {
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_client *client = NULL;
    cloudauth_config_set_endpoint(config, endpoint);
    cloudauth_config_set_credentials_callback(config, supply, from, destroy);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    CHECK(atomic_load(&from->destroyed) == 0);
    return client;
}

static void answers(const char *endpoint) {
    static const char *const messages[] = {
        NULL,
        "the vault is closed",
        "the credentials callback failed",
        "the credentials callback gave no answer",
        "from the credentials callback, access_key_id: must not be empty",
        "from the credentials callback, access_key_secret: must be UTF-8",
        "from the credentials callback, access_key_id: must be printable",
    };
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    for (int answer = 0; answer <= 6; answer++) {
        source from = {.answer = answer, .creator = pthread_self(), .here = true};
        cloudauth_client *client = client_of(endpoint, &from);
        cloudauth_result *result = NULL;
        if (messages[answer]) {
            REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_CREDENTIALS, messages[answer]);
        } else {
            SUCCEED(cloudauth_client_check_result(client, request, &result));
        }
        CHECK(atomic_load(&from.asked) == 1);
        cloudauth_result_free(result);
        cloudauth_client_free(client);
        /* The thread that asked may be letting go of it just now. */
        for (int i = 0; !atomic_load(&from.destroyed); i++) {
            CHECK(i < 10000);
            wait_ms(1);
        }
        CHECK(atomic_load(&from.destroyed) == 1);
    }
    cloudauth_request_free(request);
}

/* A context that is replaced, taken out, or never taken is destroyed once as well. */
static void contexts(void) {
    source from[3] = {0};
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_client *client = NULL;
    cloudauth_config_set_credentials_callback(config, supply, &from[0], destroy);
    cloudauth_config_set_credentials_callback(config, supply, &from[1], destroy);
    CHECK(from[0].destroyed == 1 && from[1].destroyed == 0);
    cloudauth_config_set_access_key_id(config, "id");
    cloudauth_config_set_endpoint(config, "http://127.0.0.1:1");
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT, "credentials_callback: ");
    cloudauth_config_set_credentials_callback(config, NULL, NULL, NULL);
    CHECK(from[1].destroyed == 1);
    cloudauth_config_free(config);
    cloudauth_config_set_credentials_callback(config, supply, &from[2], destroy);
    CHECK(from[2].destroyed == 1 && from[0].destroyed == 1);
}

static atomic_int finished;

static void done(void *context, cloudauth_error *error, cloudauth_result *result) {
    (void)context;
    CHECK(!error && cloudauth_result_passed(result));
    cloudauth_result_free(result);
    atomic_fetch_add(&finished, 1);
}

/* Slow sources hold up neither each other nor other calls. */
static void slow_ones(const char *endpoint) {
    source from = {.answer = 7, .creator = pthread_self()};
    cloudauth_client *slow = client_of(endpoint, &from), *quick = client_for(endpoint);
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    struct timespec begun, all_done;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int i = 0; i < 20; i++) SUCCEED(cloudauth_client_check_result_start(slow, request, done, NULL, NULL));
    cloudauth_client_free(slow);
    CHECK(passes(quick));
    CHECK(atomic_load(&finished) < 20);
    for (int i = 0; atomic_load(&finished) < 20 || !atomic_load(&from.destroyed); i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &all_done);
    CHECK(all_done.tv_sec - begun.tv_sec < 20 * 300 / 1000 || scaled(10) < 10);
    cloudauth_client_free(quick);
    cloudauth_request_free(request);
}

/* A host that answers later, from threads of its own: questions that are open, and what it does with each. */
typedef struct later {
    atomic_int asked, destroyed;
    _Atomic(cloudauth_credentials *) open;
} later;

static void *answer_late(void *question) {
    wait_ms(30);
    cloudauth_credentials_set(question, "emulator-key-id", "emulator-key-secret", NULL);
    cloudauth_credentials_set(question, "a second answer", "is none", NULL);
    cloudauth_credentials_free(question);
    return NULL;
}

static void destroy_later(void *context) { atomic_fetch_add(&((later *)context)->destroyed, 1); }

static void begin(void *context, cloudauth_credentials *question) {
    later *from = context;
    pthread_t thread;
    switch (atomic_fetch_add(&from->asked, 1)) {
    case 0: cloudauth_credentials_set(question, "emulator-key-id", "emulator-key-secret", NULL); break;
    case 1:
        CHECK(!pthread_create(&thread, NULL, answer_late, question));
        CHECK(!pthread_detach(thread));
        break;
    case 2: cloudauth_credentials_fail(question, "the vault is closed"); break;
    case 3: cloudauth_credentials_free(question); break;
    case 4: cloudauth_credentials_fail_with(question, "the vault is sealed", from, destroy_later); break;
    default: CHECK(!atomic_exchange(&from->open, question));
    }
}

static int threads(void) {
    char line[256];
    int count = 0;
    FILE *status = fopen("/proc/self/status", "r");
    CHECK(status);
    while (fgets(line, sizeof line, status)) sscanf(line, "Threads: %d", &count);
    fclose(status);
    return count;
}

static atomic_int timed_out;

static void expect_timeout(void *context, cloudauth_error *error, cloudauth_result *result) {
    (void)context;
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_TIMEOUT && !result);
    cloudauth_error_free(error);
    atomic_fetch_add(&timed_out, 1);
}

/* Finding I1: a source that never answers holds no thread, takes no time of other clients, and its calls end in time. */
static void answers_later(const char *endpoint) {
    enum { CALLS = 100 };
    later from = {0};
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_client *client = NULL, *other = client_for(endpoint);
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    cloudauth_config_set_endpoint(config, endpoint);
    cloudauth_config_set_credentials_start(config, begin, &from, destroy_later);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    for (int i = 0; i < 2; i++) {
        SUCCEED(cloudauth_client_check_result(client, request, &result));
        cloudauth_result_free(result);
    }
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_CREDENTIALS, "the vault is closed");
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_CREDENTIALS,
            "the credentials callback gave no answer");

    /* Finding I5: the host's own error comes back, and lives as long as the library's. */
    cloudauth_error *error = cloudauth_client_check_result(client, request, &result);
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_CREDENTIALS && cloudauth_error_cause(error) == &from);
    CHECK(atomic_load(&from.destroyed) == 0);
    cloudauth_error_free(error);
    for (int i = 0; atomic_exchange(&from.destroyed, 0) == 0; i++, wait_ms(1)) CHECK(i < 10000);
    CHECK(!cloudauth_error_cause(NULL));

    cloudauth_request_set_timeout_ms(request, scaled(500));
    SUCCEED(cloudauth_client_check_result_start(client, request, expect_timeout, NULL, NULL));
    for (int i = 0; !atomic_load(&from.open); i++, wait_ms(1)) CHECK(i < 10000);
    int before = threads();
    for (int i = 1; i < CALLS; i++) SUCCEED(cloudauth_client_check_result_start(client, request, expect_timeout, NULL, NULL));
    CHECK(passes(other));
    CHECK(threads() < before + 10);
    for (int i = 0; atomic_load(&timed_out) < CALLS; i++, wait_ms(1)) CHECK(i < 10000);
    CHECK(atomic_load(&from.asked) == 6); /* one question at a time */

    /* The answer comes when nobody waits for it any more, and no client is there. The question is the last to need the context. */
    cloudauth_client_free(client);
    wait_ms(20);
    CHECK(atomic_load(&from.destroyed) == 0);
    cloudauth_credentials_set(atomic_load(&from.open), "late", "late", NULL);
    for (int i = 0; !atomic_load(&from.destroyed); i++, wait_ms(1)) CHECK(i < 10000);
    cloudauth_credentials_set(atomic_load(&from.open), "later", "later", NULL);
    cloudauth_credentials_free(NULL);
    cloudauth_client_free(other);
    cloudauth_request_free(request);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    answers(argv[1]);
    contexts();
    slow_ones(argv[1]);
    answers_later(argv[1]);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
