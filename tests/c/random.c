/* A million random operations over handles from four threads, each misuse answered as promised: random [SEED]. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "support.h"

#define THREADS 4
#define SLOTS 12
#define SHARED 32
/* A freed address rests until 128 more of its sort were freed. Threads stay within LEASH operations of each other, so that
   no address comes back while one of them still thinks of it as freed. An operation frees two handles at most. */
#define LEASH 8
#define FORGET 60

typedef enum sort { CONFIG, REQUEST, CALL, RESULT, DECISION, ERROR, CLIENT, SORTS } sort;

/* A handle that one thread alone knows, so that it knows what the answer must be. */
typedef struct slot {
    sort of;
    void *handle;
    bool live;
    unsigned freed_at;
} slot;

static atomic_uint frees;
static atomic_ulong progress[THREADS];
static _Atomic(void *) shared[SHARED];
static atomic_ulong misuses, uses;

static const char BODY[] = "{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\"}}";

static uint64_t next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 0x2545F4914F6CDD1DULL >> 16;
}

static void *make(sort of) {
    cloudauth_result *result = NULL;
    cloudauth_decision *decision = NULL;
    cloudauth_client *client = NULL;
    switch (of) {
    case CONFIG: return cloudauth_config_new();
    case REQUEST: return cloudauth_request_new("", "t");
    case CALL: return cloudauth_call_new("");
    case ERROR: return cloudauth_result_decode(NULL, 0, &result);
    case CLIENT: {
        cloudauth_config *config = config_for("http://127.0.0.1:1");
        SUCCEED(cloudauth_client_new(config, &client));
        cloudauth_config_free(config);
        atomic_fetch_add(&frees, 1);
        return client;
    }
    default: break;
    }
    SUCCEED(cloudauth_result_decode((const uint8_t *)BODY, sizeof BODY - 1, &result));
    if (of == RESULT) return result;
    SUCCEED(cloudauth_result_decision(result, NULL, &decision));
    cloudauth_result_free(result);
    atomic_fetch_add(&frees, 1);
    return decision;
}

static void free_as(sort of, void *handle) {
    switch (of) {
    case CONFIG: cloudauth_config_free(handle); break;
    case REQUEST: cloudauth_request_free(handle); break;
    case CALL: cloudauth_call_free(handle); break;
    case RESULT: cloudauth_result_free(handle); break;
    case DECISION: cloudauth_decision_free(handle); break;
    case ERROR: cloudauth_error_free(handle); break;
    case CLIENT: cloudauth_client_free(handle); break;
    case SORTS: abort();
    }
}

/* Whether the error is the one that misuse gives, rather than the one of a good handle; frees it. */
static bool says_misuse(cloudauth_error *error, const char *good) {
    CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_INVALID_ARGUMENT);
    const char *message = cloudauth_error_message(error);
    bool misuse = strstr(message, "is no live cloudauth_") || strstr(message, "must not be NULL");
    CHECK(misuse || strstr(message, good));
    cloudauth_error_free(error);
    atomic_fetch_add(&frees, 1);
    return misuse;
}

/* Uses the handle as one of its sort; whether it was taken for a live one. */
static bool use_as(sort of, void *handle, const cloudauth_client *client) {
    cloudauth_client *client_out = NULL;
    cloudauth_result *result_out = NULL;
    cloudauth_reply *reply_out = NULL;
    switch (of) {
    case CONFIG:
        /* Its region, if it is one, is refused. */
        cloudauth_config_set_region(handle, "mars");
        return !says_misuse(cloudauth_client_new(handle, &client_out), "region: ");
    case REQUEST:
        cloudauth_request_set_return_image(handle, true);
        return !says_misuse(cloudauth_client_check_result(client, handle, &result_out), "merchant_biz_id: must not be empty");
    case CALL:
        cloudauth_call_set_parameter(handle, "A", "b");
        return !says_misuse(cloudauth_client_call(client, handle, &reply_out), "action: ");
    case RESULT: return cloudauth_result_passed(handle);
    case DECISION: return cloudauth_decision_action(handle) == CLOUDAUTH_ACTION_ACCEPT;
    case ERROR: return cloudauth_error_kind(handle) == CLOUDAUTH_KIND_PROTOCOL;
    case CLIENT: return cloudauth_client_max_concurrency(handle) == 16;
    case SORTS: break;
    }
    abort();
}

