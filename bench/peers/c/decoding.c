/* Decodes a body: decoding FILE ROUNDS prints the medians of {"memcpy", "decode", "copied"} in nanoseconds: a copy of the body, its
 * decoding, and that with a copy of the image and the release of the result. */
#include <cloudauth.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WAYS = 3, MAX_ROUNDS = 10000 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int ascending(const void *one, const void *other)
{
    double first = *(const double *)one, second = *(const double *)other;
    return (first > second) - (first < second);
}

int main(int argc, char **argv)
{
    static double taken[WAYS][MAX_ROUNDS];
    int rounds = argc == 3 ? atoi(argv[2]) : 0;
    FILE *file = rounds > 0 && rounds <= MAX_ROUNDS ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return fprintf(stderr, "usage: %s FILE ROUNDS\n", argv[0]), 2;
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    unsigned char *body = malloc(length), *copy = malloc(length);
    if (!body || !copy || fread(body, 1, length, file) != length)
        return 1;
    for (int round = -1; round < rounds; round++) {
        double begun = now();
        memcpy(copy, body, length);
        double copied = now();
        cloudauth_result *result = NULL;
        cloudauth_error *error = cloudauth_result_decode(body, length, &result);
        double decoded = now();
        const cloudauth_face *face = error ? NULL : cloudauth_result_face(result);
        if (!face || !face->image)
            return fprintf(stderr, "decoding: no image\n"), 1;
        unsigned char *image = malloc(face->image->len);
        if (!image)
            return 1;
        memcpy(image, face->image->data, face->image->len);
        cloudauth_result_free(result);
        double ended = now();
        free(image);
        if (round >= 0) {
            taken[0][round] = copied - begun;
            taken[1][round] = decoded - copied;
            taken[2][round] = ended - copied;
        }
    }
    for (int way = 0; way < WAYS; way++)
        qsort(taken[way], (size_t)rounds, sizeof taken[way][0], ascending);
    int middle = rounds / 2;
    printf("{\"memcpy\": %.0f, \"decode\": %.0f, \"copied\": %.0f}\n", taken[0][middle], taken[1][middle], taken[2][middle]);
    return 0;
}
