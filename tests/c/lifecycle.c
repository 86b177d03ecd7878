/* Random rounds of start, cancel, shutdown and fork on several threads: each outcome exactly once, no hang.
 *
 *     lifecycle ENDPOINT ROUNDS LIMIT [SEED]
 *
 * LIMIT is none, fork, descriptors or threads. Under the last two the program lowers its own limits at random; "threads"
 * leaves root for it, whom no such limit binds. The seed is printed where something does not hold. */
#define _GNU_SOURCE

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "server.h"

#define STARTERS 3
#define STUCK_SECONDS 10

typedef struct one_call {
    atomic_int called, refused;
    _Atomic(cloudauth_operation *) operation;
    uint64_t seed;
    int depth;
} one_call;

static const char *limit;
static uint64_t seed;
static cloudauth_client *fast, *silent_one, *keyed;
static atomic_long next_call, in_flight, started, refused, cancelled, passed, shutdowns, unfinished, others, bitten;
static atomic_long beats[STARTERS + 1];
static one_call *calls;
static long rounds;
static atomic_bool over;

static uint64_t draw(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 0x2545F4914F6CDD1DULL >> 32;
}

static uint64_t stream(uint64_t number) {
    uint64_t state = (seed + number + 1) * 0x9E3779B97F4A7C15ULL | 1;
    for (int i = 0; i < 4; i++) draw(&state);
    return state;
}

static bool limited(void) { return strcmp(limit, "none") != 0 && strcmp(limit, "fork") != 0; }

/* No kind but these, whatever happens; out of descriptors or threads, io and what a missing descriptor looks like. */
static void expected(const cloudauth_error *error) {
    cloudauth_kind kind = cloudauth_error_kind(error);
    bool fine = kind == CLOUDAUTH_KIND_CANCELLED || kind == CLOUDAUTH_KIND_TIMEOUT
        || (limited() && (kind == CLOUDAUTH_KIND_IO || kind == CLOUDAUTH_KIND_NETWORK));
    if (!fine) fprintf(stderr, "kind %s: %s\n", cloudauth_kind_name(kind), cloudauth_error_message(error));
    CHECK(fine);
    if (kind == CLOUDAUTH_KIND_CANCELLED) atomic_fetch_add(&cancelled, 1);
    else atomic_fetch_add(&others, 1);
}

static void start(uint64_t *random, int depth);
static void block(uint64_t *random);

static void ended(one_call *call, cloudauth_error *error) {
    CHECK(atomic_fetch_add(&call->called, 1) == 0);
    CHECK(!atomic_load(&call->refused));
    uint64_t random = call->seed;
    if (error) expected(error);
    else atomic_fetch_add(&passed, 1);
    cloudauth_error_free(error);
    if (call->depth < 3 && draw(&random) % 3 == 0) start(&random, call->depth + 1);
    switch (draw(&random) % 16) {
    case 0: wait_ms((long)(draw(&random) % 3)); break;
    case 1: block(&random); break;
    case 2: CHECK(!cloudauth_shutdown(draw(&random) % 2 ? UINT64_MAX : 0)); break;
    default: break;
    }
    atomic_fetch_sub(&in_flight, 1);
}

static void done(void *context, cloudauth_error *error, cloudauth_result *result) {
    CHECK(!error != !result);
    cloudauth_result_free(result);
    ended(context, error);
}

static void replied(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    CHECK(!error != !reply);
    cloudauth_reply_free(reply);
    ended(context, error);
}

static void supply(void *context, cloudauth_credentials *out) {
    (void)context;
    cloudauth_credentials_set(out, "emulator-key-id", "emulator-key-secret", NULL);
}

static const cloudauth_client *any(uint64_t *random) {
    switch (draw(random) % 4) {
    case 0: return silent_one;
    case 1: return keyed;
    default: return fast;
    }
}

