/* What the C tests share. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cloudauth.h"

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                  \
        }                                                                             \
    } while (0)

/* Fails where there is an error, with its message. */
#define SUCCEED(call)                                                                                            \
    do {                                                                                                         \
        cloudauth_error *failed = (call);                                                                        \
        if (failed) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cloudauth_error_message(failed)); \
            abort();                                                                                             \
        }                                                                                                        \
    } while (0)

/* Fails unless there is an error of this kind whose message begins so; frees it. */
#define REFUSED(call, wanted_kind, wanted_message)                                                              \
    do {                                                                                                       \
        cloudauth_error *refusal = (call);                                                                     \
        if (!refusal) fprintf(stderr, "not refused: \"%s\"\n", (wanted_message));                              \
        CHECK(refusal);                                                                                        \
        const char *said = cloudauth_error_message(refusal);                                                   \
        if (cloudauth_error_kind(refusal) != (wanted_kind) || !said ||                                         \
            strncmp(said, (wanted_message), strlen(wanted_message)) != 0) {                                    \
            fprintf(stderr, "%s:%d: kind %u, \"%s\" instead of \"%s\"\n", __FILE__, __LINE__,                  \
                    (unsigned)cloudauth_error_kind(refusal), said ? said : "(nothing)", (wanted_message)); \
            abort();                                                                                           \
        }                                                                                                      \
        cloudauth_error_free(refusal);                                                                         \
    } while (0)

/* Options for the emulator at `endpoint`, with its default keys. */
static inline cloudauth_config *config_for(const char *endpoint) {
    cloudauth_config *config = cloudauth_config_new();
    CHECK(config);
    cloudauth_config_set_endpoint(config, endpoint);
    cloudauth_config_set_access_key_id(config, "emulator-key-id");
    cloudauth_config_set_access_key_secret(config, "emulator-key-secret");
    return config;
}

static inline cloudauth_client *client_for(const char *endpoint) {
    cloudauth_config *config = config_for(endpoint);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    CHECK(client);
    cloudauth_config_free(config);
    return client;
}

/* A success, a failure that is retried, and one that is not: what tests/log has the lines and events of. */
static inline void make_three_calls(const cloudauth_client *client) {
    const char *transactions[] = {"ekycpro200", "errorThrottlingApi", "pending99"};
    for (size_t i = 0; i < sizeof transactions / sizeof *transactions; i++) {
        cloudauth_request *request = cloudauth_request_new("biz", transactions[i]);
        cloudauth_result *result = NULL;
        cloudauth_error_free(cloudauth_client_check_result(client, request, &result));
        cloudauth_result_free(result);
        cloudauth_request_free(request);
    }
}

static inline cloudauth_result *decoded(const char *body) {
    cloudauth_result *result = NULL;
    SUCCEED(cloudauth_result_decode((const uint8_t *)body, strlen(body), &result));
    CHECK(result);
    return result;
}

/* Whether one blocking call of the client passes. */
static inline bool passes(const cloudauth_client *client) {
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_client_check_result(client, request, &result);
    bool outcome = !error && cloudauth_result_passed(result);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_request_free(request);
    return outcome;
}

static inline void wait_ms(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

/* `whole`, or the part of it that slow tools such as Valgrind are given. */
static inline long scaled(long whole) {
    const char *divisor = getenv("CLOUDAUTH_TEST_DIVISOR");
    long by = divisor ? atol(divisor) : 1;
    return by > 1 ? (whole + by - 1) / by : whole;
}

#endif
