/* What a careful C programmer writes without libcloudauth: a libcurl handle for each thread, kept alive, its buffer used
 * again for each body. */
#include "client.h"
#include "decode.h"
#include "sign.h"

#include <curl/curl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char KEY_ID[] = "bench-key-id", KEY_SECRET[] = "bench-key-secret";

struct session {
    CURL *curl;
    char *body;
    size_t length, capacity;
};

static const struct options *given;

bool client_open(const struct options *options)
{
    given = options;
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    struct session *session = context;
    size_t length = size * count, needed = session->length + length;
    if (needed > session->capacity) {
        size_t capacity = needed > 2 * session->capacity ? needed : 2 * session->capacity;
        char *body = realloc(session->body, capacity);
        if (!body)
            return 0;
        session->body = body;
        session->capacity = capacity;
    }
    memcpy(session->body + session->length, bytes, length);
    session->length = needed;
    return length;
}

struct session *session_open(void)
{
    struct session *session = calloc(1, sizeof *session);
    if (!session)
        return NULL;
    session->curl = curl_easy_init();
    if (!session->curl) {
        free(session);
        return NULL;
    }
    curl_easy_setopt(session->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(session->curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(session->curl, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    curl_easy_setopt(session->curl, CURLOPT_TIMEOUT_MS, 15000L);
    curl_easy_setopt(session->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(session->curl, CURLOPT_POSTFIELDS, "");
    curl_easy_setopt(session->curl, CURLOPT_POSTFIELDSIZE, 0L);
    curl_easy_setopt(session->curl, CURLOPT_BUFFERSIZE, 256L * 1024);
    curl_easy_setopt(session->curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(session->curl, CURLOPT_WRITEDATA, session);
    if (given->ca_file)
        curl_easy_setopt(session->curl, CURLOPT_CAINFO, given->ca_file);
    return session;
}

/* Appends a header; an error leaves NULL, which stays NULL. */
static struct curl_slist *with(struct curl_slist *headers, const char *line)
{
    struct curl_slist *longer = headers ? curl_slist_append(headers, line) : NULL;
    if (!longer)
        curl_slist_free_all(headers);
    return longer;
}

static struct curl_slist *headers(const char *host, const char *query)
{
    struct signature signature;
    if (!sign(host, query, KEY_ID, KEY_SECRET, &signature))
        return NULL;
    char date[64], nonce[64], hash[128];
    snprintf(date, sizeof date, "x-acs-date: %s", signature.date);
    snprintf(nonce, sizeof nonce, "x-acs-signature-nonce: %s", signature.nonce);
    snprintf(hash, sizeof hash, "x-acs-content-sha256: %s", EMPTY_SHA256);
    struct curl_slist *list = curl_slist_append(NULL, "accept: application/json");
    list = with(list, "x-acs-action: CheckResult");
    list = with(list, "x-acs-version: 2022-08-09");
    list = with(list, date);
    list = with(list, nonce);
    list = with(list, hash);
    list = with(list, "Content-Type:");
    return with(list, signature.authorization);
}

bool session_check(struct session *session, struct outcome *outcome)
{
    char query[256], url[512];
    char *transaction = curl_easy_escape(session->curl, given->transaction, 0);
    if (!transaction)
        return false;
    snprintf(query, sizeof query, "IsReturnImage=%s&MerchantBizId=bench&TransactionId=%s", given->images ? "Y" : "N",
        transaction);
    curl_free(transaction);
    snprintf(url, sizeof url, "%s/?%s", given->endpoint, query);
    struct curl_slist *list = headers(strstr(given->endpoint, "://") + 3, query);
    if (!list)
        return false;
    curl_easy_setopt(session->curl, CURLOPT_URL, url);
    curl_easy_setopt(session->curl, CURLOPT_HTTPHEADER, list);
    session->length = 0;
    CURLcode sent = curl_easy_perform(session->curl);
    curl_slist_free_all(list);
    if (sent != CURLE_OK) {
        fprintf(stderr, "peer: %s\n", curl_easy_strerror(sent));
        return false;
    }
    long status = 0;
    curl_easy_getinfo(session->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 || !decode(session->body, session->length, outcome)) {
        fprintf(stderr, "peer: status %ld, or a body that is no result\n", status);
        return false;
    }
    return true;
}