static sort another(sort of, uint64_t random) { return (sort)((of + 1 + random % (SORTS - 1)) % SORTS); }

typedef struct task {
    int thread;
    unsigned long operations;
    uint64_t random;
    const cloudauth_client *client;
} task;

/* Waits while this thread is far ahead of the slowest. */
static void keep_together(const task *own, unsigned long done) {
    atomic_store(&progress[own->thread], done);
    for (;;) {
        unsigned long slowest = done;
        for (int i = 0; i < THREADS; i++) {
            unsigned long other = atomic_load(&progress[i]);
            if (other < slowest) slowest = other;
        }
        if (done - slowest < LEASH) return;
        sched_yield();
    }
}

static void own_slot(task *own, slot *at) {
    uint64_t random = next(&own->random);
    if (!at->handle || (!at->live && atomic_load(&frees) - at->freed_at >= FORGET)) {
        at->of = (sort)(random % SORTS);
        at->handle = make(at->of);
        at->live = true;
        return;
    }
    switch (random % 6) {
    case 0:
        CHECK(!use_as(another(at->of, random >> 8), at->handle, own->client));
        atomic_fetch_add(&misuses, 1);
        break;
    case 1:
        free_as(another(at->of, random >> 8), at->handle);
        CHECK(use_as(at->of, at->handle, own->client) == at->live);
        atomic_fetch_add(&misuses, 1);
        break;
    case 2:
        CHECK(!use_as((sort)(random >> 8) % SORTS, (char *)at->handle + 1 + random % 15, own->client));
        atomic_fetch_add(&misuses, 1);
        break;
    case 3:
        free_as(at->of, at->handle);
        if (at->live) {
            at->live = false;
            at->freed_at = atomic_fetch_add(&frees, 1);
        } else {
            atomic_fetch_add(&misuses, 1);
        }
        break;
    default:
        CHECK(use_as(at->of, at->handle, own->client) == at->live);
        atomic_fetch_add(at->live ? &uses : &misuses, 1);
    }
}

/* Handles that all threads use and free: what one of them finds is not known, but it is one of the two answers. */
static void shared_slot(task *own) {
    uint64_t random = next(&own->random);
    _Atomic(void *) *at = &shared[random % SHARED];
    sort of = (sort)(random % SHARED % SORTS);
    switch (random >> 32 & 3) {
    case 0: {
        void *fresh = make(of), *none = NULL;
        if (!atomic_compare_exchange_strong(at, &none, fresh)) {
            free_as(of, fresh);
            atomic_fetch_add(&frees, 1);
        }
        break;
    }
    case 1: {
        void *handle = atomic_load(at);
        free_as(of, handle);
        if (handle && atomic_compare_exchange_strong(at, &handle, NULL)) atomic_fetch_add(&frees, 1);
        break;
    }
    default: (void)use_as(of, atomic_load(at), own->client);
    }
    atomic_fetch_add(&uses, 1);
}

static void *run(void *context) {
    task *own = context;
    slot slots[SLOTS] = {0};
    for (unsigned long done = 0; done < own->operations; done++) {
        keep_together(own, done);
        if (next(&own->random) % 4 == 0) shared_slot(own);
        else own_slot(own, &slots[next(&own->random) % SLOTS]);
    }
    atomic_store(&progress[own->thread], (unsigned long)-1);
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].live) free_as(slots[i].of, slots[i].handle);
    return NULL;
}

int main(int argc, char **argv) {
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : (uint64_t)time(NULL);
    unsigned long operations = (unsigned long)scaled(1000000);
    cloudauth_client *client = client_for("http://127.0.0.1:1");
    pthread_t threads[THREADS];
    task tasks[THREADS];
    printf("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < THREADS; i++) {
        tasks[i] = (task){i, operations / THREADS, (seed + 1) * 0x9E3779B97F4A7C15ULL + (uint64_t)i, client};
        CHECK(pthread_create(&threads[i], NULL, run, &tasks[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    for (int i = 0; i < SHARED; i++) free_as((sort)(i % SORTS), atomic_load(&shared[i]));
    cloudauth_client_free(client);
    CHECK(cloudauth_live_handles() == 0);
    printf("%lu operations: %lu uses, %lu misuses\n", operations, atomic_load(&uses), atomic_load(&misuses));
    cloudauth_shutdown(10000);
    return 0;
}
