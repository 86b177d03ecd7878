/* Finding H11: outcomes that wait in a queue, with a descriptor that says so: queue ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "child.h"
#include "server.h"

static const uint64_t FOREVER = UINT64_MAX;

/* An outcome, taken and freed. */
typedef struct taken {
    uint64_t id;
    cloudauth_kind kind; /* 0 where there is no error */
    bool replied;
} taken;

static bool take(cloudauth_queue *queue, uint64_t timeout_ms, taken *taken) {
    cloudauth_error *error = NULL;
    cloudauth_result *result = NULL;
    cloudauth_reply *reply = NULL;
    if (!cloudauth_queue_next(queue, timeout_ms, &taken->id, &error, &result, &reply)) return false;
    CHECK((error != NULL) + (result != NULL) + (reply != NULL) == 1);
    taken->kind = cloudauth_error_kind(error);
    taken->replied = reply != NULL;
    CHECK(!result || cloudauth_result_passed(result));
    CHECK(!reply || cloudauth_reply_json(reply).len > 10);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_reply_free(reply);
    return true;
}

static cloudauth_queue *new_queue(void) {
    cloudauth_queue *queue = NULL;
    SUCCEED(cloudauth_queue_new(&queue));
    CHECK(queue);
    return queue;
}

static void start(cloudauth_queue *queue, const cloudauth_client *client, uint64_t id, cloudauth_operation **operation) {
    cloudauth_request *request = cloudauth_request_new("biz", "ekycpro200");
    SUCCEED(cloudauth_queue_check_result(queue, client, request, id, operation));
    cloudauth_request_free(request);
}

/* Says whether the descriptor becomes readable within the time. */
static bool readable(int descriptor, int timeout_ms) {
    struct pollfd poll_for = {.fd = descriptor, .events = POLLIN};
    int ready;
    while ((ready = poll(&poll_for, 1, timeout_ms)) < 0) CHECK(errno == EINTR);
    CHECK(!ready || poll_for.revents == POLLIN);
    return ready;
}

/* Readable while outcomes wait, and then only. */
static void the_descriptor(const cloudauth_client *client) {
    cloudauth_queue *queue = new_queue();
    int descriptor = cloudauth_queue_descriptor(queue);
    taken taken;
    CHECK(descriptor >= 0 && fcntl(descriptor, F_GETFD) == FD_CLOEXEC);
    CHECK(!readable(descriptor, 0) && !take(queue, 0, &taken) && !take(queue, 20, &taken));
    for (uint64_t id = 1; id <= 2; id++) start(queue, client, id, NULL);
    for (uint64_t ids = 0, i = 0; i < 2; i++) {
        CHECK(readable(descriptor, 30000) && take(queue, i ? FOREVER : 0, &taken) && !taken.kind);
        ids += taken.id;
        CHECK(i == 0 || (ids == 3 && !readable(descriptor, 0)));
    }
    CHECK(!take(queue, 0, &taken));
    cloudauth_queue_free(queue);
    CHECK(fcntl(descriptor, F_GETFD) < 0 && errno == EBADF);
}

static void every_call(const cloudauth_client *client) {
    cloudauth_queue *queue = new_queue();
    cloudauth_request *request = cloudauth_request_new("biz", "pending2"), *wrong = cloudauth_request_new("biz", NULL);
    cloudauth_call *call = cloudauth_call_new("CheckResult");
    cloudauth_operation *operation = NULL;
    taken taken;
    cloudauth_request_set_wait_first_pause_ms(request, 1);
    SUCCEED(cloudauth_queue_wait_for_result(queue, client, request, UINT64_MAX, NULL));
    CHECK(take(queue, FOREVER, &taken) && taken.id == UINT64_MAX && !taken.kind && !taken.replied);
    cloudauth_call_set_parameter(call, "MerchantBizId", "biz");
    cloudauth_call_set_parameter(call, "TransactionId", "ekycpro200");
    SUCCEED(cloudauth_queue_call(queue, client, call, 8, &operation));
    CHECK(operation && take(queue, FOREVER, &taken) && taken.id == 8 && taken.replied);
    cloudauth_operation_free(operation);
    /* What does not begin has no outcome. */
    operation = NULL;
    REFUSED(cloudauth_queue_check_result(queue, client, wrong, 9, &operation), CLOUDAUTH_KIND_INVALID_ARGUMENT, "transaction_id: ");
    CHECK(!operation && !take(queue, 0, &taken));
    cloudauth_call_free(call);
    cloudauth_request_free(request);
    cloudauth_request_free(wrong);
    cloudauth_queue_free(queue);
}

