/* Calls with each kind of keys, lets everything go and waits, for tests/memory/run.py: memory ENDPOINT CALLS. */
#define _POSIX_C_SOURCE 200809L

#include <stdatomic.h>
#include <unistd.h>

#include "support.h"

/* This program's own copy of the keys, and the only one. */
static char keys[1024];
static char *word[4];

static void read_keys(void) {
    /* Without stdio, which would keep a copy. */
    size_t length = 0;
    while (length == 0 || keys[length - 1] != '\n') {
        ssize_t more = read(0, keys + length, sizeof keys - 1 - length);
        CHECK(more > 0);
        length += (size_t)more;
    }
    keys[length - 1] = 0;
    char *rest = keys;
    for (int i = 0; i < 4; i++) CHECK((word[i] = strtok_r(rest, " ", &rest)));
}

static void supply(void *context, cloudauth_credentials *out) {
    (void)context;
    cloudauth_credentials_set(out, "id", word[2], word[3]);
}

static void done(void *context, cloudauth_error *error, cloudauth_result *result) {
    SUCCEED(error);
    CHECK(cloudauth_result_passed(result));
    cloudauth_result_free(result);
    atomic_fetch_sub((atomic_int *)context, 1);
}

static void call(const cloudauth_client *client, int count) {
    atomic_int in_flight = 0;
    for (int i = 0; i < count; i++) {
        cloudauth_request *request = cloudauth_request_new("biz", "t");
        cloudauth_request_set_return_image(request, i % 20 == 0);
        if (i / 20 % 2) {
            cloudauth_operation *operation = NULL;
            atomic_fetch_add(&in_flight, 1);
            SUCCEED(cloudauth_client_check_result_start(client, request, done, &in_flight, &operation));
            while (atomic_load(&in_flight) > 0) wait_ms(1);
            cloudauth_operation_free(operation);
        } else {
            cloudauth_result *result = NULL;
            SUCCEED(cloudauth_client_check_result(client, request, &result));
            CHECK(cloudauth_result_passed(result));
            cloudauth_result_free(result);
        }
        cloudauth_request_free(request);
    }
}

int main(int argc, char **argv) {
    CHECK(argc == 3);
    read_keys();
    for (int kind = 0; kind < 6; kind++) {
        cloudauth_config *config = cloudauth_config_new();
        cloudauth_client *client = NULL;
        cloudauth_config_set_endpoint(config, argv[1]);
        cloudauth_config_set_signature(config, kind % 2 ? "rpc1" : "acs3");
        if (kind / 2 == 0) {
            cloudauth_config_set_access_key_id(config, "id");
            cloudauth_config_set_access_key_secret(config, word[0]);
            cloudauth_config_set_security_token(config, word[1]);
        } else if (kind / 2 == 1) {
            cloudauth_config_set_credentials_callback(config, supply, NULL, NULL);
        } else {
            cloudauth_config_set_profile(config, "memory");
        }
        SUCCEED(cloudauth_client_new(config, &client));
        cloudauth_config_free(config);
        call(client, atoi(argv[2]) / 6 + 1);
        cloudauth_client_free(client);
    }
    CHECK(cloudauth_shutdown(20000) && cloudauth_live_handles() == 0);
    memset(keys, 0, sizeof keys);
    puts("ready");
    fflush(stdout);
    return read(0, keys, 1) == 0 ? 0 : 1;
}
