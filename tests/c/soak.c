/* Making and freeing, over and over: no handle stays, and memory is flat: soak ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <unistd.h>

#include "support.h"

/* Resident memory in KiB. */
static long resident(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file && fscanf(file, "%*d %ld", &pages) == 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void round_trip(const char *endpoint, int number) {
    static const char body[] =
        "{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\",\"ExtFaceInfo\":\"{\\\"faceImg\\\":\\\"/9j/4AAQ\\\"}\"}}";
    cloudauth_config *config = config_for(endpoint);
    cloudauth_client *client = NULL;
    cloudauth_request *request = cloudauth_request_new("biz", "faceliveness200");
    cloudauth_call *call = cloudauth_call_new("Initialize");
    cloudauth_result *result = NULL;
    cloudauth_decision *decision = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_request_set_parameter(request, "A", "b");
    cloudauth_call_set_parameter(call, "A", "b");
    SUCCEED(cloudauth_result_decode((const uint8_t *)body, sizeof body - 1, &result));
    SUCCEED(cloudauth_result_decision(result, NULL, &decision));
    CHECK(cloudauth_result_canonical_json(result).len > 100 && cloudauth_result_face(result)->image->len == 6);
    REFUSED(cloudauth_result_decode(NULL, 0, &result), CLOUDAUTH_KIND_PROTOCOL, "");
    /* A client with connections costs descriptors and time: some rounds make a call. */
    if (number % 20 == 0) CHECK(passes(client));
    cloudauth_decision_free(decision);
    cloudauth_result_free(result);
    cloudauth_call_free(call);
    cloudauth_request_free(request);
    cloudauth_client_free(client);
    cloudauth_config_free(config);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    int rounds = (int)scaled(10000);
    for (int i = 0; i < rounds / 5; i++) round_trip(argv[1], i);
    CHECK(cloudauth_live_handles() == 0);
    long before = resident();
    for (int i = 0; i < rounds; i++) round_trip(argv[1], i);
    long after = resident();
    CHECK(cloudauth_live_handles() == 0);
    printf("resident: %ld KiB, then %ld KiB after %d rounds\n", before, after, rounds);
    /* What tools such as AddressSanitizer keep of freed memory is theirs. */
    CHECK(after - before < 1024 || rounds < 10000 || getenv("CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY"));
    cloudauth_shutdown(10000);
    return 0;
}