static void start(uint64_t *random, int depth) {
    long number = atomic_fetch_add(&next_call, 1);
    if (number >= rounds * 4) return;
    one_call *call = &calls[number];
    call->depth = depth;
    call->seed = stream((uint64_t)number + 1000);
    atomic_fetch_add(&in_flight, 1);
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_request_set_timeout_ms(request, 1 + draw(random) % (limited() ? 2000 : 400));
    /* A wait goes on through what is transient, and a child has no one to cancel it. */
    cloudauth_request_set_wait_timeout_ms(request, 500);
    const cloudauth_client *client = any(random);
    bool wants = draw(random) % 4 != 0, cancels = draw(random) % 3 == 0;
    cloudauth_operation *operation = NULL, **out = wants ? &operation : NULL;
    cloudauth_error *error = NULL;
    cloudauth_call *other;
    switch (draw(random) % 5) {
    case 0:
        cloudauth_request_set_callback_on_io_thread(request, true);
        error = cloudauth_client_check_result_start(client, request, done, call, out);
        break;
    case 1: error = cloudauth_client_wait_for_result_start(client, request, done, call, out); break;
    case 2:
        other = cloudauth_call_new("CheckResult");
        cloudauth_call_set_parameter(other, "MerchantBizId", "biz");
        cloudauth_call_set_parameter(other, "TransactionId", "faceliveness200");
        cloudauth_call_set_timeout_ms(other, 1 + draw(random) % 400);
        error = cloudauth_client_call_start(client, other, replied, call, out);
        cloudauth_call_free(other);
        break;
    default: error = cloudauth_client_check_result_start(client, request, done, call, out);
    }
    cloudauth_request_free(request);
    if (error) {
        atomic_store(&call->refused, 1);
        CHECK(!atomic_load(&call->called) && !operation);
        CHECK(limited() && cloudauth_error_kind(error) == CLOUDAUTH_KIND_IO);
        cloudauth_error_free(error);
        atomic_fetch_add(&refused, 1);
        atomic_fetch_sub(&in_flight, 1);
        return;
    }
    atomic_fetch_add(&started, 1);
    if (cancels) cloudauth_operation_cancel(operation);
    if (draw(random) % 2) cloudauth_operation_free(operation);
    else atomic_store(&call->operation, operation);
}

static void block(uint64_t *random) {
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_request_set_timeout_ms(request, 1 + draw(random) % (limited() ? 2000 : 200));
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_client_check_result(any(random), request, &result);
    if (error) expected(error);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_request_free(request);
}

/* The child makes a call of either kind and ends in good order. */
static void forked(uint64_t *random) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(STUCK_SECONDS);
        atomic_store(&next_call, 0);
        atomic_store(&in_flight, 0);
        memset(calls, 0, 16 * sizeof *calls);
        start(random, 3);
        block(random);
        while (atomic_load(&in_flight)) wait_ms(1);
        CHECK(cloudauth_shutdown(5000));
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    if (status) fprintf(stderr, "a child ended with %x\n", (unsigned)status);
    CHECK(status == 0);
}

static void squeeze(uint64_t *random) {
    struct rlimit now;
    if (strcmp(limit, "descriptors") == 0) {
        CHECK(getrlimit(RLIMIT_NOFILE, &now) == 0);
        now.rlim_cur = 8 + draw(random) % 40;
        CHECK(setrlimit(RLIMIT_NOFILE, &now) == 0);
    } else if (strcmp(limit, "threads") == 0) {
        CHECK(getrlimit(RLIMIT_NPROC, &now) == 0);
        now.rlim_cur = STARTERS + 2 + draw(random) % 5;
        CHECK(setrlimit(RLIMIT_NPROC, &now) == 0);
    }
}

static void *nothing(void *unused) { return unused; }

/* Whether the limit binds this process at all. */
static void bites(void) {
    if (strcmp(limit, "descriptors") == 0) {
        int one = dup(0);
        if (one < 0 && errno == EMFILE) atomic_fetch_add(&bitten, 1);
        else close(one);
    } else if (strcmp(limit, "threads") == 0) {
        pthread_t thread;
        int failed = pthread_create(&thread, NULL, nothing, NULL);
        if (failed == EAGAIN) atomic_fetch_add(&bitten, 1);
        else CHECK(!failed && pthread_join(thread, NULL) == 0);
    }
}

static atomic_long round_number;

static void *starter(void *given) {
    long which = (long)(intptr_t)given;
    uint64_t random = stream((uint64_t)which);
    while (atomic_fetch_add(&round_number, 1) < rounds) {
        while (atomic_load(&in_flight) > 100) wait_ms(1);
        switch (draw(&random) % 8) {
        case 0: block(&random); break;
        case 1:
            if (strcmp(limit, "fork") == 0 && draw(&random) % 16 == 0) forked(&random);
            break;
        case 2: {
            long latest = atomic_load(&next_call);
            one_call *call = &calls[draw(&random) % (uint64_t)(latest < rounds * 4 ? latest + 1 : latest)];
            cloudauth_operation *operation = atomic_exchange(&call->operation, NULL);
            cloudauth_operation_cancel(operation);
            cloudauth_operation_free(operation);
            break;
        }
        default: start(&random, 0);
        }
        atomic_fetch_add(&beats[which], 1);
    }
    return NULL;
}

