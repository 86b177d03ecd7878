/* Decodes a file on a thread with a stack of 128 KiB, and prints "ok", or the kind of the error. */
#include <cloudauth.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static uint8_t *body;
static size_t size;

static void *decode(void *unused)
{
    (void)unused;
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_result_decode(body, size, &result);
    if (error == NULL)
        cloudauth_result_canonical_json(result);
    puts(error == NULL ? "ok" : cloudauth_kind_name(cloudauth_error_kind(error)));
    cloudauth_error_free(error);
    cloudauth_result_free(result);
    return NULL;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return 2;
    size = (size_t)ftell(file);
    rewind(file);
    body = malloc(size);
    if (body == NULL || fread(body, 1, size, file) != size)
        return 2;
    fclose(file);
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, 128 << 10) != 0 || pthread_create(&thread, &attributes, decode, NULL) != 0)
        return 3;
    pthread_join(thread, NULL);
    free(body);
    return 0;
}
