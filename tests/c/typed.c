/* Makes one call of a typed operation, and prints why where it fails and else the reply from its views:

       typed ENDPOINT WAY checked|unchecked OPERATION [KIND NAME VALUE]...

   WAY is blocking, background or queue; KIND is text, flag, integer, item, bytes (in hex) or parameter. */
#include "canonical.h"
#include "support.h"

#include <semaphore.h>

static size_t unhex(const char *hex, uint8_t *bytes) {
    size_t len = strlen(hex) / 2;
    for (size_t i = 0; i < len; i++) {
        unsigned value;
        CHECK(sscanf(hex + 2 * i, "%2x", &value) == 1);
        bytes[i] = (uint8_t)value;
    }
    return len;
}

static void give(cloudauth_call *call, const char *kind, const char *name, const char *value) {
    if (strcmp(kind, "text") == 0) cloudauth_call_set_text(call, name, value);
    else if (strcmp(kind, "flag") == 0) cloudauth_call_set_flag(call, name, strcmp(value, "true") == 0);
    else if (strcmp(kind, "integer") == 0) cloudauth_call_set_integer(call, name, strtoll(value, NULL, 10));
    else if (strcmp(kind, "item") == 0) cloudauth_call_add_text(call, name, value);
    else if (strcmp(kind, "parameter") == 0) cloudauth_call_set_parameter(call, name, value);
    else {
        uint8_t *bytes = malloc(strlen(value) / 2 + 1);
        CHECK(bytes && strcmp(kind, "bytes") == 0);
        cloudauth_call_set_bytes(call, name, bytes, unhex(value, bytes));
        free(bytes);
    }
}

typedef struct outcome {
    cloudauth_error *error;
    cloudauth_reply *reply;
    sem_t came;
} outcome;

static void came(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    outcome *out = context;
    out->error = error;
    out->reply = reply;
    sem_post(&out->came);
}

static void run(const cloudauth_client *client, cloudauth_call *call, const char *way, outcome *out) {
    if (strcmp(way, "blocking") == 0) {
        out->error = cloudauth_client_call(client, call, &out->reply);
    } else if (strcmp(way, "background") == 0) {
        CHECK(sem_init(&out->came, 0, 0) == 0);
        SUCCEED(cloudauth_client_call_start(client, call, came, out, NULL));
        CHECK(sem_wait(&out->came) == 0);
    } else {
        cloudauth_queue *queue = NULL;
        cloudauth_result *result = NULL;
        uint64_t id = 0;
        SUCCEED(cloudauth_queue_new(&queue));
        cloudauth_error *error = cloudauth_queue_call(queue, client, call, 7, NULL);
        /* What a setter was given wrong is reported here. */
        if (error) out->error = error;
        else CHECK(cloudauth_queue_next(queue, UINT64_MAX, &id, &out->error, &result, &out->reply) && id == 7 && !result);
        cloudauth_queue_free(queue);
    }
}

/* What is no typed operation, and a reply of another one. */
static void others(const cloudauth_client *client, const cloudauth_reply *reply) {
    cloudauth_reply *none = NULL;
    cloudauth_call *unknown = cloudauth_typed_call_new("check");
    cloudauth_call_set_text(unknown, "transaction_id", "t");
    REFUSED(cloudauth_client_call(client, unknown, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "operation: there is no typed operation of this name");
    cloudauth_call *plain = cloudauth_call_new("KeepaliveIntl");
    cloudauth_call_set_flag(plain, "after_query", true);
    REFUSED(cloudauth_client_call(client, plain, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT,
            "call: is of no typed operation: give it parameters");
    cloudauth_call *nameless = cloudauth_typed_call_new("keep_alive");
    cloudauth_call_set_text(nameless, NULL, "t");
    REFUSED(cloudauth_client_call(client, nameless, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT, "argument: must not be NULL");
    /* The next text does not mend a list; taking it out does. */
    cloudauth_call *list = cloudauth_typed_call_new("initialize");
    cloudauth_call_add_text(list, "doc_page_config", "\xff");
    cloudauth_call_add_text(list, "doc_page_config", "OCR_ID_BACK");
    REFUSED(cloudauth_client_call(client, list, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT, "doc_page_config: must be UTF-8");
    cloudauth_call_add_text(list, "doc_page_config", NULL);
    REFUSED(cloudauth_client_call(client, list, &none), CLOUDAUTH_KIND_INVALID_ARGUMENT, "product_code: must be given");
    cloudauth_call_free(list);
    CHECK(!none && !cloudauth_reply_keep_alive(NULL));
    CHECK(typed_views(reply) == (reply ? 1 : 0));
    CHECK(!reply || strstr(cloudauth_reply_json(reply).data, "\"problems\":"));
    cloudauth_call_free(unknown);
    cloudauth_call_free(plain);
    cloudauth_call_free(nameless);
}

int main(int argc, char **argv) {
    CHECK(argc >= 5 && (argc - 5) % 3 == 0);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 1);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    cloudauth_call *call = cloudauth_typed_call_new(argv[4]);
    cloudauth_call_set_unchecked(call, strcmp(argv[3], "unchecked") == 0);
    for (int i = 5; i < argc; i += 3) give(call, argv[i], argv[i + 1], argv[i + 2]);
    outcome out = {0};
    run(client, call, argv[2], &out);
    CHECK(!out.error != !out.reply);
    if (out.error) {
        const char *code = cloudauth_error_code(out.error);
        printf("%s %s %s\n", cloudauth_kind_name(cloudauth_error_kind(out.error)), code ? code : "-",
               cloudauth_error_message(out.error));
    } else {
        text_buffer text = {0};
        typed_reply(&text, out.reply);
        puts(text.data);
        free(text.data);
    }
    others(client, out.reply);
    cloudauth_error_free(out.error);
    cloudauth_reply_free(out.reply);
    cloudauth_call_free(call);
    cloudauth_client_free(client);
    cloudauth_shutdown(10000);
    return 0;
}
