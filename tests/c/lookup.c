/* What it costs to look a handle up. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>

#include "support.h"

#define LOOKUPS 1000000

static cloudauth_result *result;

static void *look_up(void *unused) {
    for (int i = 0; i < LOOKUPS; i++) CHECK(cloudauth_result_passed(result));
    return unused;
}

/* Nanoseconds of the clock per look-up, by this many threads at once, all of the same handle. */
static double cost(int threads) {
    pthread_t running[8];
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int i = 0; i < threads; i++) CHECK(pthread_create(&running[i], NULL, look_up, NULL) == 0);
    for (int i = 0; i < threads; i++) CHECK(pthread_join(running[i], NULL) == 0);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double time = (double)(ended.tv_sec - begun.tv_sec) * 1e9 + (double)(ended.tv_nsec - begun.tv_nsec);
    return time / LOOKUPS / threads;
}

int main(void) {
    static cloudauth_config *others[10000];
    const char *body = "{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\"}}";
    SUCCEED(cloudauth_result_decode((const uint8_t *)body, strlen(body), &result));
    double alone = cost(1);
    for (int i = 0; i < 10000; i++) others[i] = cloudauth_config_new();
    double crowded = cost(1), contended = cost(4);
    printf("a look-up: %.0f ns, %.0f ns among 10,000 handles, %.0f ns from 4 threads at once\n", alone, crowded, contended);
    /* Far above what it takes on any machine, and far below what a walk through all handles would. */
    CHECK(crowded < 5000 || scaled(10) < 10);
    for (int i = 0; i < 10000; i++) cloudauth_config_free(others[i]);
    cloudauth_result_free(result);
    CHECK(cloudauth_live_handles() == 0);
    return 0;
}