static void *stopper(void *unused) {
    uint64_t random = stream(100);
    while (!atomic_load(&over)) {
        static const uint64_t times[] = {0, 0, 0, 1, 5, 100};
        if (!cloudauth_shutdown(times[draw(&random) % 6])) atomic_fetch_add(&unfinished, 1);
        atomic_fetch_add(&shutdowns, 1);
        if (limited()) squeeze(&random), bites();
        /* Now and then there is time for calls to succeed. */
        wait_ms((long)(draw(&random) % 8 ? draw(&random) % 4 : 40));
        atomic_fetch_add(&beats[STARTERS], 1);
    }
    return unused;
}

/* Ends the program where a thread makes no step for too long. */
static void *watchdog(void *unused) {
    long seen[STARTERS + 1] = {0}, still[STARTERS + 1] = {0};
    const char *slower = getenv("CLOUDAUTH_TEST_SLOWER");
    long patience = STUCK_SECONDS * (slower ? atol(slower) : 1);
    while (!atomic_load(&over)) {
        wait_ms(1000);
        for (int i = 0; i <= STARTERS; i++) {
            long now = atomic_load(&beats[i]);
            bool working = i == STARTERS || atomic_load(&round_number) < rounds;
            still[i] = now == seen[i] && working ? still[i] + 1 : 0;
            seen[i] = now;
            if (still[i] < patience) continue;
            fprintf(stderr, "thread %d is stuck; seed %llu, %ld in flight\n", i, (unsigned long long)seed, atomic_load(&in_flight));
            abort();
        }
    }
    return unused;
}

static void leave_root(void) {
    if (geteuid() != 0) return;
    /* A user of this run's own, since the limit counts all threads of a user. */
    uid_t user = 50000 + (uid_t)getpid() % 10000;
    CHECK(setresgid(user, user, user) == 0 && setresuid(user, user, user) == 0);
    CHECK(prctl(PR_SET_DUMPABLE, 1) == 0);
}

int main(int argc, char **argv) {
    CHECK(argc >= 4);
    limit = argv[3];
    rounds = scaled(atol(argv[2]));
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    seed = argc > 4 ? strtoull(argv[4], NULL, 10) : (uint64_t)now.tv_sec * 1000003 + (uint64_t)now.tv_nsec;
    calls = calloc((size_t)rounds * 4 + 16, sizeof *calls);
    CHECK(calls);
    silent_server server = silent();
    if (strcmp(limit, "threads") == 0) leave_root();
    fast = client_for(argv[1]);
    silent_one = client_for(server.endpoint);
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_config_set_endpoint(config, argv[1]);
    cloudauth_config_set_credentials_callback(config, supply, NULL, NULL);
    SUCCEED(cloudauth_client_new(config, &keyed));
    cloudauth_config_free(config);

    pthread_t threads[STARTERS], stops, watches;
    CHECK(pthread_create(&watches, NULL, watchdog, NULL) == 0);
    for (long i = 0; i < STARTERS; i++) CHECK(pthread_create(&threads[i], NULL, starter, (void *)(intptr_t)i) == 0);
    CHECK(pthread_create(&stops, NULL, stopper, NULL) == 0);
    for (int i = 0; i < STARTERS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    for (int i = 0; atomic_load(&in_flight) > 0; i++) {
        if (i > 60000) fprintf(stderr, "outcomes that never came: %ld; seed %llu\n", atomic_load(&in_flight), (unsigned long long)seed);
        CHECK(i <= 60000);
        wait_ms(1);
    }
    atomic_store(&over, true);
    CHECK(pthread_join(stops, NULL) == 0 && pthread_join(watches, NULL) == 0);
    CHECK(cloudauth_shutdown(10000));
    long came = 0;
    for (long i = 0; i < rounds * 4; i++) {
        came += atomic_load(&calls[i].called);
        cloudauth_operation_free(atomic_load(&calls[i].operation));
    }
    CHECK(came == atomic_load(&started));
    cloudauth_client_free(fast);
    cloudauth_client_free(silent_one);
    cloudauth_client_free(keyed);
    CHECK(cloudauth_live_handles() == 0);
    /* By a look of our own, which is rare, or by a call that was refused for it. */
    CHECK(!limited() || atomic_load(&bitten) + atomic_load(&refused) > 0);
    printf("lifecycle, limit %s, seed %llu: %ld rounds, %ld started, %ld refused, %ld passed, %ld cancelled, %ld other errors; "
           "%ld shutdowns, %ld of them unfinished; the limit was met %ld times\n",
           limit, (unsigned long long)seed, rounds, atomic_load(&started), atomic_load(&refused), atomic_load(&passed),
           atomic_load(&cancelled), atomic_load(&others), atomic_load(&shutdowns), atomic_load(&unfinished), atomic_load(&bitten));
    free(calls);
    close(server.socket);
    return 0;
}
