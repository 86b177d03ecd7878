/* The log: lines without personal data, on a thread kept for it: log ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>

#include "support.h"

typedef struct heard {
    atomic_int lines, failures, called;
    pthread_t thread, creator;
    cloudauth_client *client;
    bool stops;
} heard;

static void line(void *context, uint32_t level, const char *text) {
    heard *to = context;
    if (atomic_fetch_add(&to->lines, 1) == 0) to->thread = pthread_self();
    CHECK(pthread_equal(pthread_self(), to->thread) && !pthread_equal(pthread_self(), to->creator));
    CHECK(level >= CLOUDAUTH_LOG_LEVEL_ERROR && level <= CLOUDAUTH_LOG_LEVEL_TRACE);
    CHECK(!strchr(text, '\n') && strncmp(text, "call{action=\"CheckResult\" endpoint=", 35) == 0);
    CHECK(!strstr(text, "emulator-key") && !strstr(text, "faceliveness200") && !strstr(text, "canary"));
    if (strstr(text, "failed kind=\"authentication\"")) atomic_fetch_add(&to->failures, 1);
    /* What the callback does on its own thread is not logged, or this would never end. */
    if (to->client && atomic_load(&to->called) < 5) {
        CHECK(passes(to->client));
        atomic_fetch_add(&to->called, 1);
    }
    if (to->stops) SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, NULL, NULL));
}

static atomic_bool released;
static atomic_int waited;

/* As a host does that hands lines to its one thread, and waits until they are taken. */
static void marshalled(void *context, uint32_t level, const char *text) {
    (void)context, (void)level, (void)text;
    while (!atomic_load(&released)) wait_ms(1);
    atomic_fetch_add(&waited, 1);
}

/* Finding H5: the end of a log, by the thread that its lines wait for. */
static void ended_by_whom_it_waits_for(cloudauth_client *client) {
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_TRACE, marshalled, NULL));
    for (int i = 0; i < 3; i++) CHECK(passes(client));
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, NULL, NULL));
    CHECK(!cloudauth_shutdown(20));
    atomic_store(&released, true);
    CHECK(cloudauth_shutdown(10000));
    CHECK(atomic_load(&waited) == 1);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    heard first = {.creator = pthread_self()}, second = {.creator = pthread_self()}, third = {.creator = pthread_self()};
    cloudauth_client *client = client_for(argv[1]), *wrong = NULL;
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_access_key_secret(config, "canary");
    SUCCEED(cloudauth_client_new(config, &wrong));
    cloudauth_config_free(config);

    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_TRACE, line, &first));
    CHECK(passes(client) && !passes(wrong));
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_DEBUG, line, &second));
    /* The former callback has got all of its lines. */
    CHECK(atomic_load(&first.lines) == 2 && atomic_load(&first.failures) == 1);

    second.client = client;
    CHECK(passes(client));
    /* A shutdown would end the callback's own call. */
    for (int i = 0; !atomic_load(&second.called); i++) {
        CHECK(i < 10000);
        wait_ms(1);
    }
    cloudauth_shutdown(10000);
    CHECK(atomic_load(&second.lines) == 1);
    second.client = NULL;
    /* A new thread of the library's may deliver after a shutdown. */
    atomic_store(&second.lines, 0);
    CHECK(passes(client));
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_WARN, line, &third));
    CHECK(atomic_load(&second.lines) == 1);
    CHECK(passes(client));
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, line, &third));
    CHECK(passes(client));
    CHECK(atomic_load(&third.lines) == 0);

    /* A callback that ends its own log. */
    third.stops = true;
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_DEBUG, line, &third));
    for (int i = 0; i < 20; i++) CHECK(passes(client));
    for (int i = 0; !atomic_load(&third.lines); i++) {
        CHECK(i < 10000);
        wait_ms(1);
    }
    wait_ms(50);
    CHECK(atomic_load(&third.lines) == 1);
    ended_by_whom_it_waits_for(client);
    cloudauth_client_free(client);
    cloudauth_client_free(wrong);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
