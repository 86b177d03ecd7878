/* Every handle works in a forked child, and the parent is untouched: fork ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>

#include "child.h"
#include "server.h"

static const char *endpoint;
static atomic_bool stop;

/* Forks; the child runs `work`. */
static void in_child(void (*work)(void *), void *context) {
    pid_t child = begin_child();
    if (child == 0) {
        work(context);
        end_child();
    }
    await_child(child);
}

typedef struct everything {
    cloudauth_config *config;
    cloudauth_client *client, *silent;
    cloudauth_request *request;
    cloudauth_call *call;
    cloudauth_result *result;
    cloudauth_decision *decision;
    cloudauth_error *error;
    cloudauth_operation *operation;
    atomic_int lines, called;
} everything;

static void called(void *context, cloudauth_error *error, cloudauth_result *result) {
    atomic_fetch_add(&((everything *)context)->called, 1);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
}

/* A check of every handle, after which all are freed. */
static void use(void *context) {
    everything *all = context;
    cloudauth_client *client = NULL;
    cloudauth_result *result = NULL;
    int before = atomic_load(&all->called);
    cloudauth_config_set_signature(all->config, "rpc1");
    SUCCEED(cloudauth_client_new(all->config, &client));
    CHECK(passes(client) && passes(all->client));
    cloudauth_client_free(client);
    cloudauth_request_set_return_image(all->request, true);
    SUCCEED(cloudauth_client_check_result(all->client, all->request, &result));
    CHECK(cloudauth_result_face(result)->image);
    cloudauth_result_free(result);
    cloudauth_call_set_parameter(all->call, "A", "b");
    CHECK(cloudauth_result_passed(all->result) && cloudauth_result_canonical_json(all->result).len > 10);
    CHECK(cloudauth_decision_action(all->decision) == CLOUDAUTH_ACTION_ACCEPT);
    CHECK(cloudauth_error_kind(all->error) == CLOUDAUTH_KIND_INVALID_ARGUMENT && *cloudauth_error_message(all->error));
    /* What was in flight in the parent ends here without a word. */
    cloudauth_operation_cancel(all->operation);
    cloudauth_operation_free(all->operation);
    /* What is started here calls back. */
    SUCCEED(cloudauth_client_check_result_start(all->client, all->request, called, all, NULL));
    for (int i = 0; atomic_load(&all->called) == before; i++) {
        CHECK(i < 20000);
        wait_ms(1);
    }
    CHECK(atomic_load(&all->called) == before + 1);
    cloudauth_config_free(all->config);
    cloudauth_client_free(all->client);
    cloudauth_client_free(all->silent);
    cloudauth_request_free(all->request);
    cloudauth_call_free(all->call);
    cloudauth_result_free(all->result);
    cloudauth_decision_free(all->decision);
    cloudauth_error_free(all->error);
    cloudauth_shutdown(10000);
}

static void line(void *context, uint32_t level, const char *text) {
    (void)level, (void)text;
    atomic_fetch_add(&((everything *)context)->lines, 1);
}

static void log_in_child(void *context) {
    everything *all = context;
    int before = atomic_load(&all->lines);
    CHECK(passes(all->client));
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, NULL, NULL));
    CHECK(atomic_load(&all->lines) == before + 1);
    cloudauth_shutdown(10000);
}

static void fill(everything *all, const silent_server *server) {
    const char *body = "{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\"}}";
    all->config = config_for(endpoint);
    all->client = client_for(endpoint);
    all->silent = client_for(server->endpoint);
    all->request = cloudauth_request_new("biz", "faceliveness200");
    all->call = cloudauth_call_new("Initialize");
    SUCCEED(cloudauth_result_decode((const uint8_t *)body, strlen(body), &all->result));
    SUCCEED(cloudauth_result_decision(all->result, NULL, &all->decision));
    all->error = cloudauth_client_new(NULL, &all->client);
    SUCCEED(cloudauth_client_check_result_start(all->silent, all->request, called, all, &all->operation));
}

/* Keeps the table's locks and the calls busy while the main thread forks. */
static void *churn(void *context) {
    cloudauth_client *client = context;
    while (!atomic_load(&stop)) {
        for (int i = 0; i < 50; i++) {
            cloudauth_config *config = config_for(endpoint);
            cloudauth_config_free(config);
        }
        CHECK(passes(client));
    }
    return NULL;
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    endpoint = argv[1];
    silent_server server = silent();
    everything all = {0};
    /* Before anything was used, with a call in flight. */
    fill(&all, &server);
    in_child(use, &all);
    /* After calls, again and again, while other threads call and are logged. */
    CHECK(passes(all.client));
    everything noise = {0};
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_TRACE, line, &noise));
    int busy = quiet() ? 0 : 3;
    pthread_t threads[3];
    for (int i = 0; i < busy; i++) CHECK(pthread_create(&threads[i], NULL, churn, all.client) == 0);
    int forks = (int)scaled(60);
    for (int i = 0; i < forks; i++) in_child(use, &all);
    atomic_store(&stop, true);
    for (int i = 0; i < busy; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_DEBUG, line, &all));
    CHECK(passes(all.client));
    for (int i = 0; i < 5; i++) in_child(log_in_child, &all);
    SUCCEED(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_OFF, NULL, NULL));
    CHECK(atomic_load(&all.lines) == 1 && (atomic_load(&noise.lines) > 0 || !busy));
    /* The parent's call is still in flight, and is the parent's to cancel. */
    CHECK(atomic_load(&all.called) == 0);
    cloudauth_operation_cancel(all.operation);
    for (int i = 0; !atomic_load(&all.called); i++) {
        CHECK(i < 10000);
        wait_ms(1);
    }
    use(&all);
    CHECK(cloudauth_live_handles() == 0);
    close(server.socket);
    printf("%d forks\n", forks + 6);
    return 0;
}
