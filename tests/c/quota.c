/* A forked child under a shared quota: quota ENDPOINT URL. Prints how many requests parent and child have sent, or "none" where the
   library was built without it. */
#define _POSIX_C_SOURCE 200809L


#include "child.h"
#include "support.h"

#define CALLS 15

static uint64_t counter(const cloudauth_client *client, cloudauth_counter which) { return cloudauth_client_counter(client, which); }

/* Makes calls; each has a permit of the server's. */
static void call(const cloudauth_client *client) {
    uint64_t requests = counter(client, CLOUDAUTH_COUNTER_REQUESTS), shared = counter(client, CLOUDAUTH_COUNTER_SHARED_PERMITS);
    for (int i = 0; i < CALLS; i++) CHECK(passes(client));
    CHECK(counter(client, CLOUDAUTH_COUNTER_REQUESTS) == requests + CALLS);
    CHECK(counter(client, CLOUDAUTH_COUNTER_SHARED_PERMITS) == shared + CALLS);
    CHECK(counter(client, CLOUDAUTH_COUNTER_QUOTA_LOSSES) == 0);
}

int main(int argc, char **argv) {
    CHECK(argc == 3);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_client *client = NULL;
    cloudauth_config_set_quota(config, argv[2]);
    cloudauth_config_set_qps(config, 20);
    cloudauth_error *refused = cloudauth_client_new(config, &client);
    cloudauth_config_free(config);
    if (refused) {
        CHECK(strstr(cloudauth_error_message(refused), "is not in this build"));
        cloudauth_error_free(refused);
        printf("none\n");
        return 0;
    }
    CHECK(passes(client));
    pid_t child = begin_child();
    if (child == 0) {
        call(client);
        end_child();
    }
    call(client);
    await_child(child);
    /* The child has left the parent's connection as it was. */
    call(client);
    cloudauth_client_free(client);
    CHECK(cloudauth_shutdown(10000) && cloudauth_live_handles() == 0);
    printf("%d\n", 1 + 3 * CALLS);
    return 0;
}
