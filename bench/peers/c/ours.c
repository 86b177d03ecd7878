/* libcloudauth: one client for all threads, as its header advises. */
#include "client.h"

#include <cloudauth.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct session {
    cloudauth_request *request;
};

static cloudauth_client *client;
static const struct options *given;

static bool good(cloudauth_error *error)
{
    if (!error)
        return true;
    fprintf(stderr, "ours: %s\n", cloudauth_error_message(error));
    cloudauth_error_free(error);
    return false;
}

bool client_open(const struct options *options)
{
    given = options;
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_config_set_endpoint(config, options->endpoint);
    cloudauth_config_set_access_key_id(config, "bench-key-id");
    cloudauth_config_set_access_key_secret(config, "bench-key-secret");
    cloudauth_config_set_ca_file(config, options->ca_file);
    /* A call in flight needs a connection of its own. */
    if (options->in_flight > 64)
        cloudauth_config_set_max_connections(config, (uint64_t)options->in_flight);
    bool opened = good(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    return opened;
}

struct session *session_open(void)
{
    struct session *session = malloc(sizeof *session);
    if (!session)
        return NULL;
    session->request = cloudauth_request_new("bench", given->transaction);
    cloudauth_request_set_return_image(session->request, given->images);
    return session;
}

static void take_image(struct outcome *outcome, const cloudauth_image *image)
{
    if (image && image->len > 2 && memcmp(image->data, "\xFF\xD8\xFF", 3) == 0) {
        outcome->images++;
        outcome->image_bytes += image->len;
    }
}

bool session_check(struct session *session, struct outcome *outcome)
{
    cloudauth_result *result = NULL;
    if (!good(cloudauth_client_check_result(client, session->request, &result)))
        return false;
    outcome->passed = cloudauth_result_passed(result);
    const cloudauth_face *face = cloudauth_result_face(result);
    if (face && face->comparison_score) {
        outcome->comparison_score = *face->comparison_score;
        take_image(outcome, face->image);
    }
    const cloudauth_page *page = cloudauth_result_page(result, "01");
    if (page && page->identity && page->identity->surname) {
        snprintf(outcome->surname, sizeof outcome->surname, "%s", page->identity->surname->data);
        take_image(outcome, page->image);
    }
    cloudauth_result_free(result);
    return true;
}
