/* The least that a program does: decode a body. Links with either library, and needs no server. */
#include "support.h"

int main(void) {
    const char *body = "{\"RequestId\":\"r\",\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\"}}";
    cloudauth_result *result = NULL;
    SUCCEED(cloudauth_result_decode((const uint8_t *)body, strlen(body), &result));
    CHECK(cloudauth_result_passed(result));
    cloudauth_result_free(result);
    CHECK(cloudauth_abi_version() == CLOUDAUTH_ABI_VERSION && cloudauth_live_handles() == 0);
    /* A client brings in all of the rest: sockets, TLS, threads. */
    cloudauth_client *client = client_for("http://127.0.0.1:1");
    CHECK(!passes(client));
    cloudauth_client_free(client);
    cloudauth_shutdown(10000);
    return 0;
}
