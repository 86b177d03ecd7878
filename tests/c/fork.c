/* Every handle works in a forked child, and the parent is untouched: fork ENDPOINT. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "child.h"
#include "server.h"

#define CHILD_MS 30000

static const char *endpoint;
static atomic_bool stop;

/* Says whether a thread of this process beside the main one is at work. */
static bool others_run(void) {
    bool run = false;
    DIR *threads = opendir("/proc/self/task");
    CHECK(threads);
    for (struct dirent *thread; (thread = readdir(threads));) {
        char path[300], state = 'S';
        if (thread->d_name[0] == '.' || atol(thread->d_name) == (long)getpid()) continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", thread->d_name);
        FILE *stat = fopen(path, "r");
        if (!stat) continue;
        if (fscanf(stat, "%*d (%*[^)]) %c", &state) == 1) run |= state != 'S';
        fclose(stat);
    }
    closedir(threads);
    return run;
}

/* AddressSanitizer's own locks are not free in the child of a process whose threads allocate: under it the others must sleep
   while the main thread forks. */
static bool quiet(void) {
    return getenv("CLOUDAUTH_TEST_QUIET_FORK") != NULL;
}

static void wait_for_quiet(void) {
    for (int asleep = 0, waited = 0; asleep < 5; waited++) {
        CHECK(waited < CHILD_MS);
        asleep = others_run() ? 0 : asleep + 1;
        wait_ms(1);
    }
}

/* Forks; the child runs `work` and must end well, and in time. */
static void in_child(void (*work)(void *), void *context) {
    fflush(NULL);
    if (quiet()) wait_for_quiet();
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        work(context);
        end_child();
    }
    for (int waited = 0, status = 0;; waited++) {
        if (waitpid(child, &status, WNOHANG) == child) {
            CHECK(ended_well(status));
            return;
        }
        if (waited == CHILD_MS) {
            kill(child, SIGKILL);
            CHECK(!"the child hangs");
        }
        wait_ms(1);
    }
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
