/* What an archive is found to be: archive FOLDER */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

int main(int argc, char **argv)
{
    bool complete = false;
    cloudauth_reply *report = NULL;
    CHECK(argc == 2);
    cloudauth_error *failed = cloudauth_verify_archive(argv[1], NULL, NULL);
    CHECK(failed && cloudauth_error_kind(failed) == CLOUDAUTH_KIND_INVALID_ARGUMENT);
    cloudauth_error_free(failed);
    failed = cloudauth_verify_archive(NULL, &complete, &report);
    CHECK(failed && cloudauth_error_kind(failed) == CLOUDAUTH_KIND_INVALID_ARGUMENT && !report);
    cloudauth_error_free(failed);
    failed = cloudauth_verify_archive("", &complete, &report);
    CHECK(failed && cloudauth_error_kind(failed) == CLOUDAUTH_KIND_INVALID_ARGUMENT && !report);
    CHECK(strcmp(cloudauth_error_message(failed), "folder: must not be empty") == 0);
    cloudauth_error_free(failed);
    failed = cloudauth_verify_archive(argv[1], &complete, &report);
    if (failed) {
        printf("%s", cloudauth_kind_name(cloudauth_error_kind(failed)));
        cloudauth_error_free(failed);
        return 0;
    }
    printf("%d %s", complete, cloudauth_reply_json(report).data);
    cloudauth_reply_free(report);
    CHECK(!cloudauth_verify_archive(argv[1], NULL, &report));
    cloudauth_reply_free(report);
    return 0;
}
