/* Twenty calls in flight, one of them cancelled: async TRANSACTION. The environment says where to call, and the keys. */
#include <cloudauth.h>

#include <pthread.h>
#include <stdio.h>

enum { CALLS = 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int done, cancelled, failed;

/* Runs once for each call, on a thread of the library's; owns what it is given. */
static void finished(void *context, cloudauth_error *error, cloudauth_result *result)
{
    (void)context;
    pthread_mutex_lock(&lock);
    if (result)
        done++;
    else if (cloudauth_error_kind(error) == CLOUDAUTH_KIND_CANCELLED)
        cancelled++;
    else if (failed++ == 0)
        fprintf(stderr, "%s\n", cloudauth_error_message(error));
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    cloudauth_result_free(result);
    cloudauth_error_free(error);
}

static cloudauth_error *start_all(const cloudauth_client *client, const char *transaction, int *started)
{
    cloudauth_request *request = cloudauth_request_new("example", transaction);
    cloudauth_operation *last = NULL;
    cloudauth_error *error = NULL;
    for (*started = 0; !error && *started < CALLS; *started += !error)
        error = cloudauth_client_check_result_start(client, request, finished, NULL, *started == CALLS - 1 ? &last : NULL);
    cloudauth_operation_cancel(last);
    cloudauth_operation_free(last);
    cloudauth_request_free(request);
    return error;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: async TRANSACTION\n");
        return 2;
    }
    int started = 0;
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_client *client = NULL;
    cloudauth_error *error = cloudauth_client_new(config, &client);
    cloudauth_config_free(config);
    if (!error)
        error = start_all(client, argv[1], &started);

    pthread_mutex_lock(&lock);
    while (done + cancelled + failed < started)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    printf("%d done, %d cancelled\n", done, cancelled);
    if (error)
        fprintf(stderr, "%s\n", cloudauth_error_message(error));
    int code = error || failed ? 2 : 0;
    cloudauth_error_free(error);
    cloudauth_client_free(client);
    cloudauth_shutdown(1000);
    return code;
}