enum { STARTERS = 8 };

typedef struct starter {
    cloudauth_queue *queue;
    const cloudauth_client *client;
    uint64_t first, calls;
    atomic_long *in_flight;
} starter;

static void *start_many(void *context) {
    starter *own = context;
    for (uint64_t i = 0; i < own->calls; i++) {
        cloudauth_operation *operation = NULL;
        while (atomic_load(own->in_flight) > 200) wait_ms(1);
        atomic_fetch_add(own->in_flight, 1);
        start(own->queue, own->client, own->first + i, i % 2 ? &operation : NULL);
        if (i % 4 == 1) cloudauth_operation_cancel(operation);
        cloudauth_operation_free(operation);
    }
    return NULL;
}

/* Many threads start and cancel, one takes: each outcome comes once. */
static void many_threads(const cloudauth_client *client) {
    cloudauth_queue *queue = new_queue();
    uint64_t each = (uint64_t)scaled(500), all = each * STARTERS, cancelled = 0;
    bool *seen = calloc(all, sizeof *seen);
    atomic_long in_flight = 0;
    pthread_t threads[STARTERS];
    starter starters[STARTERS];
    CHECK(seen);
    for (uint64_t i = 0; i < STARTERS; i++) {
        starters[i] = (starter) {queue, client, i * each, each, &in_flight};
        CHECK(pthread_create(&threads[i], NULL, start_many, &starters[i]) == 0);
    }
    for (uint64_t left = all; left;) {
        taken taken;
        CHECK(readable(cloudauth_queue_descriptor(queue), 60000));
        for (; take(queue, 0, &taken); left--) {
            CHECK(taken.id < all && !seen[taken.id] && (!taken.kind || taken.kind == CLOUDAUTH_KIND_CANCELLED));
            seen[taken.id] = true;
            cancelled += taken.kind != 0;
            CHECK(!taken.kind || taken.id % each % 4 == 1);
            atomic_fetch_sub(&in_flight, 1);
        }
    }
    for (int i = 0; i < STARTERS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(!readable(cloudauth_queue_descriptor(queue), 0));
    cloudauth_queue_free(queue);
    free(seen);
    printf("%llu calls, %llu cancelled\n", (unsigned long long)all, (unsigned long long)cancelled);
}

static void *wait_for(void *queue) {
    taken taken;
    CHECK(!take(queue, FOREVER, &taken));
    return NULL;
}

/* Freed with calls in flight, with outcomes that wait, and under a thread that does: nothing is left. */
static void freed(const cloudauth_client *client, const cloudauth_client *silent) {
    size_t before = cloudauth_live_handles();
    for (long i = scaled(200); i; i--) {
        cloudauth_queue *queue = new_queue();
        for (uint64_t id = 0; id < 10; id++) start(queue, client, id, NULL);
        if (i % 2) CHECK(readable(cloudauth_queue_descriptor(queue), 30000));
        cloudauth_queue_free(queue);
    }
    cloudauth_queue *queue = new_queue();
    cloudauth_operation *operation = NULL;
    pthread_t threads[2];
    start(queue, silent, 1, &operation);
    for (int i = 0; i < 2; i++) CHECK(pthread_create(&threads[i], NULL, wait_for, queue) == 0);
    wait_ms(50);
    cloudauth_queue_free(queue);
    for (int i = 0; i < 2; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    cloudauth_operation_cancel(operation);
    cloudauth_operation_free(operation);
    CHECK(cloudauth_live_handles() == before);
}

static void shut_down(const cloudauth_client *silent) {
    cloudauth_queue *queue = new_queue();
    taken taken;
    start(queue, silent, 1, NULL);
    CHECK(cloudauth_shutdown(5000));
    CHECK(take(queue, 0, &taken) && taken.kind == CLOUDAUTH_KIND_CANCELLED);
    start(queue, silent, 2, NULL);
    CHECK(!take(queue, 20, &taken));
    cloudauth_queue_free(queue);
    CHECK(cloudauth_shutdown(5000));
}

static void forked(const cloudauth_client *client, const cloudauth_client *silent) {
    cloudauth_queue *queue = new_queue();
    int descriptor = cloudauth_queue_descriptor(queue);
    taken taken;
    start(queue, client, 1, NULL);
    CHECK(readable(descriptor, 30000));
    for (uint64_t id = 2; id <= 3; id++) start(queue, silent, id, NULL);
    wait_ms(50);
    pid_t child = begin_child();
    if (child == 0) {
        int own = cloudauth_queue_descriptor(queue);
        CHECK(own >= 0 && own != descriptor && readable(own, 0));
        CHECK(take(queue, 0, &taken) && taken.id == 1 && !taken.kind);
        for (uint64_t id = 2; id <= 3; id++) CHECK(take(queue, 0, &taken) && taken.id == id && taken.kind == CLOUDAUTH_KIND_FORKED);
        CHECK(!readable(own, 0) && !take(queue, 0, &taken));
        start(queue, client, 4, NULL);
        CHECK(readable(own, 30000) && take(queue, 0, &taken) && taken.id == 4 && !taken.kind);
        cloudauth_queue_free(queue);
        end_child();
    }
    await_child(child);
    /* The parent's outcomes and its descriptor are as they were. */
    CHECK(readable(descriptor, 0) && take(queue, 0, &taken) && taken.id == 1 && !readable(descriptor, 0));
    CHECK(cloudauth_shutdown(5000));
    for (int i = 0; i < 2; i++) CHECK(take(queue, 0, &taken) && taken.kind == CLOUDAUTH_KIND_CANCELLED);
    cloudauth_queue_free(queue);
}

/* A child that has used nothing frees the queue, and its parent does not hear of it. */
static void freed_in_a_child(const cloudauth_client *silent) {
    cloudauth_queue *queue = new_queue();
    start(queue, silent, 1, NULL);
    pid_t child = begin_child();
    if (child == 0) {
        cloudauth_queue_free(queue);
        end_child();
    }
    await_child(child);
    CHECK(!readable(cloudauth_queue_descriptor(queue), 0));
    cloudauth_queue_free(queue);
    CHECK(cloudauth_shutdown(5000));
}

/* A daemon closes all descriptors: the queue makes another, and leaves alone what has the number of the old one. */
static void descriptors_closed(const cloudauth_client *client) {
    cloudauth_queue *queue = new_queue();
    pid_t child = begin_child();
    if (child == 0) {
        taken taken;
        int descriptor = cloudauth_queue_descriptor(queue);
        start(queue, client, 1, NULL);
        CHECK(readable(descriptor, 30000));
        for (int i = 3; i < 1024; i++) close(i);
        int other = open("/dev/null", O_RDONLY);
        CHECK(other >= 0 && (other == descriptor || dup2(other, descriptor) == descriptor));
        CHECK(cloudauth_queue_descriptor(queue) != descriptor && readable(cloudauth_queue_descriptor(queue), 0));
        CHECK(take(queue, 0, &taken) && taken.id == 1 && !taken.kind);
        start(queue, client, 2, NULL);
        CHECK(take(queue, FOREVER, &taken) && taken.id == 2 && !taken.kind);
        cloudauth_queue_free(queue);
        CHECK(fcntl(descriptor, F_GETFD) >= 0);
        end_child();
    }
    await_child(child);
    cloudauth_queue_free(queue);
}

/* Descriptors run out: an error that says so, and a queue once there are some again. */
static void no_descriptors(void) {
    if (getenv("CLOUDAUTH_TEST_NO_LIMITS")) return;
    struct rlimit before, none;
    cloudauth_queue *queue = NULL;
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    none = before;
    none.rlim_cur = 3;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    cloudauth_error *error = cloudauth_queue_new(&queue);
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(!queue && cloudauth_error_kind(error) == CLOUDAUTH_KIND_IO && cloudauth_error_retryable(error));
    CHECK(strcmp(cloudauth_error_message(error), "too many open files: this process may have 3 (ulimit -n)") == 0);
    cloudauth_error_free(error);
    cloudauth_queue_free(new_queue());
}

static void misused(const cloudauth_client *client) {
    cloudauth_request *request = cloudauth_request_new("biz", "t");
    cloudauth_call *call = cloudauth_call_new("Initialize");
    cloudauth_queue *queue = new_queue();
    cloudauth_queue *wrong[] = {NULL, (cloudauth_queue *)request};
    cloudauth_error *error = NULL;
    cloudauth_result *result = NULL;
    cloudauth_reply *reply = NULL;
    uint64_t id = 7;
    REFUSED(cloudauth_queue_new(NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "queue: ");
    for (int i = 0; i < 2; i++) {
        REFUSED(cloudauth_queue_check_result(wrong[i], client, request, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "queue: ");
        REFUSED(cloudauth_queue_wait_for_result(wrong[i], client, request, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "queue: ");
        REFUSED(cloudauth_queue_call(wrong[i], client, call, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "queue: ");
        CHECK(cloudauth_queue_descriptor(wrong[i]) == -1);
        CHECK(!cloudauth_queue_next(wrong[i], FOREVER, &id, &error, &result, &reply));
        cloudauth_queue_free(wrong[i]);
    }
    REFUSED(cloudauth_queue_check_result(queue, NULL, request, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "client: ");
    REFUSED(cloudauth_queue_check_result(queue, client, NULL, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "request: ");
    REFUSED(cloudauth_queue_call(queue, client, NULL, 1, NULL), CLOUDAUTH_KIND_INVALID_ARGUMENT, "call: ");
    start(queue, client, 1, NULL);
    CHECK(readable(cloudauth_queue_descriptor(queue), 30000));
    CHECK(!cloudauth_queue_next(queue, FOREVER, NULL, &error, &result, &reply));
    CHECK(!cloudauth_queue_next(queue, FOREVER, &id, NULL, &result, &reply));
    CHECK(!cloudauth_queue_next(queue, FOREVER, &id, &error, NULL, &reply));
    CHECK(!cloudauth_queue_next(queue, FOREVER, &id, &error, &result, NULL));
    CHECK(id == 7 && !error && !result && !reply);
    taken taken;
    CHECK(take(queue, 0, &taken) && taken.id == 1);
    cloudauth_queue_free(queue);
    cloudauth_request_free(request);
    cloudauth_call_free(call);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    silent_server server = silent();
    cloudauth_client *client = client_for(argv[1]), *silent = client_for(server.endpoint);
    the_descriptor(client);
    every_call(client);
    many_threads(client);
    freed(client, silent);
    shut_down(silent);
    forked(client, silent);
    freed_in_a_child(silent);
    descriptors_closed(client);
    no_descriptors();
    misused(client);
    cloudauth_client_free(client);
    cloudauth_client_free(silent);
    close(server.socket);
    CHECK(cloudauth_shutdown(5000) && cloudauth_live_handles() == 0);
    return 0;
}
