/* One blocking call: check TRANSACTION. Where to call and with which keys is read from the environment.
 * Exit code: 0 passed, 1 not passed, 2 no result. */
#include <cloudauth.h>

#include <stdio.h>

static const char *decided(cloudauth_action action)
{
    switch (action) {
    case CLOUDAUTH_ACTION_ACCEPT: return "let the person in";
    case CLOUDAUTH_ACTION_RETRY: return "let the person try again";
    case CLOUDAUTH_ACTION_REJECT: return "turn the person away";
    default: return "have a human look"; /* also for what a later library may add */
    }
}

static cloudauth_error *check(const char *transaction, bool *passed)
{
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_request *request = cloudauth_request_new("example", transaction);
    cloudauth_client *client = NULL;
    cloudauth_result *result = NULL;
    cloudauth_decision *decision = NULL;
    const double min_face_score = 90.0;

    cloudauth_error *error = cloudauth_client_new(config, &client);
    if (!error)
        error = cloudauth_client_check_result(client, request, &result);
    if (!error)
        error = cloudauth_result_decision(result, &min_face_score, &decision);
    if (!error) {
        *passed = cloudauth_result_passed(result);
        printf("passed: %s\n", *passed ? "yes" : "no");
        printf("decision: %s\n", decided(cloudauth_decision_action(decision)));
        cloudauth_text_list reasons = cloudauth_decision_reasons(decision);
        for (size_t index = 0; index < reasons.count; index++)
            printf("  %s\n", reasons.items[index].data);
    }

    /* What was never made is NULL, which may be freed. */
    cloudauth_decision_free(decision);
    cloudauth_result_free(result);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_config_free(config);
    return error;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: check TRANSACTION\n");
        return 2;
    }
    bool passed = false;
    cloudauth_error *error = check(argv[1], &passed);
    if (!error)
        return passed ? 0 : 1;
    fprintf(stderr, "%s: %s\n%s\n", cloudauth_kind_name(cloudauth_error_kind(error)), cloudauth_error_message(error),
        cloudauth_error_advice(error));
    cloudauth_error_free(error);
    return 2;
}
