/* A limiter of the host's:

       limiter ENDPOINT WAY WHAT NAME MAX_ATTEMPTS TIMEOUT_MS [ANSWER]...

   WAY is blocking or background, with a callback, or start, with one that answers later; WHAT is check, wait or call, and NAME a
   transaction or an operation. An ANSWER is milliseconds, "fails" or "blocks MILLISECONDS"; without one there is no limiter. Prints
   which operations were asked for, how many requests were sent, the error's kind, whether its cause is the limiter's, and the
   milliseconds that it took.

       limiter ENDPOINT rules

   checks what a limiter may rely on. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "child.h"
#include "support.h"

typedef struct limiter {
    char **answers;
    atomic_int asked, count;
    char names[16][32];
    atomic_int destroyed;
} limiter;

static void destroy(void *context) { atomic_fetch_add(&((limiter *)context)->destroyed, 1); }

static const char *next(limiter *own, const char *api) {
    int turn = atomic_fetch_add(&own->asked, 1);
    CHECK(turn < 16);
    snprintf(own->names[turn], sizeof own->names[turn], "%s", api);
    return own->answers[turn < own->count ? turn : own->count - 1];
}

static void reply(limiter *own, const char *answer, cloudauth_permit *permit) {
    if (strcmp(answer, "fails") == 0) {
        cloudauth_permit_refuse_with(permit, "the limiter is broken", own, destroy);
        return;
    }
    if (strncmp(answer, "blocks ", 7) == 0) wait_ms(atol(answer + 7)), answer = "0";
    cloudauth_permit_grant(permit, strtoull(answer, NULL, 10));
}

static void limit(void *context, const char *api, cloudauth_permit *permit) { reply(context, next(context, api), permit); }

typedef struct later {
    limiter *own;
    const char *answer;
    cloudauth_permit *permit;
} later;

static void *answer_later(void *given) {
    later *of = given;
    reply(of->own, of->answer, of->permit);
    cloudauth_permit_grant(of->permit, 60000); /* it is freed */
    free(of);
    return NULL;
}

static void begin(void *context, const char *api, cloudauth_permit *permit) {
    later *of = malloc(sizeof *of);
    pthread_t thread;
    CHECK(of);
    *of = (later) {context, next(context, api), permit};
    CHECK(!pthread_create(&thread, NULL, answer_later, of));
    CHECK(!pthread_detach(thread));
}

typedef struct outcome {
    cloudauth_error *error;
    sem_t came;
} outcome;

static void checked(void *context, cloudauth_error *error, cloudauth_result *result) {
    outcome *out = context;
    out->error = error;
    cloudauth_result_free(result);
    sem_post(&out->came);
}

static void called(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    cloudauth_reply_free(reply);
    checked(context, error, NULL);
}

