/* What a client reports, to a program's own logger: log TRANSACTION. Where to call and with which keys is read from the
 * environment. */
#include <cloudauth.h>

#include <stdio.h>

/* Stands for the program's logger, such as spdlog's or syslog's. */
static void write_line(FILE *log, const char *level, const char *line) { fprintf(log, "[%s] %s\n", level, line); }

/* The library's own lines. */
static void line(void *log, uint32_t level, const char *text)
{
    static const char *const levels[] = {"off", "error", "warn", "info", "debug", "trace"};
    write_line(log, level <= CLOUDAUTH_LOG_LEVEL_TRACE ? levels[level] : "trace", text);
}

/* Each attempt and each call, for lines of the program's own form. */
static void event(void *log, const cloudauth_event *event)
{
    char text[200];
    const char *outcome = event->kind ? cloudauth_kind_name(event->kind) : "ok";
    if (event->attempt)
        snprintf(text, sizeof text, "attempt %u of %s: %s", (unsigned)event->attempt, event->operation.data, outcome);
    else
        snprintf(text, sizeof text, "%s: %s after %u ms", event->operation.data, outcome, (unsigned)event->duration_ms);
    write_line(log, event->kind ? "warn" : "info", text);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: log TRANSACTION\n");
        return 2;
    }
    cloudauth_error_free(cloudauth_log_set_callback(CLOUDAUTH_LOG_LEVEL_DEBUG, line, stderr));
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_config_set_event_callback(config, event, stdout, NULL);
    cloudauth_request *request = cloudauth_request_new("example", argv[1]);
    cloudauth_client *client = NULL;
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_client_new(config, &client);
    if (!error)
        error = cloudauth_client_check_result(client, request, &result);
    int code = error ? 2 : cloudauth_result_passed(result) ? 0 : 1;
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_config_free(config);
    /* Delivers what waits. */
    cloudauth_shutdown(1000);
    return code;
}
