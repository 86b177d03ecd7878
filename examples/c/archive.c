/* A result and its pictures, filed: archive TRANSACTION DIR. The environment says where to call, and the keys. */
#include <cloudauth.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

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

static bool file_image(const char *folder, const char *stem, const cloudauth_image *image)
{
    char name[64];
    if (!image)
        return true;
    snprintf(name, sizeof name, "%s.%s", stem, image->extension);
    return file(folder, name, image->data, image->len);
}

static bool file_all(const char *folder, const cloudauth_result *result)
{
    const cloudauth_face *face = cloudauth_result_face(result);
    const cloudauth_document *document = cloudauth_result_document(result);
    bool filed = !face || file_image(folder, "face", face->image);
    /* Pages are numbered here: their names are the service's, and make no safe file names. */
    for (size_t index = 0; filed && document && index < document->pages.count; index++) {
        char stem[32];
        snprintf(stem, sizeof stem, "document-%02zu", index + 1);
        filed = file_image(folder, stem, document->pages.items[index]->image);
    }
    cloudauth_text json = cloudauth_result_canonical_json(result);
    return filed && file(folder, "result.json", json.data, json.len);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: archive TRANSACTION DIR\n");
        return 2;
    }
    if (mkdir(argv[2], 0700) != 0 && errno != EEXIST) {
        perror(argv[2]);
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
    if (error)
        fprintf(stderr, "%s\n", cloudauth_error_message(error));
    bool filed = !error && file_all(argv[2], result);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    cloudauth_client_free(client);
    cloudauth_request_free(request);
    cloudauth_config_free(config);
    return filed ? 0 : 2;
}