static cloudauth_error *run(const cloudauth_client *client, const char *way, const char *what, const char *name, uint64_t timeout) {
    bool blocks = strcmp(way, "blocking") == 0;
    outcome out = {0};
    CHECK(sem_init(&out.came, 0, 0) == 0);
    if (strcmp(what, "call") == 0) {
        cloudauth_call *call = cloudauth_call_new(name);
        cloudauth_reply *reply = NULL;
        cloudauth_call_set_timeout_ms(call, timeout);
        if (blocks) out.error = cloudauth_client_call(client, call, &reply);
        else SUCCEED(cloudauth_client_call_start(client, call, called, &out, NULL));
        cloudauth_reply_free(reply);
        cloudauth_call_free(call);
    } else {
        bool waits = strcmp(what, "wait") == 0;
        cloudauth_request *request = cloudauth_request_new("biz", name);
        cloudauth_result *result = NULL;
        cloudauth_request_set_timeout_ms(request, timeout);
        cloudauth_request_set_wait_first_pause_ms(request, 10);
        if (blocks) out.error = (waits ? cloudauth_client_wait_for_result : cloudauth_client_check_result)(client, request, &result);
        else
            SUCCEED((waits ? cloudauth_client_wait_for_result_start : cloudauth_client_check_result_start)(client, request, checked,
                                                                                                         &out, NULL));
        cloudauth_result_free(result);
        cloudauth_request_free(request);
    }
    if (!blocks) CHECK(sem_wait(&out.came) == 0);
    return out.error;
}

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void one_case(char **argv, int answers) {
    limiter own = {.answers = argv + 7, .count = answers};
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_client *client = NULL;
    cloudauth_config_set_max_attempts(config, strtoull(argv[5], NULL, 10));
    cloudauth_config_set_throttle_base_ms(config, 1);
    if (answers && strcmp(argv[2], "start") == 0) cloudauth_config_set_limiter_start(config, begin, &own, destroy);
    else if (answers) cloudauth_config_set_limiter_callback(config, limit, &own, destroy);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    long begun = now_ms();
    cloudauth_error *error = run(client, argv[2], argv[3], argv[4], strtoull(argv[6], NULL, 10));
    long took = now_ms() - begun;
    printf("{\"asked\": [");
    for (int i = 0; i < own.asked; i++) printf("%s\"%s\"", i ? ", " : "", own.names[i]);
    bool caused = cloudauth_error_cause(error) == &own;
    printf("], \"requests\": %llu, \"fails\": ", (unsigned long long)cloudauth_client_counter(client, CLOUDAUTH_COUNTER_REQUESTS));
    if (error) printf("\"%s\"", cloudauth_kind_name(cloudauth_error_kind(error)));
    else printf("null");
    printf(", \"caused\": %s, \"ms\": %ld}\n", caused ? "true" : "false", took);
    CHECK(!caused || !cloudauth_error_retryable(error));
    cloudauth_client_free(client);
    cloudauth_error_free(error);
    /* The limiter's own context, and the cause. */
    for (int i = 0; own.destroyed < (answers > 0) + caused; i++, wait_ms(1)) CHECK(i < 10000);
}

/* An answer of each sort, on the thread that calls. */
static pthread_t caller;

static void odd(void *context, const char *api, cloudauth_permit *permit) {
    limiter *own = context;
    CHECK(strcmp(api, "CheckResult") == 0 && pthread_equal(pthread_self(), caller));
    CHECK(!cloudauth_permit_event_context(permit));
    switch (atomic_fetch_add(&own->asked, 1)) {
    case 0: break;
    case 1: cloudauth_permit_refuse(permit, NULL); break;
    case 2: cloudauth_permit_refuse(permit, "the till is closed"); break;
    case 3:
        /* The last answer counts, and what a callback answers to is not freed. */
        cloudauth_permit_refuse(permit, "not yet");
        cloudauth_permit_free(permit);
        cloudauth_permit_grant(permit, 0);
        break;
    }
}

static cloudauth_client *limited(const char *endpoint, cloudauth_limiter_callback callback, limiter *own) {
    cloudauth_config *config = config_for(endpoint);
    cloudauth_client *client = NULL;
    cloudauth_config_set_limiter_callback(config, callback, own, destroy);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    return client;
}

static void answers(const char *endpoint) {
    limiter own = {0};
    cloudauth_client *client = limited(endpoint, odd, &own);
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    const char *refused[] = {"the limiter callback gave no answer", "the limiter callback failed", "the till is closed"};
    caller = pthread_self();
    for (int i = 0; i < 3; i++)
        REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_THROTTLED, refused[i]);
    CHECK(passes(client) && own.asked == 4);
    cloudauth_request_free(request);
    cloudauth_client_free(client);
    CHECK(own.destroyed == 1);
}

/* A question that is let go of unanswered is a refusal, and one that is late is dropped. */
static _Atomic(cloudauth_permit *) open_permit;
static int span;

static void keep(void *context, const char *api, cloudauth_permit *permit) {
    (void)api;
    CHECK(cloudauth_permit_event_context(permit) == &span);
    if (atomic_fetch_add(&((limiter *)context)->asked, 1) == 0) cloudauth_permit_free(permit);
    else CHECK(!atomic_exchange(&open_permit, permit));
}

