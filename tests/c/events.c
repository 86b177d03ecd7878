/* The events of three calls, as tests/log says: events ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdatomic.h>

#include "support.h"

static atomic_int freed;

static void number(uint64_t value) {
    if (value) {
        printf(" %" PRIu64, value);
    } else {
        printf(" -");
    }
}

static void reported(void *context, const cloudauth_event *event) {
    CHECK(context == stdout && !event->region.data);
    printf("%s", event->operation.data);
    number(event->attempt);
    number(event->attempts);
    printf(" %s %s", event->kind ? cloudauth_kind_name(event->kind) : "-", event->code.data ? event->code.data : "-");
    number(event->http_status);
    printf("\n");
    CHECK(event->bytes_received > 0 && event->duration_ms < 60000);
}

static void forgotten(void *context) {
    CHECK(context == stdout);
    atomic_fetch_add(&freed, 1);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 2);
    cloudauth_config_set_throttle_base_ms(config, 1);
    cloudauth_config_set_event_callback(NULL, reported, stdout, forgotten);
    cloudauth_config_set_event_callback(config, reported, stdout, forgotten);
    CHECK(atomic_load(&freed) == 1);
    cloudauth_config_set_event_callback(config, reported, stdout, forgotten);
    CHECK(atomic_load(&freed) == 2);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    make_three_calls(client);
    CHECK(cloudauth_client_counter(client, CLOUDAUTH_COUNTER_EVENTS_DROPPED) == 0);
    cloudauth_client_free(client);
    /* Delivers what waits. */
    CHECK(cloudauth_shutdown(10000));
    CHECK(atomic_load(&freed) == 3 && cloudauth_live_handles() == 0);
    return 0;
}
