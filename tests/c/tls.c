/* TLS: tls ENDPOINT CA_FILE. */
#include "support.h"

int main(int argc, char **argv) {
    CHECK(argc == 3);
    cloudauth_client *trusting = NULL, *doubting = client_for(argv[1]);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_ca_file(config, argv[2]);
    SUCCEED(cloudauth_client_new(config, &trusting));
    cloudauth_config_free(config);
    CHECK(passes(trusting) && passes(trusting));
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_result *result = NULL;
    REFUSED(cloudauth_client_check_result(doubting, request, &result), CLOUDAUTH_KIND_TLS, "");
    cloudauth_request_free(request);
    cloudauth_client_free(trusting);
    cloudauth_client_free(doubting);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    return 0;
}
