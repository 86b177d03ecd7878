/* A result and its pictures, filed: archive TRANSACTION DIR. The environment says where to call, and the keys. */
#include <cloudauth.h>

#include <fcntl.h>
#include <stdio.h>

/* Writes a new file that only its owner can read. */
static bool file(const char *folder, const char *name, const void *data, size_t len)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        fprintf(stderr, "%s: the path is too long\n", folder);
        return false;
    }
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    bool written = out && fwrite(data, 1, len, out) == len;
    if (!out || fclose(out) != 0 || !written) {
        perror(path);
        return false;
    }
    printf("wrote %s\n", path);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: archive TRANSACTION DIR\n");
        return 2;
    }
    cloudauth_config *config = cloudauth_config_new();
    cloudauth_request *request = cloudauth_request_new("example", argv[1]);
    cloudauth_request_set_return_image(request, true);
    cloudauth_client *client = NULL;
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_client_new(config, &client);
    if (!error)
        error = cloudauth_client_check_result(client, request, &result);
    if (!error)
        error = cloudauth_result_save_images(result, argv[2], NULL);
    if (error)
        fprintf(stderr, "%s\n", cloudauth_error_message(error));
    cloudauth_text json = cloudauth_result_canonical_json(result);
    bool filed = !error && file(argv[2], "result.json", json.data, json.len);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_config_free(config);
    return filed ? 0 : 2;
}
