/* Connections that are opened before a call, and kept between calls: warm ENDPOINT CONTROL. */
#define _POSIX_C_SOURCE 200809L

#include "control.h"

static void wait_for(const cloudauth_client *client, uint32_t counter, uint64_t count) {
    for (int i = 0; cloudauth_client_counter(client, counter) < count; i++) {
        CHECK(i < 30000);
        wait_ms(1);
    }
}

static void a_call_uses_the_connection_that_was_opened_ahead(const char *endpoint, const char *control) {
    cloudauth_client *client = client_for(endpoint);
    CHECK(counted(control, "connections") == 0);
    cloudauth_client_connect_ahead(client);
    wait_for(client, CLOUDAUTH_COUNTER_CONNECTIONS, 1);
    CHECK(counted(control, "requests") == 0);
    CHECK(passes(client));
    CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_CONNECTIONS) == 1);
    CHECK(counted(control, "connections") == 1 && counted(control, "requests") == 1);
    cloudauth_client_free(client);
}

static void a_connection_that_cannot_be_opened_is_counted(void) {
    cloudauth_client *client = client_for("http://127.0.0.1:1");
    cloudauth_client_connect_ahead(client);
    wait_for(client, CLOUDAUTH_COUNTER_BACKGROUND_FAILURES, 1);
    cloudauth_client_free(client);
    cloudauth_client_connect_ahead(client);
    cloudauth_client_connect_ahead(NULL);
}

static void connections_are_kept_warm(const char *endpoint, const char *control) {
    cloudauth_config *config = config_for(endpoint);
    cloudauth_config_set_keep_warm_ms(config, 100);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    long before = counted(control, "requests");
    CHECK(passes(client));
    wait_for(client, CLOUDAUTH_COUNTER_KEEPALIVES, 4);
    CHECK(counted(control, "requests") >= before + 5);
    CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_REQUESTS) == 1);
    CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_BACKGROUND_FAILURES) == 0);
    cloudauth_client_free(client);
}

int main(int argc, char **argv) {
    CHECK(argc == 3);
    a_call_uses_the_connection_that_was_opened_ahead(argv[1], argv[2]);
    a_connection_that_cannot_be_opened_is_counted();
    connections_are_kept_warm(argv[1], argv[2]);
    CHECK(cloudauth_live_handles() == 0);
    CHECK(cloudauth_shutdown(10000));
    return 0;
}
