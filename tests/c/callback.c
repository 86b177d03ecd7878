/* Reads and verifies one callback, and prints what it holds or why it is refused, each text with a NUL behind it:
 * callback TOKENS [TRANSACTION TOKEN]... QUERY, or with [NAME VALUE]... in place of the query. A TRANSACTION of "" is any. */
#include "support.h"

static void print(const char *text) { fwrite(text, 1, strlen(text) + 1, stdout); }

/* The token of the transaction; NULL where it is not known. */
static const char *token_of(const char *transaction_id, int tokens, char **known) {
    for (int i = 0; i < tokens; i++, known += 2)
        if (!*known[0] || strcmp(known[0], transaction_id) == 0) return known[1];
    return NULL;
}

static cloudauth_error *read_callback(int count, char **given, cloudauth_callback **callback) {
    const char *names[64], *values[64];
    if (count == 1) return cloudauth_callback_parse(given[0], callback);
    CHECK(count % 2 == 0 && count <= 128);
    for (int i = 0; i < count; i += 2) names[i / 2] = given[i], values[i / 2] = given[i + 1];
    return cloudauth_callback_parse_pairs(names, values, (size_t)count / 2, callback);
}

int main(int argc, char **argv) {
    CHECK(argc >= 3);
    int tokens = atoi(argv[1]);
    char **known = argv + 2, **given = known + 2 * tokens;
    cloudauth_callback *callback = NULL;
    cloudauth_error *error = read_callback((int)(argv + argc - given), given, &callback);
    CHECK(!error == !!callback);
    if (!error) {
        const char *transaction_id = cloudauth_callback_transaction_id(callback);
        error = cloudauth_callback_verify(callback, token_of(transaction_id, tokens, known));
    }
    if (error) {
        print(cloudauth_kind_name(cloudauth_error_kind(error)));
        print(cloudauth_error_message(error));
    } else {
        print(cloudauth_callback_transaction_id(callback));
        const char *name;
        for (size_t i = 0; (name = cloudauth_callback_parameter_name(callback, i)); i++) {
            print(name);
            print(cloudauth_callback_parameter(callback, name));
        }
    }
    cloudauth_error_free(error);
    cloudauth_callback_free(callback);
    CHECK(cloudauth_live_handles() == 0);
    return 0;
}
