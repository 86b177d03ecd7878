/* Makes one call, and prints why where it is refused: operations ENDPOINT checked|unchecked ACTION [NAME VALUE]... */
#include "support.h"

int main(int argc, char **argv) {
    CHECK(argc >= 4 && argc % 2 == 0);
    cloudauth_client *client = client_for(argv[1]);
    cloudauth_call *call = cloudauth_call_new(argv[3]);
    cloudauth_reply *reply = NULL;
    cloudauth_call_set_unchecked(call, strcmp(argv[2], "unchecked") == 0);
    for (int i = 4; i < argc; i += 2) cloudauth_call_set_parameter(call, argv[i], argv[i + 1]);
    cloudauth_error *error = cloudauth_client_call(client, call, &reply);
    if (error) {
        CHECK(cloudauth_error_kind(error) == CLOUDAUTH_KIND_INVALID_ARGUMENT && !reply);
        puts(cloudauth_error_message(error));
    }
    cloudauth_error_free(error);
    cloudauth_reply_free(reply);
    cloudauth_call_free(call);
    cloudauth_client_free(client);
    cloudauth_shutdown(10000);
    return 0;
}
