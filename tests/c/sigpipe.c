/* A server that hangs up in the middle of a request is an error, and not the SIGPIPE that ends a C program. */
#include <pthread.h>

#include "server.h"

enum { BODY = 8 << 20, CALLS = 2 };

static int callbacks;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Reads the beginning of each request and hangs up. */
static void *hang_up(void *socket) {
    for (;;) {
        int connection = accept(*(int *)socket, NULL, NULL);
        if (connection < 0) return NULL;
        char some[512];
        CHECK(recv(connection, some, sizeof some, 0) >= 0);
        close(connection);
    }
}

static void hung_up_on(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    (void)context;
    CHECK(error && !reply && cloudauth_error_kind(error) == CLOUDAUTH_KIND_NETWORK);
    cloudauth_error_free(error);
    pthread_mutex_lock(&lock);
    callbacks++;
    pthread_mutex_unlock(&lock);
}

int main(void) {
    silent_server server = silent();
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, hang_up, &server.socket) == 0 && pthread_detach(thread) == 0);

    cloudauth_config *config = cloudauth_config_new();
    cloudauth_config_set_endpoint(config, server.endpoint);
    cloudauth_config_set_access_key_id(config, "emulator-key-id");
    cloudauth_config_set_access_key_secret(config, "emulator-key-secret");
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));

    char *body = malloc(BODY);
    CHECK(body);
    memset(body, 'A', BODY - 1);
    body[BODY - 1] = '\0';
    cloudauth_call *call = cloudauth_call_new("Initialize");
    cloudauth_call_set_parameter(call, "FacePictureBase64", body);
    free(body);

    for (int index = 0; index < CALLS; index++) {
        cloudauth_reply *reply = NULL;
        cloudauth_error *error = cloudauth_client_call(client, call, &reply);
        CHECK(error && !reply && cloudauth_error_kind(error) == CLOUDAUTH_KIND_NETWORK);
        cloudauth_error_free(error);
        SUCCEED(cloudauth_client_call_start(client, call, hung_up_on, NULL, NULL));
    }
    cloudauth_call_free(call);
    cloudauth_client_free(client);
    cloudauth_config_free(config);
    for (int waited = 0; waited < 6000; waited++) {
        pthread_mutex_lock(&lock);
        int now = callbacks;
        pthread_mutex_unlock(&lock);
        if (now == CALLS) break;
        struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
    CHECK(callbacks == CALLS);
    cloudauth_shutdown(10000);
    return 0;
}