static void late(const char *endpoint) {
    limiter own = {0};
    cloudauth_config *config = config_for(endpoint);
    cloudauth_client *client = NULL;
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    cloudauth_config_set_limiter_start(config, keep, &own, destroy);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    cloudauth_request_set_event_context(request, &span, NULL);
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_THROTTLED, "the limiter callback gave no answer");
    cloudauth_request_set_timeout_ms(request, 2000);
    REFUSED(cloudauth_client_check_result(client, request, &result), CLOUDAUTH_KIND_TIMEOUT, "the quota left no room");
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    CHECK(own.destroyed == 0); /* the permit needs it */
    cloudauth_permit_grant(open_permit, 0);
    CHECK(own.destroyed == 1 && !cloudauth_permit_event_context(open_permit));
    cloudauth_permit_refuse(open_permit, "twice");
    cloudauth_permit_free(open_permit);
    cloudauth_permit_free(NULL);
    cloudauth_permit_grant(NULL, 0);
}

/* A context that is replaced, taken out, or never taken is destroyed once as well. */
static void contexts(void) {
    limiter own[3] = {{0}};
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_config_set_limiter_callback(config, limit, &own[0], destroy);
    cloudauth_config_set_limiter_start(config, begin, &own[1], destroy);
    CHECK(own[0].destroyed == 1 && own[1].destroyed == 0);
    cloudauth_config_set_limiter_callback(config, NULL, NULL, NULL);
    CHECK(own[1].destroyed == 1);
    cloudauth_config_free(config);
    cloudauth_config_set_limiter_callback(config, limit, &own[2], destroy);
    CHECK(own[2].destroyed == 1 && own[0].destroyed == 1);
}

/* What cannot stand beside it. */
static void beside(const char *endpoint) {
    limiter own = {0};
    cloudauth_client *client = NULL;
    cloudauth_config *config = config_for(endpoint);
    cloudauth_config_set_limiter_callback(config, limit, &own, NULL);
    cloudauth_config_set_qps(config, 5);
    REFUSED(cloudauth_client_new(config, &client), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "limiter_callback: cannot be given beside qps: one of them sets the pace");
    cloudauth_config_set_qps(config, 0);
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_client_free(client);
    cloudauth_config_free(config);
}

/* In a forked child it is asked as before, while the parent's call waits in it. */
static void admit(void *context, const char *api, cloudauth_permit *permit) {
    (void)api;
    atomic_fetch_add(&((limiter *)context)->asked, 1);
    cloudauth_permit_grant(permit, 0);
}

static void slow(void *context, const char *api, cloudauth_permit *permit) {
    (void)api;
    atomic_fetch_add(&((limiter *)context)->asked, 1);
    wait_ms(300);
    cloudauth_permit_grant(permit, 0);
}

static void forks(const char *endpoint) {
    limiter own = {0}, other = {0};
    cloudauth_client *client = limited(endpoint, admit, &own), *busy = limited(endpoint, slow, &other);
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    outcome out = {0};
    CHECK(sem_init(&out.came, 0, 0) == 0 && passes(client));
    SUCCEED(cloudauth_client_check_result_start(busy, request, checked, &out, NULL));
    for (int i = 0; !other.asked; i++, wait_ms(1)) CHECK(i < 10000);
    pid_t child = begin_child();
    if (child == 0) {
        outcome own_out = {0};
        CHECK(sem_init(&own_out.came, 0, 0) == 0);
        CHECK(passes(client) && own.asked == 2 && passes(busy));
        SUCCEED(cloudauth_client_check_result_start(busy, request, checked, &own_out, NULL));
        CHECK(sem_wait(&own_out.came) == 0 && !own_out.error);
        end_child();
    }
    await_child(child);
    CHECK(sem_wait(&out.came) == 0 && !out.error && passes(client) && own.asked == 2);
    cloudauth_request_free(request);
    cloudauth_client_free(client);
    cloudauth_client_free(busy);
}

int main(int argc, char **argv) {
    CHECK(argc >= 3);
    if (strcmp(argv[2], "rules") == 0) {
        answers(argv[1]);
        late(argv[1]);
        contexts();
        beside(argv[1]);
        forks(argv[1]);
    } else {
        CHECK(argc >= 7);
        one_case(argv, argc - 7);
    }
    CHECK(cloudauth_shutdown(10000) && cloudauth_live_handles() == 0);
    return 0;
}
