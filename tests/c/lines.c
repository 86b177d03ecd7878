/* The lines of three calls, as tests/log says: lines ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

static void line(void *context, uint32_t level, const char *text) {
    fprintf(context, "%u %s\n", (unsigned)level, text);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 2);
    cloudauth_config_set_throttle_base_ms(config, 1);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_DEBUG, line, stdout));
    make_three_calls(client);
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, NULL, NULL));
    cloudauth_client_free(client);
    cloudauth_shutdown(10000);
    return 0;
}
